"""A page for each example of the source: picture, sound, what the source says, what is a choice."""

from collections.abc import Mapping
from pathlib import Path

import evidence
import playground
import presets
import sounds
import texts
from specml.examples import EXAMPLES, Example
from specml.render import SOURCE

SC = sounds.ROOT / "externals" / "sc" / "examples"
OBJECTS = {"AutoRegNN": "autoregnn", "AutoRegNN2": "autoregnn2", "Unlearn": "unlearn"}
HEAD = f"""# Examples

The source has thirteen: seven of AutoRegNN, six of Unlearn. Each page has what the source says of
it and what is a choice of this project. Source: {SOURCE}.

<div class="grid cards gallery" markdown>

"""


def media() -> dict[str, Path]:
    """Pictures and sounds of all of them."""
    return {name: path for each in EXAMPLES.values() for name, path in sounds.media(each).items()}


def pages() -> dict[str, str]:
    """Return the page of each, and the one that shows all."""
    cards = "\n\n".join(card(each) for each in EXAMPLES.values())
    made = {"examples/index.md": f"{HEAD}{cards}\n\n</div>\n"}
    return made | {f"examples/{each.name}.md": page(each) for each in EXAMPLES.values()}


def card(example: Example, folder: str = "") -> str:
    """Return an example at a glance, for a grid; `folder` is where its page is."""
    name = example.name
    return (
        f"-   [![{name}: its spectrum over time]({folder}{name}-small.png)]({folder}{name}.md)\n\n"
        f"    **[{name}]({folder}{name}.md)** · {example.model}\n\n"
        f"    {sentence(example.about)}\n\n    {player(name, folder)}"
    )


def player(name: str, folder: str = "") -> str:
    """Return what plays a sound, and loads it only when it is asked to."""
    return (
        f'<audio controls preload="none" src="{folder}{name}.mp3" '
        f'aria-label="the sound of {name}"></audio>'
    )


def page(example: Example) -> str:
    """Return the page of an example."""
    shown = sounds.promise(example)
    model = OBJECTS[example.model]
    chosen = {key: example.settings[key] for key in example.left_open}
    given = {key: value for key, value in example.settings.items() if key not in chosen}
    return "\n\n".join([
        f"# {example.name}",
        f"{sentence(example.about)} {example.seconds:g} s, "
        f"by [{example.model}](../objects/{model}.md), seed {example.seed}.",
        player(example.name),
        playground.link("Play it here", "../", example.name, "{ .md-button .md-button--primary }"),
        f"![Waveform and spectrogram of {example.name}]({example.name}.png)",
        "## What the source says",
        listed(example.told),
        _chips(given),
        "## What is a choice",
        listed(example.choices),
        _chips(chosen),
        evidence.of(example.name),
        "## Play it",
        *(f'=== "{host}"\n\n{indented(how)}' for host, how in _hosts(example).items()),
        "## The same bits",
        f"{shown.samples} samples at 48 kHz, interleaved 32-bit floats, have the SHA-256",
        f"```text\n{shown.sha256}\n```",
        "on every machine. What you hear above is compressed, and its peaks are at half of full"
        " scale; `specml render` writes every bit.",
        ""
    ])  # fmt: skip


def _hosts(example: Example) -> dict[str, str]:
    """Return how it is played in each host."""
    name = example.name
    hosts = {
        "Command line": f"```sh\nspecml play {name}\nspecml render {name} -o there\n```",
        "Python": f'```python\nfrom specml.examples import EXAMPLES, Run\n'
        f'from specml.render import render\n\n'
        f'y = render(EXAMPLES["{name}"], Run({round(example.seconds * 48000)}, '
        f"seed={example.seed}))  # {example.channels}\n```",
        "Pure Data": f"`./run pd` opens the tour: click *{name}*.",
        "Max": f"*specml-overview* in Max's Extras: click *{name}*.",
    }  # fmt: skip
    if code := _supercollider(example):
        hosts["SuperCollider"] = f"```text\n{code}\n```"
    if "block" in example.settings:
        hosts["Web page"] = (
            f"*Play it here*, above. The ring closes {playground.ring_delay()} samples late, as a "
            f"browser computes so many at a time, not {example.settings['block']}."
        )
    if example.model == "Unlearn":
        hosts["JACK"] = f"```sh\n./run jack unlearn --preset {name} --connect\n```"
        node = f'specml.node("unlearn", "-preset {name}").connect(context.destination);'
        hosts["Web page"] = f"[Your own](../tutorials/web.md):\n\n```js\n{node}\n```"
    return hosts


def _supercollider(example: Example) -> str:
    """Return the source's own block, or what plays the preset, in the help or by itself."""
    block = SC / f"{example.name}.scd"
    if block.exists():
        return block.read_text(encoding="utf-8").strip()
    if example.model != "Unlearn":
        return ""
    method = f"Unlearn.{presets.method(example.name)}"
    found = [text.strip() for text in texts.EXAMPLES["Unlearn"] if method in text]
    return found[0] if found else f"{{ {method} * 0.3 }}.play"


def _chips(settings: Mapping[str, object]) -> str:
    """Return settings and their values, one beside the other."""
    chips = (f"`{key} {_said(value)}`" for key, value in settings.items())
    return f"{' '.join(chips)}\n{{ .chips }}" if settings else ""


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_said(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def listed(lines: tuple[str, ...]) -> str:
    """Return a list of sentences."""
    return "\n".join(f"- {sentence(line)}" for line in lines)


def indented(text: str) -> str:
    """Return the lines of a text, as what stands under a tab is written."""
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def sentence(line: str) -> str:
    """Return a line with a capital and a full stop."""
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "?", "!")) else f"{line}."
