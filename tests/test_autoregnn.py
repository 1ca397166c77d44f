"""AutoRegNN: the core and the reference, bit for bit after every call."""

import numpy as np
import pytest
from hypothesis import settings

from bits import samples
from machine import NetworkMachine
from specml import AutoRegNN
from specml.reference import autoregnn


class AutoRegNNMachine(NetworkMachine):
    model, table = AutoRegNN, autoregnn.CONTROLS

    def inputs(self, draw, n):
        x = draw(samples(n))
        return [np.full(n, 0.5) if x is None else x]


class TestAutoRegNN(AutoRegNNMachine.TestCase):
    settings = settings(max_examples=150, stateful_step_count=20)


@pytest.mark.long
class TestAutoRegNNLong(AutoRegNNMachine.TestCase):
    settings = settings(max_examples=1000, stateful_step_count=40)
