"""An oracle of the residual stack that owes nothing to rnn_core: scalars in loops, which may be complex."""

import cmath
from typing import NamedTuple

import numpy as np

from .oracles import complex_step, step_losses


def square_losses(o, targets):
    """Σ_i (o_i − target_i)² of every step."""
    return [
        sum((u - c) ** 2 for u, c in zip(o_t, target_t, strict=True))
        for o_t, target_t in zip(o, np.asarray(targets).tolist(), strict=True)
    ]


class StackProblem(NamedTuple):
    """Parameters and initial states by name ("W_hh.0" is of the first layer), inputs and targets."""

    theta: dict
    x: np.ndarray
    targets: np.ndarray

    @property
    def depth(self):
        return len(self.theta["h0"])

    def names(self):
        """Everything that the loss can be differentiated by but h0."""
        return [name for name in self.theta if name != "h0"]

    def params(self, core):
        """The parameters as the package's own type."""
        layers = tuple(
            core.residual.StackLayer(*(self.theta[f"{name}.{layer}"] for name in ("W_hx", "W_hh", "b_h")))
            for layer in range(self.depth)
        )
        return core.residual.StackParams(
            self.theta.get("W_in"), layers, self.theta["W_yh"], self.theta["b_y"]
        )

    def sequence(self, b):
        """One sequence of a batch."""
        h0 = self.theta["h0"][:, b]
        return StackProblem(self.theta | {"h0": h0}, self.x[:, b], self.targets[:, b])


def named(grads):
    """The arrays of a gradient by the names of the problem."""
    arrays = {"W_in": grads.W_in, "W_yh": grads.W_yh, "b_y": grads.b_y}
    for layer, parts in enumerate(grads.layers):
        arrays |= {f"{name}.{layer}": array for name, array in parts._asdict().items()}
    return arrays


def stack_problem(seed=0, *, T=7, B=None, n=3, m=5, k=4, depth=3, W_in=True, dtype=np.float64):
    """Draw generic values: nothing is zero, nothing saturates, every size differs."""
    rng = np.random.default_rng(seed)
    batch = () if B is None else (B,)
    theta = {"W_in": rng.normal(0, 0.6, (m, n))} if W_in else {}
    for layer in range(depth):
        width = m if layer or W_in else n
        theta[f"W_hx.{layer}"] = rng.normal(0, 0.8, (m, width)) / np.sqrt(width)
        theta[f"W_hh.{layer}"] = rng.normal(0, 0.9, (m, m)) / np.sqrt(m)
        theta[f"b_h.{layer}"] = rng.normal(0, 0.3, m)
    theta |= {"W_yh": rng.normal(0, 0.7, (k, m)), "b_y": rng.normal(0, 0.5, k)}
    theta["h0"] = rng.uniform(-0.8, 0.8, (depth, *batch, m))
    x = rng.normal(0, 1, (T, *batch, n))
    return StackProblem(
        {name: value.astype(dtype) for name, value in theta.items()},
        x.astype(dtype),
        rng.integers(0, k, (T, *batch)),
    )


def _plus(*vectors):
    return [sum(parts) for parts in zip(*vectors, strict=True)]


def _times(W, v):
    return [sum(w * u for w, u in zip(row, v, strict=True)) for row in W]


def run_stack(p, skip, phi=cmath.tanh, add_z=None, add_a=None):
    """z[l][t], h[l][t] and o[t] of one sequence as nested lists.

    ``add_z = (l, array)`` adds to each z_l as it is made, but not to h_l; ``add_a`` to each argument of φ.
    """
    theta = {name: np.asarray(value).tolist() for name, value in p.theta.items()}
    z = [[] for _ in range(p.depth + 1)]
    h = [[start] for start in theta["h0"]]
    o = []
    for t, x_t in enumerate(p.x.tolist()):
        for layer in range(p.depth + 1):
            if layer == 0:
                value = _times(theta["W_in"], x_t) if "W_in" in theta else x_t
            else:
                W_hx, W_hh, b_h = (theta[f"{name}.{layer - 1}"] for name in ("W_hx", "W_hh", "b_h"))
                below, before = z[layer - 1][t], h[layer - 1][t]
                a = _plus(b_h, _times(W_hx, below), _times(W_hh, before))
                if add_a is not None and add_a[0] == layer:
                    a = _plus(a, add_a[1][t].tolist())
                h[layer - 1].append([phi(u) for u in a])
                value = _plus(below, h[layer - 1][-1]) if skip else h[layer - 1][-1]
            if add_z is not None and add_z[0] == layer:
                value = _plus(value, add_z[1][t].tolist())
            z[layer].append(value)
        o.append(_plus(theta["b_y"], _times(theta["W_yh"], z[-1][t])))
    return z, h, o


def stack_loss(p, skip, phi=cmath.tanh, losses=step_losses, counts=None, **added):
    """L over the steps for which `counts`, (T,) or (T, B), holds: a sum over time, a mean over the batch."""
    if p.x.ndim == 2:
        values = losses(run_stack(p, skip, phi, **added)[2], p.targets)
        return sum(value for t, value in enumerate(values) if counts is None or counts[t])
    B = p.x.shape[1]
    return (
        sum(
            stack_loss(p.sequence(b), skip, phi, losses, None if counts is None else counts[:, b])
            for b in range(B)
        )
        / B
    )


def stack_gradient(p, name, skip, *args, differentiate=complex_step, **options):
    """∂L/∂θ for one named parameter, or for "h0"."""
    return differentiate(
        lambda value: stack_loss(p._replace(theta=p.theta | {name: value}), skip, *args, **options),
        p.theta[name],
    )
