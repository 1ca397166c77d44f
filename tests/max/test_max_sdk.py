"""What externals/max/api.h says of Max is what Cycling '74's SDK says, where that is given.

SPECML_MAX_SDK names a checkout of Cycling74/max-sdk-base.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

import builds

MAX = builds.SOURCES.parent / "max"
OBJECT = builds.SOURCES.parent / "object"
SDK = os.environ.get("SPECML_MAX_SDK")
FIELDS = {
    "t_object": ("o_messlist", "o_magic", "o_inlet", "o_outlet"),
    "t_symbol": ("s_name", "s_thing"),
    "t_atom": ("a_type", "a_w"),
    "t_pxobject": ("z_ob", "z_in", "z_proxy", "z_disabled", "z_count", "z_misc"),
}
TYPES = ("t_atom_long", "t_ptr_int", "t_max_err", "t_atom_float", "method", "t_perfroutine64")

pytestmark = pytest.mark.skipif(
    not SDK, reason="SPECML_MAX_SDK names no checkout of Cycling74/max-sdk-base"
)


def includes() -> list[str]:
    folders = (Path(SDK or "") / "c74support" / f"{name}-includes" for name in ("max", "msp"))
    return ["-DMAX_SDK", *(f"-isystem{folder}" for folder in folders)]


def compiled(tmp_path: Path, text: str, *flags: str, compiler: str = "gcc") -> str:
    """Return what the compiler says."""
    file = tmp_path / "said.c"
    file.write_text(text)
    command = [compiler, "-std=gnu11", "-w", f"-I{MAX}", *flags, file, "-o", tmp_path / "said"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def own() -> str:
    """What api.h declares without the SDK."""
    text = (MAX / "api.h").read_text()
    return text[text.index("#else\n") : text.rindex("#endif\n\n#endif")]


def prototypes() -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", own().split("---- classes")[1].split("*/", 1)[1], flags=re.S)
    found = [" ".join(part.split()) for part in text.split(";")]
    return [part for part in found if "(" in part and not part.startswith("typedef")]


def test_each_function_is_declared_as_there(tmp_path):
    """A declaration that says otherwise is refused by the compiler."""
    names = "".join(f"{each};\n" for each in prototypes())
    assert names.count(";") > 45
    said = compiled(tmp_path, f'#include "api.h"\n{names}', *includes(), "-fsyntax-only")
    assert not said
    wrong = names.replace("long size,", "char size,", 1)
    assert wrong != names
    said = compiled(tmp_path, f'#include "api.h"\n{wrong}', *includes(), "-fsyntax-only")
    assert "conflicting types for" in said


def test_each_type_and_constant_is_the_one_there(tmp_path):
    constants = re.findall(r"\b([AZ]_\w+|ASSIST_\w+|MAX_ERR_\w+|ATTR_\w+)(?= =|,| \}|\n)",
                           own().split("---- constants")[1].split("---- classes")[0])  # fmt: skip
    assert len(constants) > 10
    facts = [f"sizeof({name})" for name in (*TYPES, *FIELDS)]
    facts += [f"offsetof({name}, {field})" for name, all_ in FIELDS.items() for field in all_]
    lines = "".join(f'printf("%s %ld\\n", "{fact}", (long)({fact}));\n'
                    for fact in [*facts, *constants])  # fmt: skip
    heads = "".join(f"#include {name}\n" for name in ("<stddef.h>", "<stdio.h>", '"api.h"'))
    text = f"{heads}int main(void)\n{{\n{lines}}}\n"
    told = []
    for flags in ([], includes()):
        assert not compiled(tmp_path, text, *flags)
        told.append(builds.run(tmp_path / "said").splitlines())
    assert told[0] == told[1]


@pytest.mark.parametrize("compiler", ["gcc", "clang", "x86_64-w64-mingw32-gcc"])
@pytest.mark.parametrize("source", sorted(path.name for path in MAX.glob("*.c")))
def test_the_objects_are_compiled_without_a_warning(source, compiler):
    flags = ["-std=gnu11", "-Wall", "-Wextra", "-Wconversion", "-Wdouble-promotion", "-Werror",
             f"-I{builds.SOURCES}", f"-I{OBJECT}", *includes(), "-fsyntax-only"]  # fmt: skip
    ran = subprocess.run([compiler, *flags, MAX / source], capture_output=True, text=True,
                         check=False)  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
