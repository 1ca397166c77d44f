"""``./run install-sc`` where people have SuperCollider's extensions.

Each test is a machine of its own: meson and ninja are stood in for.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sc import live
from standins import program

SYSTEMS = {"macos": "Darwin", "windows": "MINGW64_NT-10.0-19045", "linux": "Linux"}
FOLDERS = {"macos": "Library/Application Support", "windows": "local", "linux": ".local/share"}
PLUGINS = {"macos": "scx", "windows": "scx", "linux": "so"}
NEEDED = ("bash", "cp", "dirname", "mkdir", "mv", "rm", "cat", "sed")
NINJA = """
mkdir -p "$2/externals/sc/specml.{suffix}.p"
cd "$2/externals/sc"
for file in specml.{suffix} specml_supernova.{suffix} libsc-net.a; do echo made >"$file"; done
"""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the machines are folders of a Unix"
)


class Machine:
    def __init__(self, folder: Path, system: str) -> None:
        self.tree, self.home, self.tools = (folder / name for name in ("tree", "a user's", "tools"))
        self.system, self.log = system, folder / "log"
        self.home.mkdir()
        for name in NEEDED:
            self.tools.mkdir(exist_ok=True)
            (self.tools / name).symlink_to(shutil.which(name))
        program(self.tools / "uname", f"echo {SYSTEMS[system]}")
        program(self.tools / "cygpath", f'echo "{self.home}/local"')
        for name in ("python3", "cc"):
            program(self.tools / name)
        for part in ("Classes", "HelpSource", "examples"):
            shutil.copytree(live.SOURCE / part, self.tree / "externals" / "sc" / part)
        shutil.copy(live.SOURCE / "specml.quark", self.tree / "externals" / "sc")
        for name in ("run", "LICENSE"):
            shutil.copy(live.ROOT / name, self.tree)
        program(self.tree / ".venv/bin/meson", f'echo "$CPLUS_INCLUDE_PATH" >"{self.log}"')
        program(self.tree / ".venv/bin/ninja", NINJA.format(suffix=PLUGINS[system]))

    @property
    def extensions(self) -> Path:
        return self.home / FOLDERS[self.system] / "SuperCollider" / "Extensions"

    def run(self, status: int = 0, **environment: str) -> str:
        ran = subprocess.run(
            [shutil.which("bash"), str(self.tree / "run"), "install-sc"],
            env={"PATH": str(self.tools), "HOME": str(self.home), "LOCALAPPDATA": "C:\\local"}
            | environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == status, ran.stdout
        return ran.stdout


@pytest.fixture(params=SYSTEMS)
def machine(request, tmp_path) -> Machine:
    return Machine(tmp_path, request.param)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_it_installs_and_says_how_to_undo_it(machine):
    """Twice: a server that runs keeps the file that it has loaded."""
    other = machine.extensions / "other" / "Other.sc"
    other.parent.mkdir(parents=True)
    other.touch()
    machine.run()
    plugin = machine.extensions / "specml" / "plugins" / f"specml.{PLUGINS[machine.system]}"
    with plugin.open() as loaded:
        said = machine.run()
        assert loaded.read() == "made\n"
    kinds = (".sc", ".scd", ".schelp", ".quark")
    source = {name for name in files(live.SOURCE) if name.endswith(kinds)}
    plugins = {
        f"plugins/{name}.{PLUGINS[machine.system]}" for name in ("specml", "specml_supernova")
    }
    assert files(machine.extensions / "specml") == source | plugins | {"LICENSE"}
    undo = re.search(r"^To undo: (rm -r .*)$", said, re.M)[1]
    subprocess.run([shutil.which("bash"), "-c", undo], check=True)
    assert files(machine.extensions) == {"other/Other.sc"}


def test_headers_of_another_place(machine):
    machine.run(SC="/a/folder")
    first = "/a/folder/include/plugin_interface:/a/folder/include/common"
    assert machine.log.read_text().strip() == first


def test_without_headers_it_says_what_is_needed(machine):
    program(machine.tree / ".venv/bin/meson", "echo SC_PlugIn.h was not found; exit 1")
    said = machine.run(status=1)
    assert "SC_PlugIn.h was not found" in said and "SC=/folder/of/them ./run install-sc" in said
    assert not machine.extensions.exists()
