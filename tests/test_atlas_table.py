"""What an atlas finds in the table of a sweep: what was told, what was measured, in words."""

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

import atlases
from specml.atlas import table as tables
from specml.atlas import words


@pytest.fixture(scope="module")
def given():
    return atlases.columns(40)


@pytest.fixture(scope="module")
def table(given, tmp_path_factory):
    return tables.read(atlases.write(tmp_path_factory.mktemp("atlas") / "a.parquet", given))


def test_what_was_gone_over_comes_first_and_what_stands_still_not_at_all(table):
    names = [column.name for column in table.columns]
    assert names == ["mu_factor", "mu", "lambda", "friction", "level", "centroid", "mine"]
    assert [column.name for column in table.over] == ["mu_factor", "lambda", "friction"]
    assert table.bases == ["wind", "clicks"]


def test_axes_are_logarithmic_where_the_design_was_or_where_values_span_decades(table):
    logs = {column.name: column.log for column in table.columns}
    assert logs == {"mu_factor": True, "mu": True, "lambda": True, "friction": False,
                    "level": False, "centroid": True, "mine": False}  # fmt: skip


def test_units_and_lines_are_those_of_the_one_table(table):
    assert (table.column("lambda").unit, table.column("lambda").told) == ("1/s", True)
    assert table.column("friction").line == "friction of the weights."
    assert not table.column("mu_factor").told
    assert (table.column("mine").unit, table.column("mine").line) == ("", "")


def test_a_row_that_failed_is_left_out_and_said(given, tmp_path):
    failed = {name: values.copy() for name, values in given.items()}
    failed["error"][3], failed["level"][3] = "it has no sound", np.nan
    table = tables.read(atlases.write(tmp_path / "failed.parquet", failed))
    assert table.rows == 39
    assert 3 not in table["row"]
    assert table.errors == {3: "it has no sound"}


def test_what_is_no_table_is_said(tmp_path):
    (tmp_path / "text.parquet").write_text("none")
    with pytest.raises(ValueError, match="no Parquet file"):
        tables.read(tmp_path / "text.parquet")
    parquet.write_table(pa.table({"row": [1]}), tmp_path / "other.parquet")
    with pytest.raises(ValueError, match="no table of specml sweep: it has no column base"):
        tables.read(tmp_path / "other.parquet")


def test_a_name_that_is_no_column_is_said_with_those_that_are(table):
    with pytest.raises(ValueError, match=r"nu is not among what differs in a\.parquet: mu_factor"):
        table.column("nu")


RULES = """
[loud]
about = "near the top"
level = [-25, inf]

[still]
level = [-40, inf]
friction = [-inf, 1]
"""


def test_the_first_word_whose_rule_holds_is_a_rows_word(given, tmp_path):
    (tmp_path / "words.toml").write_text(RULES)
    given = given | {"level": given["level"].copy()}
    given["level"][:4] = np.nan
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    loud, still = words.read(tmp_path / "words.toml")
    assert (loud.name, loud.about, loud.rule()) == ("loud", "near the top", "level ≥ -25")
    assert still.rule() == "level ≥ -40, friction ≤ 1"
    codes = words.codes([loud, still], table)
    for level, friction, code in zip(table["level"], table["friction"], codes, strict=True):
        assert code == (0 if level >= -25 else 1 if level >= -40 and friction <= 1 else words.NONE)
    assert set(codes[:4]) == {words.NONE}
    assert {0, 1, words.NONE} <= set(codes)


@pytest.mark.parametrize("text,said", [
    ("[a]\nlevel = 3", r"a.level is \[least, greatest\], not 3"),
    ("[a]\nabout = 'x'", "a has no measure"),
    ("a = 3", "a is a table of measures"),
    ("", "has 0 words"),
    ("".join(f"w{k} = {{level = [0, 1]}}\n" for k in range(8)), r"has 8 words, not 1\.\.7"),
    ("[", "words.toml: "),
])  # fmt: skip
def test_rules_that_are_none_are_refused(text, said, tmp_path):
    (tmp_path / "words.toml").write_text(text)
    with pytest.raises(ValueError, match=said):
        words.read(tmp_path / "words.toml")


def test_a_word_about_what_was_not_measured_is_refused(table):
    with pytest.raises(ValueError, match=r"a\.parquet has no pauses, which still is about"):
        words.codes([words.Word("still", "", {"pauses": (0.5, 1.0)})], table)
