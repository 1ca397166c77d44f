"""What choices.md says of an example, so that its page need not say it again."""

import re
from pathlib import Path

TEXT = (Path(__file__).parents[1] / "choices.md").read_text(encoding="utf-8")
ITEM = re.compile(r"^- ((?:`[\w-]+`,? ?)+): (.*(?:\n  .+)*)", re.M)
ROW = re.compile(r"^\| (`[\w-]+`) \| (.*) \|$", re.M)
PART = TEXT.partition("## The examples of Unlearn")[2].partition("### What goes on")[0]


def of(name: str) -> str:
    """Return the items, and the rows of the tables on Unlearn, that begin with its name."""
    said = [text for names, text in ITEM.findall(TEXT) if f"`{name}`" in names]
    rows = [text for key, text in ROW.findall(PART) if key == f"`{name}`"]
    said += [text.removesuffix(" | see below").replace(" | ", ", because: ") for text in rows]
    lines = "\n".join(f"- {line[:1].upper()}{line[1:].removesuffix('.')}." for line in said)
    where = "[Choices](../choices.md) has all the evidence."
    return f"{where} Of {name} it says:\n\n{lines}" if said else where
