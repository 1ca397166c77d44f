"""The playground, where ./run web has made it: the site carries it, and leads to it."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("SPECML_PLAYGROUND", ROOT / "build" / "web" / "specml"))
PAGE = "play/page/index.html"
BACK = '<p><a href="../../index.html">Documentation</a></p>'  # in its header, where there is a site
SCORES = ROOT / "externals" / "web" / "page" / "scores.js"
IS_HERE = (FOLDER / "page" / "index.html").is_file()


def files() -> dict[str, Path | str]:
    """Return all of it by the names that the site has for them; nothing if it is not there.

    Its page leads back to the site.
    """
    if not IS_HERE:
        return {}
    found = (path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.suffix != ".md")
    made: dict[str, Path | str] = {
        f"play/{path.relative_to(FOLDER).as_posix()}": path for path in found
    }
    page = (FOLDER / "page" / "index.html").read_text(encoding="utf-8")
    return made | {PAGE: page.replace("</header>", f"{BACK}\n</header>")}


def ring_delay() -> int:
    """Return by how many samples feedback in its ring is late."""
    return int(re.search(r"RING_DELAY = (\d+)", SCORES.read_text(encoding="utf-8"))[1])


def link(text: str, folder: str, piece: str = "", style: str = "") -> str:
    """Return a link to a piece there, from a page in `folder`; nothing if it is not there."""
    fragment = f"#{piece}" if piece else ""
    return f"[{text}]({folder}{PAGE}{fragment}){style}" if IS_HERE else ""
