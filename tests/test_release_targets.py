"""What a release is built for, and what stands for a host when something is linked with it."""

import configparser
import re
import shutil
import sys
from pathlib import Path

import pytest

import builds
from externals import build
from release import hosts
from release.targets import TARGETS

ROOT = builds.HERE.parent
SYSTEMS = {"linux": "linux", "windows": "windows", "macos": "darwin"}


def test_every_target_has_its_compilers_and_every_cross_file_its_target():
    files = {path.stem: path for path in (ROOT / "cross").glob("*.ini")}
    files = {name: path for name, path in files.items() if not name.startswith("wasm32")}  # pages
    assert files.keys() == TARGETS.keys()
    for name, path in files.items():
        machine = configparser.ConfigParser()
        machine.read(path)
        assert machine["binaries"].keys() >= {"c", "cpp", "ar"}, name
        assert machine["host_machine"]["system"] == f"'{SYSTEMS[TARGETS[name].system]}'"


def test_no_two_targets_are_called_the_same():
    for kind in ("deken", "pd32", "pd64", "wheel"):
        assert len({getattr(target, kind) for target in TARGETS.values()}) == len(TARGETS), kind


@pytest.mark.parametrize(
    "declaration, names",
    [
        (" void *getbytes(size_t nbytes)", {"getbytes"}),
        (" t_symbol s_pointer,\n  s_float", {"s_pointer DATA", "s_float DATA"}),
        (" char sys_font[]", {"sys_font DATA"}),
        (" int (*sys_idlehook)(void)", {"sys_idlehook DATA"}),
        (" t_class *garray_class", {"garray_class DATA"}),
        (" void f(void (*given)(int), ...)", {"f"}),
    ],
)  # fmt: skip
def test_a_declaration_names_functions_or_variables(declaration, names):
    assert hosts._declared(declaration) == names


@pytest.mark.skipif(sys.platform != "linux", reason="ELF is read, and m_pd.h where Debian has it")
@pytest.mark.parametrize("size, suffix", [(32, "l_*"), (64, "linux-*-64.so")])
def test_the_import_library_has_all_that_objects_ask_of_pd(size, suffix):
    if not (hosts.PD_HEADERS / "m_pd.h").exists():
        pytest.skip("m_pd.h is not here (Debian: puredata-dev)")
    exports = {line.partition(" ")[0] for line in hosts.pd_exports(size)}
    declared = (hosts.PD_HEADERS / "m_pd.h").read_text()
    files = [path for path in _folder().glob(f"*~.{suffix}") if path.is_file()]
    assert len(files) == 3
    for file in files:
        asked = set(re.findall(r"^ +U (\w+)$", builds.run("nm", "-D", "-u", file), re.MULTILINE))
        assert asked <= exports, asked - exports
        assert {"class_new64" if size == 64 else "class_new", "garray_class"} <= asked
    assert {"pd_objectmaker", "sys_fontweight"} <= exports, (
        "the list is of all, not of what is used"
    )
    assert len(exports) > 0.9 * len(re.findall(r"^EXTERN \w", declared, re.MULTILINE))


@pytest.mark.skipif(not shutil.which("x86_64-w64-mingw32-dlltool"), reason="mingw-w64 is not here")
def test_an_import_library_is_the_same_in_every_folder(tmp_path):
    for name in ("here", "there or elsewhere"):
        (tmp_path / name).mkdir()
        hosts._make_import_library(
            TARGETS["windows-x86_64"], tmp_path / name, "pd", ["gensym", "garray_class DATA"]
        )
    one, other = (path.read_bytes() for path in tmp_path.glob("*/libpd.a"))
    assert one == other


def _folder() -> Path:
    built = builds.DIRECTORY / "release-pd"
    return (
        (built if built.exists() else build("release-pd", "-Djack=disabled", "-Dbuildtype=release"))
        / "externals"
        / "pd"
    )


def test_the_client_calls_functions_of_jack():
    assert "jack_client_open" in hosts.jack_functions()
