"""The public headers: C and C++ take each alone, and no name in them is anybody else's."""

import re
import shutil
import subprocess

import pytest

import builds
from specml import binding

PUBLIC = ("specml.h", "autoregnn.h", "autoregnn2.h", "unlearn.h", "unlearn_presets.h", "isa.h")
WARNINGS = ("-Wall", "-Wextra", "-Wconversion", "-Wdouble-promotion", "-Werror")
COMPILERS = [
    *((cc, ("-xc", "-std=c11", "-pedantic", "-Wstrict-prototypes")) for cc in builds.compilers()),
    *((cc, ("-xc++", "-std=c++17", "-pedantic", "-Wold-style-cast"))
      for cc in ("g++", "clang++") if shutil.which(cc)),
]  # fmt: skip
each_compiler = pytest.mark.parametrize("cc, flags", COMPILERS, ids=lambda x: str(x).strip("()"))
each_header = pytest.mark.parametrize("header", PUBLIC)
# What the compiler's own stddef.h and stdint.h may bring along.
SYSTEM = re.compile(r"_|size_t|u?int|ptrdiff_t|wchar_t|max_align_t|nullptr_t|SIZE_MAX|true|false")


def test_there_is_a_compiler_for_cplusplus():
    assert any("-xc++" in flags for _, flags in COMPILERS), "install g++ or clang++"


@each_compiler
@each_header
def test_each_header_alone(header, cc, flags):
    """Whoever includes nothing else can call everything in it, and one inclusion more is none."""
    source = builds.DIRECTORY / "alone.txt"
    source.write_text(f'#include "{header}"\n#include "{header}"\n')
    builds.run(*cc.split(), *flags, *WARNINGS, f"-I{builds.SOURCES}", "-fsyntax-only", source)


def preprocessed(header: str, *flags: str) -> str:
    source = builds.DIRECTORY / "included.c"
    source.write_text(f'#include "{header}"\n')
    return builds.run(*builds.compiler().split(), f"-I{builds.SOURCES}", "-E", *flags, source)


@each_header
def test_headers_include_little(header):
    """Themselves and two headers of the language: no vectors, no mathematics, no memory."""
    included = set(re.findall(r'^# \d+ "([^"<]+)"', preprocessed(header), re.MULTILINE))
    own = {path for path in included if path.startswith(str(builds.SOURCES))}
    assert {path.rsplit("/")[-1] for path in own} <= set(PUBLIC)
    asked = set(re.findall(r"#include <(\w+\.h)>", "".join(map(read, PUBLIC))))
    assert asked == {"stddef.h", "stdint.h"}


def read(header: str) -> str:
    return (builds.SOURCES / header).read_text()


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@each_header
def test_names_begin_with_their_model(header):
    """Types, functions, constants, tags and macros; but for what all share, specml."""
    text = without_comments(read(header))
    model = header.removesuffix(".h").split("_")[0]
    macros = set(re.findall(r"#define (\w+)", text))
    assert all(name.startswith((model.upper(), "SPECML")) for name in macros), macros
    code = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    functions = set(re.findall(r"(\w+)\(", code))
    types = set(re.findall(r"(?:struct|}|enum) (\w+)", code))
    constants = set(re.findall(r"\b([A-Z][A-Z0-9_]+)\b", code))
    own = (f"{model}_", f"{model.upper()}_", "specml_")
    for name in functions | types | constants:
        assert name == model or name.startswith((*own, "SPECML_")), f"{header} declares {name}"
    assert functions or header in ("specml.h", "unlearn_presets.h", "isa.h")


@each_header
def test_nothing_is_static_or_inline(header):
    """Arithmetic is the core's: a host compiles none of it, whatever its flags."""
    assert not re.search(r"\b(static|inline)\b", without_comments(read(header)))


@pytest.mark.parametrize("header", [name for name in PUBLIC if name != "unlearn_presets.h"])
def test_each_function_says_where_it_may_be_called(header):
    """[message], [audio] or [any]: before its declaration or on its line."""
    text, told = read(header), set()
    for match in re.finditer(r"^\w[\w \*]*?\b(\w+)\([^;]*;.*$", text, re.MULTILINE):
        before = text[: match.start()].rstrip()
        comment = before[before.rfind("\n/*") :] if before.endswith("*/") else ""
        own = comment if ";" not in without_comments(comment) else ""
        places = re.findall(r"\[(message|audio|any)\]", own + match.group())
        assert len(places) == 1, f"{match.group(1)} says {places or 'nothing'}"
        told.add(match.group(1))
    assert told == set(re.findall(r"(\w+)\(", without_comments(text)))


@pytest.mark.parametrize("cc", [name for name in ("g++", "clang++") if shutil.which(name)])
def test_a_host_in_cplusplus(cc):
    """It links with the core as C made it, and plays every model."""
    program = builds.DIRECTORY / f"host-{cc}"
    host = builds.HERE / "host.cpp"
    builds.run(cc, "-std=c++17", "-pedantic", *WARNINGS, "-Wold-style-cast",
               f"-I{builds.SOURCES}", host, *builds.objects(), "-o", program)  # fmt: skip
    ran = subprocess.run([program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(builds.platform.system() != "Linux", reason="nm -D reads ELF libraries")
def test_the_library_exports_only_models():
    """Beside what Python asks of it: elementary functions and the choice of instruction set."""
    listed = builds.run("nm", "-D", "--defined-only", "-P", binding.LIBRARY._name)
    names = {line.split()[0] for line in listed.splitlines()}
    models = ("autoregnn_", "autoregnn2_", "unlearn_", "elementary_", "isa_")
    assert "autoregnn_init" in names
    assert not {name for name in names if not name.startswith(models)}


def test_structs_are_closed(tmp_path):
    """A host that reaches into a model does not compile."""
    source = tmp_path / "reaches.c"
    source.write_text('#include "autoregnn.h"\ndouble f(autoregnn *net) { return net->scale; }\n')
    with pytest.raises(RuntimeError, match="incomplete"):
        builds.run(*builds.compiler().split(), f"-I{builds.SOURCES}", "-fsyntax-only", source)
