"""Named arrays and texts in one file, in the format of safetensors: see docs/state.md.

What is read is not believed; what is written is canonical, and there whole or not at all.
"""

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import header
from .files import named
from .header import Entry

NUMPY = {"F64": np.dtype("<f8"), "I64": np.dtype("<i8"), "U64": np.dtype("<u8")}
NAMES = {"f": "F64", "i": "I64", "u": "U64"}

Metadata: TypeAlias = dict[str, str]
Tensors: TypeAlias = dict[str, NDArray[Any]]
Name: TypeAlias = "str | os.PathLike[str]"  # of a file
Check: TypeAlias = Callable[[Metadata, Mapping[str, Entry]], None]


@contextmanager
def of(path: Path) -> Iterator[None]:
    """Let each error within name the file."""
    try:
        with named(path):
            yield
    except MemoryError:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), str(path)) from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def read(path: Name, check: Check | None = None) -> tuple[Metadata, Tensors]:
    """Return the metadata and the tensors of a file, in the file's order.

    The file is only known to be such a container; which tensors it must have is for `check` to
    say, or for the caller. It takes as much memory as the file is long.

    Parameters
    ----------
    path : str or path-like
        The file.
    check : callable, optional
        Called with the metadata and the type and shape of each tensor before any number is read;
        what it refuses with a `ValueError` is not read.

    Returns
    -------
    metadata : dict of str to str
        Empty if the file has none.
    tensors : dict of str to ndarray
        float64, int64 or uint64, all numbers finite.

    Raises
    ------
    ValueError
        If it is no such file, is not as long as it says, has a name twice, or a tensor of numbers
        that have not 64 bits or are not finite. It names file, defect and place.
    OSError
        If the system cannot read it, or it does not fit into memory.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import specml.state
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     specml.AutoRegNN().save(Path(folder) / "net.safetensors")
    ...     metadata, tensors = specml.state.read(Path(folder) / "net.safetensors")
    >>> metadata["model"], tensors["layer1.weight"].shape
    ('autoregnn', (8, 12))
    """
    path = Path(path)
    with of(path):
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise ValueError("this is no file, but a pipe or a device")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            length = header.length(file.read(8), size)
            metadata, entries = header.parsed(file.read(length), size - 8 - length)
            if check:
                check(metadata, entries)
            places = sorted(entries.items(), key=lambda item: item[1][2:])
            found = {name: _tensor(file, name, entry) for name, entry in places}
            return metadata, {name: found[name] for name in entries}


def _tensor(file: BufferedReader, name: str, entry: Entry) -> NDArray[Any]:
    """Return the next numbers of a file as a tensor."""
    tensor = np.empty(entry.shape, NUMPY[entry.dtype])
    if file.readinto(_bytes(tensor)) != tensor.nbytes:
        raise ValueError(f"it ends in {header.short(name)}")
    if entry.dtype == "F64" and not np.all(np.isfinite(tensor)):
        place = np.argwhere(~np.isfinite(tensor))[0].tolist()
        raise ValueError(
            f"{header.short(name)[1:-1]}{place} must be finite, not {tensor[tuple(place)]}"
        )
    return tensor.astype(tensor.dtype.newbyteorder("="), copy=False)


def _bytes(tensor: NDArray[Any]) -> memoryview:
    return tensor.reshape(-1).view(np.uint8).data


def write(path: Name, metadata: Mapping[str, str], tensors: Mapping[str, NDArray[Any]]) -> None:
    """Write a file, in the order of what is given: equal contents are equal bytes.

    It is written beside the old one and then takes its place at once: whatever fails, even the
    machine, an old file stays whole. A link goes on pointing to where it points; an old
    file's permissions are kept. It takes no memory beside that of `tensors`.

    Parameters
    ----------
    path : str or path-like
        The file.
    metadata : mapping of str to str
        Texts by name.
    tensors : mapping of str to ndarray
        float64, int64 or uint64, finite.

    Raises
    ------
    ValueError
        If a tensor has other numbers, or names and shapes take more than 16 MB.
    OSError
        If the system cannot write it; there is then nothing new.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import specml.state
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "own.safetensors"
    ...     specml.state.write(path, {"by": "me"}, {"curve": np.linspace(0, 1, 3)})
    ...     specml.state.read(path)
    ({'by': 'me'}, {'curve': array([0. , 0.5, 1. ])})
    """
    path = Path(path)
    with of(path):
        entries, at = {}, 0
        for name, tensor in tensors.items():
            if tensor.dtype.kind not in NAMES or tensor.dtype.itemsize != 8:
                raise ValueError(f"{name} must hold numbers of 64 bits, not {tensor.dtype}")
            entries[name] = Entry(NAMES[tensor.dtype.kind], tensor.shape, at, at + tensor.nbytes)
            at += tensor.nbytes
        head = header.printed(metadata, entries)
        with _replacing(Path(os.path.realpath(path))) as file:
            _write_all(file, memoryview(len(head).to_bytes(8, "little") + head))
            for name, tensor in tensors.items():
                _write_all(file, _bytes(np.ascontiguousarray(tensor, NUMPY[entries[name].dtype])))


def replace(path: Name, content: memoryview) -> None:
    """Write bytes beside an old file, and let them take its place at once, as `write` does."""
    path = Path(path)
    with of(path), _replacing(Path(os.path.realpath(path))) as file:
        _write_all(file, content)


@contextmanager
def _replacing(path: Path) -> Iterator[int]:
    """Open a file beside `path`, which takes its place if all goes well, and else is removed."""
    mode = _mode(path)
    beside = path.with_name(f".specml-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.open(beside, flags, 0o666 if mode is None else mode)
    try:
        try:
            yield file
            os.fsync(file)
        finally:
            os.close(file)
        if mode is not None:
            beside.chmod(mode)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int | None:
    """Return the permissions of the old file, None if there is none."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise ValueError("this is no file, but a pipe or a device")
    return stat.S_IMODE(mode)


def _write_all(file: int, rest: memoryview) -> None:
    while rest:
        rest = rest[os.write(file, rest) :]
