"""What every binary of the release shows, asks for and is signed with, as it is read."""

import functools
import re
import tarfile
from pathlib import Path

import lief
import pytest

import takes
from dist import signature
from dist.received import DIST, binaries, contents, processor, system
from dist.table import READ
from max.test_max_package import ARCHITECTURES, FRAMEWORK, SYSTEM, declared

pytestmark = pytest.mark.dist

OBJECTS = tuple(takes.NAMES.values())
PLUGIN = {"api_version", "server_type", "load"}
LINUX_LIBRARIES = re.compile(r"lib(c|m|pthread|dl|jack)\.so\.\d+|ld-linux[-\w]*\.so\.\d")
WINDOWS_LIBRARIES = re.compile(r"(kernel32|msvcrt|api-ms-win-crt-\w+-l1-1-0)\.dll", re.IGNORECASE)
GLIBC = (2, 17)


@functools.cache
def everything() -> list[tuple[str, bytes, list[lief.Binary]]]:
    """Every binary in every archive, by the names of both."""
    found = []
    for archive in sorted(DIST.iterdir()):
        if archive.suffix in (".dek", ".zip", ".whl"):
            parts = contents(archive)
        elif "-jack-" in archive.name:
            parts = tar(archive)
        else:
            continue
        for name, content in parts.items():
            if inside := binaries(content):
                found.append((f"{archive.name}: {name}", content, inside))
    return found


def of(kind: str) -> list[tuple[str, bytes, lief.Binary]]:
    """Those for a system, each processor by itself."""
    return [
        (f"{name} ({processor(binary)})", content, binary)
        for name, content, inside in everything()
        for binary in inside
        if system(binary) == kind
    ]


def may_show(name: str) -> set[str] | None:
    """What a file may show by its name; None for the core, which shows all of itself."""
    file = re.split(r"[/ ]", name.rpartition(": ")[2].partition(" (")[0])[-1]
    for box in OBJECTS:
        if file.startswith(f"{box}.m") and file.endswith(".mxe64") or file == box:
            return {"ext_main"}
        if file.startswith(f"{box}."):
            return {f"{box[:-1]}_tilde_setup"}
    if file.startswith("specml-core."):
        return None
    return set() if file == "specml-jack" else PLUGIN


def test_there_is_as_much_as_there_should_be():
    """Three objects in two sizes, two plugins and the core for each; JACK and Max for three."""
    assert len(of("Linux")) == 3 * (6 + 2 + 1 + 1)
    assert len(of("Windows")) == 6 + 3 + 2 + 1
    assert len(of("Darwin")) == 2 * (6 + 3 + 2 + 1)
    assert {processor(binary) for _, _, binary in of("Darwin")} == {"amd64", "arm64"}


# ---- Linux ----


def test_linux_needs_no_newer_library_than_is_said(ran):
    for name, _, binary in of("Linux"):
        asked = {str(library) for library in binary.libraries}
        assert all(LINUX_LIBRARIES.fullmatch(library) for library in asked), f"{name}: {asked}"
        assert ("libjack.so.0" in asked) == ("specml-jack" in name)
        versions = {
            part.name for need in binary.symbols_version_requirement
            for part in need.get_auxiliary_symbols()
        }  # fmt: skip
        numbers = {tuple(map(int, v.removeprefix("GLIBC_").split("."))) for v in versions}
        assert max(numbers) <= GLIBC, f"{name}: {versions}"
    for target in ("linux-x86_64", "linux-arm64", "linux-armv7"):
        ran(target, READ, "every binary: glibc 2.17 or older, no other library")


def test_linux_shows_what_the_host_asks_for_and_nothing_else():
    for name, _, binary in of("Linux"):
        shown = {symbol.name for symbol in binary.exported_symbols}
        allowed = may_show(name)
        if allowed is None:
            assert "autoregnn_process" in shown and not shown & PLUGIN, name
        elif allowed:
            assert shown == allowed, f"{name}: {shown}"


# ---- Windows ----


def test_windows_asks_the_system_and_the_host_alone(ran):
    hosts = {".m_amd64": "pd.dll", ".windows-amd64-64.dll": "pd64.dll", ".mxe64": "MaxA"}
    for name, _, binary in of("Windows"):
        asked = {library.name for library in binary.imports}
        others = {library for library in asked if not WINDOWS_LIBRARIES.fullmatch(library)}
        host = next((h for ending, h in hosts.items() if f"{ending} (" in name), None)
        assert bool(others) == bool(host), f"{name}: {others}"
        assert all(other.startswith(host) for other in others), f"{name}: {others}"
    ran("windows-x86_64", READ, "every binary: functions of the system and of the host alone")


def test_windows_shows_what_the_host_asks_for_and_nothing_else():
    for name, _, binary in of("Windows"):
        shown = {entry.name for entry in binary.get_export().entries}
        allowed = may_show(name)
        if allowed is None:  # a library has no hidden names there, so it shows a few more
            assert core_of("Linux") <= shown, f"{name}: {core_of('Linux') - shown}"
        else:
            assert shown == allowed, f"{name}: {shown}"


