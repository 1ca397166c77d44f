"""One model several times: the reference, and the core in every build and floating-point mode."""

import contextlib
import functools
import itertools
from dataclasses import dataclass
from unittest import mock

import numpy as np

import fpmode
from bits import assert_same
from specml import Unlearn, binding, core

ENGINES = ("AutoRegNNCore", "AutoRegNN2Core", "UnlearnCore")
CHOSEN = core.isa()  # what the library chose at load
ALL = ("portable", "baseline", "avx2", "avx512")  # as in dispatch.c
ISAS = [isa for isa in ALL if binding.LIBRARY.isa_select(isa.encode()) == 0]
binding.LIBRARY.isa_select(CHOSEN.encode())


@dataclass(frozen=True)
class Build:
    """A build of the core, the instruction set to run, and whether subnormals are flushed."""

    isa: str = CHOSEN
    flush: bool = False
    library: object = binding.LIBRARY
    label: str = "core"

    def __str__(self) -> str:
        return f"{self.label} {self.isa}{' flushing' if self.flush else ''}"

    @contextlib.contextmanager
    def running(self):
        """Use this instruction set and mode; afterwards those from before."""
        before = self.library.isa_name()
        assert self.library.isa_select(self.isa.encode()) == 0, f"{self}: not here"
        try:
            with fpmode.flush(self.flush):
                yield
        finally:
            self.library.isa_select(before)

    def make(self, model: type, **settings):
        """Return the model on this build."""
        with contextlib.ExitStack() as stack:
            for name in ENGINES:
                engine = functools.partial(getattr(core, name), library=self.library)
                stack.enter_context(mock.patch.object(core, name, engine))
            stack.enter_context(self.running())
            return model(engine="core", **settings)


BUILDS = tuple(Build(isa, flush) for isa in ISAS for flush in (False, True))


class Twins:
    """A model on the reference and on several builds, doing the same and compared as bits."""

    def __init__(self, model: type, settings: dict, builds=BUILDS) -> None:
        self.reference = model(engine="numpy", **settings)
        self.cores = [(build, build.make(model, **settings)) for build in builds]
        self.check("init")

    def __call__(self, name: str, action, core_action=None):
        """Run `action` on every model; return what the reference returned."""
        want = action(self.reference)
        for build, model in self.cores:
            with build.running():
                got = (core_action or action)(model)
            assert_same(f"{name} on {build}: result", got, want)
        self.check(name)
        return want

    def replace(self, name: str, engine: str, action) -> None:
        """Let what `action` returns take the place of one engine's models.

        The other engine's go on as they are, so that whatever is not carried over is noticed, now
        or later.
        """
        if engine == "numpy":
            self.reference = action(self.reference)
        else:
            for k, (build, model) in enumerate(self.cores):
                with build.running():
                    self.cores[k] = build, action(model)
        self.check(name)

    def refuses(self, name: str, action) -> str:
        """Every model raises the same ValueError, and nothing changes; return its message."""
        before = state(self.reference)
        message = _refusal(name, action, self.reference)
        for build, model in self.cores:
            with build.running():
                got = _refusal(name, action, model)
            assert got == message, f"{name} on {build}: {got!r} is not {message!r}"
        assert_same(f"{name}, refused", state(self.reference), before)
        self.check(name)
        return message

    def check(self, name: str) -> None:
        """Compare all state."""
        want = state(self.reference)
        for build, model in self.cores:
            assert_same(f"{name} on {build}", state(model), want)


def _refusal(name: str, action, model) -> str:
    try:
        action(model)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{name}: not refused")


def state(model) -> dict[str, np.ndarray]:
    """Everything that a model is and remembers."""
    return model.state()


def pieces(n: int, cuts) -> list[slice]:
    """The stretches between cuts of 0..n; equal cuts make empty ones."""
    ends = [0, *sorted(cuts), n]
    return [slice(a, b) for a, b in itertools.pairwise(ends)]


def call(model, inputs, **given):
    """Call the public process with `inputs`: signals, or one number of samples."""
    if isinstance(model, Unlearn):
        name = "samples" if isinstance(inputs[0], int) else "x"
        return model.process(**{name: inputs[0]}, **given)
    return model.process(*inputs, **given)


def process(model, inputs, controls, cuts=(), **more):
    """Process in pieces; return the outputs joined.

    `inputs` are signals whose last axis is time, or one number of samples.
    """
    n = inputs[0] if isinstance(inputs[0], int) else np.shape(inputs[0])[-1]
    results = []
    for piece in pieces(n, cuts):
        heard = [cut(x, piece) for x in inputs]
        held = {k: v[piece] if isinstance(v, np.ndarray) else v for k, v in controls.items()}
        results.append(call(model, heard, **held, **more))
    return joined(results)


def cut(x, piece: slice):
    """A piece of a signal whose last axis is time, or of a number of samples."""
    if isinstance(x, int):
        return piece.stop - piece.start
    return np.ascontiguousarray(x[..., piece])


def joined(results) -> tuple[np.ndarray, ...]:
    """What several calls returned, as one call would."""
    parts = [result if isinstance(result, tuple) else (result,) for result in results]
    return tuple(np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
