"""AutoRegNN in PyTorch: the file's tensors, the reference's predictions, and back again.

PyTorch is imported when the first of these tests runs, for it takes a second or two.
"""

import numpy as np
import pytest

import written
from specml import AutoRegNN, AutoRegNN2, container, load
from specml.reference.network import Network

SHAPES = [(1, 1, 1), (12, 8, 1), (5, 3, 2), (40, 30, 3), (9, 4, 8)]


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", exc_type=ImportError)


@pytest.fixture(scope="module")
def module(torch):
    """specml.torch."""
    import specml.torch

    return specml.torch


def lived(shape, seed: int = 1, scale: float = 1.0) -> AutoRegNN:
    net = AutoRegNN(*shape, seed=seed, scale=scale)
    x = np.random.default_rng(seed).uniform(-1.0, 1.0, 200)
    x[7] = np.nan  # repaired, and counted
    net.process(x, lr=0.05, autoreg=0.5, teacher=0.25)
    return net


def keeping(path, *nets) -> None:
    """A file of these networks with two snapshots, the second of one channel, and a glide."""
    for k, net in enumerate(nets):
        net.store("1e3")
        net.parameters = 2.0 * net.parameters
        if k == 0:
            net.store("wild one")
        net.recall("1e3", 5 * 64)
    written.save(path, *nets)


