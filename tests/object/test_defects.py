"""What a state file may not be: each defect is named, and the sound goes on."""

# ruff: noqa: E501 (a table)

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from bits import assert_same
from object.library import Host
from object.lived import BOXES, header, hear, lived, with_header, written


def _replaced(old: str, new: str):
    def change(data: bytes) -> bytes:
        text = data[8 : 8 + int.from_bytes(data[:8], "little")].decode()
        assert old in text
        return with_header(data, text.replace(old, new, 1))

    return change


def _number(name: str, at: int, value):
    def change(data: bytes) -> bytes:
        begin = 8 + int.from_bytes(data[:8], "little") + header(data)[name]["data_offsets"][0]
        new = np.array(value).tobytes()
        return data[: begin + 8 * at] + new + data[begin + 8 * at + 8 :]

    return change


DEFECTS = {
    "empty": (lambda data: b"", "its first 8 bytes must be the length of its header"),
    "a length beyond the file": (lambda data: b"\xff" * 8 + data[8:], "its first 8 bytes"),
    "a large length": (lambda data: (1 << 25).to_bytes(8, "little") + data[8:], "its first 8 bytes"),
    "cut": (lambda data: data[:-8], "its tensors take 304 bytes, but 296 follow the header"),
    "more": (lambda data: data + b"12345678", "its tensors take 304 bytes, but 312 follow"),
    "cut in the header": (lambda data: data[:100], "its first 8 bytes"),
    "no JSON": (lambda data: with_header(data, "specml"), '"{" is expected at byte 0 of its header'),
    "deep JSON": (lambda data: with_header(data, '{"a":' * 9000), "tensor a has a beside dtype"),
    "deep lists": (lambda data: with_header(data, '{"a":{"shape":' + "[" * 99999), "a whole number"),
    "endless": (lambda data: with_header(data, '{"a'), "the end of a text"),
    "no UTF-8": (lambda data: with_header(data, b'{"\xff":1}'), "byte 2 of its header is no UTF-8"),
    "half a pair": (_replaced("layer1.weight", "\\ud800"), "an escaped character is expected"),
    "a NUL": (_replaced("layer1.weight", "\\u0000"), "an escaped character is expected"),
    "foreign": (_replaced('"format":"specml 1"', '"format":"pt"'), 'its format is "pt"'),
    "no metadata": (_replaced("__metadata__", "__metadatum__"), "has format beside dtype"),
    "twice metadata": (_replaced('"layer1.weight":{', '"__metadata__":{},"layer1.weight":{'),
                       "it has its metadata twice"),
    "another model": (_replaced('"autoregnn"', '"unlearn"'), "of the model unlearn, this is autoregnn"),
    "no setting": (_replaced('"lr"', '"LR"'), "its metadata lacks lr"),
    "a setting twice": (_replaced('"LR"'.lower(), '"lr":"0.1","lr"'), "lr is in the metadata twice"),
    "a setting beyond": (_replaced('"lr":"0.1"', '"lr":"11"'), "lr must be a number within 0..10, not 11"),
    "no number": (_replaced('"lr":"0.1"', '"lr":"0,1"'), "lr must be a number within 0..10, not 0,1"),
    "half a unit": (_replaced('"width":"3"', '"width":"3.5"'), "width must be an integer within"),
    "no channels": (_replaced('"channels":"1"', '"channels":"0"'), "channels must be an integer within"),
    "another shape": (_replaced('"width":"3"', '"width":"4"'), "layer1.weight must be F64 of shape (4, 5)"),
    "no tensor": (_replaced("output.bias", "output.bios"), "it lacks the tensor output.bias"),
    "an unknown one": (_replaced('"layer1.weight":{', '"a":{"dtype":"F64","shape":[0],"data_offsets":[0,0]},"layer1.weight":{'),
                       "it has a tensor that a state has not, a"),
    "a tensor twice": (_replaced("output.bias", "layer1.bias"), "tensor layer1.bias is there twice"),
    "another type": (_replaced('"F64"', '"F32"'), "layer1.weight is of type F32, not F64, I64 or U64"),
    "whole numbers": (_replaced('"F64"', '"I64"'), "layer1.weight must be F64 of shape (3, 5)"),
    "a key too many": (_replaced('"dtype"', '"dtyp":"F64","dtype"'), "has dtyp beside dtype"),
    "a key twice": (_replaced('"dtype"', '"dtype":"F64","dtype"'), "has dtype twice"),
    "no key": (_replaced('"dtype":"F64",', ""), "lacks its dtype, shape or data_offsets"),
    "an overlap": (_replaced("[120,144]", "[112,136]"), "begins at byte 112 of the data, within another"),
    "a gap": (_replaced("[120,144]", "[128,152]"), "begins at byte 128 of the data, after a gap from 120"),
    "backwards": (_replaced("[120,144]", "[144,120]"), "does not fill its bytes, 144..120"),
    "endless offsets": (_replaced("[120,144]", "[120,99999999999999999999]"), "a number below 2^63"),
    "negative": (_replaced("[120,144]", "[-120,144]"), "a whole number is expected"),
    "a float": (_replaced("[120,144]", "[120.0,144]"), '"," or "]" is expected'),
    "an endless shape": (_replaced('"shape":[3]', '"shape":[9223372036854775807,9223372036854775807]'),
                         "does not fill its bytes"),
    "many dimensions": (_replaced('"shape":[3]', '"shape":[1,1,1,1,1,1,1,1,3]'), '"]" is expected'),
    "NaN": (_number("layer1.bias", 1, np.nan), "tensor layer1.bias holds nan at 1, which cannot be"),
    "infinite": (_number("past_in", 4, np.inf), "tensor past_in holds inf at 4"),
    "too large": (_number("output.bias", 0, 1e200), "tensor output.bias holds"),
    "too loud": (_number("past_out", 0, 1.5), "tensor past_out holds 1.5 at 0"),
    "a control beyond": (_number("now", 1, 11.0), "tensor now holds 11 at 1"),
}  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_named_and_the_sound_goes_on(defect, tmp_path):
    spoil, words_ = DEFECTS[defect]
    host, twin = lived("autoregnn"), lived("autoregnn")
    path = tmp_path / "x.safetensors"
    data = spoil(written(host, path))
    path.write_bytes(data)
    said = host.send("read", str(path))
    assert said.startswith(f"error: cannot read {path}: ") and said.count("\n") == 1
    assert words_ in said
    assert_same("sound", hear(host, 300), hear(twin, 300))
    assert host.send("dump") == twin.send("dump")


