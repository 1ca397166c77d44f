"""A parameter that stands still is what the box holds, in 64 bits, however a browser tells it."""

import json

from web.node import module, run


def test_one_number_or_128_equal_ones():
    one, many = json.loads(run("still.mjs", module("wasm32-simd")))
    assert any(x != one[0] for x in one)
    assert one == many
