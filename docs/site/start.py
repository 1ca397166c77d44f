"""The first page: what stands in index.md, with sounds."""

from pathlib import Path

import examples
import playground

FIRST = "feedback"
SHOWN = ("saw", "multislider", "resonances", "chatter", "clicks", "blubber")
TEXT = (Path(__file__).parent / "index.md").read_text(encoding="utf-8")


def page() -> str:
    """Return it."""
    cards = "\n\n".join(examples.card(examples.EXAMPLES[name], "examples/") for name in SHOWN)
    play = playground.link("Play it here", "", style="{ .md-button }")
    made = {"PLAYER": examples.player(FIRST, "examples/"), "GALLERY": cards, "PLAY": play}
    text = TEXT
    for mark, content in made.items():
        text = text.replace(f"\n{mark}\n", f"\n{content}\n")
    return text
