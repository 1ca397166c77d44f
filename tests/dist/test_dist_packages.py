"""What is in the packages of a release, how they are called, and that they can be made again."""

import base64
import csv
import functools
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import venv
from email import message_from_string
from pathlib import Path

import pytest

import builds
from dist import received
from dist.received import DIST, ROOT, contents, one
from release.archive import MODELS, VERSION
from release.targets import TARGETS

pytestmark = pytest.mark.dist
each_target = pytest.mark.parametrize("name", TARGETS)
TOP = f"specml-{VERSION}"
EXTERNALS = ROOT / "externals"


def dek() -> Path:
    return one("specml*.dek")


def wheel(name: str) -> Path:
    platform = ".".join(sorted(TARGETS[name].wheel.split(".")))
    return one(f"{TOP}-py3-none-{platform}.whl")


def committed(*folders: str) -> set[str]:
    listed = builds.run("git", "-C", ROOT, "ls-tree", "-r", "--name-only", "HEAD", *folders)
    return set(listed.splitlines())


def python(*words, **environment) -> str:
    """A module of this Python; what it said, also what it complained of."""
    command = (sys.executable, "-m", *map(str, words))
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    ran = subprocess.run(command, env=os.environ | environment, check=False, **both)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


# ---- the whole ----


def test_the_release_is_this_and_nothing_else():
    names = {path.name for path in DIST.iterdir()}
    jack = [name for name, target in TARGETS.items() if "jack" in target.hosts]
    assert names == {
        *(f"{dek().name}{more}" for more in ("", ".sha256", ".txt")),
        f"{TOP}-max.zip",
        *(f"{TOP}-supercollider-{name}.zip" for name in TARGETS),
        *(f"{TOP}-jack-{name}.tar.gz" for name in jack),
        *(wheel(name).name for name in TARGETS),
        f"{TOP}.tar.gz",
        f"{TOP}-npm.tgz",
        f"{TOP}.cdx.json",
        "SHA256SUMS",
    }


def test_sums():
    said = subprocess.run(("sha256sum", "--strict", "-c", "SHA256SUMS"), cwd=DIST,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert said.returncode == 0, said.stdout
    assert len(said.stdout.splitlines()) == len(list(DIST.iterdir())) - 1


def archives() -> list[Path]:
    return [path for path in sorted(DIST.iterdir()) if path.suffix in (".dek", ".zip", ".whl")]


def test_no_binary_knows_where_it_was_built():
    looked = 0
    for path in archives():
        for name, content in contents(path).items():
            if received.binaries(content):
                looked += 1
                assert str(ROOT).encode() not in content, (path.name, name)
                assert b"ziglang" not in content, (path.name, name)
    assert looked >= 60


def test_another_folder_makes_the_same_bytes(tmp_path):
    """As on another machine: only what is committed, and other paths."""
    if builds.run("git", "-C", ROOT, "status", "--porcelain"):
        pytest.skip("not everything here is committed")
    tree = tmp_path / "elsewhere"
    builds.run("git", "clone", "--quiet", ROOT, tree)
    (tree / ".venv").symlink_to(ROOT / ".venv")
    builds.run(tree / "run", "dist")
    made = tree / "dist"
    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in DIST.iterdir())
    differ = [name for name in names if (made / name).read_bytes() != (DIST / name).read_bytes()]
    assert differ == []


# ---- Pure Data ----


def test_dekens_name_says_what_is_in_the_package():
    """Read from the binaries, not from how they are called."""
    objects = {name: content for name, content in contents(dek()).items() if "~." in name}
    found = set().union(*map(received.deken_names, objects.values()))
    assert found == {arch for target in TARGETS.values() for arch in target.deken_names}
    said = re.fullmatch(rf"specml\[v{re.escape(VERSION)}\]((?:\([^()]+\))+)\.dek", dek().name)[1]
    assert said == "".join(f"({arch})" for arch in (*sorted(found), "Sources"))


