"""A sound that begins in Pure Data goes on in Max, and the other way round, by one state file."""

import numpy as np
import pytest

from max.stub import Script, here
from pd import relays
from pd.patches import assert_same
from pd.relays import Leg, heard, play, tensors

SAMPLES, AT = 9600, 4800
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0
each_model = pytest.mark.parametrize("name", relays.MODELS)
each_pd = pytest.mark.parametrize("kind", relays.KINDS)


def in_max(text: str) -> str:
    """What stands in the box, as Max marks its settings."""
    return text.replace(" -", " @")


def playing(name: str, text: str) -> Script:
    script = Script().do("new 0", in_max(text)).do("cords 0", *[1] * relays.HEARS[name])
    return script.do("dsp", 48000.0, 64)


@each_model
@each_pd
def test_max_goes_on_with_what_pd_began(hosts, tmp_path, kind, name):
    x, path = heard(name, SAMPLES), tmp_path / "x"
    told = [(20.0, "store begun"), (40.0, "recall begun 200"), (100.0, f"write {path}")]
    whole = play(hosts[kind], Leg(relays.MODELS[name], x, told))
    at = int(tensors(path)["samples"][0])
    script = playing(name, f"{relays.FRESH[name]} -file {path}")
    rest = x[:, at : at + (SAMPLES - at) // 64 * 64]
    said, printed = here().run(script.hear(rest, 64, relays.OUTLETS[name]))
    assert "error" not in printed
    assert 4700 < at < 4900
    assert_same(name, np.float32(said), whole[:, at : at + rest.shape[1]], LEAST)


@each_model
@each_pd
def test_pd_goes_on_with_what_max_began(hosts, tmp_path, kind, name):
    x, path, outs = heard(name, SAMPLES), tmp_path / "x", relays.OUTLETS[name]
    script = playing(name, relays.MODELS[name]).hear(x[:, :1920], 64, outs)
    script.do("send 0 store begun").hear(x[:, 1920:3840], 64, outs)
    script.do("send 0 recall begun 200.").hear(x[:, 3840:AT], 64, outs)
    script.do("send 0 write", path).hear(x[:, AT:], 64, outs).do("pass", 100.0)
    whole, printed = here().run(script)
    assert f"written {path}" in printed and tensors(path)["samples"] == AT
    said = play(hosts[kind], Leg(f"{relays.FRESH[name]} -file {path}", x[:, AT:]))
    assert "error" not in hosts[kind].log
    assert_same(name, said, np.float32(whole[:, AT:]), LEAST)
