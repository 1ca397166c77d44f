"""The patches of the Max package: every object exists, every cord holds, nothing is in the way."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import maxpackage
import py2max
import pytest
from maxpackage import SCREEN, name_of, package, patches, read, sheets
from py2max.lint import lint
from py2max.maxref import get_object_info

from object.library import MODELS, inlets, outs, words
from specml.examples import EXAMPLES

OURS = {"autoregnn~", "autoregnn2~", "unlearn~", "mc.unlearn~", "mc.autoregnn~", "mc.autoregnn2~"}
WINDOWS = sheets()
each_sheet = pytest.mark.parametrize("sheet", [s for _, s in WINDOWS], ids=[n for n, _ in WINDOWS])
each_patch = pytest.mark.parametrize("path", patches(), ids=lambda path: path.name)


def snippets() -> set[str]:
    return {path.stem for path in (package() / "patchers").glob("*.maxpat")}


def boxes(path: Path) -> list[dict]:
    return [box for _, sheet in read(path).all() for box in sheet.boxes]


def model_of(name: str) -> str:
    return name.removeprefix("mc.").removesuffix("~")


@each_sheet
def test_every_object_exists_in_max_or_here(sheet):
    for box in sheet.boxes:
        name = name_of(box)
        assert name in OURS | snippets() or get_object_info(name), f"there is no {name}"


@each_sheet
def test_abstractions_seen_from_outside_exist(sheet):
    shown = [box["name"] for box in sheet.boxes if box["maxclass"] == "bpatcher"]
    assert {Path(name).stem for name in shown} <= snippets()


@each_patch
def test_py2max_finds_no_error(path):
    wrong = [found for found in lint(py2max.Patcher.from_file(path)) if found.severity == "error"]
    assert not wrong


def ports(box: dict) -> tuple[int, int]:
    """Of an object of ours, by the table; of an abstraction, by its file."""
    name = name_of(box)
    if name in OURS:
        model = model_of(name)
        asked = re.search(r"@outs (\d+)", box["text"])
        signals = outs(model) or int(asked.group(1) if asked else 2)
        return inlets(model), (1 if name == "mc.unlearn~" else signals) + 1
    stem = Path(box["name"]).stem if box["maxclass"] == "bpatcher" else name
    inside = [name_of(each) for each in read(package() / "patchers" / f"{stem}.maxpat").boxes]
    return inside.count("inlet"), inside.count("outlet")


@each_sheet
def test_ports_of_our_own_are_those_of_the_table_and_the_files(sheet):
    for box in sheet.boxes:
        if name_of(box) in OURS | snippets() or box["maxclass"] == "bpatcher":
            assert (box["numinlets"], box["numoutlets"]) == ports(box), box.get("text")


@each_sheet
def test_every_cord_has_an_outlet_and_an_inlet(sheet):
    for cord in sheet.cords:
        assert cord.outlet < cord.source["numoutlets"], maxpackage.told(cord.source)
        assert cord.inlet < cord.sink["numinlets"], maxpackage.told(cord.sink)


@each_sheet
def test_nothing_is_in_the_way(sheet):
    assert not maxpackage.faults(sheet)


@each_patch
def test_windows_fit_a_small_screen(path):
    x, y, width, height = json.loads(path.read_text())["patcher"]["rect"]
    assert x + width <= SCREEN[0]
    assert y + height <= SCREEN[1]


@each_sheet
def test_messages_and_attributes_to_our_objects_are_words_of_the_table(sheet):
    """In the box, from a message with a cord to it, and in an attrui."""
    for box in sheet.boxes:
        if name_of(box) in OURS:
            names = {word.name for word in words(model_of(name_of(box)))} | {"chans"}
            assert set(re.findall(r"@(\w+)", box["text"])) <= names, box["text"]
    for cord in sheet.cords:
        if name_of(cord.sink) not in OURS:
            continue
        names = {word.name for word in words(model_of(name_of(cord.sink)))}
        names |= {"deviate", "setvalue", "spread"}  # of mc.wrapper~
        if cord.source["maxclass"] == "message":
            said = {part.split()[0] for part in cord.source["text"].split(", ")}
            assert said <= names, cord.source["text"]
        if cord.source["maxclass"] == "attrui":
            assert cord.source["attr"] in names


def test_all_thirteen_examples_are_in_the_helps_and_in_the_overview():
    tabs = {}
    for path in (package() / "help").glob("*.maxhelp"):
        tabs |= {sheet.name: path.stem for sheet in read(path).inside if sheet.is_tab}
    overview = read(package() / "extras" / "specml-overview.maxpat")
    assert {sheet.name for sheet in overview.inside} == set(EXAMPLES)
    for name, example in EXAMPLES.items():
        assert tabs[name] == f"{example.model.lower()}~"


@pytest.mark.parametrize("model", MODELS)
def test_each_help_has_the_tabs_that_max_users_look_for(model):
    names = [sheet.name for sheet in read(package() / "help" / f"{model}~.maxhelp").inside]
    assert names[0] == "basic"
    assert names[-1] == "?"
    assert {"parameters", "mc"} <= set(names)


def test_each_word_with_a_value_can_be_turned_in_a_help():
    for model in MODELS:
        turned = {b["attr"] for b in boxes(package() / "help" / f"{model}~.maxhelp")
                  if b["maxclass"] == "attrui"}  # fmt: skip
        only_in_the_box = {w.name for w in words(model) if w.effect == "box only"}
        assert turned | only_in_the_box == {w.name for w in words(model) if w.kind}


def test_an_example_is_switched_and_heard_under_one_name():
    """One switch and one output for each name, and no name twice in a file."""
    for path in patches():
        if path.parent.name == "patchers":
            continue
        inside = boxes(path)
        switched = [b["text"].split()[1] for b in inside if name_of(b) == "specml.switch"]
        heard = [b["args"][0] for b in inside if b.get("name") == "specml.output~.maxpat"]
        assert len({*switched}) == len(switched)
        assert sorted(switched) == sorted(heard)


def sent_and_received(sheets: list, arguments: tuple[str, ...] = ()) -> tuple[set, set]:
    """The names of all s and r, with those inside the abstractions that are used."""
    sent, received = set(), set()
    for box in (box for sheet in sheets for box in sheet.boxes):
        kind, *rest = str(box.get("text", "")).split() or [""]
        for number, argument in enumerate(arguments, 1):
            rest = [word.replace(f"#{number}", argument) for word in rest]
        if box["maxclass"] == "newobj" and kind in ("s", "send~"):
            sent.add(rest[0])
        elif box["maxclass"] == "newobj" and kind in ("r", "receive~"):
            received.add(rest[0])
        shown = Path(box["name"]).stem if box["maxclass"] == "bpatcher" else kind
        if shown in snippets():
            given = tuple(map(str, box["args"] if box["maxclass"] == "bpatcher" else rest))
            inside = [read(package() / "patchers" / f"{shown}.maxpat")]
            more = sent_and_received(inside, given)
            sent, received = sent | more[0], received | more[1]
    return sent, received


@pytest.mark.parametrize(
    "path", [p for p in patches() if p.parent.name != "patchers"], ids=lambda p: p.name
)
def test_what_is_received_is_sent_and_the_reverse(path):
    sent, received = sent_and_received([sheet for _, sheet in read(path).all()])
    assert received - sent <= {"specml-level"}  # the overview sends it to all
    assert {name for name in sent - received if not name.endswith("-go")} == set()


def test_two_runs_give_the_same_bytes(tmp_path):
    """The second as ./run does it, with another order of sets."""
    command = [sys.executable, maxpackage.GENERATOR / "make.py", tmp_path]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    again = tmp_path / "specml"
    files = {p.relative_to(package()): p.read_bytes() for p in package().rglob("*") if p.is_file()}
    anew = {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert files.keys() == anew.keys()
    assert [name for name in files if files[name] != anew[name]] == []


def test_the_card_says_what_max_asks_for():
    card = json.loads((package() / "package-info.json").read_text())
    assert card["name"] == package().name
    assert card["version"] == (maxpackage.GENERATOR.parents[1] / "VERSION").read_text().strip()
    assert (package() / "extras" / card["homepatcher"]).exists()
    for file in ("icon.png", "license", "readme", "init/specml-objectmappings.txt"):
        assert (package() / file).stat().st_size > 0
