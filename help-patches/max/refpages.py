"""The reference pages, from the table: every argument, message, attribute, inlet and outlet."""

from pathlib import Path
from xml.etree import ElementTree as Xml

import table
from tabs import SOURCE

TAGS = ("specml", "machine learning", "neural network", "synthesis")
INPUTS = {
    "autoregnn~": ["the input: what it learns to predict."],
    "autoregnn2~": ["what the first network learns.", "what the second network learns."],
    "unlearn~": ["external input of the network."],
    "mc.unlearn~": ["external inputs: a multichannel signal, one channel each."],
}
OUTPUTS = {
    "autoregnn~": ["prediction, -1..1.", "error: its guess before learning, minus the input."],
    "autoregnn2~": ["prediction, -1..1, of the network between the two.",
                    "error of the first network.", "error of the second network."],
    "unlearn~": ["of @outs n, the j-th is the mean of every n-th neuron from the j-th on."],
    "mc.unlearn~": ["one multichannel signal, a channel for each neuron."],
}  # fmt: skip
INFO = "info: what get, dump, weights, snapshots and report ask for; read or written, and the path."
REPORT = (
    "Each setting by its name, and: range (smallest and largest weight), weights (how many), table"
    " (the buffer~), clipped (input samples too large, or no numbers), load (share of the"
    " processor, 1: all of it), bytes (memory), and for the networks that predict mse (mean of the"
    " squared error since the last report)."
)
MORE = {
    "report": REPORT,
    "write": "Without a name a dialog asks where. A bare name is in the folder of the patcher that"
    " was opened last. Pure Data and Python read the same files.",
    "read": "Without a name a dialog asks which. A bare name is in the folder of the patcher that"
    " was opened last, or in Max's search path. In the box: @file name.",
    "morph": "For a slider: it glides anew with every number. Both must have been stored.",
}
KEEP = (
    "With 1 the patcher carries what the network has learnt, not what it heard last: saved and"
    " opened again, copied or duplicated, the box sounds as it was left. At most 16 MB; larger"
    " networks want a file. To save a patcher that sounds takes a block of sound longer for each"
    " such box. In mc.autoregnn~ and mc.autoregnn2~, whose networks Max makes by itself, nobody has"
    " tried it: there write each to a file of its own, by setvalue."
)
MC = "mc.unlearn~ is unlearn~ with one multichannel outlet, a channel for each neuron."


