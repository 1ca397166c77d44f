"""The release as a user installs it: by the very lines of the README, and by no others."""

import fnmatch
import hashlib
import json
import os
import re

import numpy as np
import pytest
import soundfile

import builds
from dist import received, typed
from max import maxpackage
from pd.debian import DebianPd
from pd.patches import Patch
from sc import live
from specml import verify

pytestmark = pytest.mark.dist

PLATFORM = "linux-x86_64"
SYSTEMS = ("Linux", "macOS", "Windows")
BOXES = ("autoregnn~ 1 12 8", "autoregnn2~", "unlearn~ 16 4")
OBJECTS = ("autoregnn~", "autoregnn2~", "unlearn~")


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_name_is_that_of_one_file(system):
    """Among all that a release has."""
    found = [re.findall(r"specml[^/\s)]*\.\w+", line) for line in typed.lines(system)]
    patterns = [pattern for some in found for pattern in some if not pattern.endswith(".json")]
    names = [path.name for path in received.DIST.iterdir()]
    assert len(patterns) == 4
    for pattern in patterns:
        assert len(fnmatch.filter(names, pattern)) == 1, f"{pattern} among {names}"


def test_python_renders_what_is_promised(ran):
    """From a wheel, in an environment that was empty, where nothing can be compiled."""
    user, _ = typed.linux()
    samples, rate = soundfile.read(user.downloads / "sine.wav", dtype="float32")
    sha256 = hashlib.sha256(np.ascontiguousarray(samples, "<f4")).hexdigest()
    promised = [p for p in verify.promised("sine") if p[:2] == (1, len(samples))]
    assert rate == 48000 and [p.sha256 for p in promised] == [sha256]
    assert json.loads((user.downloads / "sine.json").read_text())["sha256"] == sha256
    ran(PLATFORM, "a new environment of Python", "the README's line: sine, SHA-256")


def test_pd_opens_the_tour_and_a_patch_of_ones_own(ran):
    """Without a word, as a user has it: nobody tells Pd where the objects are."""
    user, _ = typed.linux()
    tour = user.home / ".local" / "lib" / "pd" / "extra" / "specml" / "specml-tour.pd"
    patch = Patch()
    for box in BOXES:
        patch.add(box)
    patch.at("go", 0.0, "; pd dsp 1")
    patch.at("go", 500.0, "; pd quit")
    host = DebianPd(None, HOME=str(user.home))
    assert tour.is_file()
    assert host.run(patch.text(), "go bang", opening=[tour]) == ""
    ran(PLATFORM, "Debian's Pd 0.53", "the README's line: the tour, a patch")


def test_supercollider_renders_unlearn(tmp_path, ran):
    """By its classes, in scsynth."""
    user, _ = typed.linux()
    said = live.sclang(user.home, builds.HERE / "dist" / "typed.scd", tmp_path / "unlearn.wav")
    assert "ERROR" not in said and "FAILURE" not in said, said
    samples, rate = soundfile.read(tmp_path / "unlearn.wav")
    assert rate == 48000 and len(samples) >= 48000 and np.std(samples) > 1e-3, said
    ran(PLATFORM, "Debian's sclang 3.13", "the README's line: a second of Unlearn")


def test_jack_says_how_it_is_used(ran):
    _, said = typed.linux()
    (help_text,) = [text for line, text in said.items() if "specml-jack" in line]
    assert "a model as a client of JACK" in help_text
    ran(PLATFORM, "alone", "the README's line: specml-jack --help")


def test_the_lines_for_a_mac():
    """Here, with folders as they are there; what only a Mac has is stood in for."""
    user = typed.User("macOS")
    library, packages = user.home / "Library", user.home / "Documents" / "Max 9" / "Packages"
    packages.mkdir(parents=True)  # Max makes it
    user.has("pip3", 'test "$1" = install -a -f "$2" -a $# = 2')
    user.has("specml", "exit 0")
    user.has(
        "xattr",
        'test "$1 $2" = "-dr com.apple.quarantine"; shift 2; printf "%s\\n" "$@" >>~/let-go',
    )
    for line in typed.lines("macOS"):
        user.types(line)
    extensions = library / "Application Support" / "SuperCollider" / "Extensions"
    installed = [folder / "specml" for folder in (library / "Pd", packages, extensions)]
    assert (user.home / "let-go").read_text().splitlines() == list(map(str, installed))
    pd, package, sc = installed
    assert {path.name for path in pd.glob("*.d_arm64")} == {f"{name}.d_arm64" for name in OBJECTS}
    assert {path.name for path in package.glob("externals/*.mxo")} == {
        f"{name}.mxo" for name in OBJECTS
    }
    assert (sc / "plugins" / "specml.scx").is_file()
    for name in OBJECTS:
        assert os.access(package / "externals" / f"{name}.mxo/Contents/MacOS/{name}", os.X_OK)


def test_the_package_for_max_is_the_one_that_is_tested():
    """And beside what is generated there is nothing but the objects."""
    inside = received.contents(received.one("specml-*-max.zip"))
    package, objects = maxpackage.package(), f"({'|'.join(OBJECTS)})"
    generated = {
        f"specml/{path.relative_to(package)}": path.read_bytes()
        for path in package.rglob("*")
        if path.is_file()
    }
    others = rf"specml/externals/{objects}\.(mxe64|mxo/Contents/\S+)"
    assert {n: x for n, x in inside.items() if not re.fullmatch(others, n)} == generated