@each_target
def test_each_object_runs_in_the_pd_that_takes_it_by_its_name(name):
    for model in MODELS:
        for ending, arch in zip(
            (TARGETS[name].pd32, TARGETS[name].pd64), TARGETS[name].deken_names, strict=True
        ):
            content = contents(dek())[f"specml/{model}.{ending}"]
            assert received.deken_names(content) == {arch}


def test_what_deken_shows_of_it():
    digest = hashlib.sha256(dek().read_bytes()).hexdigest()
    assert dek().with_name(f"{dek().name}.sha256").read_text() == digest
    assert len(f"{dek().name}.sha256".encode()) <= 255, "no file may be called so"
    lines = dek().with_name(f"{dek().name}.txt").read_text().splitlines()
    objects = dict(line.split("\t") for line in lines)
    assert set(objects) == set(MODELS)
    assert all(text and "DEKEN GENERATED" not in text for text in objects.values())


def test_the_package_for_pd_has_patches_sources_and_objects():
    help_patches = {
        path.replace("help-patches/pd", "specml") for path in committed("help-patches/pd")
    }
    parts = [f"externals/{part}" for part in ("core", "object", "pd")]
    alone = "LICENSE", "VERSION", "meson.build", "meson.options"
    sources = {f"specml/source/{path}" for path in (*committed(*parts), *alone)}
    endings = [end for target in TARGETS.values() for end in (target.pd32, target.pd64)]
    objects = {f"specml/{model}.{end}" for model in MODELS for end in endings}
    texts = {"specml/README.txt", "specml/LICENSE"}
    assert set(contents(dek())) == help_patches | sources | objects | texts


# ---- Max, SuperCollider, JACK ----


def test_the_package_for_max_stands_in_one_folder():
    inside = contents(one(f"{TOP}-max.zip"))
    assert {name.split("/")[0] for name in inside} == {"specml"}
    for model in MODELS:
        [windows] = received.binaries(inside[f"specml/externals/{model}.mxe64"])
        macs = received.binaries(inside[f"specml/externals/{model}.mxo/Contents/MacOS/{model}"])
        assert received.processor(windows) == "amd64"
        assert {received.processor(mac) for mac in macs} == {"amd64", "arm64"}


@each_target
def test_a_package_for_supercollider_has_both_servers_plugins_and_the_classes(name):
    inside = contents(one(f"{TOP}-supercollider-{name}.zip"))
    kinds = ".sc", ".scd", ".schelp", ".quark"
    texts = {path for path in committed("externals/sc") if path.endswith(kinds)}
    expected = {path.replace("externals/sc", "specml") for path in texts} | {"specml/LICENSE"}
    plugins = {
        f"specml/plugins/{stem}.{TARGETS[name].sc}" for stem in ("specml", "specml_supernova")
    }
    assert set(inside) == expected | plugins
    for plugin in plugins:
        [binary] = received.binaries(inside[plugin])
        assert f"{received.system(binary)}-{received.processor(binary)}" == TARGETS[name].deken


@pytest.mark.parametrize("name", [name for name in TARGETS if "jack" in TARGETS[name].hosts])
def test_a_package_for_jack_has_the_program_and_says_how_it_is_used(name):
    with tarfile.open(one(f"{TOP}-jack-{name}.tar.gz")) as archive:
        files = {Path(entry.name).name: archive.extractfile(entry).read() for entry in archive}
        assert archive.getmember(f"{TOP}-jack-{name}/specml-jack").mode == 0o755
    assert set(files) == {"specml-jack", "LICENSE", "README.txt"}
    [binary] = received.binaries(files["specml-jack"])
    assert f"{received.system(binary)}-{received.processor(binary)}" == TARGETS[name].deken
    assert "specml-jack MODEL [ARGUMENTS] [OPTIONS]" in files["README.txt"].decode()


# ---- Python ----


@each_target
def test_a_wheel_has_the_package_and_the_library_of_its_system(name):
    inside = contents(wheel(name))
    package = {path.removeprefix("reference/") for path in committed("reference/specml")}
    package -= {"specml/meson.build"}
    library = f"specml/specml-core.{TARGETS[name].core}"
    more = ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    told = {f"{TOP}.dist-info/{path}" for path in more}
    assert set(inside) == package | told | {library, "specml/renderings.json"}
    [binary] = received.binaries(inside[library])
    assert f"{received.system(binary)}-{received.processor(binary)}" == TARGETS[name].deken


