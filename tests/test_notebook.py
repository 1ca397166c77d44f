"""What a model says of itself, and what a notebook shows of it; the model stays as it was."""

import base64
import io
import itertools
import sys
from html.parser import HTMLParser

import numpy as np
import PIL.Image
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn, notebook
from specml.reference.unlearn import FUNCTIONS, INTEGRATORS
from twins import call, state

MODELS = (AutoRegNN, AutoRegNN2, Unlearn)
NETWORK = {
    "size": st.integers(1, 20), "width": st.integers(1, 20), "layers": st.integers(1, 3),
    "seed": st.integers(0, 2**64 - 1), "scale": st.floats(0.0, 100.0),
    "engine": st.sampled_from(["core", "numpy"]),
}  # fmt: skip
SETTINGS = {
    AutoRegNN: NETWORK, AutoRegNN2: NETWORK,
    Unlearn: {
        "neurons": st.integers(3, 8), "inputs": st.integers(1, 3), "maxdelay": st.integers(1, 99),
        "external": st.integers(0, 9), "activation": st.sampled_from(FUNCTIONS),
        "energy": st.sampled_from(FUNCTIONS), "integrator": st.sampled_from(INTEGRATORS),
        "seed": st.integers(0, 2**64 - 1), "scale": st.floats(0.0, 100.0),
        "excite": st.floats(0.0, 1.0), "samplerate": st.floats(1.0, 1e6),
    },
}  # fmt: skip


class Shown(HTMLParser):
    """Tags with what they have, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.text = {}, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = dict(attrs)

    def handle_data(self, data):
        self.text += data

    def content(self, tag: str, kind: str) -> io.BytesIO:
        head, _, coded = self.tags[tag]["src"].partition(",")
        assert head == f"data:{kind};base64"
        return io.BytesIO(base64.b64decode(coded, validate=True))


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_it_says_makes_one_like_it(model, data):
    """The same bits; and it names nothing that is as it is by itself."""
    told = data.draw(st.fixed_dictionaries({}, optional=SETTINGS[model]))
    if "neurons" not in told:
        told.pop("inputs", None)
    made = model(**told)
    again = eval(repr(made), {model.__name__: model})
    assert again.engine == made.engine and repr(again) == repr(made)
    assert_same("state", state(again), state(made))
    named = [part.partition("=")[0] for part in repr(made)[:-1].partition("(")[2].split(", ")]
    plain = model()
    assert set(filter(None, named)) == {
        name for name in told if getattr(made, name) != getattr(plain, name)
    }


@pytest.mark.parametrize("model", MODELS)
def test_a_fresh_one_says_its_name(model):
    assert repr(model()) == f"{model.__name__}()"


@pytest.mark.parametrize("engine", ["core", "numpy"])
@pytest.mark.parametrize("model", MODELS)
def test_a_notebook_hears_and_sees_a_copy(model, engine, monkeypatch):
    """With all the time in the world, so that it says two seconds on any machine."""
    monkeypatch.setattr(notebook, "BUDGET", 1e9)
    made = model(seed=5, engine=engine)
    call(
        made,
        list(0.5 * np.sin(np.arange(2 * 150)).reshape(2, -1))[: 2 if model is AutoRegNN2 else 1],
    )
    before = state(made)
    shown = Shown(made._repr_html_())
    assert_same("the model that was shown", state(made), before)
    assert repr(made) in shown.text and "150 samples lived" in shown.text
    sound, rate = soundfile.read(shown.content("audio", "audio/wav"))
    assert (len(sound), rate) == (96000, 48000) and "controls" in shown.tags["audio"]
    assert np.abs(sound).max() > 0.01
    picture = PIL.Image.open(shown.content("img", "image/png"))
    assert picture.format == "PNG" and 300 <= picture.width <= 900
    assert shown.tags["img"]["alt"]


def test_it_says_what_the_model_would_say():
    """If it learnt no more; the same 16 bits."""
    net = AutoRegNN(seed=2)
    net.process(np.sin(0.05 * np.arange(5000)), lr=0.05, ridge=0.0)
    sound, _ = soundfile.read(Shown(net._repr_html_()).content("audio", "audio/wav"))
    wanted, _ = net.process(np.zeros(len(sound)), lr=0.0, ridge=0.0)
    wanted = wanted - wanted.mean()
    wanted *= min(1.0, 0.8 / np.abs(wanted).max())
    np.testing.assert_allclose(sound, wanted, atol=1.0 / 32767)


def test_a_slow_model_says_less(monkeypatch):
    """By a clock on which each look takes a tenth of a second."""
    clock = itertools.count()
    monkeypatch.setattr(notebook.time, "perf_counter", lambda: 0.1 * next(clock))
    sound, _ = notebook.heard(AutoRegNN())
    assert 0 < len(sound) < 10


def test_a_huge_one_is_not_copied(monkeypatch):
    """The estimate is above what its state takes, and below four times that."""
    for net in (AutoRegNN(300, 200, 2), Unlearn(neurons=64, inputs=64, maxdelay=4800)):
        taken = sum(part.nbytes for part in net.state().values())
        assert taken < notebook._bytes(net) < 4 * taken
    monkeypatch.setattr(notebook, "LARGEST", 1000)
    assert set(Shown(Unlearn()._repr_html_()).tags) == {"pre"}


def test_nothing_of_a_model_is_taken_for_html(monkeypatch):
    monkeypatch.setattr(AutoRegNN, "__repr__", lambda net: "<script>&")
    shown = Shown(AutoRegNN()._repr_html_())
    assert "<script>&" in shown.text and "script" not in shown.tags


def test_without_matplotlib_there_is_no_picture(monkeypatch):
    for name in ("matplotlib.figure", "specml.plot"):
        monkeypatch.setitem(sys.modules, name, None)
    assert set(Shown(AutoRegNN()._repr_html_()).tags) == {"pre", "audio"}


def test_it_never_fails(monkeypatch):
    def fail(*given):
        raise MemoryError

    monkeypatch.setattr(notebook, "heard", fail)
    assert set(Shown(Unlearn()._repr_html_()).tags) == {"pre"}


def test_one_of_another_class_says_which():
    class Mine(AutoRegNN):
        def __init__(self, size: int = 4, mine: int = 1) -> None:
            super().__init__(size)

    assert repr(Mine(5)) == "Mine(size=5)"
    assert Shown(Mine(5)._repr_html_()).text.startswith("Mine(size=5)")
