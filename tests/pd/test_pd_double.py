"""A test double of Pd: bits for doubles, what perform must not do, every byte freed."""

import numpy as np
import pytest

import builds
import takes
from builds import LEAKS, SANITIZE
from pd.double import Double
from pd.patches import assert_same
from specml.reference.random import white_noise
from traps import SPRUNG

SAMPLES = 16 * 2048
BOXES = {
    "autoregnn~ -table w 1 12 8 2": 5,
    "autoregnn2~ -table w 0.5 4 5": 5,
    "unlearn~ -table w -outs 5 6 3 100": 8,
}  # signal inlets
MESSAGES = {
    "autoregnn~": "lr 20; size 30; layers 3; width 2; autoreg 0.5; teacher 1",
    "autoregnn2~": "mix 0.2; layers 2; width 30; autoreg 0.5; lr x",
    "unlearn~": "neurons 20; preset wind; preset x; inputs 3; maxdelay 7; external 40; bang; "
                "energy tanh; activation tanh; integrator euler; excite 1; inputs",
}  # fmt: skip
EVERYWHERE = ("seed 7; scale 2; reset; clear; learn 0; learn 1; report; table; table 3; table w; "
              "w resize 3; w resize 4000; w 2 0.5 0.25 nan; weights; weights 0 0.5 0.25; "
              "weights 1 nan; weights 1 1e300; get seed; get foo; dump; fade 3; reset; fade 30; "
              "reset; seed 8; store a; learn 1; store b; recall a 20; morph a b 0.5 30; morph a; "
              "snapshots; save; write {file}; write {file}; reset; read {file} weights; forget b; "
              "write {file}; recall a; read {file}; read; read nowhere; write no/where; "
              "kept 0 1 5; kept 0 9 foo; kept 0 2 1 2 3; forget a")  # fmt: skip


@pytest.fixture(scope="module")
def doubles(externals):
    """The double for samples of either size."""
    return {precision: Double(externals, precision) for precision in (np.float32, np.float64)}


@pytest.mark.parametrize("block", [1, 16, 64, 2048])
@pytest.mark.parametrize("name", takes.EXAMPLE_NAMES)
def test_a_double_precision_pd_says_the_same_bits(doubles, name, block):
    for k, take in enumerate(takes.of_example(name, SAMPLES, 3)):
        want = take.replay(np.float64, block)
        assert_same(f"{name} {k}", doubles[np.float64].play(take, block), want)


@pytest.mark.parametrize("name", takes.NAMES.values())
def test_samples_of_another_size_are_refused_without_a_crash(doubles, name):
    for one, other in ((np.float32, np.float64), (np.float64, np.float32)):
        with pytest.raises(RuntimeError, match="status 2\nerror: floats of another size"):
            doubles[one].run(name, np.zeros((1, 64)), file=doubles[other].file(name))


def everything(box: str, each: int = 3):
    """All messages to this box, every few blocks one."""
    told = EVERYWHERE.format(file=builds.DIRECTORY / "double.safetensors")
    texts = f"{told}; {MESSAGES[box.split()[0]]}; {told}".split("; ")
    return [(1 + each * k, text) for k, text in enumerate(texts)]


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("box", BOXES)
def test_perform_allocates_locks_and_prints_nothing(doubles, trap, precision, box):
    """With every inlet connected, with wild numbers, with all messages between blocks."""
    inlets = range(BOXES[box])
    x = np.stack([10.0 ** (4 * k - 4) * white_noise(64 * 400, k) for k in inlets])
    x[:, ::97] = np.nan
    y, printed = doubles[precision].run(box, x, inlets, 64, 4000, everything(box), **trap)
    assert np.all(np.isfinite(y))
    assert "trap" not in printed
    assert "info: written " in printed and "info: read " in printed


DRAWS = {"autoregnn~": "width 9", "autoregnn2~": "layers 2", "unlearn~": "activation tanh"}


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("apart", [2, 10])
def test_nor_while_networks_fade(doubles, trap, precision, box, apart):
    """Two of them, or four; and when what was silent goes."""
    x = white_noise(64 * 100, 1)[np.newaxis]
    texts = ["seed 2", "reset", DRAWS[box.split()[0]], "seed 4", "seed 5", "reset"]
    messages = [(2 + apart * k, text) for k, text in enumerate(texts)]
    messages += [(when + 1, "report") for when, _ in messages] + [(99, "report")]
    y, printed = doubles[precision].run(box, x, (0,), 64, 4000, messages, **trap)
    assert np.all(np.isfinite(y))
    bytes_ = [float(line.split()[-1]) for line in printed.splitlines() if " bytes " in line]
    assert len(bytes_) == 7
    assert min(bytes_[:6]) > bytes_[6], "nothing faded"


def test_the_trap_catches(doubles, trap, sin):
    with pytest.raises(RuntimeError, match=f"status 77\n.*{SPRUNG}"):
        doubles[np.float64].run("autoregnn~", np.zeros((1, 64)), SIN=sin, **trap)


@pytest.fixture(scope="module")
def sanitized_doubles(sanitized):
    return {size: Double(sanitized, size, SANITIZE) for size in (np.float32, np.float64)}


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("box", BOXES)
def test_sanitizers_find_nothing(sanitized_doubles, precision, box):
    """And what is made is freed to the last byte, says LeakSanitizer."""
    inlets = range(BOXES[box])
    x = np.stack([10.0 ** (4 * k - 4) * white_noise(64 * 300, k) for k in inlets])
    for points in (0, 4000):
        y, printed = sanitized_doubles[precision].run(
            box, x, inlets, 64, points, everything(box, 2) if points else (), CYCLES="50", **LEAKS
        )
        assert np.all(np.isfinite(y)), printed


def test_leak_sanitizer_sees(sanitized_doubles):
    """A box that is made and never freed."""
    with pytest.raises(RuntimeError, match="LeakSanitizer"):
        sanitized_doubles[np.float64].run("autoregnn~", np.zeros((1, 64)), SIN="leak", **LEAKS)
