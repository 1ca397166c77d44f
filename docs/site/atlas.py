"""The atlas of Unlearn: its page, whose sounds the package for web pages computes."""

import playground
from playground import ROOT
from specml.atlas import table, words
from specml.atlas.page import page

FOLDER = ROOT / "docs" / "atlas"
PAGE = "atlas/page.html"
# what moves over time in an example, which the page says with its own arithmetic: the sound of a
# row is compared with the table's
MOVES = {
    "chatter": {"falls": {"strength": (160, 18)}},
    "sine-adapt": {"sine": 100, "held": {"lambda": 1}},
}


def files() -> dict[str, str]:
    """Return the page by the name that the site has for it; silent without the playground."""
    rows = table.read(FOLDER / "unlearn.parquet")
    rules = words.read(FOLDER / "words.toml")
    bases = {name: {"words": f"-preset {name}", "falls": {}, "held": {}} | MOVES.get(name, {})
             for name in rows.bases}  # fmt: skip
    still = [name for name in bases if name not in MOVES]
    beside = {
        "compute": {"core": "../play/", "bases": bases},
        "playground": {"address": f"../{playground.PAGE}", "pieces": still},
    }
    shown = {"x": "lambda_factor", "y": "friction"}
    return {PAGE: page(rows, "The atlas of Unlearn", rules, shown=shown,
                       beside=beside if playground.IS_HERE else {})}  # fmt: skip
