"""What could be misread in silence is refused, with words that say how it is meant."""

import numpy as np
import pytest

from bits import assert_same
from specml import AutoRegNN, AutoRegNN2, Unlearn
from specml.reference.random import white_noise
from test_api import CONTROLS, MODELS, PARAMETERS, each_engine, each_model
from twins import Twins, call


@pytest.mark.parametrize("signal", [[5], np.zeros(9), np.zeros((1, 9)), []])
def test_a_signal_is_not_taken_for_a_number_of_samples(signal):
    """Nor one for the other: each has its name, and the message says it."""
    twins = Twins(Unlearn, {})
    message = twins.refuses("as the number", lambda net: net.process(signal))
    assert "samples" in message and "x=" in message
    message = twins.refuses("both", lambda net: net.process(9, x=np.zeros(9)))
    assert "samples" in message and " x" in message
    x = white_noise(9, 1)
    want = Twins(Unlearn, {})("rows", lambda net: net.process(x=x[np.newaxis]))
    assert_same("a single signal", twins("row", lambda net: net.process(x=x)), want)
    assert want.shape == (16, 9)


PCM = [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]


@each_model
@pytest.mark.parametrize("kind", PCM)
def test_whole_numbers_that_may_be_pcm_are_refused(model, kind):
    """What scales them to ±1 stands in the message, and is right."""
    pcm = np.array([0, 1, np.iinfo(kind).max, np.iinfo(kind).min], kind)
    message = Twins(model, {}).refuses("pcm", lambda net: call(net, [pcm] * MODELS[model]))
    name = message.split()[0]
    assert np.dtype(kind).name in message and f"{name}.astype(float)" in message
    scaled = eval(message.split("scale it, as ")[1].split(", or")[0], {name: pcm})
    assert -1.0 <= scaled.min() < -0.99 and 0.99 < scaled.max() <= 1.0
    call(model(), [pcm.astype(float)] * MODELS[model])


@each_model
def test_lists_of_whole_numbers(model):
    """Those of a person: 0, 1 and -1; of larger ones nobody can say what they mean."""
    written = [0, 1, -1, 0]
    want = Twins(model, {})(
        "floats", lambda net: call(net, [np.array(written) * 1.0] * MODELS[model])
    )
    got = Twins(model, {})("list", lambda net: call(net, [written] * MODELS[model]))
    assert_same("list", got, want)
    for bad in ([0, 2, 1], [0, -32768], [np.int16(1), np.int16(0)], [np.uint8(1)]):
        message = Twins(model, {}).refuses(
            f"{bad}", lambda net, b=bad: call(net, [b] * MODELS[model])
        )
        assert "scale it" in message


@each_model
def test_a_mask_is_refused(model):
    """In signals, controls and weights: the numbers under it would be heard."""
    masked = np.ma.masked_array([0.5, 99.0, 0.5], [False, True, False])
    twins, x = Twins(model, {}), [np.zeros(3)] * MODELS[model]
    heard = [masked] * MODELS[model]
    name = CONTROLS[model][0]
    weights = PARAMETERS[model][0]
    right = np.ma.masked_array(getattr(twins.reference, weights))
    for action in (
        lambda net: call(net, heard),
        lambda net: call(net, x, **{name: masked}),
        lambda net: setattr(net, weights, right),
        *([lambda net: net.process(x=[masked])] if model is Unlearn else []),
    ):
        message = twins.refuses("masked", action)
        assert "mask" in message and ".filled(" in message


READ = {AutoRegNN: ("parameters",), AutoRegNN2: ("parameters",),
        Unlearn: ("weights", "velocities", "traces", "sources", "delays")}  # fmt: skip


@each_model
@each_engine
def test_what_is_read_cannot_be_written_to(model, engine):
    """`net.parameters[0] = 5` would do nothing; assigning the whole array does."""
    net = model(engine=engine)
    for name in READ[model]:
        with pytest.raises(ValueError, match="read-only"):
            getattr(net, name).flat[0] = 5
    name = READ[model][0]
    half = 0.5 * getattr(net, name)
    setattr(net, name, half)
    assert_same(name, getattr(net, name), half)


@each_model
@pytest.mark.parametrize("name", ["lr", "paramters", "lambda_", "Parameters"])
def test_a_name_that_does_not_exist_is_refused(model, name):
    net = model()
    with pytest.raises(AttributeError) as error:
        setattr(net, name, 3)
    for word in (model.__name__, repr(name), PARAMETERS[model][0], "process"):
        assert word in str(error.value)
    with pytest.raises(AttributeError):
        net.seed = 5

    class Mine(model):
        """A subclass may have names of its own, which it declares."""

        mood = "calm"

    mine = Mine()
    mine.mood = "wild"
    with pytest.raises(AttributeError):
        mine.moot = "wild"
