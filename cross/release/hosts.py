"""The headers of the hosts, and what stands for the hosts when something is linked with them.

The headers are those of Debian's packages puredata-dev, supercollider-dev and libjack-jackd2-dev.
What loads an external has the host's functions already, except on Windows, where each must be told
which library it comes from; and a client of JACK is a program, which wants a libjack.
"""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path

from .targets import Target

ROOT = Path(__file__).resolve().parents[2]
EXTERNALS = ROOT / "externals"
# nothing but code, no time of day, and a signature that says nothing
LINK_ARGS = {
    "linux": ["-s", "-Wl,--build-id=none"],
    "windows": ["-s", "-static-libgcc", "-Wl,--no-insert-timestamp"],
    "macos": ["-Wl,-adhoc_codesign"],
}
PD_HEADERS, JACK_HEADERS = Path("/usr/include/pd"), Path("/usr/include/jack")
DECLARED = re.compile(r"PD_SYMBOL\b([^;]*);")
POINTER = re.compile(r"^[\w\s*]*\(\*(\w+)\)")
FUNCTION = re.compile(r"(\w+)\s*\(")
VARIABLE = re.compile(r"(\w+)\s*(?:\[\])?\s*(?:,|$)")


def is_prepared(target: Target, folder: Path) -> bool:
    """Whether `prepare` has made what it would make now."""
    path = folder / "hosts.ini"
    return path.exists() and path.read_text() == _flags(target, folder)


def prepare(target: Target, folder: Path) -> Path:
    """Make what is needed in `folder`; return a cross file that tells meson of it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "include").mkdir(parents=True)
    if "jack" in target.hosts:  # what stands beside it belongs to this system
        (folder / "include" / "jack").symlink_to(JACK_HEADERS)
        _make_libjack(target, folder)
    if target.system == "windows":
        for size, name in ((32, "pd"), (64, "pd64")):
            _make_import_library(target, folder, name, pd_exports(size))
    path = folder / "hosts.ini"
    path.write_text(_flags(target, folder))
    return path


def _flags(target: Target, folder: Path) -> str:
    """Return a cross file; no path of this machine may stand in what is built."""
    compile_args = [f"-isystem{PD_HEADERS}", f"-isystem{folder / 'include'}"]
    compile_args.append(f"-ffile-prefix-map={ROOT}=.")
    options = {"c_args": compile_args, "cpp_args": compile_args}
    # GNU ld puts imports into the order of their libraries' paths; meson checks in other folders
    link_args = [*LINK_ARGS[target.system], f"-L../{folder.name}", f"-L{folder}"]
    options |= dict.fromkeys(("c_link_args", "cpp_link_args"), link_args)
    if target.system == "linux":  # nothing of it is used, and zig would compile it anew
        options["cpp_link_args"] = [*link_args, "-nostdlib++"]
    lines = (f"{name} = {words!r}\n" for name, words in options.items())
    made_by = zlib.crc32(Path(__file__).read_bytes())  # another hosts.py makes all of it anew
    return f"# {made_by:08x}\n[built-in options]\n{''.join(lines)}"


def _binary(target: Target, name: str) -> list[str]:
    """Return the words of a program that the target's cross file names."""
    file = configparser.ConfigParser()
    file.read(ROOT / "cross" / f"{target.name}.ini")
    words = ast.literal_eval(file["binaries"][name])
    return words if isinstance(words, list) else [words]


def pd_exports(size: int) -> list[str]:
    """Return all that a Pd with floats of `size` bits has for externals, as a .def file has it."""
    include = [f"-I{EXTERNALS / name}" for name in ("core", "object")]
    words = ("clang", "-E", "-P", "-DEXTERN=PD_SYMBOL", f"-DPD_FLOATSIZE={size}",
             "-isystem", PD_HEADERS, *include)  # fmt: skip
    exports: set[str] = set()
    for source in sorted((EXTERNALS / "pd").glob("*.c")):  # some declare what m_pd.h does not
        for declaration in DECLARED.findall(run(*words, source)):
            exports |= _declared(declaration)
    return sorted(exports)


def _declared(declaration: str) -> set[str]:
    """Return the function, or the variables, that a declaration names."""
    if found := POINTER.match(declaration):
        return {f"{found[1]} DATA"}
    if found := FUNCTION.search(declaration):
        return {found[1]}
    return {f"{name} DATA" for name in VARIABLE.findall(declaration)}


def _make_import_library(target: Target, folder: Path, name: str, exports: list[str]) -> None:
    listing = folder / f"{name}.def"
    listing.write_text("\n".join((f"LIBRARY {name}.dll", "EXPORTS", *exports, "")))
    words = ("-d", listing.name, "-l", f"lib{name}.a")  # the path would become part of it
    run(*_binary(target, "dlltool"), *words, cwd=folder)


def jack_functions() -> list[str]:
    """Return the functions of JACK that the client calls."""
    texts = (source.read_text() for source in (EXTERNALS / "jack").glob("*.c"))
    return sorted(set(re.findall(r"\bjack_\w+(?=\()", "".join(texts))))


def _make_libjack(target: Target, folder: Path) -> None:
    source = folder / "jack.c"
    source.write_text("".join(f"void {name}(void);\nvoid {name}(void) {{}}\n"
                              for name in jack_functions()))  # fmt: skip
    words = ("-shared", "-s", "-Wl,-soname,libjack.so.0", source, "-o", folder / "libjack.so")
    run(*_binary(target, "c"), *words)
    (folder / "libjack.so.0").symlink_to("libjack.so")  # so that the client says what it can


def run(*words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a command and return what it printed, which stands in the error if it fails."""
    ran = subprocess.run(
        list(map(str, words)), capture_output=True, text=True, check=False, env=env, cwd=cwd
    )
    if ran.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}\n{ran.stdout}{ran.stderr}")
    return ran.stdout
