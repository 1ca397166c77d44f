"""Where a network is replaced, the old one goes on learning until it is silent."""

import copy

import numpy as np
import pytest

from keeping import kept
from pd.double import Double
from pd.duets import CHUNK, Duet, single, sound, unlearn_from
from pd.patches import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn

MODELS = {"autoregnn~": AutoRegNN, "autoregnn2~": AutoRegNN2, "unlearn~": Unlearn}
SHAPE = {"size": 12, "width": 8, "layers": 1}
LAYERS = 4  # networks that sound at once


class Fading(Duet):
    """A box whose networks fade, and what it should say: `layers` are (network, fade, faded)."""

    def __init__(self, host, name: str, fade: float | None = None, preset="wind", dsp=True) -> None:
        flags = "" if fade is None else f"-fade {fade}"
        self.fade, self.settings, self.preset, self.seed = fade, {}, preset, 1
        net, held = MODELS[name](), {}
        if name == "unlearn~":
            net, held = unlearn_from(preset)
            name += f" -preset {preset}"
        super().__init__(host, name, net, held, dsp=dsp, flags=flags)
        self.layers = [[net, 0, 0]]

    def new(self):
        """A network of these settings."""
        if self.name == "unlearn~":
            return unlearn_from(self.preset, self.seed, **self.settings)[0]
        return MODELS[self.name](**self.settings, seed=self.seed)

    def tell(self, word: str, *given) -> None:
        """Send a message that replaces the network."""
        assert not self.send(word, *given)
        if word == "seed":
            self.seed = int(given[0])
        elif word == "preset":
            (self.preset,), self.settings = given, {}
            _, self.held = unlearn_from(self.preset)
        elif word != "reset":
            self.settings |= {word: given[0] if isinstance(given[0], str) else int(given[0])}
        net = self.new()
        if word in SHAPE:
            _keep_shared(self.net, net)
        if word in ("activation", "energy", "integrator"):
            net = copy.copy(self.net)
            setattr(net, word, given[0])
        self.take(net)

    def take(self, net) -> None:
        fade = int(single(10.0 if self.fade is None else self.fade) * 0.001 * 48000.0)
        newest = self.layers[-1]
        if not fade:
            self.layers.clear()
        elif len(self.layers) > 1 and (newest[2] == 0 or len(self.layers) == LAYERS):
            self.layers.pop()
        self.layers.append([net, fade, 0])
        self.net = net

    def say(self, x):
        n = x.shape[1]
        for k, layer in enumerate(self.layers):
            net, fade, faded = layer
            y = self.let_say(net, x)
            if k:
                share = (faded + 1.0 + np.arange(n)) / fade
                y = np.where(faded + np.arange(n) < fade, said + share * (y - said), y)  # noqa: F821
            said, layer[2] = y, min(faded + n, fade)
        whole = [k for k, (_, fade, faded) in enumerate(self.layers) if k and fade == faded]
        del self.layers[: max(whole, default=0)]
        return np.float32(said)


def _keep_shared(old, new) -> None:
    before, after = ((net.size, net.width, net.layers) for net in (old, new))
    pairs = zip(np.atleast_2d(old.parameters), np.atleast_2d(new.parameters), strict=True)
    parts = [kept(one, before, other, after) for one, other in pairs]
    new.parameters = np.reshape(parts, new.parameters.shape)


SHAPES = (("size", 20.0), ("width", 5.0), ("layers", 2.0))
UNLEARN = (("preset", "clicks"), ("neurons", 5.0), ("inputs", 2.0), ("maxdelay", 100.0),
           ("external", 2.0), ("activation", "tanh"), ("energy", "tanh"),
           ("integrator", "euler"))  # fmt: skip
REPLACING = [
    (name, *message)
    for name in MODELS
    for message in (("seed", 7.0), ("reset",), *(UNLEARN if name == "unlearn~" else SHAPES))
]


