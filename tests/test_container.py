"""Files of named arrays: what is written is canonical, what is read is not believed."""

import errno
import itertools
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from bits import assert_same, seeds
from specml.container import read, write
from specml.header import HEADER_MAX

texts = st.text(max_size=12).filter(lambda text: "\0" not in text)
names = texts.filter(lambda name: name != "__metadata__")
dtypes = st.sampled_from((np.float64, np.int64, np.uint64))
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)


def drawn(shape, dtype, seed) -> np.ndarray:
    words = np.random.default_rng(seed).integers(0, 2**62, shape, np.uint64)
    return np.asarray(words.astype(np.float64) / 7 if dtype is np.float64 else words.astype(dtype))


tensors = st.dictionaries(names, st.builds(drawn, shapes, dtypes, seeds), max_size=4)
metadata = st.dictionaries(texts, texts, max_size=4)


def held(path) -> tuple[dict, int]:
    """The header of a file, and where its tensors begin."""
    content = path.read_bytes()
    begin = 8 + int.from_bytes(content[:8], "little")
    return json.loads(content[8:begin]), begin


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@given(metadata=metadata, tensors=tensors)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read(folder, metadata, tensors):
    """In its order, every bit of it; and by others."""
    path = folder / "a"
    write(path, metadata, tensors)
    got = read(path)
    assert [*got[0].items()] == [*metadata.items()] and [*got[1]] == [*tensors]
    assert_same("tensors", got[1], tensors)
    assert_same("read by safetensors", safetensors.numpy.load_file(path), tensors)
    with safetensors.safe_open(path, "numpy") as file:
        assert (file.metadata() or {}) == metadata


@given(metadata=metadata, tensors=tensors.filter(len), data=st.data())
@settings(max_examples=100, deadline=None)
def test_others_may_write_it_in_any_order(folder, metadata, tensors, data):
    """What safetensors writes, and any JSON that means the same, reads as the same."""
    path = folder / "b"
    safetensors.numpy.save_file(tensors, path, metadata)
    got = read(path)
    assert got[0] == metadata and got[1].keys() == tensors.keys()
    assert_same("of safetensors", {name: got[1][name] for name in tensors}, tensors)
    write(path, metadata, tensors)
    header, begin = held(path)
    content = path.read_bytes()[begin:]
    header["__metadata__"] = dict(data.draw(st.permutations([*metadata.items()])))
    header = dict(data.draw(st.permutations([*header.items()])))
    text = json.dumps(header, indent=data.draw(st.sampled_from((None, 1))), ensure_ascii=True)
    path.write_bytes(len(text).to_bytes(8, "little") + text.encode() + content)
    got = read(path)
    assert got[0] == metadata
    assert_same("in another order", {name: got[1][name] for name in tensors}, tensors)


def test_the_bytes_are_those_of_the_page(folder):
    """As docs/state.md says them: no white space, few escapes, spaces that fill up to 8."""
    write(
        folder / "c", {"a\n": 'q"\\\x7fé'}, {"w": np.array([[1.0]]), "n": np.array([2], np.uint64)}
    )
    text = (
        '{"__metadata__":{"a\\u000a":"q\\"\\\\\x7fé"},'
        '"w":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},'
        '"n":{"dtype":"U64","shape":[1],"data_offsets":[8,16]}}'
    ).encode()
    text += b" " * (-len(text) % 8)
    numbers = b"\0\0\0\0\0\0\xf0\x3f" + b"\2\0\0\0\0\0\0\0"
    assert (folder / "c").read_bytes() == len(text).to_bytes(8, "little") + text + numbers