@functools.cache
def core_of(kind: str) -> set[str]:
    """What the core shows on a system."""
    cores = [binary for name, _, binary in of(kind) if "specml-core." in name]
    shown = [{symbol.name.removeprefix("_") for symbol in core.exported_symbols} for core in cores]
    assert all(names == shown[0] for names in shown)
    return shown[0]


# ---- macOS ----


def test_macos_takes_them_from_the_systems_on_that_are_said(ran):
    """Those for arm64 are signed, or nothing would run them."""
    for name, content, binary in of("Darwin"):
        cpu = {"amd64": "x86_64", "arm64": "arm64"}[processor(binary)]
        kind = "DYLIB" if "specml-core." in name else "BUNDLE"
        assert binary.header.file_type.name == kind, name
        version = binary.build_version.minos if binary.has_build_version else (
            binary.version_min.version
        )  # fmt: skip
        assert ".".join(map(str, version[:2])) == ARCHITECTURES[cpu], f"{name}: {version}"
        asked = {library.name for library in binary.libraries} - {"@rpath/specml-core.dylib"}
        assert asked == {SYSTEM} | ({FRAMEWORK} if ".mxo/" in name else set()), f"{name}: {asked}"
        assert binary.has_code_signature or cpu == "x86_64", f"{name} is not signed"
        if binary.has_code_signature:
            signed = binary.code_signature
            code = content[binary.fat_offset :]
            assert signature.check(code, signed.data_offset, bytes(signed.content)) > 1, name
    for target in ("macos-x86_64", "macos-arm64"):
        ran(target, READ, "every binary: oldest system, libraries, symbols, pages as signed")


def test_macos_shows_what_the_host_asks_for_and_nothing_else():
    for name, _, binary in of("Darwin"):
        shown = {symbol.name.removeprefix("_") for symbol in binary.exported_symbols}
        allowed = may_show(name)
        wanted = core_of("Linux") if allowed is None else allowed
        assert shown == wanted, f"{name}: {shown ^ wanted}"


@functools.cache
def of_the_system(cpu: str) -> set[str]:
    """What libSystem has on this processor, as zig knows it."""
    folder = Path(pytest.importorskip("ziglang").__file__).parent
    text = (folder / "lib" / "libc" / "darwin" / "libSystem.tbd").read_text()
    found: set[str] = set()
    blocks = re.findall(r"targets:\s*\[([^]]*)\]\s*symbols:\s*\[([^]]*)\]", text)
    for targets, symbols in blocks:
        if f"{cpu}-macos" in targets or f"{cpu}e-macos" in targets:
            found |= set(re.findall(r"[\w$.]+", symbols))
    return found


@functools.cache
def of_pd() -> set[str]:
    """What Debian's Pd has for externals."""
    program = Path("/usr/bin/puredata")
    if not program.exists():
        pytest.skip("there is no puredata (Debian: puredata-core)")
    pd = lief.ELF.parse(str(program))  # what is in it goes with it
    return {symbol.name for symbol in pd.exported_symbols}


def of_its_pd(asked: set[str], wide: bool) -> bool:
    """Whether a Pd with floats of 64 bits, or of 32, has all of it and takes such an object."""
    return asked <= of_pd() and ("class_new64" in asked, "class_new" in asked) == (wide, not wide)


def test_macos_is_asked_for_what_it_has_and_the_host_for_what_it_has():
    for name, _, binary in of("Darwin"):
        cpu = "x86_64" if processor(binary) == "amd64" else "arm64"
        asked: dict[str, set[str]] = {"host": set(), SYSTEM: set(), FRAMEWORK: set()}
        for symbol in binary.imported_symbols:
            at = symbol.binding_info.library if symbol.has_binding_info else None
            at = at.name if at else SYSTEM if symbol.name == "dyld_stub_binder" else "host"
            asked[at].add(symbol.name)
        missing = asked[SYSTEM] - of_the_system(cpu)
        assert not missing, f"{name}: no {missing}"
        host = {symbol.removeprefix("_") for symbol in asked["host"]}
        if ".mxo/" in name:
            assert (host, {s.removeprefix("_") for s in asked[FRAMEWORK]}) == declared(), name
        elif "_tilde_setup" in str(may_show(name)):
            assert of_its_pd(host, "-64.so" in name), f"{name}: {host - of_pd()}"
        else:
            assert not host, f"{name}: {host}"


def test_windows_asks_pd_for_what_it_has():
    for name, _, binary in of("Windows"):
        for library in binary.imports:
            if library.name.lower() in ("pd.dll", "pd64.dll"):
                asked = {entry.name for entry in library.entries}
                assert of_its_pd(asked, library.name == "pd64.dll"), f"{name}: {asked - of_pd()}"


def tar(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as opened:
        return {m.name: opened.extractfile(m).read() for m in opened.getmembers() if m.isfile()}
