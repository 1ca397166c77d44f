"""An instrument against cheating oneself: with fused multiply-add the equality tests must fail."""

from pathlib import Path

import numpy as np
import pytest

import builds
from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import elementary
from specml.reference.random import white_noise
from twins import Build, Twins, process

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


def contracted(cc: str) -> Build:
    """The core with the promised flags, but contracted."""
    flags = [flag for flag in builds.PROMISED if flag != "-ffp-contract=off"]
    library = builds.load_core(f"contracted-{Path(cc).name}", *flags, *fma_flags(), cc=cc)
    return Build("baseline", False, library, f"contracted by {cc},")


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
