"""Weights in a buffer~: shown, drawn, resized, and whatever becomes of the buffer~."""

import re

import numpy as np
import pytest

from bits import assert_same
from max.stub import Script, here
from specml import AutoRegNN

SOON = ("pass", 200)  # ms: some looks


def weights_told(printed: str) -> list[np.ndarray]:
    return [np.array(line.split()[2:], float) for line in printed.splitlines()
            if line.startswith("info: list")]  # fmt: skip


def points_shown(printed: str) -> list[np.ndarray]:
    return [np.array(line.split()[2:], np.float32) for line in printed.splitlines()
            if line.startswith("w: ")]  # fmt: skip


def first() -> np.ndarray:
    return AutoRegNN().parameters.copy()


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("sounding", [False, True])
def test_weights_are_shown_in_the_first_channel(channels, sounding):
    script = Script().do("buffer w", 113, channels).do("new 0 autoregnn~ @table w @learn 0")
    if sounding:
        script.do("dsp", 48000.0, 64).do("noise", 400, 0)
    _, printed = here().run(script.do(*SOON).do("show w"))
    (points,) = points_shown(printed)
    assert_same("points", points[::channels], np.float32(first()))
    assert not np.any(points.reshape(-1, channels)[:, 1:])


def test_what_is_drawn_is_taken_in_and_the_rest_keeps_its_bits():
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    script.do("draw w", 5, 0.25, -0.75).do(*SOON).do("send 0 weights")
    _, printed = here().run(script)
    want = first()
    want[5:7] = 0.25, -0.75
    assert_same("weights", weights_told(printed)[-1], want)


def test_what_stands_in_a_buffer_at_first_is_a_drawing():
    script = Script().do("buffer w", 113, 1).do("draw w", 3, 0.5).do("new 0 autoregnn~ @table w")
    _, printed = here().run(script.do(*SOON).do("send 0 weights"))
    want = first()
    want[3] = 0.5
    assert_same("weights", weights_told(printed)[-1], want)


@pytest.mark.parametrize("frames", [1, 40, 112])
def test_a_short_one_is_made_longer_or_left_alone(frames):
    script = Script().do("buffer w", frames, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    _, printed = here().run(script.do("show w"))
    assert len(points_shown(printed)[0]) == 113
    script = Script().do("buffer w", frames, 1).do("new 0 autoregnn~ @table w @fixed 1").do(*SOON)
    _, printed = here().run(script.do(*SOON).do("show w"))
    assert len(points_shown(printed)[0]) == frames
    assert printed.count("error: ") == 1
    assert f"autoregnn~: buffer~ w has {frames} points, needs 113" in printed


def test_it_follows_another_shape_at_once():
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    for width in (20, 3):
        script.do("send 0 width", width).do("show w")
    _, printed = here().run(script)
    assert [len(points) for points in points_shown(printed)] == [20 * 13 + 21, 3 * 13 + 4]


def test_what_stands_there_when_weights_are_drawn_anew_is_no_drawing():
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    script.do("send 0 seed 9").do(*SOON).do("send 0 weights").do("show w")
    _, printed = here().run(script)
    want = AutoRegNN(seed=9).parameters
    assert_same("weights", weights_told(printed)[-1], want)
    assert_same("points", points_shown(printed)[-1], np.float32(want))


def test_one_that_comes_later_is_waited_for():
    script = Script().do("new 0 autoregnn~ @table w").do(*SOON).do("buffer w", 113, 1).do(*SOON)
    _, printed = here().run(script.do("show w"))
    assert re.findall("error: .*", printed) == ["error: autoregnn~: no buffer~ w"]
    assert_same("points", points_shown(printed)[0], np.float32(first()))


@pytest.mark.parametrize("deed", ["release w", "rename w v"])
def test_one_that_goes_is_missed_once_and_found_again(deed):
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON).do(deed)
    script.do(*SOON).do(*SOON).do("buffer w", 113, 1).do(*SOON).do("show w")
    _, printed = here().run(script)
    assert re.findall("error: .*", printed) == ["error: autoregnn~: no buffer~ w"]
    assert_same("points", points_shown(printed)[-1], np.float32(first()))


def test_a_second_box_is_refused_until_the_first_lets_go():
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    script.do("new 1 autoregnn~ @seed 5").do("send 1 table w").do(*SOON).do("show w")
    script.do("send 0 table").do("send 1 table w").do(*SOON).do("show w")
    script.do("free 1").do("send 0 table w").do(*SOON).do("show w").do("ask 0 table")
    _, printed = here().run(script)
    assert re.findall("error: .*", printed) == [
        "error: autoregnn~: buffer~ w already shows the weights of [autoregnn~]"
    ]
    one, two, three = points_shown(printed)
    assert_same("the first's", one, np.float32(first()))
    assert_same("what stands there is a drawing for the second", two, one)
    assert printed.endswith("table: w\n")
    assert len(three) == 113


def test_a_double_click_opens_it():
    script = Script().do("buffer w", 113, 1).do("new 0 autoregnn~ @table w").do(*SOON)
    _, printed = here().run(script.do("dblclick 0"))
    assert "view: w" in printed