@each_target
def test_the_record_of_a_wheel_is_right(name):
    inside = contents(wheel(name))
    rows = list(csv.reader(io.StringIO(inside[f"{TOP}.dist-info/RECORD"].decode())))
    assert {path for path, _, _ in rows} == set(inside)
    for path, digest, size in rows:
        if not path.endswith("/RECORD"):
            made = base64.urlsafe_b64encode(hashlib.sha256(inside[path]).digest()).rstrip(b"=")
            assert (digest, int(size)) == (f"sha256={made.decode()}", len(inside[path]))


@pytest.mark.parametrize("name", [name for name in TARGETS if name.startswith("linux")])
def test_auditwheel_agrees_with_the_tag(name):
    said = " ".join(python("auditwheel", "show", wheel(name)).split())
    tag = re.search(r'consistent with the following platform tag: "(\w+)"', said)[1]
    _, old, major, minor, processor = re.match(
        r"(many)linux(1|2010|2014)?_?(\d*)_?(\d*)_(\w+)", tag
    ).groups()
    assert TARGETS[name].wheel.split(".")[0].endswith(processor)
    assert old or (int(major), int(minor)) <= (2, 17)


@pytest.mark.parametrize("name", [name for name in TARGETS if name.startswith("macos")])
def test_a_mac_is_asked_for_no_newer_system_than_the_tag_says(name):
    [library] = received.binaries(contents(wheel(name))[f"specml/specml-core.{TARGETS[name].core}"])
    said = library.build_version.minos if library.has_build_version else library.version_min.version
    tagged = re.search(r"macosx_(\d+)_(\d+)_", wheel(name).name).groups()
    assert tuple(said[:2]) == tuple(map(int, tagged))


@each_target
def test_pip_takes_each_wheel_for_its_platform(name, tmp_path):
    def taken(platform: str) -> list[str]:
        folder = tmp_path / platform
        python("pip", "download", "--quiet", "--no-index", "--find-links", DIST, "--no-deps",
               "--only-binary", ":all:", "--platform", platform, "--python-version", "3.13",
               "-d", folder, "specml")  # fmt: skip
        return [path.name for path in folder.iterdir()]

    for platform in TARGETS[name].wheel.split("."):
        assert taken(platform) == [wheel(name).name]


def test_an_index_shows_them():
    files = [path for path in DIST.iterdir() if path.suffix == ".whl"]
    said = python("twine", "check", "--strict", *files, one(f"{TOP}.tar.gz"), NO_COLOR="1")
    assert said.count("PASSED") == len(TARGETS) + 1


@functools.cache
def sdist() -> dict[str, bytes]:
    with tarfile.open(one(f"{TOP}.tar.gz")) as archive:
        return {
            entry.name.removeprefix(f"{TOP}/"): archive.extractfile(entry).read()
            for entry in archive
        }


def test_the_sdist_is_what_is_committed():
    assert set(sdist()) == committed() | {"PKG-INFO"}
    with_links = contents(wheel("linux-x86_64"))[f"{TOP}.dist-info/METADATA"]
    assert (
        message_from_string(sdist()["PKG-INFO"].decode()).items()
        == message_from_string(with_links.decode()).items()
    )


def test_the_sdist_builds_where_nothing_is_but_python_and_a_compiler(tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    words = ("-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path)
    clean = {
        key: os.environ[key] for key in os.environ if not key.startswith(("PYTHON", "VIRTUAL"))
    }
    path = os.pathsep.join(
        part for part in os.environ["PATH"].split(os.pathsep) if ".venv" not in part
    )
    ran = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", *words, one(f"{TOP}.tar.gz")],
        env=clean | {"PATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    [made] = tmp_path.glob("*.whl")
    assert set(contents(made)) == set(contents(wheel("linux-x86_64")))
