"""Sign what is for macOS, in archives that are already made, with an identity of one's own.

On a Mac that is the name of a certificate in the keychain, as ``codesign`` wants it; elsewhere a
.p12 file for ``rcodesign`` (https://crates.io/crates/apple-codesign). Nobody has tried either.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from . import python, sums
from .archive import unzip, zip_folder
from .hosts import run

HELP = """Sign what is for macOS: a certificate's name on a Mac, where what dist/ has is signed, or
else a .p12 file, with rcodesign. Not tried."""
MAGIC = b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"  # of one processor, and of several
NOTARISE = {
    "darwin": """To notarise, once `xcrun notarytool store-credentials specml` knows your account:
    for each in {names}; do
        cp "dist/$each" /tmp/specml.zip
        xcrun notarytool submit /tmp/specml.zip --keychain-profile specml --wait
    done""",
    "linux": """To notarise, with the key.json of `rcodesign encode-app-store-connect-api-key`:
    for each in {names}; do
        cp "dist/$each" /tmp/specml.zip
        rcodesign notary-submit --api-key-file key.json --wait /tmp/specml.zip
    done""",
}  # fmt: skip


def signer(identity: str) -> tuple[str, ...]:
    """Return the words that sign the file or bundle which follows."""
    if sys.platform == "darwin":
        return "codesign", "--force", "--timestamp", "--options", "runtime", "--sign", identity
    if not shutil.which("rcodesign"):
        raise FileNotFoundError("rcodesign is needed to sign here: cargo install apple-codesign")
    return "rcodesign", "sign", "--code-signature-flags", "runtime", "--p12-file", identity


def sign(out: Path, identity: str) -> str:
    """Sign everything in the archives of the folder; return how to have it notarised."""
    words = signer(identity)
    archives = [path for path in sorted(out.iterdir()) if path.suffix in (".dek", ".zip", ".whl")]
    names = [path.name for path in archives if _sign_inside(path, words)]
    return NOTARISE[sys.platform].format(names=" ".join(f"'{name}'" for name in names))


def _sign_inside(archive: Path, words: tuple[str, ...]) -> bool:
    """Make the archive anew if there is something to sign in it."""
    with tempfile.TemporaryDirectory() as place:
        unzip(archive, Path(place))
        found = list(_code(Path(place)))
        for path in found:
            run(*words, path)
        if not found:
            return False
        if archive.suffix == ".whl":
            python.wheel_of(Path(place), archive.parent)
        else:
            [folder] = Path(place).iterdir()
            zip_folder(folder, archive)
    checksum = archive.with_name(f"{archive.name}.sha256")
    if checksum.exists():
        checksum.write_text(sums.digest(archive))
    return True


def _code(folder: Path) -> Iterator[Path]:
    """Yield bundles, and files of code that are in none."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".mxo" and path.is_dir():
            yield path
        elif path.is_file() and not any(part.endswith(".mxo") for part in path.parts):
            with path.open("rb") as file:
                if file.read(4) in MAGIC:
                    yield path
