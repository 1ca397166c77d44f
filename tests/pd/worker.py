"""libpd in a process of its own, which may crash: does what it reads from stdin, see `libpd.LibPd`.

It is run as a script: ``worker.py LIBRARY FOLDER_OF_EXTERNALS FOLDER_FOR_PATCHES RATE``.
"""

import contextlib
import ctypes as ct
import os
import pickle
import resource
import sys
from pathlib import Path

import numpy as np

CHANNELS = 24  # in and out
TICK = 64  # samples


class Worker:
    """Each public method is something that can be asked for."""

    def __init__(self, library: str, externals: str, folder: str, rate: str) -> None:
        self._pd = pd = ct.CDLL(library, mode=os.RTLD_NOW | os.RTLD_GLOBAL)
        self._folder, self._log, self._slots = Path(folder), [], {}
        pd.libpd_openfile.restype = ct.c_void_p
        pd.libpd_closefile.argtypes = (ct.c_void_p,)
        pd.libpd_add_float.argtypes = (ct.c_float,)
        pd.libpd_resize_array.argtypes = (ct.c_char_p, ct.c_long)
        self._hook = ct.CFUNCTYPE(None, ct.c_char_p)(self._note)
        pd.libpd_set_printhook(self._hook)
        pd.libpd_init()
        pd.libpd_set_verbose(0)
        pd.libpd_init_audio(CHANNELS, CHANNELS, int(rate))
        pd.libpd_add_to_search_path(externals.encode())
        self._log.clear()  # Pd says what it is

    def _note(self, text: bytes) -> None:
        self._log.append(text.decode(errors="replace"))

    def search(self, folder: str) -> None:
        self._pd.libpd_add_to_search_path(folder.encode())

    def open(self, text: str, name: str = "test") -> int:
        (self._folder / f"{name}.pd").write_text(text)
        return self.open_file(str(self._folder / f"{name}.pd"))

    def open_file(self, path: str) -> int:
        folder, name = os.path.split(path)
        return self._pd.libpd_openfile(name.encode(), folder.encode())

    def put(self, name: str, content: bytes | None) -> None:
        """Let a file beside the patches hold this, or be none."""
        if content is not None:
            (self._folder / name).write_bytes(content)
        elif (self._folder / name).exists():
            (self._folder / name).unlink()

    def close(self, patch: int) -> None:
        self._pd.libpd_closefile(patch)

    def dollar_zero(self, patch: int) -> int:
        return self._pd.libpd_getdollarzero(ct.c_void_p(patch))

    def make(self, slot: str, text: str) -> None:
        """Open a patch under a name, instead of what has that name."""
        self.drop(slot)
        self._slots[slot] = self.open(text, slot)

    def remake(self, slot: str) -> None:
        """Open the file of a patch anew, as it was saved last."""
        if slot in self._slots:
            self.drop(slot)
            self._slots[slot] = self.open_file(str(self._folder / f"{slot}.pd"))

    def drop(self, slot: str) -> None:
        if slot in self._slots:
            self.close(self._slots.pop(slot))

    def send(self, receiver: str, *atoms) -> None:
        """A word first: a message; numbers: a list."""
        self._pd.libpd_start_message(len(atoms) + 1)
        says = atoms[1:] if atoms and isinstance(atoms[0], str) else atoms
        for value in says:
            if isinstance(value, str):
                self._pd.libpd_add_symbol(value.encode())
            else:
                self._pd.libpd_add_float(value)
        if says is atoms:
            self._pd.libpd_finish_list(receiver.encode())
        else:
            self._pd.libpd_finish_message(receiver.encode(), atoms[0].encode())

    def dsp(self, on: bool) -> None:
        self.send("pd", "dsp", float(on))

    def process(self, x: np.ndarray, outs: int) -> np.ndarray:
        """Return ``(outs, n)``; `x` is ``(k, n)``, n a multiple of 64."""
        n = x.shape[1] // TICK * TICK
        heard, said = np.zeros((n, CHANNELS), np.float32), np.zeros((n, CHANNELS), np.float32)
        heard[:, : len(x)] = x[:, :n].T
        pointers = (a.ctypes.data_as(ct.POINTER(ct.c_float)) for a in (heard, said))
        self._pd.libpd_process_float(n // TICK, *pointers)
        return np.ascontiguousarray(said.T[:outs])

    def hear(self, ticks: int, seed: int) -> None:
        """Process noise of all sizes, some of it not finite; what is said must be."""
        noise = np.random.default_rng(seed)
        shape = CHANNELS, ticks * TICK
        x = noise.standard_normal(shape) * 10.0 ** noise.integers(-45, 38, (CHANNELS, 1))
        x[noise.random(shape) < 0.01] = noise.choice((np.nan, np.inf, -np.inf))
        with np.errstate(over="ignore"):
            y = self.process(np.float32(x), CHANNELS)
        assert np.all(np.isfinite(y)), "not finite"

    def said(self) -> str:
        """What came to the console since this was last asked."""
        text = "".join(self._log)
        self._log.clear()
        return text

    def read(self, name: str, n: int) -> np.ndarray:
        values = np.full(n, np.nan, np.float32)
        pointer = values.ctypes.data_as(ct.POINTER(ct.c_float))
        if self._pd.libpd_read_array(pointer, name.encode(), 0, n):
            raise ValueError(f"no array {name} of {n} points")
        return values

    def length(self, name: str) -> int:
        """How many points an array has."""
        return self._pd.libpd_arraysize(name.encode())

    def write(self, name: str, at: int, values) -> None:
        values = np.ascontiguousarray(values, np.float32)
        pointer = values.ctypes.data_as(ct.POINTER(ct.c_float))
        self._pd.libpd_write_array(name.encode(), at, pointer, len(values))

    def resize(self, name: str, n: int) -> None:
        self._pd.libpd_resize_array(name.encode(), n)

    def allow(self, more: int) -> None:
        """Let the process grow by so many bytes and no further."""
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))

    def cycles(self, times: int, deeds) -> list[int]:
        """Do all that many times; the bytes in use before, and after each tenth of them."""
        used = [self._in_use()]
        for _ in range(10):
            for _ in range(times // 10):
                for name, *arguments in deeds:
                    getattr(self, name)(*arguments)
                self._log.clear()
            used.append(self._in_use())
        return used

    def _in_use(self) -> int:
        return _libc.mallinfo2().uordblks

    def read_pointer(self, beyond: int) -> int:
        """Read where nobody must: at 0, or `beyond` the end of 8 bytes."""
        if not beyond:
            return ct.string_at(0)[0]
        return _libc.memcmp(_libc.malloc(8), _libc.malloc(9), 8 + beyond)

    def lose(self, size: int) -> None:
        """Leak."""
        _libc.malloc(size)

    def several(self, deeds) -> list:
        return [getattr(self, name)(*arguments) for name, *arguments in deeds]


class _Mallinfo2(ct.Structure):
    _fields_ = (("others", ct.c_size_t * 7), ("uordblks", ct.c_size_t), ("rest", ct.c_size_t * 2))


_libc = ct.CDLL(None)
_libc.malloc.restype = ct.c_void_p
_libc.malloc.argtypes = (ct.c_size_t,)
_libc.memcmp.argtypes = (ct.c_void_p, ct.c_void_p, ct.c_size_t)
with contextlib.suppress(AttributeError):  # older than glibc 2.33, or another libc
    _libc.mallinfo2.restype = _Mallinfo2


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Pd prints is no answer
    worker = Worker(*sys.argv[1:])
    while True:
        try:
            name, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = (True, getattr(worker, name)(*arguments))
        except Exception as error:
            answer = (False, error)
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    main()
