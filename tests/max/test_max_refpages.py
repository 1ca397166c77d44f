"""The reference pages: all that is in the table, and nothing else."""

from xml.etree import ElementTree as Xml

import pytest
from maxpackage import package

from object.library import arguments, inlets, outs, words

OBJECTS = ("autoregnn~", "autoregnn2~", "unlearn~", "mc.unlearn~")
TYPES = {"real": "float64", "whole": "long", "switch": "long", "choice": "symbol"}
each_object = pytest.mark.parametrize("name", OBJECTS)


def model(name: str) -> str:
    return name.removeprefix("mc.").removesuffix("~")


def page(name: str) -> Xml.Element:
    return Xml.parse(package() / "docs" / f"{name}.maxref.xml").getroot()


def settings(name: str) -> dict:
    """The words that are attributes of that object."""
    absent = {"mc", "outs"} if name.startswith("mc.") else {"mc"}
    return {w.name: w for w in words(model(name)) if w.kind and w.name not in absent}


def names(root: Xml.Element, path: str) -> list[str]:
    return [entry.attrib["name"] for entry in root.findall(path)]


def test_there_is_a_page_for_each_object():
    found = {path.name.removesuffix(".maxref.xml") for path in (package() / "docs").iterdir()}
    assert found == set(OBJECTS)


@each_object
def test_a_page_is_about_its_object(name):
    root = page(name)
    assert root.tag == "c74object"
    assert root.attrib["name"] == name


@each_object
def test_each_attribute_is_told_once_and_none_that_there_is_not(name):
    told = names(page(name), "attributelist/attribute")
    assert sorted(told) == sorted([*settings(name), "table"])


@each_object
def test_each_attribute_has_its_type_line_range_and_choices(name):
    root = page(name)
    for word in settings(name).values():
        entry = root.find(f"attributelist/attribute[@name='{word.name}']")
        assert entry is not None
        assert entry.attrib["type"] == TYPES[word.kind]
        line = word.line.replace("array", "buffer~")
        assert (entry.findtext("digest") or "").lower() == line.lower()
        assert tuple(names(entry, "enumlist/enum")) == word.choices
        if not word.choices:
            about = entry.findtext("description") or ""
            assert f"{word.low:.16g}..{word.high:.16g}" in about
            assert word.unit in about


@each_object
def test_each_message_is_told_once_and_none_that_there_is_not(name):
    commands = [word.name for word in words(model(name)) if not word.kind]
    host = ["signal", "float", "(mouse)"]
    assert sorted(names(page(name), "methodlist/method")) == sorted([*commands, *host])


@each_object
def test_arguments_are_in_their_order(name):
    assert tuple(names(page(name), "objarglist/objarg")) == arguments(model(name))


@each_object
def test_inlets_and_outlets_are_all_told(name):
    root = page(name)
    assert len(root.findall("inletlist/inlet")) == inlets(model(name))
    signals = 1 if name.startswith("mc.") else outs(model(name)) or 2
    assert len(root.findall("outletlist/outlet")) == signals + 1


@each_object
def test_every_entry_says_something(name):
    for entry in page(name).iter():
        if entry.tag in ("digest", "description"):
            assert (entry.text or "").endswith((".", "?")), Xml.tostring(entry)


@each_object
def test_controls_are_named_at_their_inlets(name):
    told = [entry.findtext("digest") or "" for entry in page(name).findall("inletlist/inlet")]
    controls = [word.name for word in words(model(name)) if word.effect == "moves"]
    first = 2 if model(name) == "autoregnn2" else 1
    assert [line.split()[1].strip(".") for line in told[first:]] == controls[: len(told) - first]
