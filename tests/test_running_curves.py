"""Controls and inputs from files: tables, sounds, any stretch of them."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from specml.running.curves import Channel, Table, columns
from specml.running.sources import Sound, place

RATE = 8.0


def table(folder: Path, text: str, column: str | None = None, name: str = "lr") -> Table:
    path = folder / "moves.csv"
    path.write_text(text)
    at = place(str(path) if column is None else f"{path}:{column}")
    return Table(at, name, RATE)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(-1e3, 1e3)), min_size=1, max_size=6),
    st.integers(0, 60),
    st.integers(1, 30),
)
def test_between_two_rows_there_is_a_line(tmp_path_factory, steps, begin, n):
    """Told in exact fractions; each of five operations rounds once."""
    times = np.cumsum([step for step, _ in steps]) / 16.0
    values = [value for _, value in steps]
    rows = "".join(f"{t!r},{v!r}\n" for t, v in zip(times.tolist(), values, strict=True))
    found = table(tmp_path_factory.mktemp("t"), f"time,lr\n{rows}").read(begin, n)
    for k, value in enumerate(found):
        t = Fraction(begin + k, int(RATE))
        after = next((i for i, time in enumerate(times) if t < Fraction(time)), len(times))
        if after in (0, len(times)):
            assert value == values[max(0, after - 1)]
            continue
        t0, t1, a, b = map(
            Fraction, (*times[after - 1 : after + 1], *values[after - 1 : after + 1])
        )
        exact = a + (b - a) * (t - t0) / (t1 - t0)
        assert abs(Fraction(float(value)) - exact) <= 4 * Fraction(2) ** -53 * (abs(a) + abs(b))


@given(st.integers(0, 30), st.integers(1, 9), st.integers(1, 9))
def test_a_stretch_of_a_table_has_the_bits_of_the_whole(tmp_path_factory, begin, first, second):
    one = table(tmp_path_factory.mktemp("t"), "t,lr\n0.1,0.3\n1,0.7\n2.3,0.1\n")
    parts = [one.read(begin, first), one.read(begin + first, second)]
    assert np.concatenate(parts).tobytes() == one.read(begin, first + second).tobytes()


def test_without_times_each_row_is_a_sample_and_the_last_holds(tmp_path):
    assert table(tmp_path, "0.5\n0.25\n0.125\n").read(1, 4).tolist() == [0.25, 0.125, 0.125, 0.125]


def test_a_column_is_named_or_is_the_control_s_or_the_only_one(tmp_path):
    text = "time,lr,ridge\n0,1,2\n1,1,2\n"
    assert table(tmp_path, text).read(0, 1) == [1.0]
    assert table(tmp_path, text, name="ridge").read(0, 1) == [2.0]
    assert table(tmp_path, text, "ridge").read(0, 1) == [2.0]
    assert table(tmp_path, "Time, any\n0, 3\n").read(5, 1) == [3.0]
    assert table(tmp_path, "1,2\n3,4\n", "2").read(1, 1) == [4.0]
    assert columns(tmp_path / "moves.csv") == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("time,a,b\n0,1,2\n", None, ("a, b", "moves.csv:a")),
        ("time,a,b\n0,1,2\n", "c", ("a, b",)),
        ("time\n0\n", None, ("no column but time",)),
        ("time,lr\n0,1\n0,2\n", None, ("must rise", "0 s")),
        ("time,lr\n0,1\n1\n", None, ("moves.csv:3", "2 columns", "1")),
        ("time,lr\n0,x\n", None, ("moves.csv:2", "'x'", "finite")),
        ("time,lr\n0,inf\n", None, ("'inf'", "finite")),
        ("a,a\n0,1\n", None, ("one name",)),
        ("time,lr\n", None, ("no row",)),
        ("", None, ("no row",)),
    ],
)
def test_what_is_no_table_is_said_with_its_line(tmp_path, text, column, said):
    with pytest.raises(ValueError) as raised:
        table(tmp_path, text, column)
    for part in said:
        assert part in str(raised.value)


@pytest.fixture
def sound(tmp_path):
    samples = np.random.default_rng(1).uniform(-1, 1, (50, 3))
    soundfile.write(tmp_path / "in.wav", samples, 8000, "DOUBLE")
    return tmp_path / "in.wav", samples.T


@given(st.integers(0, 70), st.integers(1, 40), st.integers(0, 70))
def test_sounds_are_read_anywhere_with_silence_after_them(tmp_path_factory, begin, n, other):
    samples, path = np.arange(1.0, 51.0) / 64, tmp_path_factory.mktemp("s") / "in.wav"
    soundfile.write(path, samples, 8000, "DOUBLE")
    one, padded = Sound(place(str(path))), np.concatenate([samples, np.zeros(100)])
    for start in (begin, other, begin + n):
        assert one.read(start, n)[0].tolist() == padded[start : start + n].tolist()
    one.close()


def test_a_channel_of_a_sound(sound):
    path, samples = sound
    whole, second = Sound(place(str(path))), Sound(place(f"{path}:2"))
    assert whole.shape == (8000, 3, 50) and second.shape == (8000, 1, 50)
    assert np.array_equal(whole.read(10, 5), samples[:, 10:15])
    assert np.array_equal(second.read(10, 5), samples[1:2, 10:15])


def test_a_control_from_a_sound_holds_its_last_value(sound):
    path, samples = sound
    found = Channel(place(f"{path}:3")).read(45, 20)
    assert np.array_equal(found[0, :5], samples[2, 45:])
    assert np.all(found[0, 5:] == samples[2, -1])
    assert np.all(Channel(place(f"{path}:3")).read(1000, 2) == samples[2, -1])
    with pytest.raises(ValueError, match=r"3 channels: say which, as .*in\.wav:1"):
        Channel(place(str(path)))


@pytest.mark.parametrize(("column", "said"), [("4", "1..3"), ("0", "1..3"), ("left", "'left'")])
def test_a_channel_that_is_not_there(sound, column, said):
    with pytest.raises(ValueError, match=said):
        Sound(place(f"{sound[0]}:{column}"))


def test_a_sound_that_ends_early_is_no_silence(tmp_path):
    soundfile.write(tmp_path / "in.flac", np.random.default_rng(1).uniform(-1, 1, 20000), 8000)
    content = (tmp_path / "in.flac").read_bytes()
    (tmp_path / "in.flac").write_bytes(content[: len(content) // 2])
    one = Sound(place(str(tmp_path / "in.flac")))
    with pytest.raises(ValueError, match=r"in\.flac"):
        for begin in range(0, 20000, 1000):
            one.read(begin, 1000)


@pytest.mark.parametrize(
    ("text", "path", "column"),
    [
        ("in.wav", "in.wav", None),
        ("a/in.WAV:2", "a/in.WAV", "2"),
        ("moves.csv:lr", "moves.csv", "lr"),
        ("C:/a b.flac", "C:/a b.flac", None),
        ("a:b.csv:c d", "a:b.csv", "c d"),
    ],
)
def test_the_ending_says_what_is_a_file(text, path, column):
    assert place(text) == (Path(path), column)


@pytest.mark.parametrize("text", ["0.1", "t", "sine(200*t)", "in", "wav", "in.wavy", "a.csv/b"])
def test_what_has_no_such_ending_is_an_expression(text):
    assert place(text) is None
