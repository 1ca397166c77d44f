"""What stands beside the archives: sums, the list of materials, signatures."""

import json
import shutil
import subprocess
import sys

import pytest

from release import archive, sign, sums

MACHO = b"\xcf\xfa\xed\xfe and so on"
SIGNED = b" signed"
SIGNER = f"""#!{sys.executable}
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
for each in [path] if path.is_file() else path.rglob("MacOS/*"):
    each.write_bytes(each.read_bytes() + {SIGNED!r})
"""


@pytest.fixture
def out(tmp_path):
    """A release of two archives, in one of which something is for macOS."""
    folder = tmp_path / "specml"
    (folder / "a~.mxo" / "Contents" / "MacOS").mkdir(parents=True)
    (folder / "a~.mxo" / "Contents" / "MacOS" / "a~").write_bytes(MACHO)
    (folder / "a~.darwin-arm64-64.so").write_bytes(MACHO)
    (folder / "a~.linux-arm64-64.so").write_bytes(b"\x7fELF")
    made = tmp_path / "dist"
    made.mkdir()
    archive.zip_folder(folder, made / "specml[v1](x).dek")
    (made / "specml[v1](x).dek.sha256").write_text(sums.digest(made / "specml[v1](x).dek"))
    shutil.rmtree(folder / "a~.mxo")
    (folder / "a~.darwin-arm64-64.so").unlink()
    archive.zip_folder(folder, made / "specml-linux.zip")
    return made


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="there is no sha256sum")
def test_sums_are_those_that_sha256sum_checks(out):
    assert sums.write(out) == sums.write(out)
    check = ("sha256sum", "--strict", "-c", sums.FILE)
    said = subprocess.run(check, cwd=out, capture_output=True, text=True, check=True).stdout
    listed = [line.removesuffix(": OK") for line in said.splitlines()]
    assert listed == sorted(path.name for path in out.iterdir() if path.name != sums.FILE)
    (out / listed[0]).write_bytes(b"another")
    assert subprocess.run(check, cwd=out, capture_output=True, check=False).returncode


# ---- materials ----


def test_materials_are_valid_and_name_every_file(out):
    schema = pytest.importorskip("cyclonedx.schema", reason="what writes it is not installed")
    from cyclonedx.validation.json import JsonStrictValidator

    from release import sbom

    text = sbom.write(out).read_text()
    assert JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(text) is None
    assert sbom.write(out).read_text() == text
    said = {each["name"]: each for each in json.loads(text)["components"]}
    for path in (path for path in out.iterdir() if not path.name.endswith(".cdx.json")):
        assert said[path.name]["hashes"] == [{"alg": "SHA-256", "content": sums.digest(path)}]
    assert said["zig"]["scope"] == "excluded"
    for name in (
        "numpy",
        "libgcc",
        "wasi-libc of zig",
        "mingw-w64 runtime",
        "supercollider plugin headers",
    ):
        assert said[name]["scope"] == "required", name
    assert not {"pytest", "torch"} & set(said), "what tests and extras need is not in the release"


# ---- signatures ----


def test_what_is_for_macos_is_signed_and_nothing_else(out, tmp_path, monkeypatch):
    """By a stand-in, which says of each file that it was there."""
    other = (out / "specml-linux.zip").read_bytes()
    name = "codesign" if sys.platform == "darwin" else "rcodesign"
    (tmp_path / name).write_text(SIGNER)
    (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    said = sign.sign(out, "me.p12")
    assert "'specml[v1](x).dek'" in said and "specml-linux.zip" not in said
    assert (out / "specml-linux.zip").read_bytes() == other
    dek = out / "specml[v1](x).dek"
    archive.unzip(dek, tmp_path / "unpacked")
    files = {path.name: path for path in (tmp_path / "unpacked").rglob("*") if path.is_file()}
    assert files["a~"].read_bytes() == files["a~.darwin-arm64-64.so"].read_bytes() == MACHO + SIGNED
    assert files["a~.linux-arm64-64.so"].read_bytes() == b"\x7fELF"
    assert dek.with_name(f"{dek.name}.sha256").read_text() == sums.digest(dek)


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac has its own")
def test_who_cannot_sign_is_told_what_is_missing(out, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FileNotFoundError, match="rcodesign is needed"):
        sign.sign(out, "me.p12")


# ---- the command ----


def test_what_cannot_be_packed_is_named():
    pytest.importorskip("cyclonedx", reason="what makes a release is not installed")
    words = [sys.executable, "-m", "release", "--only", "pd,lp"]
    ran = subprocess.run(
        words, cwd=archive.ROOT / "cross", capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2 and "lp: there is pd, max, sc, jack, python, web" in ran.stderr
