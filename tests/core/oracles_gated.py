"""Oracles of the gated cells that owe nothing to rnn_core: scalars in loops, complex numbers allowed.

One unit and one step at a time, from the formulas of the papers and of PyTorch's documentation;
differentiated by the complex step or by central differences. Each entry of an array is shifted by itself, and
all shifts are tried at once: in place of a number there may be an array with its value for each of them.
"""

import cmath
import hashlib
import pickle
from typing import NamedTuple

import numpy as np

from .oracles import STEP

# name: (parameters, the initial states). "peephole" is an LSTM, "after" and "before" are GRUs.
CELLS = {
    "lstm": (("W_hx", "W_hh", "W_yh", "b_h", "b_y"), ("h0", "c0")),
    "peephole": (("W_hx", "W_hh", "W_yh", "b_h", "b_y", "peepholes"), ("h0", "c0")),
    "after": (("W_hx", "W_hh", "W_yh", "b_h", "b_y", "b_hn"), ("h0",)),
    "before": (("W_hx", "W_hh", "W_yh", "b_h", "b_y"), ("h0",)),
}
KINDS = tuple(CELLS)


def is_lstm(kind):
    return kind in ("lstm", "peephole")


class GatedProblem(NamedTuple):
    """Parameters and initial states by name, inputs and targets; with a batch axis or not."""

    kind: str
    theta: dict
    x: np.ndarray
    targets: np.ndarray

    def params(self, core):
        """The parameters as the package's own type."""
        make = core.gated.LSTMParams if is_lstm(self.kind) else core.gated.GRUParams
        return make(*(self.theta[name] for name in CELLS[self.kind][0]))

    def start(self):
        """The initial states, as keywords."""
        return {name: self.theta[name] for name in CELLS[self.kind][1]}

    def names(self):
        """Everything that the loss can be differentiated by: parameters, then initial states."""
        return CELLS[self.kind][0] + CELLS[self.kind][1]


def gradients(p, result):
    """∂L/∂θ by the name of the parameter or initial state, from what …_backpropagate returned."""
    found = dict(zip(CELLS[p.kind][0], result.grads, strict=False)) | {"h0": result.grad_h0}
    return found | ({"c0": result.grad_c0} if is_lstm(p.kind) else {})


def function(core, kind, name):
    """lstm_… or gru_… of the package, by the rest of its name."""
    return getattr(core.gated, f"{'lstm' if is_lstm(kind) else 'gru'}_{name}")


def gated_problem(kind, seed=0, *, T=7, B=None, n=3, m=5, k=4, dtype=np.float64):
    """Draw generic values: nothing is zero, nothing saturates, every size differs."""
    rng = np.random.default_rng(seed)
    batch = () if B is None else (B,)
    blocks = 4 if is_lstm(kind) else 3
    theta = {
        "W_hx": rng.normal(0, 0.7, (blocks * m, n)),
        "W_hh": rng.normal(0, 1.1, (blocks * m, m)) / np.sqrt(m),
        "W_yh": rng.normal(0, 1.0, (k, m)),
        "b_h": rng.normal(0, 0.5, blocks * m),
        "b_y": rng.normal(0, 0.5, k),
        "peepholes": rng.normal(0, 0.7, (3, m)),
        "b_hn": rng.normal(0, 0.6, m),
        "h0": rng.uniform(-0.8, 0.8, (*batch, m)),
        "c0": rng.normal(0, 1.0, (*batch, m)),
    }
    x = rng.normal(0, 1, (T, *batch, n))
    names = CELLS[kind][0] + CELLS[kind][1]
    return GatedProblem(
        kind,
        {name: theta[name].astype(dtype) for name in names},
        x.astype(dtype),
        rng.integers(0, k, (T, *batch)),
    )


def alone(p, b, T=None):
    """Sequence b of a batch as a problem of its own, of its first T steps."""
    start = {name: p.theta[name][b] for name in CELLS[p.kind][1]}
    return p._replace(theta=p.theta | start, x=p.x[:T, b], targets=p.targets[:T, b])


