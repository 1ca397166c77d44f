"""The playground, where ./run web has made it: the site carries it, and leads to it."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("SPECML_PLAYGROUND", ROOT / "build" / "web" / "specml"))
PAGE = "play/page/index.html"
IS_HERE = (FOLDER / "page" / "index.html").is_file()


def files() -> dict[str, Path]:
    """Return all of it by the names that the site has for them; nothing if it is not there."""
    found = (path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.suffix != ".md")
    return (
        {f"play/{path.relative_to(FOLDER).as_posix()}": path for path in found} if IS_HERE else {}
    )


def link(text: str, folder: str, piece: str = "", style: str = "") -> str:
    """Return a link to a piece there, from a page in `folder`; nothing if it is not there."""
    fragment = f"#{piece}" if piece else ""
    return f"[{text}]({folder}{PAGE}{fragment}){style}" if IS_HERE else ""
