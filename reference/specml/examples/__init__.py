"""The thirteen examples of the source, by name.

Source: L. Döbereiner and D. Pirrò, "Speculative Machine Learning in Sound Synthesis", SMC 2024.
"""

from . import autoregnn, unlearn
from .example import Example, Rendering, Run

EXAMPLES = {example.name: example for example in autoregnn.EXAMPLES + unlearn.EXAMPLES}

__all__ = ["EXAMPLES", "Example", "Rendering", "Run"]
