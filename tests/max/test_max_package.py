"""``./run max-package``: what is in the package, and what its binaries show, ask for and are.

The binaries are read; those for Windows are driven elsewhere under Wine, and no Mac is here.
"""

import functools
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from max import maxpackage

ROOT = builds.HERE.parent
MAX = ROOT / "externals" / "max"
NAMES = ("autoregnn~", "autoregnn2~", "unlearn~")
ARCHITECTURES = {"x86_64": "10.13", "arm64": "11.0"}  # and the oldest macOS
FRAMEWORK = "@executable_path/../Frameworks/MaxAudioAPI.framework/Versions/A/MaxAudioAPI"
SYSTEM = "/usr/lib/libSystem.B.dylib"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("apt-get"),
    reason="the package for both systems is made on Linux, and its makers are Debian's here",
)


@functools.cache
def packaged() -> Path:
    builds.run(ROOT / "run", "max-package")
    return ROOT / "build" / "max" / "specml"


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def windows(name: str) -> Path:
    return packaged() / "externals" / f"{name}.mxe64"


def bundle(name: str) -> Path:
    return packaged() / "externals" / f"{name}.mxo" / "Contents"


def macos(name: str) -> Path:
    return bundle(name) / "MacOS" / name


def declared() -> tuple[set[str], set[str]]:
    """The functions of Max and those of MSP in api.h."""
    text = (MAX / "api.h").read_text().split("#else\n", 1)[1]
    found = [
        set(re.findall(r"^\w[\w *]*?\b(\w+)\((?!\*)", part, re.MULTILINE))
        for part in text.split("---- MSP ----")
    ]
    api, audio = found
    assert "class_new" in api and "z_dsp_setup" in audio
    return api, audio - {"ext_main"}


# ---- the whole ----


def test_the_package_is_what_is_written_and_the_binaries_and_nothing_else():
    binaries = {f"externals/{name}.mxe64" for name in NAMES}
    for name in NAMES:
        inside = f"externals/{name}.mxo/Contents"
        binaries |= {f"{inside}/{part}" for part in ("Info.plist", "PkgInfo", f"MacOS/{name}")}
    assert files(packaged()) == binaries | files(maxpackage.package())


def test_another_folder_makes_the_same_bytes(tmp_path):
    """As on another machine: only what is committed or would be, and other paths."""
    listed = builds.run("git", "-C", ROOT, "ls-files", "-co", "--exclude-standard").splitlines()
    tree = tmp_path / "elsewhere"
    for name in listed:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    (tree / ".venv").symlink_to(ROOT / ".venv")
    builds.run(tree / "run", "max-package")
    made = tree / "build" / "max" / "specml"
    assert files(made) == files(packaged())
    for name in sorted(files(made)):
        assert (made / name).read_bytes() == (packaged() / name).read_bytes(), name


# ---- what is declared, linked and called is one list ----


def test_the_libraries_have_what_is_declared():
    for library, names in zip(("MaxAPI", "MaxAudio"), declared(), strict=True):
        heading, exports, *listed = (MAX / f"{library}.def").read_text().split("\n", 2)
        assert (heading, exports) == (f"LIBRARY {library}.dll", "EXPORTS")
        assert listed[0].split() == sorted(names)
    listed = re.findall(r"- _(\w+)$", (MAX / "MaxAudioAPI.tbd").read_text(), re.MULTILINE)
    assert listed == sorted(declared()[1])


# ---- Windows ----


@functools.cache
def read_windows(name: str) -> str:
    return builds.run("x86_64-w64-mingw32-objdump", "-p", windows(name))


@pytest.mark.parametrize("name", NAMES)
def test_windows_shows_its_entry_and_nothing_else(name):
    said = read_windows(name)
    assert "file format pei-x86-64" in said
    exports = re.findall(r"^\t\[ *\d+\] (\w+)$", said, re.MULTILINE)
    assert exports == ["ext_main"]