@pytest.mark.parametrize("fade", [None, 3.5, 100.0])
@pytest.mark.parametrize("message", REPLACING, ids=lambda m: " ".join(map(str, m)))
def test_each_message_fades(libpd_host, message, fade):
    """Both sound, by the shares of a line; all outlets; then the new one as if it were alone."""
    name, *message = message
    with Fading(libpd_host, name, fade) as duet:
        duet.go()
        alone = copy.copy(duet.net)
        duet.tell(*message)
        new = copy.copy(duet.net)
        duet._seed += 1
        x = np.float32([sound(CHUNK * 2, duet._seed + k) for k in range(len(duet._inputs))])
        got = libpd_host.process(x, duet._outs)
        old, fresh = (duet.let_say(net, np.float64(x)) for net in (alone, new))
        n = {None: 480, 3.5: 168, 100.0: 4800}[fade]
        share = np.arange(1, n + 1) / n
        assert_same("fade", got[:, :n], np.float32(old[:, :n] + share * (fresh - old)[:, :n]))
        assert_same("after it", got[:, n:], np.float32(fresh[:, n:]))
        assert np.any(np.float32(old[0, :n]) != np.float32(fresh[0, :n])), "both say the same"


@pytest.mark.parametrize("message", REPLACING, ids=lambda m: " ".join(map(str, m)))
def test_a_fade_of_0_is_a_cut(libpd_host, message):
    name, *message = message
    with Fading(libpd_host, name, 0.0) as duet:
        duet.go()
        duet.tell(*message)
        assert len(duet.layers) == 1
        duet.go()


def steps(fade: float, host) -> tuple[float, float]:
    """The largest steps of a sound: while nothing happens, and when the network is another."""
    x = np.float32([0.8 * np.sin(2 * np.pi * np.arange(9600) / 960)])  # 50 Hz
    with Fading(host, "autoregnn~", fade):
        host.send("x", "autoreg", 0.0)
        before = host.process(x, 2)[0]
        host.send("x", "learn", 0.0)
        host.process(x[:, :1920], 2)
        host.send("x", "seed", 4.0)
        after = host.process(x[:, : 960 + 128], 2)[0]
        joined = np.concatenate([before[-1:], after])
    return np.abs(np.diff(before[-4800:])).max(), np.abs(np.diff(joined))[:3].max()


def test_no_click(libpd_host):
    """The step at the message is one of the sound's own; it is ten times that without a fade."""
    own, step = steps(10.0, libpd_host)
    assert step < 2.0 * own
    own, step = steps(0.0, libpd_host)
    assert step > 10.0 * own


MANY = {
    "autoregnn~": (("seed", 2.0), ("size", 20.0), ("reset",), ("width", 4.0), ("layers", 2.0)),
    "autoregnn2~": (("seed", 2.0), ("size", 20.0), ("reset",), ("width", 4.0), ("layers", 2.0)),
    "unlearn~": (("seed", 2.0), ("activation", "tanh"), ("preset", "clicks"), ("neurons", 7.0),
                 ("energy", "tanh"), ("integrator", "euler")),
}  # fmt: skip


@pytest.mark.parametrize("apart", [0, 64, 128, 192])
@pytest.mark.parametrize("name", MODELS)
def test_messages_within_a_fade(libpd_host, name, apart):
    """Each fades from the mixture of those before, while there are no more than four; what has not
    sounded yet, and the newest of four, gives way instead."""
    with Fading(libpd_host, name) as duet:
        duet.go()
        for message in MANY[name]:
            duet.tell(*message)
            assert len(duet.layers) <= LAYERS
            if apart:
                duet.go(apart)
        assert len(duet.layers) > (2 if apart else 1)
        duet.go(CHUNK)
        assert len(duet.layers) == 1
        duet.go(640)