def packed(header, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else header.encode()
    return len(text).to_bytes(8, "little") + text + data


def entry(dtype='"F64"', shape="[1]", offsets="[0,8]", more="") -> str:
    return f'{{"w":{{"dtype":{dtype},"shape":{shape},"data_offsets":{offsets}{more}}}}}'


ONE, NAN, INF = (np.array(number).tobytes() for number in (1.0, np.nan, np.inf))
DEFECTS = {
    "nothing": (b"", ["0 bytes"]),
    "no length": (b"\1\0\0", ["3 bytes"]),
    "another format": (b"RIFF0000WAVEfmt ", ["header", str(HEADER_MAX)]),
    "a header beyond the file": (packed("{}")[:-1] + b"", ["ends in its header", "2 bytes"]),
    "a header beyond 16 MB": ((HEADER_MAX + 1).to_bytes(8, "little"), [str(HEADER_MAX)]),
    "a header beyond everything": (b"\xff" * 8, [str(2**64 - 1), str(HEADER_MAX)]),
    "no header": (packed(""), ["begin with {"]),
    "space first": (packed(" {}"), ["begin with {"]),
    "another kind": (packed("[]"), ["begin with {"]),
    "no UTF-8": (packed(b'{"\xff":{}}'), ["UTF-8", "byte 2"]),
    "no JSON": (packed("{'w':1}"), ["no JSON", "character 1"]),
    "two headers": (packed("{}{}"), ["no JSON", "character 2"]),
    "an open end": (packed('{"__metadata__":{}'), ["no JSON"]),
    "a text without end": (packed('{"' + '\\"' * 10**6), ["no JSON"]),
    "a long name": (packed(f'{{"{"w" * 10**5}":1}}'), ["dtype"]),
    "deep JSON": (packed('{"w":' + "[" * 10**6), ["deeper", "character 7"]),
    "deep objects": (packed('{"w":' * 10**6), ["deeper"]),
    "deep in the metadata": (packed('{"__metadata__":{"a":[[1]]}}'), ["deeper"]),
    "a number that is none": (packed('{"w":NaN}'), ["NaN"]),
    "a number like no other": (packed('{"w":' + "9" * 10**5 + "}"), ["999"]),
    "a key twice": (packed('{"__metadata__":{"a":"b","a":"b"}}'), ["'a'", "twice"]),
    "a key twice, escaped": (packed('{"__metadata__":{"a":"b","\\u0061":"b"}}'), ["'a'", "twice"]),
    "a tensor twice": (packed(entry()[:-1] + "," + entry()[1:], ONE), ["'w'", "twice"]),
    "a shape twice": (packed(entry(more=',"shape":[1]'), ONE), ["'shape'", "twice"]),
    "half a character": (packed('{"__metadata__":{"a":"\\ud800"}}'), ["half a character"]),
    "the end of a text": (packed('{"__metadata__":{"a\\u0000":"b"}}'), ["one that ends it"]),
    "metadata that are none": (packed('{"__metadata__":"a"}'), ["__metadata__", "'a'"]),
    "a number in the metadata": (packed('{"__metadata__":{"a":1}}'), ["'a'", "string", "1"]),
    "a tensor that is none": (packed('{"w":"b"}'), ["'w'", "dtype", "'b'"]),
    "no shape": (packed('{"w":{"dtype":"F64","data_offsets":[0,8]}}', ONE), ["'w'", "shape"]),
    "more than a shape": (packed(entry(more=',"a":1'), ONE), ["'w'", "'a'"]),
    "32 bits": (packed(entry('"F32"', "[2]"), ONE), ["'w'", "F32", "F64"]),
    "no dtype": (packed(entry("1"), ONE), ["'w'", "dtype", "1"]),
    "a shape that is none": (packed(entry(shape='{"a":1}'), ONE), ["'w'", "shape", "'a'"]),
    "a shape of texts": (packed(entry(shape='["1"]'), ONE), ["'w'", "shape", "'1'"]),
    "a shape of truths": (packed(entry(shape="[true]"), ONE), ["'w'", "shape", "True"]),
    "a fraction": (packed(entry(shape="[1.0]"), ONE), ["1.0"]),
    "a negative length": (packed(entry(shape="[-1]"), ONE), ["-1"]),
    "a negative place": (packed(entry(offsets="[-8,0]"), ONE), ["-8"]),
    "too many dimensions": (packed(entry(shape=str([1] * 9)), ONE), ["'w'", "shape", "8"]),
    "a length beyond everything": (packed(entry(shape=f"[{2**63}]"), ONE), [str(2**63)]),
    "lengths beyond everything": (packed(entry(shape=f"[{2**40},{2**40}]"), ONE), ["too large"]),
    "nothing, endlessly": (packed(entry(shape=f"[0,{2**61}]", offsets="[0,0]")), ["too large"]),
    "one offset": (packed(entry(offsets="[0]"), ONE), ["'w'", "data_offsets", "[0]"]),
    "the end before the start": (packed(entry(offsets="[8,0]"), ONE), ["'w'", "8 to 0"]),
    "fewer bytes than its shape": (packed(entry(shape="[2]"), ONE), ["'w'", "16 bytes"]),
    "a gap": (packed(entry(offsets="[8,16]"), 2 * ONE), ["gap", "'w'", "0 to 8"]),
    "an overlap": (
        packed('{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},' + entry()[1:]
               .replace("[0,8]", "[8,16]"), 2 * ONE), ["overlap", "'w'", "16 to 8"]),
    "the same place twice": (packed(entry()[:-1] + "," + entry()[1:].replace('"w"', '"x"'), ONE),
                             ["overlap", "'x'", "8 to 0"]),
    "a missing byte": (packed(entry(), ONE[:-1]), ["too short", "7 bytes", "8"]),
    "a byte too many": (packed(entry(), ONE + b"\0"), ["too long", "9 bytes", "8"]),
    "not a number": (packed(entry(shape="[1,2]", offsets="[0,16]"), ONE + NAN),
                     ["w[0, 1]", "finite", "nan"]),
    "no end": (packed(entry(), INF), ["w[0]", "finite", "inf"]),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTS)
def test_what_is_refused(tmp_path, name):
    """Each with the file, what is wrong, and where."""
    content, words = DEFECTS[name]
    path = tmp_path / "some file"
    path.write_bytes(content)
    with pytest.raises(ValueError) as error:
        read(path)
    for word in (str(path), *words):
        assert word in str(error.value)
    assert len(str(error.value)) < 400


VALID = {"a": np.arange(6.0).reshape(2, 3), "b": np.arange(4), "é": np.zeros((0, 2))}


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_any_file_is_read_or_refused(folder, data):
    """Bytes changed, left out, put in: nothing else is raised."""
    path = folder / "d"
    write(path, {"format": "x", 'q"\n': "\\"}, VALID)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, min(len(content) - 1, 330)))
        new = data.draw(st.one_of(st.binary(max_size=3), st.sampled_from((b'"', b"[", b"}", b"9"))))
        content[at : at + data.draw(st.integers(0, 3))] = new
    if data.draw(st.booleans()):  # so that the length is right
        length = content.find(b"}}", 8)
        content[:8] = (length + 2 - 8 if length > 0 else 0).to_bytes(8, "little")
    path.write_bytes(content)
    try:
        read(path)
    except ValueError as error:
        assert str(path) in str(error)


