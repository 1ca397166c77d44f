"""What a run begins with: the table, or an example of Unlearn with all that moves in it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .. import checks, core
from ..examples import EXAMPLES
from . import words

# what changes while an example plays, as specml.examples.presets has it
FALLING = "max(18, 160 - 142 * n / samples)"
UNTIL_SWITCH = "where(n < 79 * rate, {}, 0)"
MOVING: dict[str, dict[str, str]] = {
    "chatter": {"strength": FALLING},
    "sine-adapt": {"lambda": UNTIL_SWITCH.format("1")},
}
HEARD = {"sine-adapt": {"x": UNTIL_SWITCH.format("sine(100 / rate * n)")}}


class Begun(NamedTuple):
    """Settings, controls and inputs by name, seed; seconds, networks and rate where known."""

    settings: dict[str, Any]
    controls: dict[str, Any]
    inputs: dict[str, str]
    seed: int
    seconds: float | None = None
    channels: int | None = None
    samplerate: float | None = None


def begun(model: str, preset: object, own: Mapping[str, Any]) -> Begun:
    """Return what stands in the table, or what an example of Unlearn has.

    Parameters
    ----------
    model : str
        Which.
    preset : str, optional
        The example.
    own : mapping
        Settings that are told: where there are fewer neurons than a preset's inputs, all are heard.

    Examples
    --------
    >>> begun("unlearn", "chatter", {}).controls["strength"]
    'max(18, 160 - 142 * n / samples)'
    """
    table = words.table(model)
    seed = table["seed"].default
    if "preset" not in table:
        if preset is not None:
            raise ValueError(f"{model} has no preset, it is unlearn's")
        made = {name: word.default for name, word in words.settings(model).items()}
        return Begun(made, {name: word.default for name, word in words.controls(model).items()},
                     {}, seed)  # fmt: skip
    wanted = table["preset"].default if preset is None else preset
    name = checks.name("preset", wanted, table["preset"].choices)
    row = core.presets()[name]
    made = {key: row[key] for key in words.settings(model)}
    if "inputs" not in own and "neurons" in own:
        neurons = table["neurons"].checked(own["neurons"])
        made["inputs"] = min(made["inputs"], neurons)
    controls = {key: row[key] for key in words.controls(model)}
    if preset is None:
        return Begun(made, controls, {}, seed)
    example = EXAMPLES[name]
    return Begun(made, controls | MOVING.get(name, {}), HEARD.get(name, {}), example.seed,
                 example.seconds)  # fmt: skip
