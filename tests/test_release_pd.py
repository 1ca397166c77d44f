"""Pure Data's package: its name, what is in it, and that its sources are enough."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from release import archive, pd
from release.targets import TARGETS

ROOT = builds.HERE.parent
HELP = ROOT / "help-patches" / "pd"
SAID = "#N canvas 0 0 300 200 12;\n#X obj 10 10 loadbang;\n#X obj 10 40 print toured;\n"
SAID += "#X msg 60 40 \\; pd quit;\n#X connect 0 0 1 0;\n#X connect 0 0 2 0;\n"


def name_of(targets, *more: str) -> str:
    archs = [arch for target in targets for arch in TARGETS[target].deken_names]
    return f"specml[v1]{''.join(f'({arch})' for arch in (*archs, *more))}.dek"


@pytest.fixture
def filled(tmp_path) -> Path:
    """The folder, with objects that are only named so."""
    made = {name: tmp_path / name for name in TARGETS}
    for name, build in made.items():
        objects = build / "externals" / "pd"
        objects.mkdir(parents=True)
        for model in archive.MODELS:
            for ending in (TARGETS[name].pd32, TARGETS[name].pd64):
                (objects / f"{model}.{ending}").write_text(name)
    return pd.fill(made, tmp_path / "specml")


def test_the_version_is_said_once_for_all():
    version = (ROOT / "VERSION").read_text().strip()
    assert f"VERSION {version};" in (HELP / "specml-meta.pd").read_text()


def test_a_name_says_all_that_is_in_the_package():
    pd.check_name(name_of(TARGETS, "Sources"), dict.fromkeys(TARGETS))
    for left_out in TARGETS:
        others = [target for target in TARGETS if target != left_out]
        with pytest.raises(ValueError, match=re.escape(TARGETS[left_out].deken_names[1])):
            pd.check_name(name_of(others, "Sources"), dict.fromkeys(TARGETS))
    with pytest.raises(ValueError, match="Sources"):
        pd.check_name(name_of(TARGETS), dict.fromkeys(TARGETS))


def test_the_package_has_every_object_and_every_patch(filled):
    objects = {path.name for path in filled.iterdir() if "~." in path.name and path.suffix != ".pd"}
    assert len(objects) == len(archive.MODELS) * len(TARGETS) * 2
    patches = {path.name for path in filled.glob("*.pd")}
    assert patches == {path.name for path in HELP.glob("*.pd")} >= {"README.deken.pd"}
    readme = (filled / "README.txt").read_text()
    assert archive.VERSION in readme and "@" not in readme


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("pd"), reason="there is no pd")
def test_its_sources_are_enough(filled):
    """By the lines of its README."""
    said = (filled / "README.txt").read_text()
    [lines] = re.findall(r"((?:^    (?:cd|meson|ninja) .*\n)+)", said, re.MULTILINE)
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(["bash", "-ec", lines], cwd=filled, env=os.environ | {"PATH": beside},
                         capture_output=True, text=True, check=False)  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    made = {path.name.split(".")[0] for path in (filled / "source/build/externals/pd").glob("*.l_*")
            if path.is_file()}  # fmt: skip
    assert made == set(archive.MODELS)


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("pd"), reason="there is no pd")
def test_what_deken_opens_opens_the_tour(tmp_path):
    """In a folder with a space in its name, with a tour that only says so."""
    folder = tmp_path / "my externals"
    folder.mkdir()
    shutil.copy(HELP / "README.deken.pd", folder)
    (folder / "specml-tour.pd").write_text(SAID)
    words = ("pd", "-noprefs", "-nogui", "-stderr", "-noaudio", "-nomidi", "-open")
    ran = subprocess.run([*words, folder / "README.deken.pd"], capture_output=True, text=True,
                         timeout=60, check=False)  # fmt: skip
    assert "toured: bang" in ran.stderr
