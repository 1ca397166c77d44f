"""Lines on standard input are the messages of every host: same words, same errors."""

import re

import numpy as np
import pytest

import specml
from bits import assert_same
from jack.jackd import wait_for
from jack.stub import MODELS, here
from object.library import Host, words
from specml import AutoRegNN, AutoRegNN2, Unlearn, core
from specml.reference import unlearn

each_model = pytest.mark.parametrize("model", MODELS)
N = 3000


def plain(line: str) -> list:
    """Words and numbers, however many digits they have."""
    parts = line.split()
    return [float(part) if re.fullmatch(r"[-+.e\d]+", part) else part for part in parts]


def errors_of(model: str, text: str) -> list[str]:
    return [line.replace(f"{model}: ", "error: ", 1).replace("warning: error: ", "warning: ")
            for line in text.splitlines()]  # fmt: skip


def everything(model: str) -> list[tuple]:
    """Each word with right and wrong values, and what else is answered at once."""
    told = []
    for word in words(model):
        if not word.kind or word.effect == "box only":
            continue
        right = word.choices[-1] if word.choices else min(word.high, 9.0)
        for value in ("nonsense", "nan", "inf", "1e999", -30000.0, 0.5, right):
            told.append((word.name, value))
        told += [(word.name,), ("get", word.name)]
    told += [("dump",), ("get", "foo"), ("get",), ("weights", 1.0, "x"), ("weights", 70000.0, 1.0)]
    told += [("store",), ("store", "a"), ("store", "0.5"), ("snapshots",), ("forget", "b"),
             ("forget", "a"), ("recall", "c", 3.0), ("recall", "0.5", -3.0), ("morph", "0.5", "d"),
             ("morph", "0.5", "0.5", 2.0), ("write",), ("read", "no/file"), ("read", "a", "b"),
             ("read",), ("write", "no/folder/file"), ("snapshots",)]  # fmt: skip
    return told


@each_model
def test_words_and_refusals_are_those_of_every_host(model):
    host, want = Host(model), []
    for message in everything(model):
        want += host.send(*message).splitlines()
    told = [" ".join(f"{w:.17g}" if isinstance(w, float) else w for w in message)
            for message in everything(model)]  # fmt: skip
    said, errors = here().run([model, "--until-eof"], "\n".join(told))
    is_error = re.compile("(error|warning): ")
    assert errors_of(model, errors) == [line for line in want if is_error.match(line)]
    answers = [line for line in want if not is_error.match(line)]
    assert list(map(plain, said.splitlines())) == list(map(plain, answers))
    assert len(answers) > 20
    assert len(errors.splitlines()) > 40
    host.close()


@each_model
def test_what_is_no_message(model):
    box_only = [word.name for word in words(model) if word.kind and word.effect == "box only"]
    others = ["bang"] if model != "unlearn" else []
    for text in ("foo", "table w", "0.5", *box_only, *others):
        _, errors = here().run([model, "--until-eof"], text)
        assert errors.startswith(f"{model}: a message must be one of ")
        assert errors.endswith(f", not {text.split()[0]}\n")
        for word in words(model):
            if word.effect not in ("box only",) and word.name != "table":
                assert f" {word.name} " in errors or f" {word.name}," in errors, word.name


def test_what_is_told_before_the_end_is_done():
    told = "\r\n\n  \nweights\nreport"
    said, errors = here().run(["autoregnn", "--learn", 0, "--until-eof"], told)
    listed, *facts = said.splitlines()
    assert listed.startswith("list ")
    got = np.array(listed.split()[1:], np.float64)
    assert_same("weights", got, AutoRegNN().parameters)
    assert [line.split()[0] for line in facts][-6:] == [
        "range", "weights", "clipped", "mse", "load", "bytes",
    ]  # fmt: skip
    assert not errors
    said, _ = here().run(["autoregnn"], "get lr\nquit\nget seed\n")
    assert said == "lr 0.1\n"