def test_numbers_are_read_only_if_the_caller_wants_them(tmp_path):
    """By names, types and shapes alone, before there is memory for them."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        size = 1 << 40
        file.write(packed(entry(shape=f"[{size // 8}]", offsets=f"[0,{size}]")))
        file.truncate(file.tell() + size)

    def check(metadata, entries):
        assert metadata == {} and entries["w"].shape == (size // 8,)
        raise ValueError("no room for w")

    with pytest.raises(ValueError, match=r"large: no room for w"):
        read(path, check)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read(tmp_path / "nowhere")
    with pytest.raises(IsADirectoryError, match=tmp_path.name):
        read(tmp_path)
    with pytest.raises(IsADirectoryError, match=tmp_path.name):
        write(tmp_path, {}, {})
    os.mkfifo(tmp_path / "pipe")
    for action in (read, lambda path: write(path, {}, {})):
        with pytest.raises(ValueError, match=r"pipe: .*no file"):
            action(tmp_path / "pipe")


@pytest.mark.parametrize("tensor", [np.zeros(2, np.float32), np.array(["a"]), np.zeros(1, bool)])
def test_other_numbers_are_not_written(tmp_path, tensor):
    with pytest.raises(ValueError, match=rf"a: w must hold .* 64 bits, not {tensor.dtype}"):
        write(tmp_path / "a", {}, {"w": tensor})
    assert not [*tmp_path.iterdir()]


def test_how_an_array_lies_in_memory_does_not_matter(tmp_path):
    plain = np.arange(12.0).reshape(3, 4)
    for k, other in enumerate((np.asfortranarray(plain), plain.astype(">f8"), plain[::-1][::-1])):
        write(tmp_path / f"{k}", {}, {"w": other})
    contents = {(tmp_path / f"{k}").read_bytes() for k in range(3)}
    assert len(contents) == 1


def test_a_header_beyond_16_mb_is_not_written(tmp_path):
    with pytest.raises(ValueError, match=str(HEADER_MAX)):
        write(tmp_path / "a", {"a": "b" * HEADER_MAX}, {})
    assert not [*tmp_path.iterdir()]
    longest = {"a": "b" * (HEADER_MAX - len('{"__metadata__":{"a":""}}') - 7)}
    write(tmp_path / "a", longest, {})
    assert read(tmp_path / "a")[0] == longest


def test_each_defect_has_words_of_its_own():
    """No two tell the same."""
    for one, other in itertools.combinations(DEFECTS.values(), 2):
        assert one[0] != other[0]


OLD, NEW = {"w": np.full(3, 1.0)}, {"w": np.full(2, 2.0), "v": np.zeros((2, 2))}
CALLS = ("open", "write", "fsync", "close", "replace")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot divide here")
def test_a_kill_at_any_moment_leaves_the_old_file_whole(tmp_path):
    """At each call, half done: header, two tensors, flush, exchange."""
    program = Path(__file__).parent / "killed.py"
    printed = subprocess.run([sys.executable, program, tmp_path], check=True, capture_output=True)
    assert int(printed.stdout) == 5


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path):
    """Or none, if there was none; and the error names the file, not the one beside it."""
    path = tmp_path / "file"
    for old, name in itertools.product((None, OLD), CALLS):
        if old:
            write(path, {}, old)
        for k in itertools.count():
            calls = iter([*[getattr(os, name)] * k, full, *[getattr(os, name)] * 9])
            with mock.patch.object(os, name, lambda *given, calls=calls: next(calls)(*given)):
                try:
                    write(path, {"a": "b"}, NEW)
                    break
                except OSError as error:
                    assert (error.errno, error.filename) == (errno.ENOSPC, str(path))
            assert [*tmp_path.iterdir()] == ([path] if old else [])
            if old:
                assert_same("the old file", read(path)[1], old)
        assert k == (3 if name == "write" else 1)
        assert_same("the new file", read(path)[1], NEW)
        path.unlink()


def test_ctrl_c_leaves_the_old_file_and_nothing_else(tmp_path):
    write(tmp_path / "file", {}, OLD)
    for name in CALLS[1:]:
        interrupt = mock.patch.object(os, name, side_effect=KeyboardInterrupt)
        with interrupt, pytest.raises(KeyboardInterrupt):
            write(tmp_path / "file", {}, NEW)
        assert_same("the old file", read(tmp_path / "file")[1], OLD)
        assert [path.name for path in tmp_path.iterdir()] == ["file"]


def full(*given):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_little_is_written_at_a_time(tmp_path):
    """As pipes and full disks do; the rest follows."""
    one = os.write
    with mock.patch.object(os, "write", lambda file, content: one(file, content[:5])):
        write(tmp_path / "file", {"a": "b"}, NEW)
    assert_same("the file", read(tmp_path / "file")[1], NEW)


def test_a_link_and_permissions_stay(tmp_path):
    """What it points to is exchanged; a new file has what the system gives new files."""
    target, link, other = (tmp_path / name for name in ("target", "link", "other"))
    other.touch()
    link.symlink_to("target")
    write(link, {}, OLD)  # it pointed nowhere
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    target.chmod(0o604)
    write(link, {}, NEW)
    assert link.is_symlink() and not target.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o604
    assert_same("what it points to", read(target)[1], NEW)
    assert {path.name for path in tmp_path.iterdir()} == {"target", "link", "other"}
