"""The header of a state file: texts and the place of each tensor, as JSON. See docs/state.md."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

HEADER_MAX = 1 << 24  # bytes
DTYPES = ("F64", "I64", "U64")
DEPTH = 3  # an object of objects with arrays of numbers
DIMENSIONS, COUNT_MAX = 8, 1 << 60

# Where JSON nests; what stands in a string does not, even in one that does not end. Neither pattern
# ever goes back, so that no header takes long.
_NESTING = re.compile(r'"[^"]*"?|[\[{]|[\]}]')
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_ESCAPED = re.compile(r'["\\\x00-\x1f]')
_UNSPOKEN = re.compile("[\0\ud800-\udfff]")


class Entry(NamedTuple):
    """A tensor: the type of its numbers, its shape, its first byte after the header and its end."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def printed(metadata: Mapping[str, str], entries: Mapping[str, Entry]) -> bytes:
    """Return the canonical header, with the spaces that fill it to a multiple of 8.

    Raises
    ------
    ValueError
        If it is longer than 16 MB, or a text is nothing that UTF-8 can write.
    """
    texts = ",".join(f"{_quoted(key)}:{_quoted(text)}" for key, text in metadata.items())
    parts = [f'"__metadata__":{{{texts}}}']
    for name, entry in entries.items():
        shape = ",".join(map(str, entry.shape))
        parts.append(
            f'{_quoted(name)}:{{"dtype":"{entry.dtype}","shape":[{shape}],'
            f'"data_offsets":[{entry.begin},{entry.end}]}}'
        )
    header = f"{{{','.join(parts)}}}".encode()
    header += b" " * (-len(header) % 8)
    _limited(len(header))
    return header


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"


def _limited(length: int) -> None:
    if length > HEADER_MAX:
        raise ValueError(f"the header has {length} bytes, at most {HEADER_MAX} are allowed")


def length(first: bytes, size: int) -> int:
    """Return the length of the header of a file of `size` bytes that begins with `first`.

    Raises
    ------
    ValueError
        If there can be no such header.
    """
    if len(first) < 8:
        raise ValueError(f"it has {size} bytes, not even the 8 of a length")
    bytes_ = int.from_bytes(first, "little")
    if bytes_ > HEADER_MAX:
        raise ValueError(
            f"it is no safetensors file: its first 8 bytes are no length of a header, "
            f"{bytes_}, of which at most {HEADER_MAX} are allowed"
        )
    if 8 + bytes_ > size:
        raise ValueError(f"it ends in its header: {bytes_} bytes after 8, but it has {size}")
    return bytes_


def parsed(header: bytes, data: int) -> tuple[dict[str, str], dict[str, Entry]]:
    """Return metadata and tensors of a header, in its order, before `data` bytes of tensors.

    Raises
    ------
    ValueError
        If it is no JSON, too deep, has a name twice, or anything but the metadata and tensors that
        cover the data without gap or overlap.
    """
    fields = _json(header)
    texts = fields.pop("__metadata__", {})
    if not isinstance(texts, dict):
        raise ValueError(f"header: __metadata__ must be an object, not {short(texts)}")
    for key, text in texts.items():
        if not isinstance(text, str):
            raise ValueError(f"header: {short(key)} must be a string, not {short(text)}")
    entries = {name: _entry(name, field) for name, field in fields.items()}
    _cover(entries, data)
    return texts, entries


def _json(header: bytes) -> dict[str, Any]:
    try:
        text = header.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"header: no UTF-8 at byte {error.start}") from None
    if not text.startswith("{"):
        raise ValueError(f"header: it must begin with {{, not {short(text[:1])}")
    _shallow(text)
    try:
        fields = json.loads(
            text, object_pairs_hook=_unique, parse_int=_whole, parse_float=_refused,
            parse_constant=_refused,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        raise ValueError(f"header: no JSON at character {error.pos}: {error.msg}") from None
    return dict(fields)


def _shallow(text: str) -> None:
    """Refuse what is nested deeper than a header is, before anything recurs into it."""
    depth = 0
    for match in _NESTING.finditer(_ESCAPE.sub("  ", text)):
        if match.group() in "[{":
            depth += 1
        elif match.group() in "]}":
            depth -= 1
        if depth > DEPTH:
            raise ValueError(f"header: nested deeper than {DEPTH} at character {match.start()}")


def _unique(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise ValueError(f"header: {short(name)} stands there twice")
        for text in (name, value):
            if isinstance(text, str) and _UNSPOKEN.search(text):
                raise ValueError(
                    f"header: {short(text)} holds half a character, or one that ends it"
                )
        fields[name] = value
    return fields


def _whole(digits: str) -> int:
    if len(digits) > 19 or not 0 <= int(digits) < 1 << 63:
        _refused(digits)
    return int(digits)


def _refused(digits: str) -> NoReturn:
    raise ValueError(f"header: {digits[:32]} is no place and no length")


def _entry(name: str, field: object) -> Entry:
    what = f"header: {short(name)}"
    if not isinstance(field, dict) or field.keys() != {"dtype", "shape", "data_offsets"}:
        raise ValueError(f"{what} must have dtype, shape and data_offsets, not {short(field)}")
    dtype, shape, offsets = field["dtype"], field["shape"], field["data_offsets"]
    if dtype not in DTYPES:
        raise ValueError(f"{what}: dtype must be one of {', '.join(DTYPES)}, not {short(dtype)}")
    if not _wholes(shape) or len(shape) > DIMENSIONS:
        raise ValueError(f"{what}: shape must be {DIMENSIONS} whole numbers at most, "
                         f"not {short(shape)}")  # fmt: skip
    if not _wholes(offsets) or len(offsets) != 2:
        raise ValueError(f"{what}: data_offsets must be two whole numbers, not {short(offsets)}")
    begin, end = offsets
    # what has no element is laid out by numpy as if it had one
    if math.prod(max(count, 1) for count in shape) > COUNT_MAX:
        raise ValueError(f"{what}: too large: {short(shape)}")
    if end - begin != 8 * math.prod(shape):
        raise ValueError(
            f"{what}: shape {short(shape)} has {8 * math.prod(shape)} bytes, "
            f"data_offsets {begin} to {end}"
        )
    return Entry(dtype, tuple(shape), begin, end)


def _wholes(value: object) -> bool:
    return isinstance(value, list) and all(type(number) is int for number in value)


def _cover(entries: Mapping[str, Entry], data: int) -> None:
    """Refuse tensors that do not stand one after the other, up to the end of the data."""
    at = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1][2:]):
        if entry.begin != at:
            what = "a gap" if entry.begin > at else "an overlap"
            raise ValueError(f"header: {what} before {short(name)}: from {at} to {entry.begin}")
        at = entry.end
    if at != data:
        what = "too short" if at > data else "too long"
        raise ValueError(f"it is {what}: {data} bytes of tensors, the header says {at}")


def short(value: object) -> str:
    """Return a value as an error can tell it, whatever its length."""
    text = repr(value)
    return text if len(text) <= 64 else f"{text[:61]}..."
