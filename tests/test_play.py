"""`specml play`: what a sound card gets, what keys do, and that nothing is left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import written
from specml import AutoRegNN, AutoRegNN2, Unlearn, load, signals
from specml.__main__ import main
from specml.examples import EXAMPLES, Run
from specml.playing import commands, device, keys, meter, session
from specml.playing.hand import Hand
from specml.playing.outlet import Outlet
from specml.playing.pieces import ExamplePiece, Stage, StatePiece, stereo
from specml.playing.player import Player
from specml.playing.ring import Ring

RATE = 48000.0
SECONDS = 60  # after which a test gives up
AHEAD, BLOCK = 480, 120


class Card:
    """A sound card that records: it takes sound as soon as there is some, at odd lengths."""

    def __init__(self, samplerate=None, listening=False, backend=None):
        self.samplerate, self.name = samplerate or RATE, "recorder"
        self.recorded, self._thread = [], None

    def start(self, pull, put):
        outlet = pull.__self__

        def take():
            for frames in iter(lambda: [1, 63, 64, 441, 7][len(self.recorded) % 5], None):
                outlet.ring.wait_for(frames)
                if outlet.ring.closed and not outlet.ring.filled:
                    break
                self.recorded.append(pull(min(frames, outlet.ring.filled)))
            while not outlet.finished:
                assert not pull(1000).any()

        self._thread = threading.Thread(target=take)
        self._thread.start()

    def stop(self):
        if self._thread:
            self._thread.join(SECONDS)


@pytest.fixture
def card(monkeypatch):
    """The recorder in place of the sound card; afterwards no thread is left."""
    made = []

    def make(*arguments):
        made.append(Card(*arguments))
        return made[-1]

    before = set(threading.enumerate())
    monkeypatch.setattr(device, "SoundCard", make)
    yield lambda: np.concatenate(made[-1].recorded)
    assert set(threading.enumerate()) <= before


def play(*words):
    result = CliRunner().invoke(main, ["play", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def same(found, wanted):
    """Equal as bits; says where not."""
    assert found.shape == wanted.shape and found.dtype == wanted.dtype == np.float32
    differ = np.argwhere(found.view(np.uint32) != wanted.view(np.uint32))
    if len(differ):
        place = tuple(differ[0])
        pytest.fail(f"{place}: {float(found[place]).hex()}, not {float(wanted[place]).hex()}")


def render(example, run):
    """Without the bar of `specml.render`, which keeps a thread."""
    return np.concatenate([*example.start(run).blocks], axis=1)


@pytest.mark.parametrize("name", [*EXAMPLES])
def test_an_example_is_played_with_the_samples_of_its_rendering(card, name):
    result = play(name, "--seconds", 0.7)
    assert result.exit_code == 0, result.output
    samples = render(EXAMPLES[name], Run(33600, EXAMPLES[name].seed))
    sides = samples if len(samples) == 2 else [samples[-1]] * 2  # of more, what speaks
    same(card(), np.float32(sides).T.copy())
    assert "0.7 s played, 0 underruns" in result.output


def test_seed_and_samplerate_are_those_of_a_rendering(card):
    assert play("clicks", "--seconds", 0.1, "--seed", 7, "--samplerate", 44100).exit_code == 0
    same(card(), stereo(render(EXAMPLES["clicks"], Run(4410, 7, samplerate=44100.0))))


def test_percussion_hears_a_file_again_and_again(card, tmp_path):
    heard = 0.5 * np.sin(np.arange(3000.0) ** 1.3)
    soundfile.write(tmp_path / "in.wav", heard, 44100, "DOUBLE")
    assert play("percussion", "--seconds", 0.2, "--input", tmp_path / "in.wav").exit_code == 0
    run = Run(8820, 1, samplerate=44100.0, input=np.resize(heard, 8820))
    same(card(), stereo(render(EXAMPLES["percussion"], run)))


def saved(tmp_path, net):
    path = tmp_path / "stage.safetensors"
    net.save(path)
    return path


def test_a_network_of_a_file_goes_on_with_what_it_hears(card, tmp_path):
    """With the controls that it holds; to the bit as in Python."""
    heard = signals.sine(np.arange(9600) * 0.01)
    soundfile.write(tmp_path / "in.wav", heard, 48000, "DOUBLE")
    for net in (AutoRegNN(7, 5, seed=3), AutoRegNN2(7, 5, seed=3)):
        inputs = [heard] * (1 + isinstance(net, AutoRegNN2))
        net.process(*inputs, lr=0.3, autoreg=0.8)
        path = saved(tmp_path, net)
        assert play(path, "--seconds", 0.1, "--input", tmp_path / "in.wav").exit_code == 0
        out = net.process(*[x[:4800] for x in inputs], **net.held)[0]
        same(card(), stereo(out[np.newaxis]))


def test_a_network_that_hears_nothing_begins_frozen(card, tmp_path):
    net = AutoRegNN(12, 8, seed=3)
    net.process(signals.sine(np.arange(9600) * 0.01))
    result = play(saved(tmp_path, net), "--seconds", 0.1)
    same(card(), stereo(net.process(np.zeros(4800), lr=0.0)[0][np.newaxis]))
    assert "stage, seed 3; nothing is heard, so it begins frozen" in result.output


@pytest.mark.parametrize("neurons", [1, 5])
def test_an_unlearn_of_a_file_goes_on_at_its_own_rate(card, tmp_path, neurons):
    net = Unlearn(neurons=neurons, inputs=1, samplerate=32000.0, seed=2)
    net.process(500, strength=3.0)
    result = play(saved(tmp_path, net), "--seconds", 0.1)
    assert "32000 Hz" in result.output
    held = net.held
    held["lambda_"] = held.pop("lambda")
    y = np.broadcast_to(net.process(3200, **held, outs=min(2, neurons)), (2, 3200))
    leaks = [signals.leak_dc() for _ in range(2)]
    sides = [0.8 * leak(side) for leak, side in zip(leaks, y - y[:, :1], strict=True)]
    same(card(), stereo(np.stack(sides)))


def test_of_several_networks_one_is_chosen(card, tmp_path):
    """Of a file such as Pure Data and Max write."""
    nets = [AutoRegNN(12, 8, seed=seed) for seed in (3, 4)]
    for k, net in enumerate(nets):
        net.process(signals.sine(np.arange(4800) * (0.01 + 0.01 * k)))
    path = tmp_path / "duo.safetensors"
    written.save(path, *nets)
    for channel, net in enumerate(nets, start=1):
        result = play(path, "--seconds", 0.05, "--channel", channel)
        assert f"duo, seed {2 + channel};" in result.output
        same(card(), stereo(net.process(np.zeros(2400), lr=0.0)[0][np.newaxis]))
    result = play(path, "--channel", 3)
    assert (
        result.exit_code == 2 and "channel must be an integer within 1..2, not 3" in result.output
    ), result.output


class Playing:
    """A player whose sound is taken by hand."""

    def __init__(self, *pieces, seed=None, samples=None):
        self.hand, self.outlet = Hand(), Outlet(AHEAD, 2)
        stage = Stage(RATE, BLOCK, self.hand, samples)
        self.player = Player(pieces, stage, self.outlet, seed=seed)

    def __enter__(self):
        self.player.start()
        return self

    def __exit__(self, *raised):
        self.player.stop()
        assert not self.player._thread.is_alive()

    def take(self, frames):
        parts = []
        while frames:
            n = min(frames, BLOCK)
            self.outlet.ring.wait_for(n)
            parts.append(self.outlet.pull(n))
            frames -= n
        return np.concatenate(parts)

    def take_until(self, wanted):
        """Take block after block until something is so."""
        taken, end = [], time.monotonic() + SECONDS
        while not wanted():
            assert time.monotonic() < end
            taken.append(self.take(BLOCK))
        return taken


def pieces(*names):
    return [ExamplePiece(EXAMPLES[name]) for name in names]


def rendered(name, samples, seed=1):
    return stereo(render(EXAMPLES[name], Run(samples, seed)))


def found_in(sound, part):
    """Return where a part is found in a sound, as bits."""
    for at in range(len(sound) - len(part) + 1):
        if np.array_equal(sound[at : at + len(part)], part):
            return at
    return None


def test_the_next_piece_begins_with_its_first_sample_after_a_fade():
    with Playing(*pieces("fm", "clicks"), seed=5) as playing:
        sound = [playing.take(1200)]
        playing.hand.turn(2)
        playing.player.next()
        sound += playing.take_until(lambda: playing.player.sounding.name == "clicks")
        assert (playing.hand.factor, playing.player.sounding.seed) == (1.0, 1)
        sound = np.concatenate([*sound, playing.take(2400)])
    begin = found_in(sound, rendered("clicks", 480))
    assert begin is not None
    assert np.abs(sound[begin - 1]).max() < 0.02, "it ends without a click"
    assert playing.outlet.underruns == 0


def test_a_new_seed_begins_again_with_weights_that_no_network_had():
    with Playing(*pieces("feedback"), seed=4) as playing:
        playing.take(600)
        playing.player.reseed()
        sound = playing.take_until(lambda: playing.player.sounding.seed == 7)
        sound = np.concatenate([*sound, playing.take(2400)])
        assert found_in(sound, rendered("feedback", 480, 7)) is not None
        before = playing.player.sounding
        playing.player.reset()
        playing.take_until(lambda: playing.player.sounding is not before)
        assert playing.player.sounding.seed == 7


def test_a_state_file_is_reset_to_what_it_holds(tmp_path):
    net = AutoRegNN(12, 8, seed=3)
    net.process(signals.sine(np.arange(9600) * 0.01))
    with Playing(StatePiece(saved(tmp_path, net))) as playing:
        first = playing.take(480)
        before = playing.player.sounding
        playing.player.reset()
        sound = playing.take_until(lambda: playing.player.sounding is not before)
        assert found_in(np.concatenate([*sound, playing.take(2400)]), first) is not None
        playing.player.reseed()
        playing.take_until(lambda: playing.player.sounding.seed == 4)
        playing.player.keep()
        playing.take_until(lambda: not playing.player.copies.empty())
        ((_, (kept,)),) = [playing.player.copies.get()]
        np.testing.assert_array_equal(kept.parameters, AutoRegNN(12, 8, seed=4).parameters)


def test_a_pause_is_silence_between_two_fades():
    with Playing(*pieces("fm")) as playing:
        sound = [playing.take(960)]
        playing.player.pause()
        sound += playing.take_until(lambda: playing.player.paused)
        sound += [playing.take(AHEAD + BLOCK), playing.take(1200)]
        assert not sound[-1].any()
        playing.player.pause()
        sound += playing.take_until(lambda: not playing.player.paused)
        sound.append(playing.take(2400))
    sound = np.concatenate(sound)
    assert np.abs(sound[-480:]).max() > 0.5
    steps = np.abs(np.diff(sound[:, 0])).max()
    assert steps <= np.abs(np.diff(rendered("fm", 4800)[:, 0])).max() * 1.1


def test_a_hand_turns_learning_rates_and_nothing_else():
    """Untouched, it returns what it was given."""
    for rate in ("lr", "lambda_"):
        hand, given = Hand(), {rate: np.array([0.1, 0.2]), "ridge": 0.5}
        assert hand(given) == given and hand(given)[rate] is given[rate]
        hand.turn(4)
        np.testing.assert_array_equal(hand(given)[rate], [0.2, 0.4])
        assert hand(given)["ridge"] == 0.5
        hand.turn(-1000)
        assert hand.factor == 2.0**-10
        hand.frozen = True
        assert hand(given) == {rate: 0.0, "ridge": 0.5}


def test_live_input_is_heard_from_its_first_sample(tmp_path):
    """What is played begins with silence, as long as what is computed ahead."""
    net, ear, outlet = AutoRegNN(9, 6, seed=3), Ring(2 * AHEAD, 1), Outlet(AHEAD, 2)
    net.process(signals.sine(np.arange(4800) * 0.01))
    stage = Stage(RATE, BLOCK, Hand(), hear=commands.live(ear))
    player = Player([StatePiece(saved(tmp_path, net))], stage, outlet, ear)
    before = threading.active_count()
    player.start()
    assert outlet.ring.filled == AHEAD and not outlet.pull(AHEAD).any()
    heard = np.float32(signals.sine(np.arange(3 * BLOCK) * 0.013))
    assert ear.put(heard[:, np.newaxis]) == 3 * BLOCK
    outlet.ring.wait_for(3 * BLOCK)
    out = net.process(heard.astype(np.float64), **net.held)[0]
    same(outlet.pull(3 * BLOCK), stereo(out[np.newaxis]))
    player.stop()  # while it waits for more
    assert threading.active_count() == before


def test_what_is_not_there_in_time_is_silence_and_counted():
    outlet = Outlet(100, 2, tail=8)
    assert outlet.ring.put(np.full((70, 2), 0.5, np.float32)) == 70
    sound = outlet.pull(100)
    assert (sound[:70] == 0.5).all() and not sound[70:].any() and outlet.underruns == 1
    assert not outlet.pull(10).any() and outlet.underruns == 2
    outlet.ring.put(np.full((5, 2), -0.25, np.float32))
    outlet.ring.close()
    assert not outlet.finished
    assert outlet.peaks() == [0.5, 0.5]
    sound = outlet.pull(10)
    assert (sound[:5] == -0.25).all() and not sound[5:].any()
    assert outlet.underruns == 2, "the end is no underrun"
    assert not outlet.finished, "its tail may not have been heard"
    assert not outlet.pull(3).any()
    assert outlet.finished and outlet.played == 75
    assert outlet.peaks() == [0.25, 0.25] and outlet.peaks() == [0.0, 0.0]


def test_a_ring_hands_on_every_frame_in_order():
    """Whatever the lengths; both sides wait for each other."""
    ring, rng = Ring(37, 1), np.random.default_rng(1)
    sent = np.arange(5000, dtype=np.float32)[:, np.newaxis]

    def write():
        for part in np.split(sent, np.sort(rng.integers(0, 5000, 90))):
            assert ring.write(part)
        ring.close()

    thread = threading.Thread(target=write)
    thread.start()
    got = []
    while sum(map(len, got)) < 5000:
        got.append(ring.read(len(got) % 60))
        assert ring.filled <= 37
    thread.join(SECONDS)
    same(np.concatenate(got), sent)
    assert not ring.write(sent), "what is closed takes no more than fits"


def test_an_error_of_the_computing_thread_is_said_in_one_line(card, monkeypatch):
    def broken(net, *arguments, **controls):
        raise MemoryError

    monkeypatch.setattr(AutoRegNN, "process", broken)
    result = play("sine", "--seconds", 1)
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        1, "Error: not enough memory to play it",
    )  # fmt: skip


def test_a_sound_card_that_goes_away_ends_it(card, monkeypatch):
    monkeypatch.setattr(Card, "start", lambda card, pull, put: pull(64))
    monkeypatch.setattr(session, "LOST", 3)
    result = play("sine")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        1, "Error: the sound card takes no more sound",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("peak", "said"),
    [(1.0, "[########]   0.0"), (0.0, "[        ]  -inf"),
     (0.1, "[#####   ] -20.0"), (2.0, "[########!   6.0")],
)  # fmt: skip
def test_levels_are_bars_and_decibels(peak, said):
    assert meter.bar(peak) == said


def test_the_line_fits_the_terminal_and_covers_the_one_before(monkeypatch):
    class Terminal:
        text = ""

        def isatty(self):
            return True

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    monkeypatch.setenv("COLUMNS", "40")
    stream = Terminal()
    screen = meter.Screen(stream)
    screen.draw(meter.line(["sine"], [0.5, 0.5], 65.0, 3))
    screen.draw("short")
    screen.say("said")
    _, long, short, cleared, said = stream.text.split("\r")
    assert long == "1:05  sine  3 underruns  [####### ]  -6"
    assert short == "short" + 34 * " "
    assert cleared.isspace() and said == "said\n"


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [("pq", ["p", "q"]), ("\x1b[A\x1b[B", ["up", "down"]), ("\x1bOAx", ["up", "x"]),
     ("\x1b[1;5Cs", ["", "s"]), ("\x1b", [""]), ("\x1b[15~f", ["", "f"])],
)  # fmt: skip
def test_keys_are_told_apart(typed, pressed):
    found = []
    while typed:
        key, typed = keys.first(typed)
        found.append(key)
    assert found == pressed


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture
def terminal():
    """A pseudo-terminal: what a person has, and what a program has."""
    person, program = os.openpty()
    yield person, program
    for fd in (person, program):
        with contextlib.suppress(OSError):
            os.close(fd)


@posix
def test_a_terminal_is_restored_after_an_exception(terminal):
    import termios

    person, program = terminal
    before, handler = termios.tcgetattr(program), signal.getsignal(signal.SIGTSTP)
    with pytest.raises(ZeroDivisionError), keys.Keys(program) as pressed:
        assert termios.tcgetattr(program) != before
        os.write(person, b"a\x1b[A")
        assert [pressed.read(SECONDS), pressed.read(SECONDS)] == ["a", "up"]
        assert pressed.read(0.0) == ""
        raise ZeroDivisionError
    assert termios.tcgetattr(program) == before
    assert signal.getsignal(signal.SIGTSTP) is handler


@posix
def test_a_terminal_that_is_gone_quits(terminal):
    person, program = terminal
    with keys.Keys(program) as pressed:
        os.close(person)
        assert pressed.read(SECONDS) == "q"


class Program:
    """`specml play` in a process of its own on a pseudo-terminal, playing to nobody."""

    def __init__(self, terminal, *words, keys=True):
        self.person, self.program = terminal
        command = [sys.executable, "-m", "specml", "play", *words, "--backend", "null"]
        self.process = subprocess.Popen(
            command, stdin=self.program if keys else subprocess.DEVNULL, stdout=self.program,
            stderr=self.program, start_new_session=True, env=os.environ | {"COLUMNS": "80"},
        )  # fmt: skip
        self.said = ""

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        with self.process:
            self.process.kill()

    def until(self, word):
        """Read until it has said a word; forget what came before."""
        import select

        end = time.monotonic() + SECONDS
        while word not in self.said:
            assert time.monotonic() < end, self.said
            if select.select([self.person], [], [], 0.1)[0]:
                self.said += os.read(self.person, 4096).decode()
        before, _, self.said = self.said.partition(word)
        return before

    def press(self, typed):
        os.write(self.person, typed.encode())


@posix
def test_keys_do_what_they_say(terminal, tmp_path):
    import termios

    pytest.importorskip("miniaudio")
    before = termios.tcgetattr(terminal[1])
    with Program(terminal, "sine", "-o", str(tmp_path)) as program:
        assert "p next" in program.until("sine, seed 1")
        program.until("dB")
        for typed, said in (("s", "sine, seed 2"), ("+", "lr x1.19"), ("\x1b[A", "lr x1.41"),
                            ("\x1b[B", "lr x1.19"), ("-", "lr x1 "), ("f", "lr frozen"),
                            ("f", "lr x1 "), (" ", "paused"), ("r", "lr x1 "),
                            ("w", "sine-1.safetensors"), ("p", "fm, seed 1")):  # fmt: skip
            program.press(typed)
            program.until(said)
        program.press("wq")
        program.until("s played, ")
        assert program.process.wait(SECONDS) == 0
    assert termios.tcgetattr(terminal[1]) == before
    assert load(tmp_path / "sine-1.safetensors").seed == 2
    assert load(tmp_path / "fm-1.safetensors").seed == 1


@posix
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_end_it_with_the_terminal_restored(terminal, number, ctrl_c):
    import termios

    pytest.importorskip("miniaudio")
    before = termios.tcgetattr(terminal[1])
    with Program(terminal, "wind") as program:
        program.until("dB")
        assert termios.tcgetattr(terminal[1]) != before
        program.process.send_signal(getattr(signal, number))
        program.until("s played, ")
        assert program.process.wait(SECONDS) == 0
    assert termios.tcgetattr(terminal[1]) == before


@posix
def test_a_stopped_program_leaves_the_terminal_as_it_was(terminal):
    import termios

    pytest.importorskip("miniaudio")
    before = termios.tcgetattr(terminal[1])
    with Program(terminal, "wind") as program:
        program.until("dB")
        program.process.send_signal(signal.SIGTSTP)
        end, stopped = time.monotonic() + SECONDS, 0
        while not stopped:
            assert time.monotonic() < end
            _, stopped = os.waitpid(program.process.pid, os.WUNTRACED | os.WNOHANG)
        assert os.WIFSTOPPED(stopped)
        assert termios.tcgetattr(terminal[1]) == before
        program.process.send_signal(signal.SIGCONT)
        program.press("f")
        program.until("lr frozen")
        assert termios.tcgetattr(terminal[1]) != before
        program.press("q")
        assert program.process.wait(SECONDS) == 0
    assert termios.tcgetattr(terminal[1]) == before


@posix
@pytest.mark.parametrize("keys", [True, False])
def test_a_program_without_its_terminal_ends(keys):
    pytest.importorskip("miniaudio")
    terminal = os.openpty()
    with Program(terminal, "wind", keys=keys) as program:
        program.until("dB")
        os.close(terminal[0])
        program.process.wait(SECONDS)
    os.close(terminal[1])


def test_the_null_backend_plays_and_listens():
    pytest.importorskip("miniaudio")
    before = threading.active_count()
    for words in (("sine",), ("percussion", "--listen")):
        result = play(*words, "--seconds", 0.2, "--backend", "null")
        assert result.exit_code == 0, result.output
        assert result.output.startswith("Null, 48000 Hz, 100 ms ahead\n")
    assert threading.active_count() == before


def test_what_is_written_never_takes_the_place_of_another(tmp_path):
    for name in ("a", "b[1]*"):
        (tmp_path / f"{name}-1.safetensors").touch()
        (tmp_path / f"{name}-1-network2.safetensors").touch()
        (tmp_path / f"{name}-20.safetensors").touch()
        names = [path.name for k in (1, 2) for path in session.free(tmp_path, name, k)]
        ends = ("2", "2-network1", "2-network2")
        assert names == [f"{name}-{end}.safetensors" for end in ends]


def test_what_cannot_be_played_is_said_in_one_line(tmp_path, monkeypatch):
    wrong = tmp_path / "wrong.safetensors"
    wrong.write_bytes(b"no state")
    for words, code, said in (
        (("nope",), 2, "nope is no file, and none of sine, fm"),
        ((wrong,), 2, str(wrong)),
        (("sine", "--listen"), 2, "sine hears no live input"),
        (("percussion", "--listen", "--input", __file__), 2, "not both"),
        (("percussion", "--input", __file__), 2, "no sound file"),
        (("sine", "--samplerate", 7), 2, "8000"),
        (("sine", "--latency", 1), 2, "20"),
        (("sine", "--output", wrong), 2, "is a file"),
    ):
        result = play(*words)
        assert result.exit_code == code and said in result.output, result.output
        assert len([line for line in result.output.splitlines() if "Error" in line]) == 1

    monkeypatch.setitem(sys.modules, "miniaudio", None)
    result = play("sine")
    assert result.output == "Error: playing needs the library miniaudio: pip install miniaudio\n"


def test_without_a_sound_card_it_says_so(monkeypatch, capfd):
    miniaudio = pytest.importorskip("miniaudio")

    def none(*arguments, **more):
        os.write(2, b"ALSA lib confmisc.c:855:(parse_card) cannot find card '0'\n")
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    monkeypatch.setattr(miniaudio, "get_enabled_backends", lambda: {miniaudio.Backend.JACK})
    result = play("sine")
    assert (result.exit_code, result.output) == (
        1, "Error: no sound card can be opened (jack: failed to init device -401)\n",
    )  # fmt: skip
    assert capfd.readouterr().err == ""
    assert "not 'nope'" in play("sine", "--backend", "nope").output
