"""What a run is told, checked and completed from the table, presets, states and files."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import checks
from ..state import Contents
from . import heard as hearing
from . import presets, words
from .heard import Heard
from .texts import located

KEYS = ("model", "preset", "state", "seed", "samplerate", "samples", "seconds", "begin", "channels",
        "settings", "controls", "inputs", "signals", "outs", "recorded")  # fmt: skip
INPUTS = {"autoregnn": ("x",), "autoregnn2": ("x1", "x2"), "unlearn": ()}  # that must be there
OPTIONAL = {"autoregnn": ("target",), "autoregnn2": (), "unlearn": ("x",)}
SIGNALS = {
    "autoregnn": ("out", "error", "prediction", "x", "target"),
    "autoregnn2": ("out", "error1", "error2", "prediction1", "prediction2", "x1", "x2"),
    "unlearn": (),
}
SAMPLES_MAX = 2**62
NETWORKS_MAX = 1024


def fields(told: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return all fields of a `Config`; see `Config.from_dict`."""
    _known("a run", told, KEYS)
    model = checks.name("model", told.get("model"), words.models())
    parts = {part: dict(_mapping(part, told.get(part))) for part in ("settings", "controls")}
    inputs = dict(_mapping("inputs", told.get("inputs")))
    _known(f"{model}: settings", parts["settings"], words.settings(model))
    _known(f"{model}: controls", parts["controls"], words.controls(model))
    _known(f"{model}: inputs", inputs, INPUTS[model] + OPTIONAL[model])
    state = _path(told.get("state"), folder)
    if state:
        begun = _state(model, state, told)
    else:
        begun = presets.begun(model, told.get("preset"), parts["settings"])
    texts = {name: located(_text(name, text), folder)
             for name, text in (begun.inputs | inputs).items()}  # fmt: skip
    for missing in (name for name in INPUTS[model] if name not in texts):
        raise ValueError(f"{model} hears {' and '.join(INPUTS[model])}: {missing} is missing")
    heard = hearing.shape(texts, told.get("samplerate"), begun.samplerate)
    own = begun.settings if state else parts["settings"]
    settings = _settings(model, begun.settings | parts["settings"], own, heard)
    if "target" in texts and not state:
        begun.controls["autoreg"] = 0.0  # or it would hear itself alone
    controls = {name: _control(word, (begun.controls | parts["controls"])[name], folder)
                for name, word in words.controls(model).items()}  # fmt: skip
    hearing.agree(texts, controls, heard.samplerate)
    begin = checks.integer("begin", told.get("begin", 0), 0, SAMPLES_MAX)
    return {
        "model": model,
        "samples": _samples(told, heard, begun.seconds, begin),
        "samplerate": heard.samplerate,
        "seed": checks.integer("seed", told.get("seed", begun.seed), 0, 2**64 - 1),
        "begin": begin,
        "channels": _channels(model, told.get("channels"), heard, begun.channels),
        "settings": settings,
        "controls": controls,
        "inputs": texts,
        "state": state,
        **_outputs(model, told, settings, texts),
    }


def _known(what: str, told: Mapping[str, Any], names: Any) -> None:
    for name in told:
        if name not in names:
            raise ValueError(f"{what} has no {name!r}; there is {', '.join(names)}")


