"""A state file is the box: whichever Pd reads it goes on with the bits of the one that wrote it."""

import functools
import time
from pathlib import Path

import numpy as np
import pytest

import specml
from pd import relays
from pd.duets import sound
from pd.patches import Patch, assert_same, listening
from pd.relays import Leg, heard, metadata, play, tensors

SAMPLES = 9600
LEAST = 2.0**-63  # what is smaller in size, [tabwrite~] makes 0
each_model = pytest.mark.parametrize("name", relays.MODELS)


@pytest.fixture(scope="module")
def begun(hosts, tmp_path_factory):
    """Each model in each Pd, told this and that and saved in the middle: sound, file."""
    folder = tmp_path_factory.mktemp("begun")

    @functools.cache
    def begin(kind: str, name: str):
        path = folder / f"{kind}-{name}.safetensors"
        rate = "lambda" if name == "unlearn~" else "lr"
        told = [(20.0, f"{rate} 0.5"), (80.0, "store begun"), (100.0, f"write {path}")]
        y = play(hosts[kind], Leg(relays.MODELS[name], heard(name, SAMPLES), told))
        assert "error" not in hosts[kind].log
        return y, path

    return begin


@each_model
@pytest.mark.parametrize("reader", relays.KINDS)
@pytest.mark.parametrize("writer", relays.KINDS)
def test_the_sound_goes_on_with_the_bits_of_never_stopping(hosts, begun, name, writer, reader):
    whole, path = begun(writer, name)
    at = int(tensors(path)["samples"][0])
    assert 4700 < at < 4900
    rest = heard(name, SAMPLES)[:, at:]
    rest = rest[:, : rest.shape[1] // 64 * 64]
    y = play(hosts[reader], Leg(f"{relays.FRESH[name]} -file {path}", rest))
    assert "error" not in hosts[reader].log
    assert_same(name, y, whole[:, at : at + y.shape[1]], LEAST)


@each_model
def test_equal_states_are_equal_files(begun, name):
    written = [begun(kind, name)[1] for kind in relays.KINDS]
    at = [int(tensors(path)["samples"][0]) for path in written]
    assert at[1:] == at[:1] * 3, "they are saved at the same sample"
    first, *others = [path.read_bytes() for path in written]
    assert all(other == first for other in others)


@each_model
@pytest.mark.parametrize("reader", relays.KINDS)
def test_python_goes_on_with_it_and_hands_it_on(hosts, begun, tmp_path, name, reader):
    """From any Pd to Python and from Python to any Pd: the same bits, and the same file."""
    whole, path = begun(reader, name)
    x, at, part = heard(name, SAMPLES), int(tensors(path)["samples"][0]), 640
    net = specml.load(path)
    net.save(tmp_path / "same")
    assert (tmp_path / "same").read_bytes() == path.read_bytes()
    y = relays.go_on(net, x[:, at : at + part])
    assert_same("python", y, whole[:, at : at + part], LEAST)
    net.save(tmp_path / "later")
    at += part
    rest = x[:, at : at + 3200]
    y = play(hosts[reader], Leg(f"{relays.FRESH[name]} -file {tmp_path}/later", rest))
    assert "error" not in hosts[reader].log
    assert_same(name, y, whole[:, at : at + 3200], LEAST)


# ---- what it says ----


class Box:
    """A box in libpd whose patch stands in a folder of its own."""

    def __init__(self, host, folder: Path, text: str = "autoregnn~ -fade 0") -> None:
        self.host, self.folder = host, folder
        folder.mkdir(exist_ok=True)
        host.said()
        (folder / "patch.pd").write_text(listening(text, (0,), 2))
        self._patch = host.open_file(str(folder / "patch.pd"))

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        if self._patch:
            self.close()

    def close(self) -> str:
        self.host.close(self._patch)
        self._patch = None
        return self.host.said()

    def send(self, *atoms) -> str:
        """What the console says to it."""
        self.host.send("x", *atoms)
        return self.host.said()

    def go(self, seed: int = 1) -> np.ndarray:
        x = np.float32(sound(640, seed))[np.newaxis]
        return self.host.process(x, 2)

    def bytes_of(self, name: str = "now.safetensors") -> bytes:
        """The state as a file."""
        self.host.dsp(False)
        path = f"{self.folder}/{name}".replace(" ", "\\ ")  # as Pd prints it
        assert self.send("write", name) == f"info: written {path}\n"
        self.host.dsp(True)
        return (self.folder / name).read_bytes()


@pytest.fixture
def box(libpd_host, tmp_path):
    with Box(libpd_host, tmp_path) as made:
        libpd_host.dsp(True)
        made.go()
        yield made


def test_without_sound_a_file_is_written_at_once(box):
    box.host.dsp(False)
    assert box.send("write", "a.safetensors") == f"info: written {box.folder}/a.safetensors\n"
    assert box.send("read", "a.safetensors") == f"info: read {box.folder}/a.safetensors\n"


def wait_for(box, word: str) -> str:
    """Process until the box says it, the thread that writes has no clock of Pd's."""
    said = ""
    for _ in range(1000):
        box.go()
        said += box.host.said()
        if word in said:
            return said
        time.sleep(0.002)
    raise AssertionError(said)


def test_with_sound_a_thread_writes_and_the_box_says_when_it_is_there(box):
    assert box.send("write", "a.safetensors") == ""
    assert wait_for(box, "written") == f"info: written {box.folder}/a.safetensors\n"
    assert (box.folder / "a.safetensors").exists()


def test_what_is_written_is_what_sounded_at_the_message(box):
    """Whatever the network learns meanwhile."""
    now = box.bytes_of()
    box.send("write", "a.safetensors")
    wait_for(box, "written")
    assert (box.folder / "a.safetensors").read_bytes() == now


def test_several_are_written_in_their_order(box):
    """All of them, to one name: the last stays."""
    written = [f"{k}.safetensors" for k in range(3)] + ["0.safetensors"]
    for k, name in enumerate(written):
        box.send("seed", float(k))
        box.send("write", name)
    box.host.dsp(False)
    said = box.send("write", "z.safetensors")
    names = [*written, "z.safetensors"]
    assert said == "".join(f"info: written {box.folder}/{name}\n" for name in names)
    assert metadata(box.folder / "0.safetensors")["seed"] == "3"


def test_one_too_many_is_refused_before_it_is_copied(box):
    asked = Patch()
    asked.connect(asked.add("r ask"), 0, asked.message(
        "; " + "; ".join(f"x write {k}.safetensors" for k in range(10))), 0)  # fmt: skip
    opened = box.host.open(asked.text(), "asked")
    box.host.send("ask", "bang")
    box.host.close(opened)
    assert box.host.said() == "".join(
        f"error: autoregnn~: {k}.safetensors must wait: 8 others are still being written\n"
        for k in (8, 9)
    )
    box.close()
    assert sorted(path.name for path in box.folder.glob("*.safetensors")) == [
        f"{k}.safetensors" for k in range(8)
    ]


def test_reading_waits_for_what_is_being_written(box):
    asked = Patch()
    asked.connect(asked.add("r ask"), 0, asked.message(
        "; x write a.safetensors; x seed 9; x read a.safetensors"), 0)  # fmt: skip
    before = box.bytes_of()
    opened = box.host.open(asked.text(), "asked")
    box.host.send("ask", "bang")
    box.host.close(opened)
    told = [f"info: {word} {box.folder}/a.safetensors\n" for word in ("written", "read")]
    assert box.host.said() == "".join(told)
    assert box.bytes_of() == before


def test_a_box_that_goes_waits_too(box):
    box.send("write", "a.safetensors")
    box.close()
    assert metadata(box.folder / "a.safetensors")["model"] == "autoregnn"


@pytest.mark.parametrize("on", [True, False], ids=["sound on", "sound off"])
def test_pd_quits_when_it_is_written(debian, tmp_path, on):
    """In the same message, with files that take a while."""
    top = Patch()
    box = top.add("autoregnn~ 1 1024 256 2 -fade 0")
    top.connect(top.add("osc~ 440"), 0, box, 0)
    top.connect(top.add("r x"), 0, box, 0)
    names = [tmp_path / f"{k}.safetensors" for k in range(4)]
    top.at("go", 20.0, "; " + "; ".join(f"x write {name}" for name in names) + "; pd quit")
    debian.run(top.text(), f"pd dsp {int(on)}; go bang")
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert list(sorted(sizes)) == [path.name for path in names]
    assert min(sizes.values()) == max(sizes.values()) > 2_000_000


# ---- where it is ----


def test_a_name_is_found_beside_the_patch_then_along_the_path(libpd_host, tmp_path):
    beside, along = tmp_path / "beside", tmp_path / "along"
    with Box(libpd_host, along, "autoregnn~ 1 20 -seed 2") as box:
        box.bytes_of("both.safetensors")
        box.bytes_of("one.safetensors")
    with Box(libpd_host, beside, "autoregnn~ 1 30 -seed 3") as box:
        box.bytes_of("both.safetensors")
    libpd_host.search(str(along))
    for name, folder in (("both", beside), ("one", along)):
        with Box(libpd_host, beside, f"autoregnn~ -file {name}.safetensors") as box:
            libpd_host.said()
            read = (folder / f"{name}.safetensors").read_bytes()
            assert box.send("read", f"{name}.safetensors") == (
                f"info: read {folder}/{name}.safetensors\n"
            )
            assert box.bytes_of() == read
    with Box(libpd_host, beside, "autoregnn~ -file one.safetensors") as box:
        assert box.bytes_of() == (along / "one.safetensors").read_bytes()


def test_folders_and_spaces_in_names(libpd_host, tmp_path):
    with Box(libpd_host, tmp_path) as box:
        (tmp_path / "a folder").mkdir()
        now = box.bytes_of("a folder/its name é.safetensors")
        box.send("seed", 5.0)
        box.send("read", "a folder/its name é.safetensors")
        assert box.bytes_of() == now


# ---- what is refused ----


def refused(box, *message) -> str:
    """What it says; nothing changes."""
    before = box.bytes_of()
    said = box.send(*message)
    assert box.bytes_of() == before
    return said


def test_a_file_that_is_not_there(box):
    assert refused(box, "read", "nowhere.safetensors") == (
        "error: autoregnn~: there is no file nowhere.safetensors beside the patch or in Pd's "
        "search path\n"
    )


def test_a_box_whose_file_is_not_there_is_made_without_it(libpd_host, tmp_path):
    with Box(libpd_host, tmp_path, "autoregnn~ -file nowhere.safetensors -seed 4") as box:
        assert libpd_host.said() == (
            "error: autoregnn~: there is no file nowhere.safetensors beside the patch or in Pd's "
            "search path\n"
        )
        box.bytes_of()
        assert metadata(tmp_path / "now.safetensors")["seed"] == "4"


def test_a_name_is_wanted(box):
    begins = "error: autoregnn~: "
    for word, ends in (("write", ""), ("read", ", and perhaps weights")):
        wanted = f"{begins}{word} must be the name of a file{ends}, not "
        assert refused(box, word) == f"{wanted}nothing\n"
        assert refused(box, word, "a", "b") == f"{wanted}a b\n"
    assert refused(box, "write", "a", "weights").endswith("not a weights\n")


def test_a_folder_that_is_not_there(box):
    box.send("write", "nowhere/a.safetensors")
    assert wait_for(box, "cannot") == (
        f"error: autoregnn~: cannot write {box.folder}/nowhere/a.safetensors: "
        "No such file or directory\n"
    )


def test_a_broken_file(box):
    whole = box.bytes_of("a.safetensors")
    for broken in (
        b"",
        whole[:100],
        whole[:-8],
        whole + bytes(8),
        whole.replace(b"F64", b"F32", 1),
    ):
        (box.folder / "a.safetensors").write_bytes(broken)
        said = refused(box, "read", "a.safetensors")
        assert said.startswith(f"error: autoregnn~: cannot read {box.folder}/a.safetensors: ")


def test_the_file_of_another_model(box, begun):
    _, path = begun("libpd", "unlearn~")
    assert "unlearn" in refused(box, "read", str(path))


# ---- what follows it ----


def test_the_inlets_hold_what_the_file_says(box):
    box.send("lr", 0.5)
    box.bytes_of("a.safetensors")
    box.send("lr", 0.125)
    box.go()
    box.send("read", "a.safetensors")
    box.go()
    assert "info: lr 0.5\n" in box.send("report")


def test_a_float_at_an_inlet_is_saved_as_if_it_were_told(libpd_host, tmp_path):
    """A number beyond the range counts as its end, as it does in the sound."""
    patch = Patch()
    made = patch.add("autoregnn~ -fade 0")
    for receiver, inlet in (("x", 0), ("rate", 2), ("teacher", 4)):
        patch.connect(patch.add(f"r {receiver}"), 0, made, inlet)
    opened = libpd_host.open(patch.text())
    libpd_host.send("rate", 0.25)
    libpd_host.send("teacher", 7.0)
    libpd_host.dsp(False)
    libpd_host.send("x", "write", str(tmp_path / "a.safetensors"))
    libpd_host.close(opened)
    said = metadata(tmp_path / "a.safetensors")
    assert (said["lr"], said["teacher"], said["autoreg"]) == ("0.25", "1", "1")


def test_weights_alone_leave_the_sound_and_the_controls(box):
    now = box.bytes_of("a.safetensors")
    kept = tensors(box.folder / "a.safetensors")
    box.send("lr", 0.0)
    box.go(2)
    box.bytes_of("b.safetensors")
    heard = tensors(box.folder / "b.safetensors")
    assert box.send("read", "a.safetensors", "weights").startswith("info: read ")
    assert box.bytes_of() != now
    got = tensors(box.folder / "now.safetensors")
    for name in got:
        want = kept if name.startswith(("layer", "output")) else heard
        assert np.array_equal(got[name], want[name]), name
    assert metadata(box.folder / "now.safetensors")["lr"] == "0"
