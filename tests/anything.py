"""Whatever a box may be told: words, and values that it takes or refuses."""

from hypothesis import strategies as st

from specml import core
from specml.reference import autoregnn, autoregnn2, unlearn

NUMBERS = (0.0, 1.0, 2.0, 3.0, 7.0, 16.0, 33.0, 100.0, 2400.0, 0.5, 0.1, 1e-30, -1.0, -0.5, 1e6,
           2.0**24, 1e38, -1e38)  # fmt: skip
NOT_FINITE = (float("nan"), float("inf"), float("-inf"))
WORDS = ("w", "v", "tanh", "cosine", "euler", "symplectic", "foo", "table", *core.presets())
STRUCTURE = ("size", "width", "layers", "neurons", "inputs", "maxdelay", "external")
CHOICES = ("activation", "energy", "integrator", "preset", "table")
CONTROLS = (*autoregnn.CONTROLS, *autoregnn2.CONTROLS, *unlearn.CONTROLS)
SETTINGS = sorted({*CONTROLS, *STRUCTURE, *CHOICES, "seed", "scale", "learn", "excite", "fade"})

numbers = st.sampled_from(NUMBERS) | st.floats(0, 1, width=32) | st.integers(0, 20).map(float)
words = st.sampled_from(WORDS)
values = st.lists(numbers | numbers | words | st.sampled_from(NOT_FINITE), max_size=3)
