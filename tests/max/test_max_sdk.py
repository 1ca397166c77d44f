"""Max's own headers, if MAX_SDK names a folder of Cycling74/max-sdk-base: api.h says the same.

Every function of api.h is declared again after the real headers, every type and constant is held
to the real one, and all of the glue is compiled with them, by each compiler that is here.
"""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import builds

ROOT = builds.HERE.parent
MAX = ROOT / "externals" / "max"
SDK = os.environ.get("MAX_SDK")
COMPILERS = {
    "gcc": "gcc",
    "clang": "clang",
    "Windows": "x86_64-w64-mingw32-gcc",
    "Intel Macs": f"{ROOT}/cross/macos-cc x86_64 10.13",
    "Apple's Macs": f"{ROOT}/cross/macos-cc arm64 11.0",
}
STRICT = ("-std=c11", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Wdouble-promotion", "-Werror",
          "-Wno-psabi", "-c")  # fmt: skip
HANDED = ("t_atom_long", "t_ptr_int", "t_max_err", "t_atom_float", "t_fourcc")
LAYOUTS = {
    "t_object": ("o_messlist", "o_magic", "o_inlet", "o_outlet"),
    "t_symbol": ("s_name", "s_thing"),
    "t_atom": ("a_type", "a_w", "a_w.w_long", "a_w.w_float", "a_w.w_sym", "a_w.w_obj"),
    "t_pxobject": ("z_ob", "z_in", "z_proxy", "z_disabled", "z_count", "z_misc"),
}

pytestmark = pytest.mark.skipif(
    not SDK, reason="MAX_SDK names no folder of Cycling74/max-sdk-base to compare with"
)


@pytest.fixture(params=COMPILERS)
def cc(request, monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    command = COMPILERS[request.param]
    if not shutil.which(command.split()[0]):
        pytest.skip(f"no {command.split()[0]} here")
    if "macos-cc" in command and sys.platform != "darwin":
        pytest.importorskip("ziglang", reason="zig comes with ./run max-package")
    return command


def real() -> tuple[str, ...]:
    folders = (Path(SDK) / "c74support" / name for name in ("max-includes", "msp-includes"))
    return "-DMAX_SDK", *(word for folder in folders for word in ("-isystem", str(folder)))


def own() -> str:
    """api.h without the SDK."""
    return (MAX / "api.h").read_text().split("#else\n", 1)[1]


def constants() -> list[str]:
    bodies = re.findall(r"^enum \{(.*?)\};", own(), re.MULTILINE | re.DOTALL)
    words = re.sub(r"/\*.*?\*/", "", " , ".join(bodies), flags=re.DOTALL).split(",")
    return [word.split("=")[0].strip() for word in words if word.strip()]


def measured(name: str, cc: str, *flags: str) -> str:
    """What a compiler makes of types and constants: an object file's numbers, as text."""
    asked = [f"sizeof({kind})" for kind in (*HANDED, *LAYOUTS)]
    asked += [f"offsetof({kind}, {part})" for kind, parts in LAYOUTS.items() for part in parts]
    asked += [f"sizeof((({kind} *)0)->{part})" for kind, parts in LAYOUTS.items() for part in parts]
    asked += constants()
    source = builds.DIRECTORY / f"{name}.c"
    lines = [f"const long long number_{k} = (long long)({what});" for k, what in enumerate(asked)]
    source.write_text('#include "api.h"\n#include <stddef.h>\n' + "\n".join(lines))
    assembly = builds.DIRECTORY / f"{name}.s"
    builds.run(*cc.split(), "-std=c11", "-S", f"-I{MAX}", *flags, source, "-o", assembly)
    text = assembly.read_text()
    values = {}
    for label, body in re.findall(r"^_?number_(\d+):\n((?:[ \t].*\n)+)", text, re.MULTILINE):
        number = re.search(r"\.(?:x?quad|8byte|zero|space)\s+(-?\w+)", body)
        is_zero = re.search(r"\.(?:zero|space)", number[0])
        values[int(label)] = 0 if is_zero else int(number[1], 0)
    for label in re.findall(r"\.(?:comm|zerofill).*number_(\d+)", text):
        values[int(label)] = 0
    assert sorted(values) == list(range(len(asked)))
    return "\n".join(f"{what} = {values[k] % 2**64}" for k, what in enumerate(asked))


def test_types_and_constants_are_as_there(cc):
    assert len(constants()) > 10
    assert measured("ours", cc) == measured("theirs", cc, *real())


def test_functions_are_as_there(cc):
    """Another declaration of a function is refused by the compiler if it says anything else."""
    typed = own().split("/* ---- classes, objects, attributes ---- */")[1]
    typed = typed.split("C74_EXPORT void ext_main")[0]
    assert typed.count(";") > 50
    source = builds.DIRECTORY / "again.c"
    source.write_text(f'#include "api.h"\n{typed}\nint end;\n')
    builds.run(*cc.split(), "-std=c11", "-c", f"-I{MAX}", *real(), source, "-o", "/dev/null")


def test_another_type_is_refused(cc):
    """The instrument itself."""
    source = builds.DIRECTORY / "wrong.c"
    source.write_text('#include "api.h"\nvoid qelem_free(long qelem);\n')
    with pytest.raises(RuntimeError, match="conflicting types"):
        builds.run(*cc.split(), "-std=c11", "-c", f"-I{MAX}", *real(), source, "-o", "/dev/null")


def test_the_glue_compiles_without_a_warning(cc):
    folders = [f"-I{ROOT / 'externals' / name}" for name in ("core", "object", "max")]
    for source in sorted(MAX.glob("*.c")):
        out = builds.DIRECTORY / "glue.o"
        builds.run(*cc.split(), *STRICT, *folders, *real(), source, "-o", out)
