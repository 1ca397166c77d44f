"""Models in a notebook: what they are, how they go on sounding, and a small picture of that."""

import base64
import html
import inspect
import io
import time
import wave
from typing import TYPE_CHECKING, Any

import numpy as np

from .reference.arrays import Array

if TYPE_CHECKING:
    from .model import Model

SECONDS = 2.0  # of sound
BUDGET = 0.2  # seconds in which it is made: large models say less
LARGEST = 64 * 2**20  # bytes of a model that is copied to be heard
USUAL = 48000.0  # Hz, where a model has no sample rate
PEAK = 0.8  # of what is louder than full scale


def text(model: "Model") -> str:
    """Return how a model like this one is made: what differs from the defaults.

    Examples
    --------
    >>> from specml import AutoRegNN
    >>> from specml.notebook import text
    >>> text(AutoRegNN(24, width=8, seed=3))
    'AutoRegNN(size=24, seed=3)'
    """
    defaults = inspect.signature(type(model)).parameters
    values = {name: getattr(model, name) for name in defaults if hasattr(model, name)}
    told = [f"{name}={value!r}" for name, value in values.items()
            if value != defaults[name].default]  # fmt: skip
    return f"{type(model).__name__}({', '.join(told)})"


def shown(model: "Model") -> str:
    """Return a model as HTML: its text, two seconds of sound, a picture.

    The sound is what a copy says that learns no more and hears silence; the model itself stays as
    it is. Less of it comes from a large model, none from one that cannot be copied in a moment.

    Examples
    --------
    >>> from specml import Unlearn
    >>> from specml.notebook import shown
    >>> html = shown(Unlearn(neurons=4))
    >>> html.startswith("<pre>Unlearn(neurons=4)"), "<audio controls" in html
    (True, True)
    """
    said = f"<pre>{html.escape(repr(model))}, {model.samples} samples lived</pre>"
    try:
        sound, samplerate = heard(model)
    except Exception:  # whatever it is, a cell that only names a model is no place for an error
        return said
    if not len(sound):
        return said
    said += f'<audio controls src="{_uri("audio/wav", _wav(sound, samplerate))}"></audio>'
    try:
        picture = _uri("image/png", _picture(sound, samplerate))
    except Exception:  # Matplotlib may be missing
        return said
    return f'{said}<br><img alt="waveform and spectrum" src="{picture}">'


def heard(model: "Model") -> tuple[Array, float]:
    """Return what a copy says, ``(n,)``, and the sample rate in Hz; nothing of a huge model.

    Examples
    --------
    >>> from specml import AutoRegNN
    >>> from specml.notebook import heard
    >>> sound, samplerate = heard(AutoRegNN())
    >>> len(sound) <= 96000, samplerate
    (True, 48000.0)
    """
    rate = getattr(model, "samplerate", USUAL)
    if _bytes(model) > LARGEST:
        return np.empty(0), rate
    copy, wanted, parts = _quick(model), round(SECONDS * rate), [np.empty(0)]
    begin, done, n = time.perf_counter(), 0, 1
    while n > 0:
        parts.append(_say(copy, n))
        done += n
        spent = max(time.perf_counter() - begin, 1e-9)
        n = int(min(2 * n, wanted - done, done / spent * (BUDGET - spent)))
    return np.concatenate(parts), rate


def _bytes(model: "Model") -> int:
    """Return about how much is copied, before it is; a synapse, which is drawn too, counts more."""
    shape: dict[str, int] = {name: getattr(model, name) for name in model.settings}
    if "neurons" in shape:
        return shape["neurons"] * (8 * shape["maxdelay"] + 128 * shape["inputs"])
    return 16 * shape["width"] * (shape["size"] + (shape["layers"] - 1) * shape["width"])


def _quick(model: "Model") -> Any:
    """Return a copy on the core, which has the same bits as the reference, and has them soon."""
    defaults = inspect.signature(type(model)).parameters
    made = type(model)(**{name: getattr(model, name) for name in defaults} | {"engine": "core"})
    made.restore(model.state())
    return made


def _say(model: Any, n: int) -> Array:
    """Return the next samples, with the controls that the model holds."""
    held = {f"{name}_" if name == "lambda" else name: value for name, value in model.held.items()}
    if "lambda_" in held:
        return np.asarray(model.process(n, outs=1, **held)[0])
    ins = 2 if "mix" in held else 1
    return np.asarray(model.process(*[np.zeros(n)] * ins, **held | {"lr": 0.0})[0])


def _wav(sound: Array, samplerate: float) -> bytes:
    """Return a WAV of 16 bits, without the mean, which loudspeakers do not say."""
    moving = sound - sound.mean()
    moving *= min(1.0, PEAK / max(float(np.abs(moving).max()), 1e-12))
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(round(samplerate))
        file.writeframes(np.round(32767.0 * moving).astype("<i2").tobytes())
    return content.getvalue()


def _picture(sound: Array, samplerate: float) -> bytes:
    """Return a PNG of the last 50 ms, and of the spectrum of all."""
    from matplotlib.figure import Figure

    from . import plot

    figure = Figure(figsize=(6.0, 1.8), dpi=100)
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.1, right=0.99, bottom=0.25, top=0.96, wspace=0.3)
    plot.waveform(sound, samplerate, left, time=(len(sound) / samplerate - 0.05, None))
    plot.spectrum(sound - sound.mean(), samplerate, right)
    for axes in (left, right):
        axes.tick_params(labelsize=8)
        axes.xaxis.label.set_size(8)
        axes.yaxis.label.set_size(8)
    content = io.BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
