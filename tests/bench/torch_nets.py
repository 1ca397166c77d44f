"""The models as one would write them with PyTorch: AutoRegNN with autograd and torch.optim.SGD, one
step a sample; Unlearn in whole tensors. One thread, float64."""

import math

import numpy as np
import torch
from torch import nn

from bench import cases
from bench.cases import Case
from bench.turns import Program

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
SHAPES = ((12, 8, 1), (64, 64, 1), (16, 3), (16, 16))


class _Learner:
    """An nn.Sequential that starts with these parameters, canonical order, and its optimizer."""

    def __init__(self, shape: tuple[int, ...], theta: np.ndarray) -> None:
        size, width, layers = shape
        inner = [(size if k == 0 else width, width) for k in range(layers)]
        modules = [part for pair in inner for part in (nn.Linear(*pair), nn.Tanh())]
        self.net = nn.Sequential(*modules, nn.Linear(width, 1), nn.Tanh())
        nn.utils.vector_to_parameters(torch.tensor(theta), self.net.parameters())
        named = [*self.net.named_parameters()]
        groups = [
            {
                "params": [p for name, p in named if name.endswith("weight")],
                "weight_decay": cases.RIDGE,
            },
            {"params": [p for name, p in named if name.endswith("bias")]},
        ]
        self.optimizer = torch.optim.SGD(groups, lr=cases.LR)
        self.past = torch.zeros(size)  # newest first

    def sample(self, target: float) -> float:
        """Learn, then speak."""
        self.optimizer.zero_grad()
        loss = 0.5 * (self.net(self.past) - target).square().sum()
        loss.backward()
        self.optimizer.step()
        with torch.no_grad():
            out = self.net(self.past)
            self.past = torch.cat((out, self.past[:-1]))
        return out.item()


class _Unlearn:
    def __init__(self, net) -> None:
        self.source = torch.tensor(net.sources).long()
        self.delay = torch.tensor(net.delays).long()
        self.w = torch.tensor(net.weights)
        self.v, self.u, self.now = torch.zeros_like(self.w), self.w.clone(), 0
        self.past = torch.zeros(len(self.w), cases.MAXDELAY)
        self.past[:, -1] = torch.tensor(net.state()["past_out"][:, 0])

    @torch.no_grad()
    def sample(self) -> float:
        p, h = cases.UNLEARN, 1.0 / cases.RATE
        q = p["lambda_"] * h / 2
        c, d = (1 - q * q) / (1 + q * q), 2 * q / (1 + q * q)
        heard = self.past[self.source, (self.now - self.delay) % cases.MAXDELAY]
        x = torch.tanh((self.w * heard).sum(1))
        total = x.sum().item()
        slope = p["nu"] * (1 - math.tanh(total) ** 2) - p["mu"]
        w, v = c * self.w + d * self.v, c * self.v - d * self.w
        force = (slope * (1 - x * x)).unsqueeze(1) * heard
        v = (v + h * force) / (1 + p["friction"] * h)
        z = h * p["strength"] * (p["radius"] - torch.hypot(w - self.u, v))
        m = 1 / (1 - z + z * z / 2)
        self.w, self.v = w * m, v * m
        self.u += h / (1 + h) * (self.w - self.u)
        self.past[:, self.now] = x
        self.now = (self.now + 1) % cases.MAXDELAY
        return total / len(x)


def runner(case: Case, net):
    """Return a program that begins where `net` is, which must not have run; None if not written."""
    if case.model == "AutoRegNN2" or case.shape not in SHAPES:
        return None
    if case.model == "Unlearn":
        delay_net = _Unlearn(net)
        return Program(lambda n: np.array([delay_net.sample() for _ in range(n)]))
    learner = _Learner(case.shape, net.parameters)
    return Program(
        lambda n: np.array([learner.sample(target) for target in cases.SINE[:n].tolist()])
    )
