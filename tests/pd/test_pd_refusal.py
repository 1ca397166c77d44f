"""Where the core refuses to run no box is made, and it is said once for each kind of box."""

import numpy as np
import pytest

import takes
from pd.debian import DebianPd
from pd.double import Double
from pd.patches import Patch

WHY = 'but SPECML_ISA names "nope"'


@pytest.mark.parametrize("name", takes.NAMES.values())
@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_setup_makes_no_class(externals, name, precision):
    with pytest.raises(RuntimeError, match=f"status 2\nerror: {name} refuses to run: .*{WHY}"):
        Double(externals, precision).run(name, np.zeros((1, 64)), SPECML_ISA="nope")


def test_pd_goes_on_without_the_boxes(externals, debian):
    patch = Patch()
    for name in [*takes.NAMES.values()] * 2:
        patch.add(name)
    patch.at("go", 10.0, "; pd quit")
    log = DebianPd(externals, SPECML_ISA="nope").run(patch.text(), "go bang")
    for name in takes.NAMES.values():
        assert log.count(f"{name} refuses to run: ") == 1
    assert log.count(WHY) == 3 and log.count("couldn't create") == 6