@pytest.mark.parametrize("name", NAMES)
def test_windows_asks_each_library_for_what_is_declared(name):
    parts = re.split(r"DLL Name: (\S+)", read_windows(name).split("The Export Tables")[0])
    imports = {
        library: set(re.findall(r"^\t[0-9a-f]+\s+\d+ +(\w+)$", text, re.MULTILINE))
        for library, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    assert set(imports) == {"KERNEL32.dll", "msvcrt.dll", "MaxAPI.dll", "MaxAudio.dll"}
    assert (imports["MaxAPI.dll"], imports["MaxAudio.dll"]) == declared()


# ---- macOS ----


@functools.cache
def thin(name: str, architecture: str) -> Path:
    """One architecture of an external, in a file of its own."""
    lipo = builds.run("clang", "-print-prog-name=llvm-lipo").strip()
    out = builds.DIRECTORY / f"{name}-{architecture}"
    builds.run(lipo, macos(name), "-thin", architecture, "-output", out)
    return out


@functools.cache
def read_macos(name: str, architecture: str) -> str:
    return builds.run("llvm-objdump", "--macho", "--private-headers", thin(name, architecture))


BOTH = pytest.mark.parametrize("architecture", ARCHITECTURES)


@pytest.mark.parametrize("name", NAMES)
def test_a_bundle_says_what_it_is(name):
    stem = name[:-1]
    version = (ROOT / "VERSION").read_text().strip()
    info = plistlib.loads((bundle(name) / "Info.plist").read_bytes())
    assert info["CFBundleExecutable"] == name
    assert info["CFBundleIdentifier"] == f"specml.{stem}"
    assert info["CFBundlePackageType"] == "iLaX"
    assert info["CFBundleVersion"] == info["CFBundleShortVersionString"] == version
    assert (bundle(name) / "PkgInfo").read_bytes() == b"iLaX????"
    lipo = builds.run("clang", "-print-prog-name=llvm-lipo").strip()
    assert set(builds.run(lipo, macos(name), "-archs").split()) == set(ARCHITECTURES)
    assert macos(name).stat().st_mode & 0o111


@BOTH
@pytest.mark.parametrize("name", NAMES)
def test_macos_loads_a_bundle_for_old_systems(name, architecture):
    said = read_macos(name, architecture)
    assert re.search(r"^MH_MAGIC_64 .* BUNDLE ", said, re.MULTILINE), said[:400]
    minimum = re.findall(r"(?:LC_VERSION_MIN_MACOSX\n.*\n *version|minos) ([\d.]+)", said)
    assert minimum == [ARCHITECTURES[architecture]]
    signed = "LC_CODE_SIGNATURE" in said
    assert signed or architecture == "x86_64", "arm64 runs nothing that is not signed"
    libraries = re.findall(r"cmd LC_LOAD_DYLIB\n.*\n +name (\S+)", said)
    assert set(libraries) == {FRAMEWORK, SYSTEM}
    # what a library has is 0.0.0 in Cycling '74's own: to ask for more would be refused
    ours = said.split(FRAMEWORK, 1)[1]
    assert re.search(r"compatibility version (\S+)", ours)[1] == "0.0.0"


@BOTH
@pytest.mark.parametrize("name", NAMES)
def test_macos_shows_its_entry_and_asks_for_what_is_declared(name, architecture):
    path = thin(name, architecture)
    shown = builds.run("llvm-nm", "-g", "-U", "-j", path).split()
    assert shown == ["_ext_main"]
    asked = re.findall(
        r"external _?([\w$]+) \((?:from )?([\w ]+)\)", builds.run("llvm-nm", "-u", "-m", path)
    )
    where = {
        place: {name for name, at in asked if at == place}
        for place in ("dynamically looked up", "MaxAudioAPI", "libSystem")
    }
    assert sum(map(len, where.values())) == len(asked)
    assert (where["dynamically looked up"], where["MaxAudioAPI"]) == declared()


# ---- instruction sets ----


@pytest.mark.parametrize("name", NAMES)
def test_x86_has_the_loops_of_every_instruction_set(name):
    """ymm and zmm registers are in both; which runs is asked of the processor."""
    for path in (windows(name), thin(name, "x86_64")):
        code = builds.run("llvm-objdump", "-d", "--no-show-raw-insn", path)
        for what in ("%xmm", "%ymm", "%zmm", "cpuid", "xgetbv"):
            assert what in code, f"{path.name} has no {what}"


@pytest.mark.parametrize("name", NAMES)
def test_arm64_has_vectors(name):
    code = builds.run("llvm-objdump", "-d", "--no-show-raw-insn", thin(name, "arm64"))
    assert re.search(r"\bfmul(\.2d|\t.*v\d+\.2d)", code)


# ---- what is missing is said ----


def test_a_missing_tool_is_named(tmp_path):
    """On a Linux that has no apt-get."""
    for tool in ("bash", "dirname", "uname"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    ran = subprocess.run(
        [shutil.which("bash"), ROOT / "run", "max-package"], env={"PATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "x86_64-w64-mingw32-gcc is needed" in ran.stderr
