"""The command line, as a person types it: what is written, what is said, what goes wrong."""

import hashlib
import json

import matplotlib.image
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from specml import verify as verifying
from specml.__main__ import main
from specml.examples import EXAMPLES
from specml.reference.network import Network

NAMES = ("sine", "fm", "saw", "interpolate", "multislider", "feedback", "percussion",
         "resonances", "chatter", "clicks", "wind", "blubber", "sine-adapt")  # fmt: skip


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_list_names_the_thirteen_examples_in_the_order_of_the_source():
    assert tuple(EXAMPLES) == NAMES
    lines = run("list").output.splitlines()
    assert [line.split()[0] for line in lines] == list(NAMES)
    for line, example in zip(lines, EXAMPLES.values(), strict=True):
        assert (f"(seed {example.seed})" in line) == (example.seed != 1)


@pytest.mark.parametrize("name", NAMES)
def test_render_writes_a_sound_a_picture_and_a_record_that_agree(tmp_path, name):
    result = run("render", name, "-o", tmp_path, "--seconds", 0.5)
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"{name}.{e}" for e in ("json", "png", "wav")
    ]

    record = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
    sound = tmp_path / f"{name}.wav"
    samples, rate = soundfile.read(sound, dtype="float32", always_2d=True)
    assert (rate, soundfile.info(sound).subtype) == (48000, "FLOAT")
    assert samples.shape == (24000, len(record["channels"]))
    assert hashlib.sha256(sound.read_bytes()).hexdigest() == record["file_sha256"]
    assert hashlib.sha256(samples.tobytes()).hexdigest() == record["sha256"]
    assert (record["example"], record["seed"]) == (name, EXAMPLES[name].seed)
    assert (record["samples"], record["samplerate"]) == (24000, 48000)
    assert record["settings"].items() >= {**EXAMPLES[name].settings, **_as_json(name)}.items()
    assert np.isfinite(samples).all() and np.abs(samples).max() > 1e-3
    picture = matplotlib.image.imread(tmp_path / f"{name}.png")
    assert picture.shape[0] >= 400 and picture.std() > 0.05


def _as_json(name):
    return json.loads(json.dumps(dict(EXAMPLES[name].settings)))


def test_another_seed_than_its_own_is_part_of_the_names(tmp_path):
    """So no rendering is taken for another, or written over it; each has other samples."""
    digests = set()
    for name, seed in (("clicks", 1), ("clicks", 7), ("sine-adapt", 3), ("sine-adapt", 1)):
        words = ("render", name, "-o", tmp_path, "--seconds", 0.2, "--no-plot", "--seed", seed)
        assert run(*words).exit_code == 0
        stem = name if seed == EXAMPLES[name].seed else f"{name}-seed{seed}"
        record = json.loads((tmp_path / f"{stem}.json").read_text())
        assert record["seed"] == seed
        digests.add(record["sha256"])
    assert len(digests) == 4
    assert {path.stem for path in tmp_path.iterdir()} == {
        "clicks", "clicks-seed7", "sine-adapt", "sine-adapt-seed1",
    }  # fmt: skip


def test_both_engines_render_the_same_samples(tmp_path):
    digests = set()
    for engine in ("core", "numpy"):
        words = (
            "render",
            "sine",
            "-o",
            tmp_path,
            "--seconds",
            0.02,
            "--engine",
            engine,
            "--no-plot",
        )
        assert run(*words).exit_code == 0
        digests.add(json.loads((tmp_path / "sine.json").read_text())["sha256"])
    assert len(digests) == 1


def test_percussion_plays_a_file_at_its_own_rate_and_length(tmp_path):
    """And the record says which: by the file's SHA-256, and by that of the samples it heard."""
    t = np.arange(4410) / 44100
    file = tmp_path / "in.wav"
    soundfile.write(file, np.stack([np.sin(600 * t), 0.25 + 0 * t], axis=1), 44100, "DOUBLE")
    words = ("render", "percussion", "-o", tmp_path, "--input", file, "--no-plot")
    assert run(*words).exit_code == 0
    record = json.loads((tmp_path / "percussion.json").read_text())
    assert (record["samplerate"], record["samples"]) == (44100, 4410)
    mono = (np.sin(600 * t) + 0.25) / 2
    heard = {"file": "in.wav", "file_sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    assert record["input"] == heard | {"sha256": hashlib.sha256(mono.tobytes()).hexdigest()}

    other = record["sha256"]
    assert run(*words, "--seconds", 0.2).exit_code == 0
    record = json.loads((tmp_path / "percussion.json").read_text())
    longer = np.concatenate([mono, np.zeros(8820 - 4410)])
    assert record["input"] == heard | {"sha256": hashlib.sha256(longer.tobytes()).hexdigest()}
    assert run(*words, "--samplerate", 48000, "--seconds", 0.2).exit_code == 0
    record = json.loads((tmp_path / "percussion.json").read_text())
    assert (record["samplerate"], record["samples"]) == (48000, 9600)
    assert record["sha256"] != other and record["input"]["file_sha256"] == heard["file_sha256"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("render", "nope", "-o", "x"), ("nope", "sine", "all")),
        (("render", "sine", "-o", "x", "--seconds", "-1"), ("-1", "3600")),
        (("render", "sine", "-o", "x", "--seconds", "nan"), ("--seconds", "nan", "no sample")),
        (("render", "sine", "-o", "x", "--seconds", "inf"), ("--seconds", "inf", "3600")),
        (("render", "sine", "-o", "x", "--seconds", "0.00001"), ("1e-05", "no sample", "48000")),
        (("render", "sine", "-o", "x", "--seed", "-1"), ("-1", "0<=")),
        (("render", "sine", "-o", "x", "--engine", "gpu"), ("gpu", "core", "numpy")),
        (("render", "sine", "-o", "x", "--samplerate", "7"), ("7", "1000")),
        (("render", "sine", "-o", "x", "--input", __file__), ("sine", "percussion")),
        (("render", "percussion", "-o", "x", "--input", __file__), ("no sound file",)),
        (("render", "percussion", "-o", "x", "--input", "missing.wav"), ("missing.wav",)),
        (("render", "sine"), ("--output",)),
        (("verify", "sine", "--samples", "0"), ("0", "1<=")),
    ],
)
def test_a_wrong_word_is_named_with_what_is_allowed(tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert len([line for line in result.output.splitlines() if "Error" in line]) == 1
    for part in said:
        assert part in result.output
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_verify_finds_both_engines_identical(name):
    result = run("verify", name, "--samples", 100)
    assert result.exit_code == 0
    assert result.output.startswith(f"{name}: identical, 100 samples and ")
    assert int(result.output.split()[-3]) >= 81


def test_verify_shows_the_first_difference_in_hex(monkeypatch):
    learn = Network.learn

    def nudged(self, *arguments):
        error = learn(self, *arguments)
        self.bo = np.nextafter(self.bo, 2.0)
        return error

    monkeypatch.setattr(Network, "learn", nudged)
    result = run("verify", "sine", "--samples", 10)
    assert result.exit_code == 1
    assert "DIFFERENT" in result.output and result.output.count("0x1.") == 2
    difference = verifying.verify(EXAMPLES["sine"], 10).difference
    assert difference.field == "output" and difference.core != difference.numpy
