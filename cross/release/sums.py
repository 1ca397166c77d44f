"""SHA256SUMS, which ``sha256sum -c`` reads."""

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(out: Path) -> Path:
    """Write the sums of all files in the folder."""
    files = (path for path in sorted(out.iterdir()) if path.name != FILE)
    made = out / FILE
    made.write_text("".join(f"{digest(path)}  {path.name}\n" for path in files))
    return made
