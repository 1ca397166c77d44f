"""Runs as files: what is written, that it can be repeated, that it takes no more memory."""

import hashlib
import io
import json
import os
import tracemalloc

import numpy as np
import pytest
import scipy.io.wavfile
import soundfile
from click.testing import CliRunner

import specml
from specml.__main__ import main
from specml.running import Config, saving, streams
from specml.state import save_channels
from specml.wav import Wav, header

RATE = 8000


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def good(*words):
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a sound of two channels and a table."""
    monkeypatch.chdir(tmp_path)
    x = 0.5 * np.random.default_rng(1).uniform(-1, 1, (400, 2))
    soundfile.write("in.wav", x, RATE, "FLOAT")
    (tmp_path / "moves.csv").write_text("time,lr\n0,0.5\n0.02,0\n")
    return tmp_path


def record(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_record_names_all_that_was_read_and_what_came_out(here):
    good("run", "autoregnn", "in.wav", "out/o.wav", "--controls", "moves.csv", "--ridge", "t/9")
    said = record(here / "out" / "o.json")
    samples, rate = soundfile.read(here / "out" / "o.wav", dtype="float32")
    assert rate == RATE and samples.shape == (400, 2)
    assert said["sha256"] == hashlib.sha256(samples.tobytes()).hexdigest()
    content = (here / "out" / "o.wav").read_bytes()
    assert said["file_sha256"] == hashlib.sha256(content).hexdigest()
    assert said["run"]["inputs"] == {"x": "../in.wav"}
    assert (
        said["run"]["controls"] | {"lr": "../moves.csv:lr", "ridge": "t/9"}
        == (said["run"]["controls"])
    )
    names = {entry["file"]: entry["sha256"] for entry in said["files"]}
    assert names == {f"../{name}": hashlib.sha256((here / name).read_bytes()).hexdigest()
                     for name in ("in.wav", "moves.csv")}  # fmt: skip
    heard = soundfile.read("in.wav")[0]
    lr = np.maximum(0, 0.5 - 0.5 * ((np.arange(400) / RATE) / 0.02))
    assert said["decoded"]["x"] == hashlib.sha256(heard.tobytes()).hexdigest()
    assert said["decoded"].keys() == {"x", "lr"} and len(lr) == 400
    assert said["versions"]["specml"] == specml.__version__ and said["channels"] == [
        "out 1",
        "out 2",
    ]
    assert str(here) not in json.dumps(said)


def test_a_run_of_a_preset_is_the_file_that_render_writes(here):
    good("run", "unlearn", "o.wav", "--preset", "wind", "--seconds", 0.2)
    good("render", "wind", "-o", ".", "--seconds", 0.2, "--no-plot")
    assert (here / "o.wav").read_bytes() == (here / "wind.wav").read_bytes()
    assert record(here / "o.json")["sha256"] == record(here / "wind.json")["sha256"]


def test_a_run_is_repeated_from_a_file_and_from_its_record(here):
    """From another folder, and moved with all that it reads."""
    words = ["run", "autoregnn", "in.wav:2", "a/o.wav", "--lr", "moves.csv", "--target", "in.wav:1",
             "--seed", 5, "--begin", 0.01, "--signals", "prediction,error"]  # fmt: skip
    good(*words, "--write", "b/run.toml")
    assert not (here / "a").exists()
    good(*words)
    first = (here / "a" / "o.wav").read_bytes()
    (here / "moved").mkdir()
    for name in ("in.wav", "moves.csv", "a", "b"):
        (here / name).rename(here / "moved" / name)
    (here / "moved" / "a" / "o.wav").unlink()
    good("run", "moved/b/run.toml")
    assert (here / "moved" / "a" / "o.wav").read_bytes() == first
    good("run", "moved/a/o.json", "again.wav")
    assert (here / "again.wav").read_bytes() == first
    good("run", "moved/b/run.toml", "other.wav", "--engine", "numpy")
    assert (here / "other.wav").read_bytes() == first


def test_standard_output_has_the_file(here):
    good("run", "autoregnn", "in.wav", "o.wav", "--state-out", "a.safetensors")
    result = good("run", "autoregnn", "in.wav", "-", "--state-out", "b.safetensors")
    assert result.stdout_bytes == (here / "o.wav").read_bytes()
    assert (here / "a.safetensors").read_bytes() == (here / "b.safetensors").read_bytes()
    good("render", "sine", "-o", ".", "--seconds", 0.1, "--no-plot")
    assert good("render", "sine", "-o", "-", "--seconds", 0.1).stdout_bytes == (
        (here / "sine.wav").read_bytes()
    )


@pytest.mark.parametrize("model", ["autoregnn", "autoregnn2", "unlearn"])
def test_a_run_goes_on_from_the_state_of_another(here, model):
    more = ("--x2", "in.wav:2") if model == "autoregnn2" else ()
    more += ("--plain",) if model == "unlearn" else ()
    good("run", model, "in.wav", "whole.wav", *more, "--state-out", "whole.safetensors")
    good("run", model, "in.wav", "a.wav", *more, "--seconds", 0.02, "--state-out", "s.safetensors")
    good("run", model, "in.wav", "b.wav", *more, "--begin", 0.02, "--state-in", "s.safetensors",
         "--state-out", "s.safetensors")  # fmt: skip
    parts = [soundfile.read(name)[0] for name in ("a.wav", "b.wav")]
    assert np.array_equal(np.concatenate(parts), soundfile.read("whole.wav")[0])
    assert (here / "s.safetensors").read_bytes() == (here / "whole.safetensors").read_bytes()
    result = run("verify", "b.json")
    assert result.exit_code == 2 and "s.safetensors has changed" in result.output


def test_networks_of_other_seeds_are_no_channels_of_one_file(tmp_path):
    nets = [specml.AutoRegNN(seed=seed) for seed in (7, 9)]
    with pytest.raises(ValueError, match="model 2 is told other things"):
        save_channels(nets, tmp_path / "x.safetensors")
    assert not [*tmp_path.iterdir()]


def test_verify_says_the_same(here):
    good("run", "autoregnn", "in.wav", "o.wav")
    result = run("verify", "o.json")
    assert result.exit_code == 0 and len(result.output.splitlines()) == 1
    assert result.output.startswith("o.json: SAME SHA-256 ")
    for part in ("autoregnn, seed 1", "400 samples of 2 channels at 8000 Hz",
                 f"specml {specml.__version__} then and now"):  # fmt: skip
        assert part in result.output


def changed(here, change):
    said = record(here / "o.json")
    change(said)
    (here / "o.json").write_text(json.dumps(said))


def test_verify_names_the_first_sample_that_differs(here):
    good("run", "autoregnn", "in.wav", "o.wav", "--lr", "0.1")
    before = soundfile.read("o.wav", dtype="float32")[0]
    changed(here, lambda said: (
        said["run"]["controls"].update(lr="where(n < 100, 0.1, 0)"),
        said["versions"].update(specml="0.0.1")))  # fmt: skip
    result = run("verify", "o.json")
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1
    good("run", "o.json", "p.wav")
    now = soundfile.read("p.wav", dtype="float32")[0]
    at, channel = np.argwhere(now != before)[0]
    assert at >= 100
    said = f"sample {at}, channel {channel + 1}: {float(before[at, channel]).hex()} then, "
    assert f"{said}{float(now[at, channel]).hex()} now" in result.output
    assert f"specml 0.0.1 then, {specml.__version__} now" in result.output
    (here / "o.wav").unlink()
    assert "o.wav is not there as it was" in run("verify", "o.json").output


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda here: (here / "in.wav").unlink(), "in.wav is missing"),
        (lambda here: (here / "in.wav").write_bytes(b"RIFF"), "in.wav has changed"),
        (lambda here: (here / "o.json").write_text("{"), "no record"),
        (lambda here: (here / "o.json").write_text('{"sha256": 1, "run": 3}'), "o.json"),
        (lambda here: (here / "o.json").unlink(), "No such file"),
        (lambda here: changed(here, lambda said: said.pop("versions")), "'versions'"),
        (lambda here: changed(here, lambda said: said["run"].pop("model")), "model"),
        (lambda here: changed(here, lambda said: said["decoded"].update(x="0")), "other"),
    ],
)  # fmt: skip
def test_verify_says_why_it_cannot(here, spoil, said):
    good("run", "autoregnn", "in.wav", "o.wav")
    spoil(here)
    result = run("verify", "o.json")
    assert result.exit_code == 2, result.output
    assert len(result.output.splitlines()) == 1 and said in result.output


def test_verify_renders_an_example_again_with_what_it_heard(here):
    good("render", "percussion", "-o", "there", "--input", "in.wav", "--no-plot", "--seed", 4)
    words = ("verify", "there/percussion-seed4.json")
    assert run(*words).exit_code == 0
    (here / "in.wav").rename(here / "there" / "in.wav")
    result = run(*words)
    assert result.exit_code == 0 and "percussion, seed 4, 400 samples" in result.output
    (here / "there" / "in.wav").unlink()
    result = run(*words)
    assert result.exit_code == 2 and "in.wav, which percussion heard, is missing" in result.output


def test_several_examples_and_seeds(here):
    good("render", "sine", "fm", "sine", "--seed", "2:3", "-o", "x", "--seconds", 0.01, "--no-plot")
    names = {f"{name}-seed{seed}.{end}" for name in ("sine", "fm") for seed in (2, 3)
             for end in ("wav", "json")}  # fmt: skip
    assert {path.name for path in (here / "x").iterdir()} == names


def test_no_file_that_is_read_is_written_over(here):
    before = (here / "in.wav").read_bytes()
    for words in (("in.wav",), ("o.wav", "--state-out", "in.wav"), ("sub/../in.wav",)):
        result = run("run", "autoregnn", "in.wav", *words)
        assert result.exit_code == 1 and "write to another file" in result.output
    assert (here / "in.wav").read_bytes() == before and not (here / "o.wav").exists()
    result = run("run", "autoregnn", "in.wav", "o.wav", "--state-out", "o.json")
    assert result.exit_code == 1 and "at once" in result.output


@pytest.mark.parametrize(
    "words", [("--lr", "tt"), ("--lr", "in.wav:3"), ("--state-out", "no/s.safetensors")]
)
def test_what_cannot_be_is_found_out_before_anything_is_made(here, words):
    for target in ("new/o.wav", "-"):
        assert run("run", "autoregnn", "in.wav", target, *words).exit_code == 1
    run("run", "autoregnn", "in.wav", "o.wav", "--lr", "tt", "--write", "new/run.toml")
    assert {path.name for path in here.iterdir()} == {"in.wav", "moves.csv"}


def test_what_fails_in_the_middle_leaves_all_as_it_was(here):
    good("run", "autoregnn", "in.wav", "o.wav")
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    result = run("run", "autoregnn", "in.wav", "o.wav", "--lr", "1/(n-300)")
    assert result.exit_code == 1 and "is inf at sample 300" in result.output
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


def test_ctrl_c_leaves_all_as_it_was(here, monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(saving, "describe", interrupted)
    assert run("run", "autoregnn", "in.wav", "o.wav", "--state-out", "s").exit_code == 1
    assert {path.name for path in here.iterdir()} == {"in.wav", "moves.csv"}


def test_a_full_disk_is_one_line_that_names_the_file(here, monkeypatch):
    def full(self, block):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Wav, "write", full)
    result = run("run", "autoregnn", "in.wav", "o.wav")
    assert (
        result.exit_code == 1 and result.output.strip() == "Error: o.wav: No space left on device"
    )
    assert {path.name for path in here.iterdir()} == {"in.wav", "moves.csv"}


def test_samples_that_were_repaired_are_counted(here):
    x = np.array([0.1, np.nan, 1e9, 0.2])
    soundfile.write("wild.wav", x, RATE, "DOUBLE")
    result = good("run", "autoregnn", "wild.wav", "o.wav")
    assert "2 samples of the input" in result.stderr
    assert record(here / "o.json")["repaired"] == 2


def test_memory_does_not_grow_with_the_length(tmp_path, monkeypatch):
    """Ten times as long: the same arrays, block after block. A second alone would take 400 kB."""
    monkeypatch.chdir(tmp_path)
    soundfile.write("in.wav", np.zeros((960000, 1), np.float32), 48000, "FLOAT")
    told = {"model": "autoregnn", "inputs": {"x": "in.wav"}, "controls": {"lr": "0.1*exp(-t)"},
            "settings": {"size": 2, "width": 1}}  # fmt: skip

    def peak(samples):
        config = Config.from_dict(told | {"samples": samples})
        tracemalloc.start()
        saving.save(config, tmp_path / "o.wav", progress=True)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10000)
    short, long = peak(96000), peak(960000)
    assert long < short + 100_000, (short, long)


@pytest.mark.parametrize(("channels", "samples"), [(1, 1), (2, 1000), (5, 3)])
def test_a_wav_is_the_one_of_scipy(channels, samples):
    block = np.random.default_rng(1).uniform(-1, 1, (channels, samples))
    ours, its = io.BytesIO(), io.BytesIO()
    wav = Wav(ours, 44100.0, channels, samples)
    wav.write(block[:, : samples // 2])
    wav.write(block[:, samples // 2 :])
    scipy.io.wavfile.write(its, 44100, np.ascontiguousarray(block.T, np.float32))
    assert ours.getvalue() == its.getvalue()
    assert wav.file_sha256 == hashlib.sha256(ours.getvalue()).hexdigest()


@pytest.mark.parametrize("samples", [2**29 - 7, 2**29 - 6, 2**29, 2**31])
def test_beyond_4_gb_a_wav_is_an_rf64(tmp_path, samples):
    """Of two channels, as libsndfile reads it; the file has holes for samples."""
    path, head = tmp_path / "long.wav", header(48000, 2, samples)
    size = len(head) + 8 * samples
    assert (head[:4] == b"RF64") == (size - 8 > 0xFFFFFFFF)
    with path.open("wb") as file:
        file.write(head)
        os.truncate(file.fileno(), size)
    with soundfile.SoundFile(path) as found:
        assert (found.frames, found.channels, found.samplerate) == (samples, 2, 48000)
        assert found.subtype == "FLOAT"
        found.seek(samples - 1)
        assert found.read(2).shape == (1, 2)


def test_streams_have_no_more_than_a_block(monkeypatch):
    monkeypatch.setattr(streams, "BLOCK", 100)
    config = Config.from_dict({"model": "unlearn", "samples": 250})
    assert [block.shape[1] for block in streams.start(config)] == [100, 100, 50]
