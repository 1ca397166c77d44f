"""What the README has users type, and a user who types it: with nothing at home but a release."""

import functools
import os
import re
import shutil
import subprocess
import sys

import builds
from dist.received import DIST

README = (builds.HERE.parent / "README.md").read_text()
COMPILERS = ("cc", "gcc", "clang", "cl")
PROGRAMS = ("bash", "gzip", "mkdir", "tar", "unzip")
OTHERS = ("XDG_", "PYTHON", "VIRTUAL_ENV")  # of whoever runs the tests


def lines(system: str) -> list[str]:
    """Return the lines for a system, without what is said of them."""
    install = re.search(r"^## Install\n(.*?)^## ", README, re.M | re.S)[1]
    block = re.search(rf"^\*\*{system}\*\*.*\n\n((?: {{4}}.*\n)+)", install, re.M)[1]
    return [line.split("  #")[0].strip() for line in block.splitlines()]


class User:
    """A home, a folder with the release, and few programs: no compiler among them."""

    def __init__(self, system: str) -> None:
        folder = builds.DIRECTORY / f"a user of {system}"
        self.home, self.downloads, self._tools = (
            folder / name for name in ("at home", "downloads", "tools")
        )
        for made in (self.home, self.downloads, self._tools):
            made.mkdir(parents=True)
        for file in DIST.iterdir():
            (self.downloads / file.name).symlink_to(file)
        for name in PROGRAMS:
            (self._tools / name).symlink_to(shutil.which(name))
        self.path = [self._tools]

    def has(self, name: str, text: str) -> None:
        """Give him a program of a few lines."""
        (self._tools / name).write_text(f"#!{shutil.which('sh')}\n{text}\n")
        (self._tools / name).chmod(0o755)

    def has_python(self) -> None:
        """Give him an environment for it in which nothing is installed yet."""
        subprocess.run([sys.executable, "-m", "venv", self.home / "python"], check=True)
        self.path.insert(0, self.home / "python" / "bin")

    def types(self, line: str) -> str:
        """Return what is printed, after it went well."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OTHERS)}
        search = os.pathsep.join(map(str, self.path))
        assert not any(shutil.which(name, path=search) for name in COMPILERS)
        ran = subprocess.run(
            ["bash", "-c", line], cwd=self.downloads, text=True, check=False,
            env=kept | {"HOME": str(self.home), "PATH": search},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert ran.returncode == 0, f"{line}\n{ran.stdout}"
        return ran.stdout


@functools.cache
def linux() -> tuple[User, dict[str, str]]:
    """Return him, and what each line that he has typed has said."""
    user = User("Linux")
    user.has_python()
    return user, {line: user.types(line) for line in lines("Linux")}
