"""The thirteen examples of the source, by name.

Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
"""

from . import networks, presets
from .example import Example, Rendering, Run

EXAMPLES = {example.name: example for example in networks.EXAMPLES + presets.EXAMPLES}

__all__ = ["EXAMPLES", "Example", "Rendering", "Run"]
