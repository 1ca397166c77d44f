"""`specml atlas`, as a person types it: what is written, what is served, what goes wrong."""

import hashlib
import io
import threading
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import atlases
from specml.__main__ import main
from specml.atlas import sounds
from specml.atlas import table as tables
from specml.atlas.serve import server


def run(*words):
    return CliRunner().invoke(main, ["atlas", *map(str, words)])


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return atlases.swept(tmp_path_factory.mktemp("atlas") / "small.parquet", ["wind", "chatter"])


def digest(sound) -> str:
    return hashlib.sha256(np.float32(sound).tobytes()).hexdigest()


def test_maps_page_and_sounds_are_written(path, tmp_path):
    result = run(path, "-o", tmp_path, "--sounds", 3, "--format", "svg")
    assert result.exit_code == 0, result.output
    found = sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.*"))
    end = sounds.ending(tables.read(path))
    assert found == [
        "index.html", "mu_factor-strength_factor-centroid.svg",
        "mu_factor-strength_factor-level.svg", *(f"sounds/{row}{end}" for row in (0, 2, 3)),
    ]  # fmt: skip
    assert "<text" in (tmp_path / found[1]).read_text()
    table = tables.read(path)
    for row in (0, 2, 3):
        sound, rate = soundfile.read(tmp_path / "sounds" / f"{row}{end}")
        own = sounds.samples(table, row)
        assert (rate, sound.shape) == (48000, own.T.shape)
        assert np.corrcoef(sound[:, 0], own[0])[0, 1] > 0.6  # Opus leaves out what is not heard


def test_what_was_there_goes_and_a_failure_leaves_it(path, tmp_path, monkeypatch):
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "99.wav").write_text("old")
    (tmp_path / "mine.txt").write_text("kept")
    monkeypatch.setattr(sounds.soundfile, "write", broken)
    assert run(path, "-o", tmp_path, "--sounds", "all", "--format", "none").exit_code == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["99.wav", "mine.txt", "sounds"]
    monkeypatch.undo()
    assert run(path, "-o", tmp_path, "--sounds", 1, "--format", "none").exit_code == 0
    found = sorted(p.name for p in tmp_path.rglob("*.*"))
    assert found == sorted(["index.html", "mine.txt", f"0{sounds.ending(tables.read(path))}"])


def broken(*_, **__):
    raise OSError(28, "No space left on device", "somewhere")


@pytest.mark.parametrize("words,said", [
    ([], "it wants either -o DIR or --serve"),
    (["-o", "x", "--measure", "nonsense"], "nonsense is not among what differs in small.parquet"),
    (["-o", "x", "--base", "clicks"], "clicks is none of wind, chatter"),
    (["-o", "x", "--x", "lambdo"], "lambdo is not among"),
    (["-o", "x", "--pairs", "--x", "mu"], "all pairs are asked for"),
    (["-o", "x", "--sounds", "few"], "few is neither a number nor all"),
])  # fmt: skip
def test_what_is_not_allowed_is_said_in_one_line(path, words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(path, *words)
    assert result.exit_code == 2
    assert said in result.output.strip().splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_words_about_what_was_not_measured_are_refused(path, tmp_path):
    (tmp_path / "words.toml").write_text("still = {pauses = [0.5, 1]}")
    result = run(path, "--serve", "--words", tmp_path / "words.toml")
    assert result.exit_code == 2
    assert "small.parquet has no pauses, which still is about" in result.output


@pytest.fixture(scope="module")
def address(path):
    """A server of the table."""
    with server(tables.read(path), "<title>an atlas</title>") as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def fetch(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return answer.status, answer.read()


def test_the_server_answers_with_the_samples_that_the_table_promises(path, address):
    table = tables.read(path)
    assert fetch(f"{address}/") == (200, b"<title>an atlas</title>")
    for row in (3, 0, 3):
        status, content = fetch(f"{address}/sound/{row}.wav")
        sound, rate = soundfile.read(io.BytesIO(content), dtype="float32")
        assert (status, rate) == (200, 48000)
        assert digest(sound) == table["sha256"][row]


def test_a_player_that_goes_back_gets_the_stretch_that_it_asks_for(address):
    whole = fetch(f"{address}/sound/1.wav")[1]
    assert fetch(f"{address}/sound/1.wav", Range="bytes=100-199") == (206, whole[100:200])
    assert fetch(f"{address}/sound/1.wav", Range="bytes=100-") == (206, whole[100:])


@pytest.mark.parametrize("asked,said", [
    ("sound/4.wav", "small.parquet has no row 4; it has 0..3"),
    ("sound/-1.wav", "there is / and /sound/ROW.wav, not /sound/-1.wav"),
    ("../../etc/passwd", "there is / and /sound/ROW.wav, not"),
])  # fmt: skip
def test_a_row_that_is_none_is_refused_with_a_reason(address, asked, said):
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(f"{address}/{asked}")
    assert refused.value.code == 404
    assert said in refused.value.read().decode()


def test_a_row_that_failed_is_refused_with_what_went_wrong(tmp_path):
    given = atlases.columns(4)
    given["error"][2] = "it was too much"
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    with pytest.raises(ValueError, match="row 2 failed: it was too much"):
        sounds.samples(table, 2)


def test_every_page_with_a_server_can_play_each_row(path):
    assert sounds.chosen(tables.read(path), None) == [0, 1, 2, 3]
