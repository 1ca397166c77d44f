"""Unlearn's presets as methods of the class: externals/sc/Classes/UnlearnPresets.sc."""

import re
import textwrap

from specml import core
from specml.reference.unlearn import CONTROLS

SHAPE = ("neurons", "inputs", "maxdelay", "activation", "energy", "integrator", "scale", "excite")
TELLABLE = ("outs = 2", "bang = 0.0", "seed = 1", "learn = 1", "mul = 1.0", "add = 0.0")


def method(preset: str) -> str:
    """The name of the method: sine-adapt is no name."""
    first, *others = preset.split("-")
    return first + "".join(other.title() for other in others)


def text() -> str:
    """The whole file."""
    methods = "\n\n".join(_method(name, preset) for name, preset in core.presets().items())
    return (
        "// Made from the core's presets by help-patches/sc/make.py.\n+ Unlearn {\n"
        f"{methods}\n}}\n"
    )


def _method(name: str, preset: dict) -> str:
    controls = ", ".join(f"{control} = {preset[control]:g}" for control in CONTROLS)
    told = ", ".join([f"in = 0.0, {controls}", *TELLABLE])
    passed = ", ".join(["in", *CONTROLS, "outs", "bang", "seed"])
    shape = [f"{word}: {_said(preset[word])}" for word in SHAPE]
    passed = ", ".join([passed, *shape, "learn: learn", "mul: mul", "add: add"])
    return (
        _wrapped(f"*{method(name)} {{ |{told}|", "\t")
        + "\n"
        + _wrapped(f"^this.ar({passed})", "\t\t")
        + "\n\t}"
    )


def _wrapped(line: str, margin: str) -> str:
    """Lines of at most 100 characters, and no setting is torn from its value."""
    kept = re.sub(r"(=|:) ", "\\1\0", line.replace(" = ", "\0=\0"))
    options = {"initial_indent": margin, "subsequent_indent": f"{margin}\t", "tabsize": 4}
    filled = textwrap.fill(kept, 100, **options, expand_tabs=False, break_on_hyphens=False)
    return filled.replace("\0", " ")


def _said(value) -> str:
    return f"'{value}'" if isinstance(value, str) else f"{value:g}"