@pytest.mark.parametrize("name", MODELS)
def test_all_at_once_do_not_jump(libpd_host, name):
    """However many messages come between two blocks, the next sample is the old network's."""
    with Fading(libpd_host, name, 100.0) as duet:
        duet.go()
        old = copy.copy(duet.net)
        for message in MANY[name] * 2:
            libpd_host.send("x", *message)
        x = np.float32([sound(64, 50 + k) for k in range(len(duet._inputs))])
        if name == "unlearn~":
            _, duet.held = unlearn_from("clicks")
        got, want = libpd_host.process(x, duet._outs), duet.let_say(old, np.float64(x))
        assert np.abs(got[0, 0] - want[0, 0]) < 2.0 / 4800 + 1e-6


@pytest.mark.parametrize("name", MODELS)
def test_controls_reach_every_network_that_sounds(libpd_host, name):
    with Fading(libpd_host, name) as duet:
        duet.go()
        duet.tell("seed", 3.0)
        duet.go(64)
        for control, value in zip(duet.controls, (0.5, 0.25, 0.01, 0.5), strict=False):
            duet.send(control, value)
            duet.held[control] = value
        duet.go(128)
        rate = "lambda" if name == "unlearn~" else "lr"
        duet.send("learn", 0.0)
        duet.held[rate] = 0.0
        duet.go()


@pytest.mark.parametrize("name", MODELS)
def test_clear_forgets_the_sound_of_all(libpd_host, name):
    with Fading(libpd_host, name) as duet:
        duet.go()
        duet.tell("seed", 3.0)
        duet.go(64)
        assert not duet.send("clear")
        for net, _, _ in duet.layers:
            net.clear()
        duet.go()


@pytest.mark.parametrize("name", MODELS)
def test_nothing_fades_while_the_sound_is_off(libpd_host, name):
    """When it is switched on, the new network sounds from its first sample."""
    with Fading(libpd_host, name, 0.0) as duet:
        assert not duet.send("fade", 50.0)
        duet.go()
        libpd_host.dsp(False)
        for message in MANY[name][:3]:
            duet.tell(*message)
        libpd_host.dsp(True)
        duet.go()


def test_a_fade_goes_on_after_a_pause(libpd_host):
    with Fading(libpd_host, "autoregnn~", 50.0) as duet:
        duet.go()
        duet.tell("seed", 3.0)
        duet.go(640)
        libpd_host.dsp(False)
        libpd_host.dsp(True)
        duet.go()


def test_the_fade_of_a_message_is_what_was_told_before_it(libpd_host):
    with Fading(libpd_host, "autoregnn~", 20.0) as duet:
        duet.go()
        duet.tell("seed", 3.0)
        assert not duet.send("fade", 2.0)
        duet.fade = 2.0
        duet.go(64)
        duet.tell("seed", 4.0)
        duet.go()
        said = duet.send("fade", -1.0)
        assert said == "error: autoregnn~: fade must be a number within 0..10000, not -1\n"


SAMPLES = 8 * 2048
DRAWS = {
    "autoregnn~": "seed 7; size 20; reset; layers 2",
    "autoregnn2~": "seed 7; size 20; reset; layers 2",
    "unlearn~ -preset wind": "seed 7; preset clicks; neurons 5; activation tanh",
}


@pytest.mark.parametrize("fade", [3.5, 10, 100])
@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("box", DRAWS)
def test_bits_do_not_depend_on_the_block(externals, box, precision, fade):
    """Of 1 sample, of one longer than the fade."""
    double = Double(externals, precision)
    x = np.stack([sound(SAMPLES, k) for k in (1, 2)])
    said = []
    for block in (1, 16, 64, 2048):
        whens = [2048 * (1 + k) // block for k in range(4)]
        messages = [*zip(whens, DRAWS[box].split("; "), strict=True)]
        inlets = (0, 1) if box == "autoregnn2~" else (0,)
        y, printed = double.run(f"{box} -fade {fade}", x[: len(inlets)], inlets, block,
                                messages=messages)  # fmt: skip
        assert "error" not in printed
        said.append(y)
    for y in said[1:]:
        assert_same(box, y, said[0])
    cut, _ = double.run(f"{box} -fade 0", x[: len(inlets)], inlets, 2048, messages=messages)
    assert np.any(cut != said[0])
