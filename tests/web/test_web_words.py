"""What is made of externals/web stands there as it is made, and no word of a model twice."""

import json
import sys

import pytest

import builds
from object.library import MODELS, words

sys.path.insert(0, str(builds.HERE.parent / "help-patches" / "web"))
WEB = builds.HERE.parent / "externals" / "web"


def test_words_are_made_from_the_tables():
    sys.modules.pop("make", None)
    from make import files

    for path, text in files().items():
        assert path.read_text() == text, f"{path}: run python help-patches/web/make.py"


@pytest.mark.parametrize("model", MODELS)
def test_no_glue_names_a_setting(model):
    for word in words(model):
        for file in (*WEB.glob("*.c"), WEB / "core.js", WEB / "processor.js"):
            for quote in ('"', "'", "`"):
                quoted = f"{quote}{word.name}{quote}"
                assert not word.kind or quoted not in file.read_text(), f"{file.name}: {quoted}"


def test_the_package_has_this_version():
    package = json.loads((WEB / "package.json").read_text())
    assert package["version"] == (builds.HERE.parent / "VERSION").read_text().strip()
