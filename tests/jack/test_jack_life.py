"""Ports, connections and ends, under a server."""

import os
import signal
import subprocess

import numpy as np
import pytest

import specml
from jack import jackd
from specml.reference import autoregnn2, unlearn

PORTS = {
    ("autoregnn", "--channels", 2): ["in_1", "in_2", "autoreg", "lr", "ridge", "teacher", "out_1",
                                     "out_2", "error_1", "error_2"],
    ("autoregnn2", "--channels", 2): ["in_1", "in_3", "in_2", "in_4",
                                      *list(autoregnn2.CONTROLS)[:3], "out_1", "out_2", "error_1",
                                      "error_3", "error_2", "error_4"],
    ("unlearn",): ["in_1", *unlearn.CONTROLS, "out_1", "out_2"],
    ("unlearn", 3, "--mc", "--external", 2): ["in_1", "in_2", *unlearn.CONTROLS, "neuron_1",
                                              "neuron_2", "neuron_3"],
    ("unlearn", "--outs", 1): ["in_1", *unlearn.CONTROLS, "out_1"],
}  # fmt: skip


@pytest.fixture(scope="module")
def served():
    with jackd.server() as made:
        yield made


def connections(served: jackd.Server) -> dict[str, list[str]]:
    """What each port is connected to."""
    found: dict[str, list[str]] = {}
    for line in served.run("jack_lsp", "-c"):
        if line.startswith(" "):
            found[list(found)[-1]].append(line.strip())
        else:
            found[line] = []
    return found


@pytest.mark.parametrize("words", PORTS)
def test_ports_have_names_that_stay_and_nothing_is_connected(served, words):
    with served.start(*words) as program:
        program.ask("get seed", "seed")
        found = connections(served)
        mine = [port.split(":")[1] for port in found if port.startswith(f"{words[0]}:")]
        assert mine == PORTS[words]
        assert not any(found.values())
    assert program.wait() == 0


@pytest.mark.parametrize("outs", [1, 2, 3])
def test_what_is_connected_if_it_is_asked_for(served, outs):
    with served.start("unlearn", "--connect", "--outs", outs, "--name", "it") as program:
        program.ask("get seed", "seed")
        found = connections(served)
    assert found["it:in_1"] == ["system:capture_1"]
    assert found["system:playback_1"] == ["it:out_1"]
    assert found["system:playback_2"] == [f"it:out_{min(outs, 2)}"]
    assert sum(map(len, found.values())) == 6


def test_pairs_come_from_pairs_of_microphones(served):
    with served.start("autoregnn2", "--channels", 2, "--connect", "--name", "it") as program:
        program.ask("get seed", "seed")
        found = connections(served)
    assert found["it:in_1"] == ["system:capture_1"]
    assert found["it:in_2"] == ["system:capture_2"]
    assert found["system:playback_2"] == ["it:out_2"]
    assert not found["it:error_1"]


def test_neurons_that_come_have_ports(served):
    with served.start("unlearn", 3, "--mc", "--name", "it") as program:
        program.ask("neurons 5\nget neurons", "neurons")
        assert "it:neuron_5" in connections(served)
        program.ask("neurons 2\nget neurons", "neurons")
        assert "it:neuron_5" in connections(served)
        got, _ = served.record(program, "it", {}, [f"neuron_{k + 1}" for k in range(5)], 4800)
    assert np.all(np.ptp(got[:2], axis=1) > 0)
    assert not np.any(got[2:])


def test_another_of_the_same_name(served):
    with served.start("unlearn") as one:
        one.ask("get seed", "seed")
        with served.start("unlearn") as other:
            other.ask("get seed", "seed")
            assert "unlearn-01:out_1" in connections(served)
    assert other.errors == ["specml-jack: JACK calls it unlearn-01"]


def test_a_control_follows_its_port_and_then_its_own_value(served):
    """0.25 at first, 0.5 from the port, and 0.25 again once the port is free."""
    with served.start("autoregnn", "--lr", 0.25, "--name", "it") as program:
        assert "lr 0.25" in program.ask("report", "bytes")
        track = {"lr": np.full(480, 0.5)}
        served.record(program, "it", track, ["out_1"], 480)
        jackd.wait_for("its own value", lambda: "lr 0.25" in program.ask("report", "bytes"))
        program.tell("lr 0.125")
        assert "lr 0.125" in program.ask("report", "bytes")


def test_a_control_is_what_its_port_says(served):
    with served.start("autoregnn", "--lr", 0.25, "--name", "it") as program:
        seen: list[str] = []
        tell = program.ask

        def heard(*said):
            """Ask until it is: what is connected need not have been heard by now."""
            jackd.wait_for("the port", lambda: seen.extend(tell(*said)) or "lr 0.5" in seen)

        program.ask = heard
        served.record(program, "it", {"lr": np.full(480, 0.5)}, ["out_1"], 480)
    assert "lr 0.5" in seen


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it(served, tmp_path, number):
    with served.start("unlearn", "--write", tmp_path / "it.st") as program:
        program.ask("get seed", "seed")
        program.process.send_signal(number)
        assert program.wait() == 0
    assert program.rest() == [f"written {tmp_path / 'it.st'}"]
    assert not program.errors
    assert specml.load(tmp_path / "it.st").seed == 1


def test_the_end_of_the_input_is_not_the_end_unless_it_is_asked_for(served):
    with served.start("unlearn", "--name", "stays") as stays:
        stays.ask("get seed", "seed")
        stays.close_input()
        with served.start("unlearn", "--until-eof") as goes:
            goes.ask("get seed", "seed")
            goes.close_input()
            assert goes.wait() == 0
        assert "stays:out_1" in connections(served)
        assert stays.process.poll() is None


def test_nobody_hears_the_answers(served):
    ends = os.pipe()
    os.close(ends[0])
    ran = subprocess.run(
        [str(jackd.program()), "unlearn"], env=served.env, input="dump\nfoo\nquit\n", text=True,
        stdout=ends[1], stderr=subprocess.PIPE, check=False, timeout=jackd.PATIENCE,
    )  # fmt: skip
    os.close(ends[1])
    assert ran.returncode == 0
    assert ran.stderr.endswith("not foo\n")


def test_a_server_that_is_killed(tmp_path):
    words = ["autoregnn", "--write", tmp_path / "it.st"]
    with jackd.server() as served, served.start(*words) as program:
        program.ask("report", "bytes")
        served.kill()
        assert program.wait() == 1
    assert program.errors[0].startswith("specml-jack: the JACK server has gone")
    assert program.rest() == [f"written {tmp_path / 'it.st'}"]
    assert specml.load(tmp_path / "it.st").size == 12


def test_a_server_that_ends():
    with jackd.server() as served, served.start("autoregnn") as program:
        program.ask("report", "bytes")
        served.process.send_signal(signal.SIGTERM)
        assert program.wait() == 1
    assert program.errors[0].startswith("specml-jack: the JACK server has gone")


def test_without_a_server():
    env = os.environ | {"JACK_DEFAULT_SERVER": f"specml-{os.getpid()}-none"}
    with jackd.Program([jackd.program(), "unlearn"], env) as program:
        assert program.wait() == 1
    assert program.errors == [
        "specml-jack: there is no JACK server: start one, say by jackd -d alsa"
    ]
