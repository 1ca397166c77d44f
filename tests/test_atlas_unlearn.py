"""The atlas of Unlearn that stands in docs/: its rows repeat, and its words are the examples'."""

import numpy as np
import pytest

import builds
from specml.analysis import MEASURES
from specml.atlas import table as tables
from specml.atlas import words
from specml.sweeping import told
from specml.sweeping.rows import measured, recording
from specml.sweeping.table import read_spec

FOLDER = builds.HERE.parent / "docs" / "atlas"
TABLE = FOLDER / "unlearn.parquet"


@pytest.fixture(scope="module")
def table():
    return tables.read(TABLE)


@pytest.fixture(scope="module")
def spec():
    return read_spec(TABLE)


def test_it_is_the_sweep_that_stands_beside_it(spec):
    beside = told.from_file(FOLDER / "unlearn.toml").described(FOLDER)
    assert beside | {"specml": None} == spec.described(FOLDER) | {"specml": None}


@pytest.mark.parametrize("base", range(6))
def test_a_row_run_once_more_has_the_same_bits(base, table, spec):
    """Its sound, and each of its measures."""
    row = base * table.rows // 6 + 37 * (base + 1) % 100
    found = measured(spec.between(row, row + 1)[0], spec.measures)
    assert found["sha256"] == table["sha256"][row]
    for name in spec.measures:
        np.testing.assert_array_equal(found[name], table[name][row], err_msg=name)


def test_no_row_failed(table):
    assert not table.errors


def test_it_is_small():
    assert TABLE.stat().st_size < 500_000


def test_every_word_is_said_of_some_and_none_of_all(table):
    for word in words.read(FOLDER / "words.toml"):
        share = words.holds(word, table).mean()
        assert 0.01 < share < 0.9, (word.name, share)


HEARD = {"resonances": "tones", "chatter": "chatter", "clicks": "clicks", "wind": "noise",
         "blubber": "noise", "sine-adapt": "tones"}  # fmt: skip


@pytest.mark.parametrize("name", HEARD)
def test_the_beginning_of_an_example_has_its_word(name, spec):
    """As docs/atlas.md has it; blubber begins as noise."""
    run = spec.bases[name].told({"seed": 1})
    found = recording(run)
    values = {measure: np.array([MEASURES[measure](found)]) for measure in spec.measures}
    itself = tables.Table(TABLE, {"row": np.arange(1), **values}, {})
    rules = words.read(FOLDER / "words.toml")
    assert rules[int(words.codes(rules, itself)[0])].name == HEARD[name]


def test_the_page_says_how_many_sounds_have_which_word(table):
    """Line by line, as the table has it."""
    rules = words.read(FOLDER / "words.toml")
    codes = words.codes(rules, table)
    text = (FOLDER.parent / "atlas.md").read_text(encoding="utf-8")
    numbers = [*range(len(rules)), words.NONE]
    for base in table.bases:
        counts = [int(np.sum(codes[table["base"] == base] == code)) for code in numbers]
        assert f"| {base} | {' | '.join(map(str, counts))} |" in text
    heads = [*(word.name for word in rules), "no word"]
    assert f"| | {' | '.join(heads)} |" in text