@pytest.mark.parametrize("scale", [1.0, 30.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_it_predicts_what_the_reference_predicts(torch, module, tmp_path, shape, scale):
    """Within 1e-12, for one window or any batch of them; from the file of a network."""
    net, twin = lived(shape, scale=scale), Network(*shape)
    net.save(tmp_path / "a.safetensors")
    twin.parameters = net.parameters
    x = np.random.default_rng(2).uniform(-1.0, 1.0, (3, 4, shape[0]))
    with torch.no_grad():
        y = module.load(tmp_path / "a.safetensors")(torch.from_numpy(x))
    assert y.dtype == torch.float64 and tuple(y.shape) == (3, 4)
    want = [[twin.forward(past[::-1]) for past in row] for row in x]
    assert np.abs(y.numpy() - want).max() < 1e-12


@pytest.mark.parametrize("shape", SHAPES)
def test_its_state_dict_is_the_file(torch, module, tmp_path, shape):
    """Names, types, shapes and bits; so what the package safetensors reads is loaded as it is."""
    safetensors = pytest.importorskip("safetensors.torch")
    path = tmp_path / "a.safetensors"
    keeping(path, lived(shape))
    _, tensors = container.read(path)
    directly = module.AutoRegNN(*shape)
    directly.load_state_dict(safetensors.load_file(path))
    for net in (directly, module.load(path)):
        state = net.state_dict()
        assert set(state) == set(tensors)
        for name, part in tensors.items():
            assert state[name].numpy().dtype == part.dtype
            assert np.array_equal(state[name].numpy(), part), name


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_loaded_and_saved_is_the_same_file(module, tmp_path, shape):
    """With all that PyTorch has no use for."""
    a, b = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    keeping(a, lived(shape, seed=2**64 - 1))
    module.load(a).save(b)
    assert b.read_bytes() == a.read_bytes()


def test_a_new_one_has_what_a_new_network_has(torch, module, tmp_path):
    """All but the weights, which PyTorch draws within the same bounds."""
    torch.manual_seed(1)
    module.AutoRegNN(30, 20, 2).save(tmp_path / "a.safetensors")
    AutoRegNN(30, 20, 2).save(tmp_path / "b.safetensors")
    (metadata, mine), (wanted, other) = (
        container.read(tmp_path / f"{k}.safetensors") for k in "ab"
    )
    assert [*metadata.items()] == [*wanted.items()] and [*mine] == [*other]
    for name, part in other.items():
        assert mine[name].shape == part.shape and mine[name].dtype == part.dtype
        if name.endswith(("weight", "bias")):
            bound = 1.0 / np.sqrt(30 if name.startswith("layer1") else 20)
            assert np.abs(mine[name]).max() <= bound
        else:
            assert np.array_equal(mine[name], part), name


@pytest.mark.parametrize("channel", [1, 2, 3])
def test_one_channel_is_loaded(module, tmp_path, channel):
    """With its seed, and with its part of what is kept: a snapshot's channels begin again."""
    path = tmp_path / "a.safetensors"
    nets = [lived((4, 3, 1), seed=k) for k in (7, 8, 9)]
    keeping(path, *nets)
    net = module.load(path, channel)
    state = {name: part.numpy() for name, part in net.state_dict().items()}
    assert net.snapshots == ["1e3", "wild one"] and net.gliding == (5, 64)
    drawn = [lived((4, 3, 1), seed=k).parameters[:12].reshape(3, 4) for k in (7, 8, 9)]
    mine = drawn[channel - 1]
    assert np.array_equal(state["layer1.weight"].ravel(), nets[channel - 1].parameters[:12])
    assert np.array_equal(state["snapshot1.layer1.weight"], mine)
    assert np.array_equal(state["snapshot2.layer1.weight"], 2.0 * drawn[0])
    assert np.array_equal(state["glide.layer1.weight"], mine)


def test_weights_alone_begin_as_after_a_draw(module, tmp_path):
    path = tmp_path / "a.safetensors"
    lived((4, 3, 1)).save(path)
    metadata, tensors = container.read(path)
    alone = {name: part for name, part in tensors.items() if name.endswith(("weight", "bias"))}
    container.write(path, metadata, alone)
    net = module.load(path)
    assert net.now.tolist() == [0.5, 0.05, 1e-4, 0.25]
    assert not net.past_in.any() and not net.past_out.any()
    twin = module.AutoRegNN(4, 3, 1)
    twin.load_state_dict(net.state_dict())


def test_what_is_trained_there_is_played_here(torch, module, tmp_path):
    """As the docstring says it: windows of a sine, and then it goes on by itself."""
    torch.manual_seed(1)
    x = torch.from_numpy(0.6 * np.sin(0.2 * np.arange(2000)))
    net = module.AutoRegNN(size=8, width=6)
    windows = x.unfold(0, net.size + 1, 1)
    past, sample = windows[:, :-1].flip(1), windows[:, -1]
    optimizer = torch.optim.LBFGS(net.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        found = (net(past) - sample).square().mean()
        found.backward()
        return found

    before = loss().item()
    optimizer.step(loss)
    assert loss().item() < 1e-5 < before
    net.save(tmp_path / "a.safetensors")
    played = load(tmp_path / "a.safetensors")
    out, _ = played.process(x.numpy(), lr=0.0, autoreg=0.0)
    with torch.no_grad():
        want = net(past).numpy()
    assert np.abs(out[8:] - want).max() < 1e-12
    assert np.abs(out[8:] - x.numpy()[8:]).max() < 0.05


@pytest.mark.parametrize("value", [np.nan, np.inf, 2.0**501])
def test_weights_that_no_model_can_hold_are_not_written(torch, module, tmp_path, value):
    net = module.AutoRegNN(4, 3, 1)
    with torch.no_grad():
        net.layer1.weight[1, 2] = value
    with pytest.raises(ValueError, match=r"layer1.weight must be finite and within ±2\^500"):
        net.save(tmp_path / "a.safetensors")
    assert not [*tmp_path.iterdir()]


def test_weights_too_small_to_be_kept_are_written_as_0(torch, module, tmp_path):
    net = module.AutoRegNN(4, 3, 1)
    with torch.no_grad():
        small = [5e-324, -0.0, 2.0**-501, 2.0**-500]
        net.layer1.weight[:] = torch.tensor(small, dtype=torch.float64)
    net.save(tmp_path / "a.safetensors")
    written_weights = container.read(tmp_path / "a.safetensors")[1]["layer1.weight"]
    assert written_weights[0].tolist() == [0.0, 0.0, 0.0, 2.0**-500]
    assert not np.signbit(written_weights).any()


def test_what_is_kept_is_named(module, tmp_path):
    keeping(tmp_path / "a.safetensors", lived((4, 3, 1)))
    net = module.load(tmp_path / "a.safetensors")
    net.gliding = None
    with pytest.raises(ValueError, match="glide"):
        net.save(tmp_path / "b.safetensors")
    net = module.AutoRegNN(4, 3, 1)
    net.snapshots = ["calm"]
    with pytest.raises(ValueError, match="snapshot1"):
        net.save(tmp_path / "b.safetensors")
    net = module.AutoRegNN(4, 3, 1)
    net.settings["lr"] = 11.0
    with pytest.raises(ValueError, match=r"lr must be within 0..10, not '11'"):
        net.save(tmp_path / "b.safetensors")


def test_what_is_no_such_network_is_refused(module, tmp_path):
    path = tmp_path / "a.safetensors"
    AutoRegNN2(4, 3, 1).save(path)
    with pytest.raises(ValueError, match=r"a.safetensors: it is of the model autoregnn2"):
        module.load(path)
    AutoRegNN(4, 3, 1).save(path)
    with pytest.raises(ValueError, match=r"a.safetensors: channel must be .*1..1, not 2"):
        module.load(path, 2)
    metadata, tensors = container.read(path)
    container.write(path, metadata | {"width": "5"}, tensors)
    with pytest.raises(ValueError, match=r"a.safetensors: layer1.weight must be"):
        module.load(path)
    for words in ({"size": 0}, {"width": 1025}, {"layers": 9}, {"size": 1.5}):
        with pytest.raises(ValueError, match=next(iter(words))):
            module.AutoRegNN(**words)
