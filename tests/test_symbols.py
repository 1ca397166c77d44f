"""What the core asks of its surroundings: no malloc, no libm, no lock, no file, no printing."""

import shutil

import pytest

import builds
from specml import binding

# The C library's part, and what compilers and linkers add by themselves.
ALLOWED = {"memcpy", "memset", "getenv", "strcmp", "__stack_chk_fail", "__stack_chk_guard",
           "_GLOBAL_OFFSET_TABLE_"}  # fmt: skip
LOOPS_ALLOWED = {"memcpy", "memset", "__stack_chk_fail", "__stack_chk_guard",
                 "_GLOBAL_OFFSET_TABLE_"}  # fmt: skip


def symbols(path, undefined: bool) -> set[str]:
    """Undefined symbols of an object, or those it defines for others."""
    lines = [line.split() for line in builds.run("nm", "-P", "-g", path).splitlines()]
    names = {name.split("@")[0] for name, kind, *_ in lines if (kind in "Uw") == undefined}
    strip = 1 if builds.platform.system() == "Darwin" else 0  # there every name begins with _
    return {name[strip:] for name in names}


@pytest.fixture(params=builds.compilers())
def objects(request):
    if not shutil.which("nm"):
        pytest.skip("no nm here: install binutils")
    return builds.objects(cc=request.param)


def test_objects_need_only_the_allowed(objects):
    own = set().union(*(symbols(path, undefined=False) for path in objects))
    for path in objects:
        foreign = symbols(path, undefined=True) - own - ALLOWED
        assert not foreign, f"{path.name} asks for {sorted(foreign)}"


def test_sample_loops_call_nothing_outside(objects):
    """But for copying and clearing, and the core's own counting of its arrays."""
    loops = [path for path in objects if "_process-" in path.name]
    models = [
        path for path in objects if path not in loops and not path.name.startswith("dispatch-")
    ]
    own = set().union(*(symbols(path, undefined=False) for path in models))
    assert len(loops) == 5 * len(builds.INSTRUCTION_SETS)
    for path in loops:
        foreign = symbols(path, undefined=True) - LOOPS_ALLOWED - own
        assert not foreign, f"{path.name} asks for {sorted(foreign)}"


@pytest.mark.skipif(builds.platform.system() != "Linux", reason="nm -D reads ELF libraries")
def test_the_installed_core_needs_only_the_allowed():
    """As users get it, with what a linker adds to every shared library."""
    library = binding.LIBRARY._name
    listed = builds.run("nm", "-D", "-u", "-P", library)
    names = {line.split()[0].split("@")[0] for line in listed.splitlines()}
    linker = {"__cxa_finalize", "__gmon_start__", "_ITM_deregisterTMCloneTable",
              "_ITM_registerTMCloneTable"}  # fmt: skip
    assert not names - ALLOWED - linker, f"{library} asks for {sorted(names - ALLOWED - linker)}"


PREFIXES = ("autoregnn_", "autoregnn2_", "unlearn_", "elementary_", "isa_")


@pytest.mark.skipif(builds.platform.system() != "Linux", reason="nm -D reads ELF libraries")
def test_the_installed_core_shows_its_models_and_no_loops():
    names = shown(binding.LIBRARY._name)
    assert {name for name in names if not name.startswith(PREFIXES)} == set()
    assert {name for name in names if name.endswith(tuple(builds.INSTRUCTION_SETS))} == set()
    assert {"isa_name", "autoregnn_process", "unlearn_process"} <= names


def shown(library) -> set[str]:
    """What a shared library exports."""
    listed = builds.run("nm", "-D", "--defined-only", "-P", library)
    return {line.split()[0].split("@")[0] for line in listed.splitlines()}


def test_the_list_sees_libm_and_malloc(objects):
    """The instrument itself: an object that breaks the rule is seen."""
    source = builds.DIRECTORY / "sinner.c"
    source.write_text(
        "#include <math.h>\n#include <stdlib.h>\n"
        "double *f(double x) { double *y = malloc(8); *y = tanh(x); return y; }\n"
    )
    found = symbols(builds.compile_c("sinner.o", [source], "-c", "-O1"), undefined=True)
    assert {"malloc", "tanh"} <= found - ALLOWED
