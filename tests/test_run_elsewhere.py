"""`./run test` on a machine that is no Debian: it asks for Python and a C compiler alone."""

import shutil
import subprocess
import sys

import pytest

import builds
from standins import program

ROOT = builds.HERE.parent
READ = ("run", "pyproject.toml", "meson.build", "VERSION")
NEEDED = ("bash", "cat", "cksum", "dirname", "rm", "sed")  # and what is stood in for
INSTALLED = ("clang-format", "meson", "ninja", "pip", "ruff")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the machines are folders of a Unix"
)


@pytest.mark.parametrize("system", ["Darwin", "Linux"])
def test_it_comes_to_the_tests(system, tmp_path):
    tools, tree, log = (tmp_path / name for name in ("tools", "tree", "log"))
    program(tools / "uname", f"echo {system}")
    for name in ("cc", "git", "python3"):
        program(tools / name)
    for name in NEEDED:
        (tools / name).symlink_to(shutil.which(name))
    for name in INSTALLED:
        program(tree / ".venv" / "bin" / name)
    program(tree / ".venv" / "bin" / "python", f'echo "$@" >>"{log}"')
    for name in READ:
        shutil.copy(ROOT / name, tree)
    ran = subprocess.run(
        [shutil.which("bash"), tree / "run", "test", "tests/test_api.py"], check=False,
        env={"PATH": str(tools), "HOME": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    last = log.read_text().splitlines()[-1]
    assert last.startswith("-m pytest ") and last.endswith("tests/test_api.py")