def _exp(a):
    return np.exp(a) if isinstance(a, np.ndarray) else cmath.exp(a)


def _log(a):
    return np.log(a) if isinstance(a, np.ndarray) else cmath.log(a)


def _tanh(a):
    return np.tanh(a) if isinstance(a, np.ndarray) else cmath.tanh(a)


def _sigmoid(a):
    return 1 / (1 + _exp(-a))


def _dot(row, vector):
    return sum(w * v for w, v in zip(row, vector, strict=True))


def lstm_step(theta, x_t, h, c):
    """(gates, h', c') of one step; gates is the list of i, f, g, o."""
    W, U, b = theta["W_hx"], theta["W_hh"], theta["b_h"]
    m = len(h)
    see = theta.get("peepholes", [[0.0] * m] * 3)
    a = [_dot(W[r], x_t) + _dot(U[r], h) + b[r] for r in range(4 * m)]
    i = [_sigmoid(a[u] + see[0][u] * c[u]) for u in range(m)]
    f = [_sigmoid(a[m + u] + see[1][u] * c[u]) for u in range(m)]
    g = [_tanh(a[2 * m + u]) for u in range(m)]
    c = [f[u] * c[u] + i[u] * g[u] for u in range(m)]
    o = [_sigmoid(a[3 * m + u] + see[2][u] * c[u]) for u in range(m)]
    return [*i, *f, *g, *o], [o[u] * _tanh(c[u]) for u in range(m)], c


def gru_step(theta, x_t, h, reset):
    """(gates, h') of one step; gates is the list of r, z, n."""
    W, U, b = theta["W_hx"], theta["W_hh"], theta["b_h"]
    m = len(h)
    r = [_sigmoid(_dot(W[u], x_t) + _dot(U[u], h) + b[u]) for u in range(m)]
    z = [_sigmoid(_dot(W[m + u], x_t) + _dot(U[m + u], h) + b[m + u]) for u in range(m)]
    if reset == "after":
        inner = [r[u] * (_dot(U[2 * m + u], h) + theta["b_hn"][u]) for u in range(m)]
    else:
        r_h = [r[u] * h[u] for u in range(m)]
        inner = [_dot(U[2 * m + u], r_h) for u in range(m)]
    n = [_tanh(_dot(W[2 * m + u], x_t) + b[2 * m + u] + inner[u]) for u in range(m)]
    return [*r, *z, *n], [(1 - z[u]) * n[u] + z[u] * h[u] for u in range(m)]


MATRICES = ("W_hx", "W_hh", "W_yh", "peepholes")


def _nested(array, ndim):
    """The array as nested lists; what it has beyond that many axes are the values of a number."""
    array = np.asarray(array)
    if ndim == 0 or array.ndim == ndim:
        return array.tolist() if array.ndim == ndim else array
    return [_nested(part, ndim - 1) for part in array]


def run_gated(kind, theta, x, **added):
    """gates, c (of an LSTM), h and o of one sequence; add_h, add_c, add_o are added as each is made."""
    return {name: np.array(value) for name, value in _run(kind, theta, x, **added).items()}


def _run(kind, theta, x, **added):
    theta = {name: _nested(value, 2 if name in MATRICES else 1) for name, value in theta.items()}
    T, m, k = len(x), len(theta["h0"]), len(theta["b_y"])
    add = {"add_h": (T + 1, m), "add_c": (T + 1, m), "add_o": (T, k)}
    add = {name: _nested(added.get(name, np.zeros(shape)), 2) for name, shape in add.items()}
    h = [_plus(theta["h0"], add["add_h"][0])]
    c = [_plus(theta["c0"], add["add_c"][0])] if is_lstm(kind) else None
    gates, o = [], []
    for t, x_t in enumerate(np.asarray(x).tolist(), 1):
        if c is not None:
            gates_t, h_t, c_t = _lstm_step_added(theta, x_t, h[-1], c[-1], add["add_c"][t])
            c.append(c_t)
        else:
            gates_t, h_t = gru_step(theta, x_t, h[-1], kind)
        gates.append(gates_t)
        h.append(_plus(h_t, add["add_h"][t]))
        o_t = [_dot(row, h[-1]) + b for row, b in zip(theta["W_yh"], theta["b_y"], strict=True)]
        o.append(_plus(o_t, add["add_o"][t - 1]))
    return {"gates": gates, "h": h, "o": o} | ({} if c is None else {"c": c})


