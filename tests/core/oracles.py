"""Oracles that owe nothing to rnn_core: the network written with scalars, and two ways to differentiate it.

The forward pass is loops over indices in Python numbers, which may be complex. Its gradient is taken by the
complex step, Im f(θ + iε)/ε, exact to rounding, or by central differences: no backpropagation here.
"""

import cmath
import itertools
import math
from typing import NamedTuple

import numpy as np

PARAMETERS = ("W_hx", "W_hh", "W_yh", "b_h", "b_y")
STEP = 1e-30


class Phi(NamedTuple):
    """An activation: how rnn_core makes it, φ and φ' of one (complex) number, and γ."""

    make: object
    value: object
    slope: object
    gamma: float


def _sigmoid(a):
    return 1 / (1 + cmath.exp(-a))


PHIS = {
    "tanh": Phi(lambda core: core.TANH, cmath.tanh, lambda a: 1 / math.cosh(a) ** 2, 1.0),
    "sigmoid": Phi(lambda core: core.SIGMOID, _sigmoid, lambda a: 1 / (2 + math.exp(a) + math.exp(-a)), 0.25),
    "relu": Phi(lambda core: core.RELU, lambda a: a if a.real > 0 else 0 * a, lambda a: float(a > 0), 1.0),
    "identity": Phi(lambda core: core.IDENTITY, lambda a: a, lambda a: 1.0, 1.0),
    "tanh_with_gain": Phi(
        lambda core: core.tanh_with_gain(1.7),
        lambda a: cmath.tanh(1.7 * a),
        lambda a: 1.7 / math.cosh(1.7 * a) ** 2,
        1.7,
    ),
    "relu_with_slope": Phi(
        lambda core: core.relu(1.3), lambda a: 1.3 * a if a.real > 0 else 0 * a, lambda a: 1.3 * (a > 0), 1.3
    ),
    "linear": Phi(lambda core: core.linear(0.8), lambda a: 0.8 * a, lambda a: 0.8, 0.8),
}


class Problem(NamedTuple):
    """Parameters and h^(0) by name, inputs and targets; h0, x and targets have a batch axis or not."""

    theta: dict
    x: np.ndarray
    targets: np.ndarray

    def params(self, core):
        """The five parameters as the package's own type."""
        return core.RNNParams(*(self.theta[name] for name in PARAMETERS))


def problem(seed=0, *, T=7, B=None, n=3, m=5, k=4, dtype=np.float64):
    """Draw generic values: nothing is zero, nothing saturates, every size differs."""
    rng = np.random.default_rng(seed)
    batch = () if B is None else (B,)
    theta = {
        "W_hx": rng.normal(0, 0.6, (m, n)),
        "W_hh": rng.normal(0, 0.9, (m, m)) / np.sqrt(m),
        "W_yh": rng.normal(0, 1.0, (k, m)),
        "b_h": rng.normal(0, 0.3, m),
        "b_y": rng.normal(0, 0.5, k),
        "h0": rng.uniform(-0.8, 0.8, (*batch, m)),
    }
    x = rng.normal(0, 1, (T, *batch, n))
    return Problem(
        {name: value.astype(dtype) for name, value in theta.items()},
        x.astype(dtype),
        rng.integers(0, k, (T, *batch)),
    )


def _affine(terms, bias):
    """Σ W v + b for pairs (W, v) of nested lists."""
    return [
        b + sum(w * v for W, vec in terms for w, v in zip(W[i], vec, strict=True)) for i, b in enumerate(bias)
    ]


def run(theta, x, phi=cmath.tanh, add_a=None, add_h=None, add_o=None):
    """a, h and o of one sequence as nested lists; `add_a` is added to each a^(t) as it is made, and so on."""
    W_hx, W_hh, W_yh, b_h, b_y, h0 = (np.asarray(theta[name]).tolist() for name in (*PARAMETERS, "h0"))
    T, m, k = len(x), len(b_h), len(b_y)
    add_a = np.zeros((T, m)) if add_a is None else add_a
    add_h = np.zeros((T + 1, m)) if add_h is None else add_h
    add_o = np.zeros((T, k)) if add_o is None else add_o
    h = [[u + v for u, v in zip(h0, add_h[0].tolist(), strict=True)]]
    a, o = [], []
    for t, x_t in enumerate(np.asarray(x).tolist()):
        a.append(
            [
                u + v
                for u, v in zip(_affine([(W_hx, x_t), (W_hh, h[-1])], b_h), add_a[t].tolist(), strict=True)
            ]
        )
        h.append([phi(u) + v for u, v in zip(a[-1], add_h[t + 1].tolist(), strict=True)])
        o.append([u + v for u, v in zip(_affine([(W_yh, h[-1])], b_y), add_o[t].tolist(), strict=True)])
    return a, h, o


