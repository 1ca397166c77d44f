"""A sweep's table: its bytes, what is wrong in a row alone, and rows that are run once more."""

import itertools
import json
import os
import subprocess
import sys
from unittest import mock

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import sweeps
from specml.__main__ import main
from specml.running import start
from specml.sweeping import cluster, gather, table, told
from specml.sweeping.parts import OtherSweepError, opened
from specml.sweeping.rows import digest, measured
from specml.sweeping.whole import folder_of, repeat, sweep

MEASURES = ("level", "centroid", "flatness", "kurtosis", "lyapunov")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A sweep of 24 rows, its rows and the bytes of its table."""
    folder = tmp_path_factory.mktemp("sweep")
    spec = told.from_file(sweeps.written(folder, *MEASURES))
    rows = [table.columns(row, measured(row, spec.measures)) for row in spec.between(0, spec.rows)]
    return spec, rows, sweeps.undisturbed(spec, folder / "calm.parquet")


@pytest.fixture
def written(tmp_path, made):
    """Its table as a file."""
    path = tmp_path / "winds.parquet"
    path.write_bytes(made[2])
    return path


@settings(max_examples=12)
@given(st.permutations(range(24)), st.sets(st.integers(1, 23)), st.integers(1, 30))
def test_neither_order_nor_batches_are_in_the_bytes(tmp_path_factory, made, order, cuts, group):
    spec, rows, _ = made
    path, ends = tmp_path_factory.mktemp("parts") / "a.parquet", [0, *sorted(cuts), 24]
    batches = sorted(itertools.pairwise(ends), key=lambda batch: order[batch[0]])
    with mock.patch.object(table, "GROUP", group):
        found = []
        for some in (batches, [(0, 24)]):
            with opened(folder_of(path), {"group": group}) as parts:
                for begin, end in some:
                    parts.write(begin, end, table.packed(spec, rows[begin:end]))
                table.join(spec, parts, path)
            parts.remove()
            found.append(path.read_bytes())
    assert found[0] == found[1]


def test_workers_and_batches_are_not_in_the_bytes(tmp_path, made):
    spec, _, expected = made
    path = tmp_path / "winds.parquet"
    with mock.patch.object(gather, "TASK", 0.02):
        sweep(spec, path, lambda: cluster.local(2))
    assert path.read_bytes() == expected


COMPUTE = """
import sys
from pathlib import Path
import sweeps
from specml.sweeping import told
path = Path(sys.argv[1])
sys.stdout.buffer.write(sweeps.undisturbed(told.from_file(path), path.with_suffix(".parquet")))
sys.stdout.buffer.write(sweeps.many_values())
"""


def test_the_processor_is_not_in_the_bytes(tmp_path, made):
    umath = np._core._multiarray_umath  # what NumPy chooses among, and what this machine has
    has = [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__[name]]
    plain = {"NPY_DISABLE_CPU_FEATURES": " ".join(has), "SPECML_ISA": "portable",
             "OPENBLAS_CORETYPE": "Prescott"}  # fmt: skip
    where = {**os.environ, **plain, "PYTHONPATH": os.path.dirname(__file__)}
    command = [sys.executable, "-c", COMPUTE, sweeps.written(tmp_path, *MEASURES)]
    found = subprocess.run(command, env=where, check=True, capture_output=True)
    assert found.stdout == made[2] + sweeps.many_values()


def test_a_row_that_cannot_be_run_is_said_and_the_others_go_on(made):
    spec, rows, _ = made
    refused = [row for row in rows if row["neurons"] < row["inputs"]]
    assert 0 < len(refused) < len(rows)
    for row in rows:
        if row in refused:
            least = f"inputs must be an integer within 1..{row['neurons']}, not {row['inputs']}"
            assert row["error"] == f"run: ValueError: {least}"
            assert row["sha256"] is None and row["level"] is None
        else:
            assert row["error"] is None and len(row["sha256"]) == 64 and row["level"] < 0.0
    assert spec.rows == 24


def test_a_measure_that_fails_leaves_the_others(tmp_path, monkeypatch):
    (tmp_path / "own.py").write_text("def loud(recording):\n    raise KeyError('no such')\n")
    monkeypatch.syspath_prepend(tmp_path)
    spec = told.from_file(sweeps.written(tmp_path, "own:loud", "level"))
    row = measured(spec.between(0, 1)[0], spec.measures)
    assert row["error"] == "own:loud: KeyError: 'no such'"
    assert row["own:loud"] is None and row["level"] < 0.0 and row["sha256"]
    path = tmp_path / "own.py"
    before = told.from_file(tmp_path / "winds.toml").described(tmp_path)
    path.write_text("def loud(recording):\n    return 1.0\n")
    after = told.from_file(tmp_path / "winds.toml").described(tmp_path)
    assert before["modules"] != after["modules"], "another function, but the same sweep"


def test_every_row_can_be_run_once_more(tmp_path, made, written):
    _, rows, _ = made
    found = sweeps.rows(written)
    assert found == rows
    for row in found:
        if row["error"]:
            with pytest.raises(ValueError, match="inputs must be"):
                table.row_config(written, row["row"])
        else:
            blocks = [*start(table.row_config(written, row["row"]))]
            assert digest(np.concatenate(blocks, axis=1)) == row["sha256"]


def test_the_command_repeats_a_row_and_compares(tmp_path, made, written):
    good = next(row["row"] for row in made[1] if not row["error"])
    assert repeat(written, good, tmp_path).exists()
    record = json.loads((tmp_path / f"winds-row{good}.json").read_text())
    assert record["sha256"] == made[1][good]["sha256"]
    lied = [row | {"sha256": "0" * 64} for row in made[1]]
    with opened(tmp_path / "a.parts", {}) as parts:
        parts.write(0, 24, table.packed(made[0], lied))
        table.join(made[0], parts, written)
    result = CliRunner().invoke(
        main, ["sweep", str(written), "--row", str(good), "-o", str(tmp_path)]
    )
    assert result.exit_code == 1 and "is not what was measured: its SHA-256 is" in result.output
    result = CliRunner().invoke(main, ["sweep", str(written), "--row", "24", "-o", str(tmp_path)])
    assert result.exit_code == 1 and "has rows 0..23, not 24" in result.output


def test_another_sweep_is_refused_in_the_same_place(tmp_path, made, written):
    spec, rows, _ = made
    other = told.from_file(sweeps.written(tmp_path, "level"))
    with pytest.raises(OtherSweepError, match=r"winds.parquet is of another sweep"):
        sweep(other, written, never)
    written.unlink()
    with opened(folder_of(written), spec.described(tmp_path)) as parts:
        parts.write(0, 24, table.packed(spec, rows))
        with pytest.raises(OtherSweepError, match="another sweep is writing to"):
            sweep(spec, written, never)
    with pytest.raises(OtherSweepError, match="of another sweep, whose measures differ"):
        sweep(other, written, never)
    sweep(spec, written, never)  # nothing is left to be run
    assert written.read_bytes() == made[2]
    assert sweep(spec, written, never) == sum(bool(row["error"]) for row in rows)


def never():
    raise AssertionError("something is run again")


def test_what_was_half_written_is_not_recorded(tmp_path):
    with opened(tmp_path / "a.parts", {}) as parts:
        (parts.folder / "0000000003-0000000005.part").write_bytes(b"PAR1")
        parts.write(1, 3, b"whole")
    with opened(tmp_path / "a.parts", {}) as parts:
        assert parts.missing(6) == [(0, 1), (3, 6)]
        assert not [*parts.folder.glob("*.part")]


SAID = {
    "a.toml": "it is no TOML: ",
    "winds.toml -o winds.toml": "winds.toml is no Parquet file: ",
    "winds.toml --row 1": "winds.toml is no Parquet file: ",
    "winds.toml --scheduler nowhere": "no scheduler answers at nowhere: ",
}


def test_the_command_says_in_a_line_what_is_wrong(tmp_path, monkeypatch):
    (tmp_path / "a.toml").write_text("[sweep")
    sweeps.written(tmp_path, "level")
    monkeypatch.chdir(tmp_path)
    for words, said in SAID.items():
        result = CliRunner().invoke(main, ["sweep", *words.split()])
        assert result.exit_code and said in result.output, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.toml", "winds.toml"]
