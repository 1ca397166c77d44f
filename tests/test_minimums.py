"""The least versions that are declared: an environment that has exactly them passes the tests."""

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# What touches NumPy, SciPy, soundfile, Matplotlib, tqdm and Click; the core is the same everywhere.
TESTS = ("golden", "api", "misreadings", "abreast", "interrupts", "signals", "cli", "files",
         "panels", "figures", "notebook", "doctests")  # fmt: skip


def minimums() -> dict[str, str]:
    """The least version of each dependency."""
    needed = [line for line in importlib.metadata.requires("specml") if "extra" not in line]
    declared = [line.partition(";")[0].strip() for line in needed
                if "python_version" not in line or sys.version_info < (3, 11)]  # fmt: skip
    parts = [re.fullmatch(r"([\w-]+)>=([\d.]+)", line) for line in declared]
    assert all(parts), f"each needs a least version: {declared}"
    return {part[1]: part[2] for part in parts}


def run(*command, **more) -> str:
    ran = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **more
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_each_dependency_has_a_least_version():
    """Without tomli, which only older Pythons want."""
    wanted = {"numpy", "scipy", "soundfile", "matplotlib", "tqdm", "click", "simpleeval"}
    assert set(minimums()) - {"tomli"} == wanted


@pytest.mark.long
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the least NumPy is older than Python 3.12")
def test_an_environment_of_least_versions(tmp_path):
    exact = [f"{name}=={version}" for name, version in minimums().items()]
    run(sys.executable, "-m", "venv", tmp_path)
    python = tmp_path / "bin" / "python"
    path = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    pip = (python, "-m", "pip", "install", "--only-binary", ":all:", "--no-binary", "specml")
    run(*pip, *exact, "meson-python", "meson", "ninja", "pytest", "hypothesis", "mpmath", "pypdf",
        "colorspacious")  # fmt: skip
    run(*pip, "--no-build-isolation", "--no-deps", HERE.parent, env=os.environ | path)
    run(python, "-m", "pip", "check")
    for line in exact:
        name, version = line.split("==")
        found = run(python, "-c", f"import importlib.metadata as m; print(m.version({name!r}))")
        assert re.sub(r"(\.0)+$", "", found.strip()) == re.sub(r"(\.0)+$", "", version)
    # old libraries use what newer ones call deprecated: their warnings are not ours
    words = ("-q", "-o", "filterwarnings=default", *(HERE / f"test_{name}.py" for name in TESTS))
    print(run(python, "-m", "pytest", *words, cwd=HERE.parent)[-200:])