def _plus(one, other):
    return [u + v for u, v in zip(one, other, strict=True)]


def _lstm_step_added(theta, x_t, h, c, add_c):
    """One step with something added to c' before it is used: by its output gate and by h'."""
    gates, h_t, c_t = lstm_step(theta, x_t, h, c)
    if not np.any(add_c):
        return gates, h_t, c_t
    m = len(h)
    c_t = _plus(c_t, add_c)
    see = theta.get("peepholes", [[0.0] * m] * 3)[2]
    W, U, b = theta["W_hx"], theta["W_hh"], theta["b_h"]
    o = [
        _sigmoid(_dot(W[3 * m + u], x_t) + _dot(U[3 * m + u], h) + b[3 * m + u] + see[u] * c_t[u])
        for u in range(m)
    ]
    return [*gates[: 3 * m], *o], [o[u] * _tanh(c_t[u]) for u in range(m)], c_t


def _cross_entropies(o, targets):
    """−log softmax(o^(t))[c^(t)] for every t; the logits of a problem are small."""
    return [_log(sum(_exp(u) for u in o_t)) - o_t[c] for o_t, c in zip(o, targets, strict=True)]


def squared_errors(o, targets):
    """Σ (o − target)² for every t."""
    return [
        sum((u - v) ** 2 for u, v in zip(o_t, c_t, strict=True)) for o_t, c_t in zip(o, targets, strict=True)
    ]


REMEMBERED = {}


def gated_loss(p, **options):
    """L: summed over the steps that count, averaged over the batch; `theta` replaces what is to vary.

    It is remembered, since the same is asked again for each broken version of the package.
    """
    key = hashlib.sha256(pickle.dumps((p, options))).digest()
    if key not in REMEMBERED:
        REMEMBERED[key] = _loss(p, **options)
    return REMEMBERED[key]


def _loss(p, *, theta=None, lengths=None, mask=None, losses=_cross_entropies, **added):
    p = p if theta is None else p._replace(theta=p.theta | theta)
    if np.ndim(p.x) == 2:
        found = losses(_run(p.kind, p.theta, p.x, **added)["o"], p.targets.tolist())
        counts = np.ones(len(found), bool) if mask is None else mask
        return sum(value for value, yes in list(zip(found, counts, strict=True))[:lengths] if yes)
    B = p.x.shape[1]
    return (
        sum(
            _loss(
                alone(p, b),
                lengths=None if lengths is None else int(lengths[b]),
                mask=None if mask is None else mask[:, b],
                losses=losses,
            )
            for b in range(B)
        )
        / B
    )


def complex_steps(function, value):
    """∂f/∂v for every entry of v; f takes them all, shifted by one each, on a last axis."""
    value = np.asarray(value)
    return np.imag(function(_shifted(value, 1j * STEP))).reshape(value.shape) / STEP


def central_differences(function, value, epsilon=1e-5):
    """The same of a real f, with an error of order ε²."""
    above, below = (np.real(function(_shifted(value, sign * epsilon))) for sign in (1, -1))
    return (above - below).reshape(value.shape) / (2 * epsilon)


def _shifted(value, step):
    return value[..., None] + step * np.eye(value.size).reshape(*value.shape, value.size)


def gated_gradients(p, *, differentiate=complex_steps, **options):
    """∂L/∂θ for every parameter and initial state, by name."""
    names = p.names()
    ends = np.cumsum([p.theta[name].size for name in names])[:-1]

    def arrays(flat):
        parts = zip(names, np.split(flat, ends), strict=True)
        return {name: part.reshape(*p.theta[name].shape, *flat.shape[1:]) for name, part in parts}

    together = np.concatenate([p.theta[name].reshape(-1) for name in names])
    return arrays(differentiate(lambda flat: gated_loss(p, theta=arrays(flat), **options), together))