def test_a_line_comes_in_pieces_and_may_be_long():
    weights = AutoRegNN(1024, 64).parameters
    with here().start("autoregnn", "1", "1024", "64", "--learn", "0") as program:
        numbers = " ".join(f"{-w:.17g}" for w in weights)
        for k in range(0, len(numbers), 100000):
            program.process.stdin.write(("weights 0 " if not k else "") + numbers[k : k + 100000])
            program.process.stdin.flush()
        got = program.ask("\nweights", "list")[0].split()[1:]
        assert_same("weights", np.array(got, np.float64), -weights)


def test_a_line_that_is_far_too_long_is_skipped():
    said, errors = here().run(["autoregnn", "--until-eof"], b"x " * (1 << 24) + b"\nget lr\n")
    assert (said, errors) == ("lr 0.1\n", "specml-jack: a line is too long\n")


# ---- files ----


def of(model: str):
    """A model as the program has it, and how it is played."""
    if model != "unlearn":
        net = {"autoregnn": AutoRegNN, "autoregnn2": AutoRegNN2}[model]()
        return net, lambda *x: np.stack(net.process(*x))
    settings = dict(core.presets()["sine-adapt"])
    held = {name: settings.pop(name) for name in unlearn.CONTROLS}
    net = Unlearn(**settings)
    return net, lambda x: playing(net, held, x)


def playing(net: Unlearn, held: dict, x: np.ndarray) -> np.ndarray:
    return net.process(x=x, **{k.replace("lambda", "lambda_"): v for k, v in held.items()}, outs=2)


WORDS = {"autoregnn": [], "autoregnn2": [], "unlearn": ["--preset", "sine-adapt"]}
INS = {"autoregnn": 1, "autoregnn2": 2, "unlearn": 1}


def sounds(model: str, phase: float) -> dict[str, np.ndarray]:
    return {f"in_{k + 1}": np.float32(0.4 * np.sin(0.02 * (k + 1) * np.arange(N) + phase))
            for k in range(INS[model])}  # fmt: skip


@each_model
def test_states_go_to_python_and_back(model, tmp_path):
    """The file is that of Python, and a sound goes on from it with the same bits."""
    net, play = of(model)
    first, second = sounds(model, 0.0), sounds(model, 1.0)
    words = [model, *WORDS[model], "--write", tmp_path / "theirs.st"]
    outs = 3 if model == "autoregnn2" else 2
    got = here().record(words, first, N, outs)
    assert_same("first", got, np.float32(play(*first.values())))
    net.save(tmp_path / "ours.st")
    assert (tmp_path / "theirs.st").read_bytes() == (tmp_path / "ours.st").read_bytes()
    want = np.float32(play(*second.values()))
    for flag in ("--read", "-file"):
        got = here().record([model, flag, tmp_path / "ours.st"], second, N, outs)
        assert_same("second", got, want)
    assert isinstance(specml.load(tmp_path / "theirs.st"), type(net))


def test_messages_write_and_read(tmp_path):
    path = tmp_path / "my state.st"
    words = ["autoregnn", "--seed", 4, "--learn", 0, "--until-eof"]
    told = f"write {str(path).replace(' ', chr(92) + ' ')}\n"
    said, errors = here().run(words, told)
    assert (said, errors) == (f"written {path}\n", "")
    assert_same("weights", specml.load(path).parameters, AutoRegNN(seed=4).parameters)
    said, errors = here().run(["autoregnn", "--learn", 0, "--until-eof"],
                              f"read {str(path).replace(' ', chr(92) + ' ')}\nweights")  # fmt: skip
    assert said.startswith(f"read {path}\nlist ")


def test_another_sample_rate_while_it_plays(tmp_path):
    """The server has one and the other by turns."""
    path, rates = tmp_path / "it.st", set()
    with here().start("unlearn", STUB_NEWS="rate") as program:

        def both() -> bool:
            program.ask(f"write {path}", "written")
            rates.add(specml.load(path).samplerate)
            return rates == {44100.0, 48000.0}

        wait_for("both rates", both)


def test_a_snapshot_comes_back(tmp_path):
    told = "store a\nseed 9\nrecall a 0\nweights\n"
    said, _ = here().run(["autoregnn", "--learn", 0, "--until-eof"], told)
    got = np.array(said.split()[1:], np.float64)
    assert_same("weights", got, AutoRegNN().parameters)
