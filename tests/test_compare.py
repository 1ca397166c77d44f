"""Where two files differ is found wherever it is planted, and counted in steps of their format."""

import hypothesis.strategies as st
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from hypothesis import given

from specml import AutoRegNN, Unlearn, container
from specml.__main__ import main
from specml.looking import contents
from specml.looking import difference as differing
from specml.looking.difference import difference, steps

FLOATS = {"FLOAT": np.float32, "DOUBLE": np.float64}
types = st.sampled_from([np.float32, np.float64])


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def moved(x, k: int):
    """The number k places above `x` among those of its format, or below it if k is negative."""
    for _ in range(abs(k)):
        x = np.nextafter(x, type(x)(np.copysign(np.inf, k)))
    return x


@given(types, st.floats(-(2.0**99), 2.0**99, width=32), st.integers(-40, 40))
def test_steps_are_counted_as_one_walks(kind, x, k):
    """From a number to its neighbours, across exponents and 0, up and down."""
    one = np.array([x], kind)
    other = np.array([moved(one[0], k)])
    assert steps(one, other).tolist() == steps(other, one).tolist() == [abs(k)]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_steps_at_the_ends(kind):
    tiny = np.finfo(kind).smallest_subnormal
    top = np.finfo(kind).max
    pairs = [(0.0, -0.0, 0), (tiny, -tiny, 2), (tiny, 0.0, 1), (top, np.inf, 1)]
    for a, b, want in pairs:
        assert steps(np.array([a], kind), np.array([b], kind)).tolist() == [want]
    whole = 2 * int(np.array([np.inf], kind).view(f"u{np.dtype(kind).itemsize}")[0])
    assert steps(np.array([-np.inf], kind), np.array([np.inf], kind)).tolist() == [whole]


@pytest.mark.parametrize("kind", [np.int64, np.uint64])
def test_steps_of_whole_numbers(kind):
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    assert steps(np.array([low, 3], kind), np.array([high, 1], kind)).tolist() == [2**64 - 1, 2]


@st.composite
def planted(draw):
    """Numbers, and the same with some moved by so many steps."""
    a = np.array(draw(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=30)),
                 draw(types))  # fmt: skip
    by = draw(st.dictionaries(st.integers(0, len(a) - 1), st.integers(-9, 9).filter(bool)))
    b = a.copy()
    for place, k in by.items():
        b[place] = moved(a[place], k)
    return a, b, by


@given(planted(), st.integers(1, 40))
def test_what_is_planted_is_found(case, piece):
    """Wherever the files are cut into pieces."""
    a, b, by = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differing, "PIECE", piece)
        found = difference(a, b)
    if not by:
        assert found is None
        return
    away = np.abs(a.astype(float) - b)
    assert found.count == len(by) and found.first == min(by)
    assert found.first_steps == abs(by[min(by)])
    most = max(abs(k) for k in by.values())
    assert found.most_steps == most
    assert found.most == min(place for place, k in by.items() if abs(k) == most)
    assert found.greatest == away.max() and found.at == int(np.argmax(away))


def test_bits_are_compared():
    """0 and -0 are equal numbers and different bits; NaN is the greatest difference."""
    one = difference(np.array([1.0, 0.0]), np.array([1.0, -0.0]))
    assert (one.count, one.first, one.first_steps, one.greatest) == (1, 1, 0, 0.0)
    nan = np.array([1.0, np.nan, 2.0])
    assert difference(nan, nan.copy()) is None
    assert np.isnan(difference(nan, np.array([9.0, 1.0, 3e9])).greatest)


def sound(path, samples, subtype="FLOAT", rate=48000):
    soundfile.write(path, samples, rate, subtype)
    return path


def two_channels(kind=np.float32) -> np.ndarray:
    t = np.arange(3000)
    return np.stack([0.5 * np.sin(0.05 * t), 0.25 * np.cos(0.03 * t)], axis=1).astype(kind)


@pytest.mark.parametrize("subtype", FLOATS)
def test_sounds_of_floats(tmp_path, subtype):
    x = two_channels(FLOATS[subtype])
    y = x.copy()
    y[1234, 1] = moved(y[1234, 1], 3)
    y[2000, 0] = moved(y[2000, 0], -700)
    a, b = sound(tmp_path / "a.wav", x, subtype), sound(tmp_path / "b.wav", y, subtype)
    result = run("compare", a, b, "-o", tmp_path / "c.png")
    bits = 8 * x.itemsize
    assert result.exit_code == 1
    head, first, how_much, picture = result.output.splitlines()
    assert head == f"{a} and {b} differ"
    assert first == (f"first at sample 1234 (0.025708 s), channel 2: {x[1234, 1]!s} and "
                     f"{y[1234, 1]!s}, 3 ulps of {bits}-bit float apart")  # fmt: skip
    assert how_much.startswith(f"2 of 6000 numbers differ, at most by 700 ulps of {bits}-bit float "
                               "at sample 2000 (0.041667 s), channel 1, ")  # fmt: skip
    assert picture == str(tmp_path / "c.png")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("subtype, bits", contents.WHOLE.items())