def _mapping(what: str, value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{what} must be values by name, not {value!r}")
    return value


def _path(state: object, folder: Path) -> str | None:
    if state is not None and not isinstance(state, str | os.PathLike):
        raise ValueError(f"state must be the name of a file, not {state!r}")
    return os.path.abspath(folder / state) if state else None


def _text(name: str, text: object) -> str:
    """Return what an input hears, as text; a number is silence of another height."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise ValueError(f"{name} must be FILE, FILE:CHANNEL or an expression, not {text!r}")
    return str(text)


def _state(model: str, state: str, told: Mapping[str, Any]) -> presets.Begun:
    """Return what a state file holds, which leaves nothing of the networks to be told."""
    contents = Contents(state).told
    if contents.kind != model:
        raise ValueError(f"{state} is of the model {contents.kind}, not {model}")
    made = {name: contents.settings[name] for name in words.settings(model)}
    facts = made | {"seed": contents.settings["seed"]}
    own = {name: words.table(model)[name].checked(value)
           for name, value in _mapping("settings", told.get("settings")).items()}  # fmt: skip
    own |= {"seed": told["seed"]} if "seed" in told else {}
    for name, value in own.items():
        if value != facts[name]:
            raise ValueError(f"{state} has {name} {facts[name]}: it cannot be {value}")
    if told.get("preset"):
        raise ValueError(f"preset and state: the networks are those of {state}")
    held = {name: contents.settings[name] for name in words.controls(model)}
    return presets.Begun(made, held, {}, contents.settings["seed"], None, contents.channels,
                         contents.settings.get("samplerate"))  # fmt: skip


def _settings(
    model: str, values: Mapping[str, Any], own: Mapping[str, Any], heard: Heard
) -> dict[str, Any]:
    """Return all settings, checked."""
    settings: dict[str, Any] = {}
    for name, word in words.settings(model).items():
        most = min(word.high, settings["neurons"]) if name == "inputs" else word.high
        settings[name] = word.checked(values[name], most)
    if model == "unlearn" and heard.channels:
        if "external" not in own:
            settings["external"] = heard.channels
        elif heard.channels > settings["external"]:
            raise ValueError(
                f"x has {heard.channels} channels, external inputs are {settings['external']}"
            )
    return settings


def _control(word: words.Word, value: object, folder: Path) -> float | str:
    """Return a number, or a text that is none."""
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return located(value, folder)
    return float(word.checked(value))


def _samples(told: Mapping[str, Any], heard: Heard, seconds: float | None, begin: int) -> int:
    """Return the length: as told, as long as what is heard, or as the example."""
    if "samples" in told and "seconds" in told:
        raise ValueError("samples and seconds: one of them says how long a run is, not both")
    if "samples" in told:
        return checks.integer("samples", told["samples"], 1, SAMPLES_MAX)
    if "seconds" not in told and heard.samples:
        if heard.samples <= begin:
            raise ValueError(f"begin must be before {heard.samples}, the end of what is heard, "
                             f"not {begin}")  # fmt: skip
        return heard.samples - begin
    seconds = told.get("seconds", seconds)
    if seconds is None:
        raise ValueError("nothing says how long: give seconds")
    samples = round(checks.number("seconds", seconds) * heard.samplerate)
    if not 1 <= samples <= SAMPLES_MAX:
        raise ValueError(f"{seconds:g} seconds hold no sample at {heard.samplerate:g} Hz")
    return samples


def _channels(model: str, told: object, heard: Heard, saved: int | None) -> int:
    """Return how many networks there are, each of which hears a channel."""
    if model == "unlearn":  # one network
        return checks.integer("channels", 1 if told is None else told, 1, 1)
    if saved is not None:
        if told not in (None, saved) or heard.channels > saved:
            raise ValueError(
                f"the state has {saved} networks, {told or heard.channels} channels are asked for"
            )
        return saved
    if told is None:
        return max(1, heard.channels)
    return checks.integer("channels", told, max(1, heard.channels), NETWORKS_MAX)


def _outputs(
    model: str, told: Mapping[str, Any], settings: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return what is written of what a model says."""
    if model == "unlearn":
        if told.get("signals"):
            raise ValueError("signals are those of autoregnn and autoregnn2; unlearn has outs")
        outs = words.table(model)["outs"]
        first = min(int(outs.initial), settings["neurons"])
        recorded = told.get("recorded", not told.get("state"))
        if not isinstance(recorded, bool):
            raise ValueError(f"recorded must be true or false, not {recorded!r}")
        return {"outs": outs.checked(told.get("outs", first), settings["neurons"]),
                "recorded": recorded}  # fmt: skip
    for name in ("outs", "recorded"):
        if told.get(name):
            raise ValueError(f"{model} has no {name}: they are unlearn's")
    signals = told.get("signals") or ["prediction" if "target" in texts else "out"]
    if isinstance(signals, str):
        signals = [name.strip() for name in signals.split(",")]
    if not isinstance(signals, list | tuple):
        raise ValueError(f"signals must be names, not {signals!r}")
    known = tuple(name for name in SIGNALS[model] if name != "target" or name in texts)
    return {"signals": tuple(checks.name("signals", name, known) for name in signals)}