def step_losses(o, targets):
    """−log softmax(o^(t))[c^(t)] for every t."""
    losses = []
    for o_t, c in zip(o, np.asarray(targets).tolist(), strict=True):
        top = max(u.real for u in o_t)
        losses.append(cmath.log(sum(cmath.exp(u - top) for u in o_t)) + top - o_t[c])
    return losses


def loss(theta, x, targets, phi=cmath.tanh, lengths=None, **added):
    """L: summed over the steps of each sequence, averaged over the batch."""
    if np.ndim(x) == 2:
        return sum(step_losses(run(theta, x, phi, **added)[2], targets)[:lengths])
    B = x.shape[1]
    lengths = [None] * B if lengths is None else lengths
    return (
        sum(loss(theta | {"h0": theta["h0"][b]}, x[:, b], targets[:, b], phi, lengths[b]) for b in range(B))
        / B
    )


def complex_step(function, value):
    """∂f/∂v for every entry of v, for a real-analytic f of one array; f may return a number or an array."""
    gradient = []
    for index in np.ndindex(*np.shape(value)):
        shifted = np.array(value, dtype=complex)
        shifted[index] += 1j * STEP
        gradient.append(np.imag(function(shifted)) / STEP)
    gradient = np.array(gradient)
    return np.moveaxis(gradient, 0, -1).reshape(*gradient.shape[1:], *np.shape(value))


def central_difference(function, value, epsilon=1e-5):
    """∂f/∂v for every entry of v of a real f, with an error of order ε²."""
    gradient = np.empty(np.shape(value))
    for index in np.ndindex(*gradient.shape):
        ends = []
        for sign in (1, -1):
            shifted = np.array(value, dtype=float)
            shifted[index] += sign * epsilon
            ends.append(np.real(function(shifted)))
        gradient[index] = (ends[0] - ends[1]) / (2 * epsilon)
    return gradient


def gradient_of(p, name, *, phi=cmath.tanh, differentiate=complex_step, lengths=None):
    """∂L/∂θ for one named parameter, or for "h0"."""
    return differentiate(
        lambda value: loss(p.theta | {name: value}, p.x, p.targets, phi, lengths), p.theta[name]
    )


def paths_gradient(theta, a, h, grad_h_t, t, only_k=None):
    """∂L^(t)/∂W_hh as a sum over every path of hidden units from step k to step t, for k = 1..t (or one k).

    A path p = i_k, i_{k+1}, …, i_t carries φ'(a_k)_p h^(k−1)_q Π_j φ'(a_j)_{i_j} W[i_j, i_{j−1}] to the loss.
    """
    m, W = len(theta["b_h"]), theta["W_hh"]
    slope = [[1 / math.cosh(u) ** 2 for u in a_t] for a_t in np.real(a).tolist()]
    total = np.zeros((m, m))
    for k in range(1, t + 1) if only_k is None else [only_k]:
        for path in itertools.product(range(m), repeat=t - k + 1):
            weight = grad_h_t[path[-1]] * slope[k - 1][path[0]]
            for j in range(k + 1, t + 1):
                weight *= slope[j - 1][path[j - k]] * W[path[j - k], path[j - k - 1]]
            total[path[0]] += weight * np.real(h[k - 1])
    return total


def relative_error(actual, expected):
    """‖actual − expected‖ / ‖expected‖ in the 2-norm of all entries."""
    return np.linalg.norm(np.asarray(actual) - expected) / np.linalg.norm(expected)


def assert_close(actual, expected, tolerance=1e-12):
    """Assert that the relative error, and so the shape, is right."""
    assert np.shape(actual) == np.shape(expected)
    error = relative_error(actual, expected)
    assert error <= tolerance, f"relative error {error:.2e} > {tolerance:.0e}"
