"""docs/sweeps.md does what it says: its files are run, its lines typed."""

import importlib
import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml
from click.testing import CliRunner

import sweeps
from specml.__main__ import main
from specml.sweeping import told

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "sweeps.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the page's files, and a voice."""
    shutil.copytree(DOCS / "sweeps", tmp_path / "sweeps")
    monkeypatch.chdir(tmp_path / "sweeps")
    monkeypatch.syspath_prepend(tmp_path / "sweeps")
    t = np.arange(2400) / 48000
    soundfile.write("voice.wav", 0.5 * np.sin(2 * np.pi * 150 * t), 48000, subtype="FLOAT")
    return tmp_path / "sweeps"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("file", "language", "at"), [
    ("winds.toml", "toml", 0), ("roughness.py", "python", 1), ("slurm.py", "python", 2),
])  # fmt: skip
def test_what_the_page_shows_is_in_the_files(file, language, at):
    def lines(text: str) -> list[str]:
        return [line.strip() for line in text.splitlines() if line.strip()]

    shown, whole = lines(blocks(language)[at]), lines((DOCS / "sweeps" / file).read_text())
    shown[0] = whole[next(k for k, line in enumerate(whole) if line.endswith(shown[0]))]
    begin = whole.index(shown[0])
    assert whole[begin : begin + len(shown)] == shown


def test_the_example_and_its_lines_in_python(folder):
    spec = told.from_file(folder / "winds.toml")
    assert f"{spec.rows} runs" in PAGE
    (folder / "winds.toml").write_text(
        (folder / "winds.toml")
        .read_text()
        .replace("points = 16", "points = 1")
        .replace("0.5", "0.05")
    )
    ran = CliRunner().invoke(main, ["sweep", "winds.toml", "--workers", "1"])
    assert ran.exit_code == 0 and "winds.parquet: 4 rows" in ran.output, ran.output
    names: dict[str, object] = {}
    exec(blocks("python")[0], names)
    assert sum(block.shape[1] for block in names["blocks"]) == 2400
    ran = CliRunner().invoke(main, ["sweep", "winds.parquet", "--row", "2", "-o", "again"])
    assert ran.output.strip() == os.path.join("again", "winds-row2.wav")


def test_a_measure_of_ones_own_and_a_grid(folder):
    spec = told.from_file(folder / "lr.toml")
    (folder / "lr.parquet").write_bytes(sweeps.undisturbed(spec, folder / "lr.parquet"))
    rows = sweeps.rows(folder / "lr.parquet")
    assert len(rows) == 13 * 4 * 5 and not any(row["error"] for row in rows)
    assert all(0.0 < row["roughness:roughness"] < 4.0 for row in rows)
    best = max(rows, key=lambda row: row["correlation"])
    assert best["correlation"] > 0.9 and best["lr"] > 0.01


def kubernetes() -> dict:
    return yaml.safe_load((DOCS / "sweeps" / "kubernetes.yaml").read_text())


def test_the_file_for_kubernetes_is_what_its_package_makes():
    operator = pytest.importorskip("dask_kubernetes.operator")
    each = {"cpu": "1", "memory": "1Gi"}
    made = operator.make_cluster_spec(
        name="specml", image="registry.example.org/specml:latest", n_workers=10,
        worker_command="dask worker --nthreads 1", resources={"requests": each, "limits": each},
    )  # fmt: skip
    scheduler = made["spec"]["scheduler"]["spec"]["containers"][0]
    assert scheduler["args"][0] == "dask-scheduler"  # which newer Dasks do not have
    scheduler["args"][:1] = ["dask", "scheduler"]
    assert kubernetes() == made


@pytest.mark.parametrize("part", ["scheduler", "worker"])
def test_the_commands_of_kubernetes_are_ones_that_dask_has(part):
    command, name, *told_to = kubernetes()["spec"][part]["spec"]["containers"][0]["args"]
    assert command == "dask" and name == part
    main = importlib.import_module(f"distributed.cli.dask_{part}").main
    assert main.make_context(part, told_to).params


def test_the_file_for_slurm_makes_a_job(folder):
    pytest.importorskip("dask_jobqueue")
    import slurm

    with slurm.cluster() as cluster:
        script = cluster.job_script()
    assert "#SBATCH --cpus-per-task=16" in script and "--nthreads 1 " in script
    assert "--nworkers 16" in script and "#SBATCH -t 04:00:00" in script
