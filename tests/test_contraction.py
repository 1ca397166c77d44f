"""With fused multiply-add the core refuses to run; were it blind, the equality tests would fail."""

import ctypes as ct
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import builds
from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, binding, core
from specml.reference import elementary
from specml.reference.random import white_noise
from twins import ISAS, Build, Twins, process

HEARD = white_noise(400, 1).reshape(2, 200)


def check_elementary(build) -> None:
    x = np.linspace(-5, 5, 10001)
    for name in ("tanh", "cosine", "cosine_derivative"):
        with build.running():
            got = core.elementwise(name, x, build.library)
        assert_same(name, got, getattr(elementary, name)(x))


def check(model, settings, inputs, controls):
    """The ordinary equality check of the stateful machines, on one signal."""

    def run(build):
        twins = Twins(model, settings, [build])
        twins("process", lambda net: process(net, inputs, controls))

    run.__name__ = f"{model.__name__} {settings.get('integrator', '')}".strip()
    return run


CHECKS = [
    check_elementary,
    check(AutoRegNN, {}, [HEARD[0]], {"autoreg": 0.5}),
    check(AutoRegNN2, {}, list(HEARD), {"autoreg": 0.5, "mix": 0.3}),
    check(Unlearn, {"integrator": "symplectic"}, [200], {"mu": 10.0}),
    check(Unlearn, {"integrator": "euler"}, [200], {"mu": 10.0}),
]
each_check = pytest.mark.parametrize("run", CHECKS, ids=lambda run: run.__name__)
each_compiler = pytest.mark.parametrize("cc", builds.compilers())


def fma_flags() -> tuple[str, ...]:
    if builds.IS_ARM64:
        return ("-ffp-contract=fast",)
    cpuinfo = Path("/proc/cpuinfo")
    if not builds.IS_X86 or not cpuinfo.exists() or " fma " not in cpuinfo.read_text():
        pytest.skip("this processor has no fused multiply-add (or /proc/cpuinfo does not say)")
    return ("-mavx2", "-mfma", "-ffp-contract=fast")


# as somebody builds it who knows of no promise
CARELESS = ("-std=gnu11", "-O2", "-fPIC", "-Wno-psabi")
WHY = "this build fuses multiplications with additions.*compile it with -ffp-contract=off"


def contracted(cc: str) -> Build:
    """The core with the promised flags, but contracted, and blind for that."""
    flags = [flag for flag in builds.PROMISED if flag != "-ffp-contract=off"]
    name = f"contracted-{Path(cc).name}"
    library = builds.load_core(name, *flags, *fma_flags(), cc=cc, blind=True)
    return Build("baseline", False, library, f"contracted by {cc},")


@each_compiler
@pytest.mark.parametrize("level", ["-O2", "-O3"])  # below, gcc does not fuse
def test_a_core_that_contracts_refuses_to_run(cc, level):
    flags = [*CARELESS, level, *fma_flags()]
    flags.remove("-ffp-contract=fast")  # no need to ask for it
    with pytest.raises(ImportError, match=WHY):
        builds.load_core(f"careless-{Path(cc).name}{level}", *flags, cc=cc)
    library = ct.CDLL(str(builds.DIRECTORY / f"careless-{Path(cc).name}{level}.{binding.SUFFIX}"))
    library.isa_name.restype = ct.c_char_p
    library.autoregnn_bytes.restype = library.autoregnn2_bytes.restype = ct.c_size_t
    library.unlearn_bytes.restype = ct.c_size_t
    assert library.isa_name() == b"none"
    assert library.autoregnn_bytes(12, 8, 1) == library.autoregnn2_bytes(12, 8, 1) == 0
    assert library.unlearn_bytes(ct.byref(binding.Shape(16, 3, 100, 1))) == 0
    memory = np.zeros(2**20, np.uint8)
    init = library.autoregnn_init
    init.argtypes = (ct.c_void_p, ct.c_int, ct.c_int, ct.c_int, ct.c_uint64, ct.c_double)
    assert init(memory.ctypes.data, 12, 8, 1, 1, 1.0) == -1 and not memory.any()


@each_compiler
@pytest.mark.parametrize("isa", [isa for isa in ISAS if isa not in ("baseline", "portable")])
def test_a_set_whose_loops_contract_is_not_chosen(cc, isa):
    flags = (*CARELESS, "-mfma")
    path = builds.whole_core(f"spoilt-{isa}-{Path(cc).name}", cc, contracted=isa, flags=flags)
    library = binding.load(str(path))
    assert library.isa_select(isa.encode()) == -1
    assert library.isa_name().decode() == [other for other in ISAS if other != isa][-1]


@pytest.mark.long
@pytest.mark.parametrize(("flags", "chosen"), [(CARELESS, "none"), (builds.PROMISED, "baseline")])
def test_on_arm64_too(flags, chosen):
    """There, every processor has fused multiply-add."""
    cc = "aarch64-linux-gnu-gcc"
    for program in (cc, "qemu-aarch64"):
        if not shutil.which(program):
            pytest.skip(f"there is no {program}")
    source = builds.DIRECTORY / "name.c"
    source.write_text(
        '#include <stdio.h>\n#include "isa.h"\nint main(void) { return puts(isa_name()) < 0; }\n'
    )
    program = builds.compile_c("name-arm64", [*builds.sources(), source], *flags, "-static", cc=cc)
    assert builds.run("qemu-aarch64", program).strip() == chosen


def test_meson_stops_where_the_compiler_refuses(tmp_path):
    stubborn = tmp_path / "cc"
    stubborn.write_text(
        "#!/bin/sh\n"
        "for word; do case $word in -ffp-contract*) echo unknown $word >&2; exit 1;; esac; done\n"
        f'exec {builds.compiler()} "$@"\n'
    )
    stubborn.chmod(0o755)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["meson", "setup", str(tmp_path / "build"), str(builds.HERE.parent), "-Dpython=false"]
    environment = os.environ | {"PATH": path, "CC": str(stubborn)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "refuses -ffp-contract=off: use gcc or clang" in ran.stdout + ran.stderr


@each_compiler
@each_check
def test_contraction_is_noticed(run, cc):
    build = contracted(cc)
    with pytest.raises(AssertionError, match=r"0x[0-9a-f]{16}.* is not .*0x[0-9a-f]{16}"):
        run(build)


@each_compiler
@each_check
@pytest.mark.parametrize("level", ["-O0", "-O3", "-Os"])
def test_other_compilers_and_levels_are_equal(run, cc, level):
    """The same checks pass where nothing is contracted, whatever compiler and level."""
    flags = [level if flag == "-O3" else flag for flag in builds.PROMISED]
    library = builds.load_core(f"plain-{Path(cc).name}{level}", *flags, cc=cc)
    run(Build("baseline", False, library, f"{cc} {level},"))
