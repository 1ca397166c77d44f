"""The signature of code for macOS: hashes of its pages, which a Mac compares before it runs them."""

import hashlib
import struct

SUPERBLOB, DIRECTORY = 0xFADE0CC0, 0xFADE0C02
ADHOC, SHA256 = 0x2, 2


def directory(signature: bytes) -> bytes:
    """Return the directory of the code, which is the first of the parts of a signature."""
    magic, _, count = struct.unpack_from(">III", signature)
    assert magic == SUPERBLOB, f"0x{magic:x} begins no signature"
    starts = (struct.unpack_from(">II", signature, 12 + 8 * k)[1] for k in range(count))
    found = [part for part in starts if signature[part : part + 4] == struct.pack(">I", DIRECTORY)]
    assert found, "no directory"
    (length,) = struct.unpack_from(">I", signature, found[0] + 4)
    return signature[found[0] : found[0] + length]


def check(code: bytes, begins: int, signature: bytes) -> int:
    """Compare every page of the code with its hash; return how many there are.

    begins: where the signature stands, for all before it is signed.
    """
    signed = directory(signature)
    _, _, _, flags, hashes, _, _, pages, limit = struct.unpack_from(">9I", signed)
    size, kind, _, shift = struct.unpack_from(">4B", signed, 36)
    assert flags & ADHOC and kind == SHA256 and size == 32, (flags, kind, size)
    assert limit == begins, f"{limit} bytes are signed, the code has {begins}"
    assert pages == -(-limit >> shift), f"{pages} pages"
    for k in range(pages):
        page = code[k << shift : min((k + 1) << shift, limit)]
        want = signed[hashes + k * size : hashes + (k + 1) * size]
        assert hashlib.sha256(page).digest() == want, f"page {k} is not what was signed"
    return pages
