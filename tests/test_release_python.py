"""Wheels and sdist: what they say of the package, and what makes each one of its system's."""

import re
import sysconfig
import zipfile
from email import message_from_string
from importlib import metadata
from pathlib import Path

import pytest
from packaging.utils import parse_wheel_filename

import builds
from release import archive, python
from release.targets import TARGETS

ROOT = builds.HERE.parent
README = (ROOT / "README.md").read_text()
TOP = f"specml-{archive.VERSION}"


def installed() -> str:
    """The metadata as meson-python writes them."""
    return metadata.distribution("specml").read_text("METADATA")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> dict[str, Path]:
    """A wheel for each system, of one file and a library that is only named so."""
    pytest.importorskip("wheel", reason="what packs wheels is not installed")
    place = tmp_path_factory.mktemp("wheels")
    pure = place / "pure" / TOP
    for name, text in {
        "specml/__init__.py": "",
        f"{TOP}.dist-info/METADATA": python.shown_elsewhere(installed()),
        f"{TOP}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: meson\nRoot-Is-Purelib: false\n"
        "Tag: cp311-cp311-linux_x86_64\n",
    }.items():
        (pure / name).parent.mkdir(parents=True, exist_ok=True)
        (pure / name).write_text(text)
    made = {}
    for name, target in TARGETS.items():
        library = place / name / "reference" / "specml" / f"specml-core.{target.core}"
        library.parent.mkdir(parents=True)
        library.write_text(name)
        made[name] = python.wheel(name, place / name, pure, place)
    return made


# ---- metadata ----


def test_metadata_are_complete():
    said = message_from_string(installed())
    assert said["License-Expression"] == "BSD-3-Clause" and said["License-File"] == "LICENSE"
    assert not any(line.startswith("License ::") for line in said.get_all("Classifier"))
    assert said["Author"] in (ROOT / "LICENSE").read_text()
    assert said["Description-Content-Type"] == "text/markdown"
    for name in ("Summary", "Keywords", "Classifier", "Project-URL", "Requires-Python"):
        assert said[name], name


def test_the_address_stands_in_one_place():
    [address] = re.findall(r'^Repository = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.M)
    listed = builds.run("git", "-C", ROOT, "ls-files").splitlines()
    files = (ROOT / name for name in listed)
    texts = {path.name: path.read_bytes() for path in files if path.is_file()}
    assert [name for name, text in texts.items() if address.encode() in text] == ["pyproject.toml"]


def test_what_the_readme_shows_is_here():
    paths = {path.partition("#")[0] for _, _, path in python.LINK.findall(README)}
    assert len(paths) > 20 and [path for path in paths if not (ROOT / path).exists()] == []


def test_links_and_pictures_are_whole_elsewhere():
    """As an index of packages shows them; words stay as they are."""
    head = installed().partition("\n\n")[0]
    said = message_from_string(python.shown_elsewhere(f"{head}\n\n{README}"))
    urls = dict(line.split(", ") for line in said.get_all("Project-URL"))
    assert set(urls) == {"Repository", "Documentation", "Changelog"}
    shown = said.get_payload()
    links = re.findall(r"\]\(([^)]*)\)", shown)
    assert links and all(link.startswith("https://") for link in links)
    pictures = re.findall(r"!\[[^\]]*\]\((.*)\)", shown)
    raw = f"{urls['Repository']}/raw/v{archive.VERSION}/"
    assert pictures and all((ROOT / link.removeprefix(raw)).exists() for link in pictures)
    without = re.compile(r"\]\([^)]*\)")
    assert without.sub("", shown).strip() == without.sub("", README).strip()


# ---- wheels ----


@pytest.mark.parametrize("name", TARGETS)
def test_a_wheel_has_the_library_of_its_system_alone(name, wheels):
    with zipfile.ZipFile(wheels[name]) as made:
        assert made.testzip() is None
        [library] = [path for path in made.namelist() if path.startswith("specml/specml-core")]
        assert library == f"specml/specml-core.{TARGETS[name].core}"
        assert made.read(library).decode() == name
        said = message_from_string(made.read(f"{TOP}.dist-info/WHEEL").decode())
    tags = set(said.get_all("Tag"))
    assert tags == {f"py3-none-{platform}" for platform in TARGETS[name].wheel.split(".")}
    assert tags == set(map(str, parse_wheel_filename(wheels[name].name)[3]))


def test_wheels_are_made_again_as_the_same_bytes(wheels, tmp_path):
    """Unpacked and packed, as when something in it is signed."""
    wheel = wheels["macos-arm64"]
    archive.unzip(wheel, tmp_path / TOP)
    python.wheel_of(tmp_path / TOP, tmp_path)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_library_is_named_as_the_package_looks_for_it():
    from specml.binding import SUFFIX

    here = {"linux": "linux-x86_64", "macos": "macos-arm64", "win": "windows-x86_64"}
    [name] = [here[key] for key in here if sysconfig.get_platform().startswith(key)]
    assert TARGETS[name].core == SUFFIX