def save(folder: Path, helps: dict[str, tuple[str, dict[str, str]]]) -> None:
    """A page for each object; helps: its line, and what is heard of each attribute."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in table.OBJECTS:
        line, heard = helps[name.removeprefix("mc.")]
        tree = Xml.ElementTree(page(name, line, heard))
        Xml.indent(tree, "  ")
        with (folder / f"{name}.maxref.xml").open("wb") as file:
            tree.write(file, encoding="utf-8", xml_declaration=True)
            file.write(b"\n")


def page(name: str, line: str, heard: dict[str, str]) -> Xml.Element:
    root = Xml.Element("c74object", name=name, module="specml", category="MSP Synthesis")
    say(root, sentence(line), f"{sentence(line)} {MC if name.startswith('mc.') else ''}".strip())
    about = Xml.SubElement(root, "metadatalist")
    Xml.SubElement(about, "metadata", name="author").text = "the specml authors"
    for tag in TAGS:
        Xml.SubElement(about, "metadata", name="tag").text = tag
    ports(root, name)
    words = {a.name: a for a in table.attributes(name)}
    given = Xml.SubElement(root, "objarglist")
    for argument in table.in_order(name):
        kind = "float" if words[argument].type == "float64" else "int"
        arg = Xml.SubElement(given, "objarg", name=argument, optional="1", type=kind)
        say(arg, words[argument].line, described(words[argument], heard))
    methods(root, name)
    listed = Xml.SubElement(root, "attributelist")
    for attribute in words.values():
        listed.append(described_attribute(attribute, heard))
    seen = Xml.SubElement(root, "seealsolist")
    for other in (*table.OBJECTS, "buffer~"):
        if other != name:
            Xml.SubElement(seen, "seealso", name=other)
    source = Xml.SubElement(Xml.SubElement(root, "misc", name="Source"), "entry", name="paper")
    Xml.SubElement(source, "description").text = SOURCE
    return root


def ports(root: Xml.Element, name: str) -> None:
    """Inlets and outlets, from left to right."""
    into = Xml.SubElement(root, "inletlist")
    lines = [f"(signal/float) {line}" for line in INPUTS[name]]
    lines += [f"(signal/float) {control}" for control in table.controls(name)]
    for k, line in enumerate(lines):
        kind = "multi-channel signal" if name.startswith("mc.") and k == 0 else "signal/float"
        say(Xml.SubElement(into, "inlet", id=str(k), type=kind), line)
    out = Xml.SubElement(root, "outletlist")
    signals = len(table.ports(name)[1]) - 1
    lines = OUTPUTS[name] * (signals if len(OUTPUTS[name]) < signals else 1)
    for k, line in enumerate(lines):
        kind = "multi-channel signal" if name.startswith("mc.") else "signal"
        say(Xml.SubElement(out, "outlet", id=str(k), type=kind), line)
    say(Xml.SubElement(out, "outlet", id=str(signals), type="anything"), INFO)


def methods(root: Xml.Element, name: str) -> None:
    """Messages that are no attributes, or also messages."""
    listed = Xml.SubElement(root, "methodlist")
    for kind, line in (("signal", "sounds come in, and controls may be moved sample by sample."),
                       ("float", "sets the control of an inlet, where no signal is.")):  # fmt: skip
        method(listed, kind, [], line)
    for command in table.commands(name):
        needed, _, optional = command.unit.partition("[")
        arguments = [(word, word == "file") for word in needed.split()]
        arguments += [(word.strip("],"), True) for word in optional.split()]
        line = command.line.replace("array", "buffer~")
        method(listed, command.name, arguments, line, MORE.get(command.name, ""))
    method(listed, "(mouse)", [], "a double-click opens the buffer~ of the weights.")


def method(listed: Xml.Element, name: str, arguments: list[tuple[str, bool]], line: str,
           more: str = "") -> None:  # fmt: skip
    entry = Xml.SubElement(listed, "method", name=name)
    taken = Xml.SubElement(entry, "arglist")
    for word, optional in arguments:
        kind = {"index": "int", "numbers": "list", "x": "float", "ms": "float"}.get(word, "symbol")
        Xml.SubElement(taken, "arg", name=word, optional=str(int(optional)), type=kind)
    say(entry, line, f"{sentence(line)} {more}".strip())


def described_attribute(attribute: table.Attribute, heard: dict[str, str]) -> Xml.Element:
    entry = Xml.Element("attribute", name=attribute.name, get="1", set="1", type=attribute.type,
                        size="1")  # fmt: skip
    say(entry, attribute.line, described(attribute, heard))
    inside = Xml.SubElement(entry, "attributelist")
    looks = "onoff" if attribute.name in ("learn", "fixed", "keep") else None
    style = "enum" if attribute.choices else looks
    for key, value in (("default", attribute.initial), ("style", style)):
        if value:
            Xml.SubElement(inside, "attribute", name=key, get="1", set="1", type="symbol", size="1",
                           value=value)  # fmt: skip
    if attribute.choices:
        choices = Xml.SubElement(entry, "enumlist")
        for choice in attribute.choices:
            Xml.SubElement(choices, "enum", name=choice)
    return entry


def described(attribute: table.Attribute, heard: dict[str, str]) -> str:
    """What is heard of it, or else its line, its range, and when it counts."""
    parts = [sentence(heard.get(attribute.name, attribute.line))]
    if attribute.choices:
        parts.append(f"One of {', '.join(attribute.choices)}.")
    elif attribute.type != "symbol":
        unit = f" {attribute.unit}" if attribute.unit else ""
        parts.append(f"{attribute.low:.16g}..{attribute.high:.16g}{unit}.")
    if attribute.initial:
        parts.append(f"At first {attribute.initial}.")
    if attribute.effect == "box only" and attribute.name == "outs":
        parts.append("Only where the box is made.")
    if attribute.name == "keep":
        parts.append(KEEP)
    return " ".join(parts)


def say(entry: Xml.Element, digest: str, description: str = "") -> None:
    Xml.SubElement(entry, "digest").text = sentence(digest)
    Xml.SubElement(entry, "description").text = description or sentence(digest)


def sentence(line: str) -> str:
    """With a capital and a full stop."""
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "?", "!")) else f"{line}."