def test_sounds_of_whole_samples(tmp_path, subtype, bits):
    x = np.round(two_channels() * 2**20).astype(np.int32) << 11  # the upper bits count
    y = x.copy()
    y[7, 0] += 5 << (32 - bits)
    ending = "aiff" if subtype == "PCM_S8" else "wav"
    a, b = (sound(tmp_path / f"{k}.{ending}", z, subtype) for k, z in (("a", x), ("b", y)))
    result = run("compare", a, b)
    assert result.exit_code == 1
    assert f"5 LSBs of {bits} bits apart" in result.output.splitlines()[1]
    assert "first at sample 7 (0.000146 s), channel 1" in result.output
    assert result.output.splitlines()[2].startswith("1 of 6000 numbers differ, at most by 5 LSBs")


def test_equal_files_are_equal(tmp_path):
    a, b = (sound(tmp_path / f"{name}.wav", two_channels()) for name in "ab")
    result = run("compare", a, b, "-o", tmp_path / "c.png")
    assert result.exit_code == 0 and not (tmp_path / "c.png").exists()
    assert result.output == f"{a} and {b} are equal: 6000 numbers, bit for bit\n"


def test_what_sounds_say_of_themselves_is_compared_and_then_what_they_share(tmp_path):
    x = two_channels()
    a = sound(tmp_path / "a.wav", x)
    b = sound(tmp_path / "b.wav", x[:2000, :1], "PCM_16", 44100)
    lines = run("compare", a, b).output.splitlines()
    assert lines[1:5] == [
        "sample format: 32 bit float and Signed 16 bit PCM", "sample rate: 48000 Hz and 44100 Hz",
        "samples: 3000 and 2000", "channels: 2 and 1",
    ]  # fmt: skip
    assert lines[5].startswith("first at sample 1 (") and "apart" not in lines[5]
    assert "of 2000 numbers differ, greatest difference" in lines[6]
    c = sound(tmp_path / "c.wav", x[:2000])
    result = run("compare", a, c)
    assert result.exit_code == 1
    assert result.output.splitlines()[1:] == ["samples: 3000 and 2000"]


def test_states(tmp_path):
    """Settings are named, then each tensor in the order of the file."""
    a, b = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    AutoRegNN(4, 3, 1).save(a)
    metadata, tensors = container.read(a)
    metadata["lr"] = "0.2"
    del metadata["seed"]
    tensors["layer1.weight"][1, 2] = moved(tensors["layer1.weight"][1, 2], -2)
    tensors["samples"][0] = 9
    container.write(b, metadata, tensors)
    result = run("compare", a, b, "-o", tmp_path / "c.svg")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[1:3] == ["lr: 0.1 and 0.2", "seed: 1 and nothing"]
    assert lines[3].startswith("first at layer1.weight[1, 2]: ")
    assert lines[3].endswith(", 2 ulps of 64-bit float apart")
    assert lines[4].startswith("layer1.weight: 1 of 12 numbers differ, at most by 2 ulps")
    assert lines[5] == "samples: 1 of 1 numbers differ, at most by 9 steps at samples[0]"
    assert (tmp_path / "c.svg").read_bytes().startswith(b"<?xml")
    assert run("compare", a, a).exit_code == 0


def test_states_of_other_shapes_and_models(tmp_path):
    a, b, c = (tmp_path / f"{name}.safetensors" for name in "abc")
    AutoRegNN(4, 3, 1).save(a)
    AutoRegNN(5, 3, 1).save(b)
    Unlearn(3, 2, 9, 0).save(c)
    lines = run("compare", a, b).output.splitlines()
    assert "size: 4 and 5" in lines
    assert "layer1.weight: float64 of shape (3, 4) and float64 of shape (3, 5)" in lines
    lines = run("compare", a, c).output.splitlines()
    assert lines[1] == "model: autoregnn and unlearn"
    assert f"layer1.weight: only in {a}" in lines and f"w: only in {c}" in lines


@pytest.mark.parametrize("what", ["nothing", "folder", "text", "empty", "two kinds", "ending"])
def test_what_cannot_be_compared_is_said_in_one_line(tmp_path, what):
    a, b, picture = sound(tmp_path / "a.wav", two_channels()), tmp_path / "b.wav", "c.png"
    if what == "folder":
        b.mkdir()
    elif what == "text":
        b.write_text("hello, this is no sound")
    elif what == "empty":
        b.write_bytes(b"")
    elif what == "two kinds":
        b = tmp_path / "b.safetensors"
        AutoRegNN(4, 3, 1).save(b)
    elif what == "ending":
        sound(b, 0.5 * two_channels())
        picture = "c.gif"
    result = run("compare", a, b, "-o", tmp_path / picture)
    assert result.exit_code == 2
    (line,) = result.output.splitlines()
    assert line.startswith("Error: ") and (picture if what == "ending" else b.name) in line
    assert not (tmp_path / picture).exists()