UNLEARNT = {
    "a source that is none": (_number("source", 3, np.int64(5)), "tensor source holds 5 at 3"),
    "no delay": (_number("delay", 0, np.int64(0)), "tensor delay holds 0 at 0"),
    "a delay beyond": (_number("delay", 0, np.int64(41)), "tensor delay holds 41 at 0"),
    "a weight where none is": (_number("w", 14, 1.0), "a weight stands where no signal comes in"),
    "more inputs than neurons": (_replaced('"inputs":"2"', '"inputs":"6"'), "inputs must be an integer within 1..5"),
    "an unknown function": (_replaced('"activation":"cosine-rad"', '"activation":"relu"'), "activation must be one of tanh"),
    "no rate": (_replaced('"samplerate":"48000"', '"samplerate":"0"'), "samplerate must be a number within 1..1000000"),
}  # fmt: skip


@pytest.mark.parametrize("defect", UNLEARNT)
def test_a_defect_of_unlearn_is_named(defect, tmp_path):
    spoil, words_ = UNLEARNT[defect]
    host = lived("unlearn")
    path = tmp_path / "x"
    path.write_bytes(spoil(written(host, path)))
    assert words_ in host.send("read", str(path))


def test_weights_without_sound_begin_as_after_a_draw(tmp_path):
    host, fresh = lived("unlearn"), Host("unlearn", f"{BOXES['unlearn']} -fade 0 -seed 3")
    data = written(host, tmp_path / "x")
    tensors = {name: tensor for name, tensor in load_file(tmp_path / "x").items()
               if name in ("w", "v", "u", "source", "delay")}  # fmt: skip
    save_file(tensors, tmp_path / "y", header(data)["__metadata__"])
    assert host.send("read", str(tmp_path / "y")).startswith("read ")
    written(host, tmp_path / "x")
    written(fresh, tmp_path / "z")
    new, drawn = load_file(tmp_path / "x"), load_file(tmp_path / "z")
    for name, tensor in new.items():
        assert_same(name, tensor, tensors[name] if name in tensors else drawn[name])


def test_a_larger_seed_than_a_box_can_say_is_told(tmp_path):
    host = lived("autoregnn")
    path = tmp_path / "x"
    path.write_bytes(_replaced('"seed":"3"', f'"seed":"{2**64 - 1}"')(written(host, path)))
    said = host.send("read", str(path))
    assert said.startswith(f"warning: the seed in {path} is larger than 2^53")
    assert said.endswith(f"read {path}\n")
