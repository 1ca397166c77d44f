"""Predictors side by side: what is optimal is known, and reached by those that can."""

import csv
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.signal
import soundfile
from click.testing import CliRunner

from specml import AutoRegNN, analysis
from specml.__main__ import main
from specml.analysis import Comparison, Recording, compare

RATE = 8000.0
A = (1.6, -0.81)  # of the process: a pair of poles of radius 0.9


def process_of_order_2(n: int, seed: int = 1) -> np.ndarray:
    """x(n) = a1 x(n - 1) + a2 x(n - 2) + noise."""
    noise = np.random.default_rng(seed).standard_normal(n + 500)
    return 0.01 * scipy.signal.lfilter([1.0], [1.0, -A[0], -A[1]], noise)[500:]


def optimum() -> float:
    """The variance of the process over that of its noise, in dB (Box and Jenkins, 1970)."""
    a1, a2 = A
    return 10 * math.log10((1 - a2) / ((1 + a2) * ((1 - a2) ** 2 - a1**2)))


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare(process_of_order_2(24000), RATE, size=2, lr=0.5)


def test_rls_reaches_what_is_optimal(compared):
    gains = compared.gains(after=0.5)
    assert gains["rls"] == pytest.approx(optimum(), abs=0.2)
    assert gains["fixed"] == pytest.approx(optimum(), abs=0.2)
    assert all(gain < optimum() + 0.1 for gain in gains.values()), "but none can do better"


def test_what_learns_more_slowly_gains_later(compared):
    times, gains = compared.over_time(0.25)
    assert times.tolist() == [k / 4 for k in range(1, 13)]
    assert gains["rls"][0] > gains["nlms"][0] > gains["lms"][0]
    assert np.mean(gains["lms"][-4:]) > gains["lms"][0]
    assert gains["autoregnn"][-1] > gains["autoregnn"][0]


def test_the_network_s_error_is_its_own(compared):
    """Learning from the true past, as the others do."""
    _, error = AutoRegNN(2).process(compared.signal, lr=0.5, ridge=0.0, teacher=1.0)
    assert np.array_equal(compared.errors["autoregnn"], error)
    spoken = compare(compared.signal[:100], RATE, 2, teacher=0.0).errors["autoregnn"]
    assert not np.array_equal(spoken, compare(compared.signal[:100], RATE, 2).errors["autoregnn"])


def test_errors_are_those_of_the_textbook():
    """LMS and RLS, step by step as Haykin writes them."""
    x = process_of_order_2(300)
    found = compare(x, RATE, size=3, rates={"lms": 0.05, "rls": 0.99})
    w, v, p = np.zeros(3), np.zeros(3), np.eye(3) / 0.001
    for n in range(len(x)):
        past = np.array([x[n - k] if n >= k else 0.0 for k in (1, 2, 3)])
        lms, rls = x[n] - w @ past, x[n] - v @ past
        assert found.errors["lms"][n] == pytest.approx(lms, abs=1e-12)
        assert found.errors["rls"][n] == pytest.approx(rls, abs=1e-9)
        w = w + 0.05 * lms * past
        gain = p @ past / (0.99 + past @ p @ past)
        v, p = v + gain * rls, (p - np.outer(gain, past @ p)) / 0.99


def test_a_sine_is_foretold_by_two_samples():
    x = 0.5 * np.sin(2 * np.pi * 440 / RATE * np.arange(8000))
    gains = compare(x, RATE, size=2).gains(after=0.5)
    assert gains["fixed"] > 200 and gains["rls"] > 60
    assert gains["autoregnn"] > 5


def test_a_network_foretells_what_is_white_to_a_linear_predictor():
    """The map x -> 1 - 1.9 x^2 has a flat spectrum, and is quadratic."""
    x = [0.3]
    for _ in range(47999):
        x.append(1.0 - 1.9 * x[-1] ** 2)
    gains = compare(0.9 * np.array(x), size=4, lr=0.05).gains(after=0.5)
    assert max(gains[name] for name in ("lms", "nlms", "rls", "fixed")) < 1
    assert gains["autoregnn"] > 15


def test_what_diverges_is_said_to():
    gains = compare(process_of_order_2(4000) * 50, RATE, rates={"lms": 10.0}).gains()
    assert gains["lms"] == -math.inf and math.isfinite(gains["rls"])


