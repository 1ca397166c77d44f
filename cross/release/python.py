"""Python: a wheel for each system, and the sources.

The package reaches its library through ctypes, so a wheel differs from the others in that library
and in its tag alone, and is for every Python 3.
"""

from __future__ import annotations

import os
import re
import sys
import tarfile
import tempfile
from pathlib import Path

from .archive import NAME, VERSION, moment, put, tar_folder
from .hosts import ROOT, run
from .targets import TARGETS

TOP = f"{NAME}-{VERSION}"
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)\s]+)\)")
ADDRESS = re.compile(r"^Project-URL: Repository, (\S+)$", re.MULTILINE)


def pack(builds: dict[str, Path], out: Path) -> list[Path]:
    """Make the wheels and the sdist."""
    with tempfile.TemporaryDirectory() as place:
        pure = unpacked_wheel(Path(place))
        wheels = [wheel(name, build, pure, out) for name, build in builds.items()]
        return [*wheels, _sdist(Path(place), out)]


def unpacked_wheel(place: Path) -> Path:
    """Build for this system, and return a folder of what is in the wheel, without a library."""
    options = "--no-build-isolation", "--no-deps", "--no-cache-dir", "--quiet"
    _python("-m", "pip", "wheel", *options, "-w", place, ROOT)
    [wheel] = place.glob("*.whl")
    _python("-m", "wheel", "unpack", "-d", place, wheel)
    folder = place / TOP
    [library] = (folder / NAME).glob("specml-core.*")
    library.unlink()
    _rewrite(folder / f"{TOP}.dist-info" / "METADATA", shown_elsewhere)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def wheel(name: str, build: Path, pure: Path, out: Path) -> Path:
    """Put the library of a system into the package, and say that it is for that system."""
    target = TARGETS[name]
    library = build / "reference" / NAME / f"specml-core.{target.core}"
    tags = "".join(f"Tag: py3-none-{platform}\n" for platform in target.wheel.split("."))
    put(pure / NAME, library)
    _rewrite(
        pure / f"{TOP}.dist-info" / "WHEEL",
        lambda text: re.sub(r"^Tag: .*\n?", "", text, flags=re.MULTILINE).rstrip() + "\n" + tags,
    )
    wheel_of(pure, out)
    (pure / NAME / library.name).unlink()
    platform = ".".join(sorted(target.wheel.split(".")))
    return out / f"{TOP}-py3-none-{platform}.whl"


def wheel_of(folder: Path, out: Path) -> None:
    """Make the wheel of a folder, and the record in it."""
    _python("-m", "wheel", "pack", "-d", out, folder, SOURCE_DATE_EPOCH=str(moment()))


def _sdist(place: Path, out: Path) -> Path:
    """Make an archive of what is committed, with what meson-python says of it."""
    _python("-m", "build", "--sdist", "--no-isolation", "--outdir", place, ROOT)
    made = place / f"{TOP}.tar.gz"
    folder = place / "sdist" / TOP
    with tarfile.open(made) as archive:
        archive.extractall(folder.parent, filter="data")
    _rewrite(folder / "PKG-INFO", shown_elsewhere)
    return tar_folder(folder, out / made.name)


def shown_elsewhere(metadata: str) -> str:
    """Give the README's links and pictures whole addresses, as an index of packages has no others.

    The repository is that of the metadata; so are links to what belongs to this version.
    """
    address = ADDRESS.search(metadata)[1]

    def at(path: str, form: str = "blob") -> str:
        return f"{address}/{form}/v{VERSION}/{path}"

    def whole(found: re.Match[str]) -> str:
        picture, text, path = found.groups()
        return f"{picture}[{text}]({at(path, 'raw' if picture else 'blob')})"

    head, end, readme = metadata.partition("\n\n")
    more = {"Documentation": at("docs"), "Changelog": at("CHANGELOG.md")}
    urls = "".join(f"\nProject-URL: {name}, {url}" for name, url in more.items())
    return ADDRESS.sub(rf"\g<0>{urls}", head) + end + LINK.sub(whole, readme)


def _rewrite(path: Path, change) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _python(*words: object, **environment: str) -> None:
    """Run a module of this Python, beside which meson and ninja are."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run(sys.executable, *words, env=os.environ | {"PATH": beside} | environment)