@pytest.mark.parametrize("signal, error, gain", [
    (np.zeros(4), np.ones(4), math.nan), (np.ones(4), np.zeros(4), math.inf),
    (np.ones(4), np.full(4, np.nan), -math.inf), (np.zeros(0), np.zeros(0), math.nan),
])  # fmt: skip
def test_gains_of_what_is_silent_perfect_or_lost(signal, error, gain):
    assert Comparison(signal, RATE, {"it": error}).gains()["it"] == pytest.approx(gain, nan_ok=True)
    assert [*Comparison(signal, RATE, {"it": error}).over_time(4 / RATE)[1]["it"]] == pytest.approx(
        [gain] * (len(signal) // 4), nan_ok=True)  # fmt: skip


@pytest.mark.parametrize("signal, more, what", [
    (np.zeros((2, 3)), {}, "one channel"), ([math.nan], {}, "finite"),
    ([0.0], {"rates": {"ap": 1}}, "rates has ap"), ([0.0], {"size": 0}, "size"),
])  # fmt: skip
def test_what_cannot_be_compared_is_refused(signal, more, what):
    with pytest.raises(ValueError, match=what):
        compare(signal, RATE, **more)


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sounds") / "process.wav"
    stereo = np.stack([process_of_order_2(8000), np.zeros(8000)], axis=1)
    soundfile.write(path, stereo, int(RATE), "DOUBLE")
    return path


def test_the_command_says_the_gains_and_writes_them(sound, tmp_path):
    table = tmp_path / "gains.csv"
    done = run("predict", sound, "--size", 2, "--after", 0.5, "--every", 0.25, "-o", table,
               "--rls", 0.99)  # fmt: skip
    assert done.exit_code == 0, done.output
    found = compare(process_of_order_2(8000), RATE, 2, rates={"rls": 0.99})
    *lines, last = done.output.splitlines()
    assert last == str(table)
    assert [line.split() for line in lines] == [
        [name, f"{gain:.2f}", "dB"] for name, gain in found.gains(0.5).items()]  # fmt: skip
    rows = [*csv.DictReader(table.read_text().splitlines())]
    assert [row["seconds"] for row in rows] == ["0.25", "0.5", "0.75", "1"]
    assert float(rows[-1]["rls"]) == pytest.approx(found.over_time(0.25)[1]["rls"][-1], abs=1e-4)
    assert [path.name for path in tmp_path.iterdir()] == ["gains.csv"]


def test_the_command_says_what_diverged(sound):
    done = run("predict", sound, "--lms", 1e6)
    assert "lms          diverged\n" in done.output


def test_the_command_says_the_measures(sound, tmp_path):
    done = run("measure", sound, "--channel", 1)
    assert done.exit_code == 0, done.output
    said = {name: float(value) for name, value in map(str.split, done.output.splitlines())}
    known = analysis.measured(Recording(process_of_order_2(8000), RATE))
    assert [*said] == [name for name in known if name != "lyapunov"]
    for name, value in said.items():
        assert value == pytest.approx(known[name], rel=1e-5, nan_ok=True)
    heard = run("measure", sound, "--input", sound)
    assert "correlation  1\n" in heard.output


def test_a_table_that_cannot_be_written_leaves_nothing(sound, tmp_path, monkeypatch):
    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    done = run("predict", sound, "--size", 2, "-o", tmp_path / "gains.csv")
    assert done.exit_code == 2 and "gains.csv: No space left" in done.output
    assert not [*tmp_path.iterdir()]


def test_without_padasip_it_says_what_to_install(sound, monkeypatch):
    monkeypatch.setitem(sys.modules, "padasip", None)
    done = run("predict", sound)
    assert done.exit_code == 2
    assert done.output == "Error: padasip is missing: pip install specml[analysis]\n"


@pytest.mark.parametrize("words, said", [
    (("predict", "{sound}", "--size", 0), "size must be"),
    (("predict", "{sound}", "--after", 1), "ends after 1 s: --after is 1"),
    (("predict", "{sound}", "--channel", 3), "has channels 1..2, not 3"),
    (("predict", "{folder}/none.wav"), "No such file"),
    (("predict", "{sound}", "-o", "{folder}/none/gains.csv"), "none/gains.csv: No such file"),
    (("measure", "{folder}/text.wav"), "text.wav is no sound"),
    (("measure", "{sound}", "--input", "{folder}/short.wav"), "input must have shape"),
    (("measure", "{sound}", "--input", "{folder}/other.wav"), "has 44100 samples a second"),
])  # fmt: skip
def test_what_a_command_cannot_do_is_one_line(words, said, sound, tmp_path):
    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "short.wav", np.zeros(3), int(RATE))
    soundfile.write(tmp_path / "other.wav", np.zeros(8000), 44100)
    done = run(*(str(word).format(sound=sound, folder=tmp_path) for word in words))
    assert done.exit_code == 2
    (line,) = done.output.splitlines()
    assert line.startswith("Error: ") and said in line
