"""Cases for Unrolled's JavaScript: without an error by rnn_core, with one by a sum over paths."""

import numpy as np

from rnn_core import RNNParams, backpropagate, bptt, forward
from rnn_core import equations as eq

STEPS = (1, 2, 3)
ERRORS = ("none", "direct", "twice", "late", "printed")
W = float(2 * np.log(3))
X = np.array([[np.log(3) / 2 - 2], [np.log(3) / 2 - 1], [np.log(3) / 2 - 1]])
H0 = np.ones(1)


def network(W_hh):
    return RNNParams(np.ones((1, 1)), np.array([[W_hh]]), np.array([[W], [0.0]]), np.zeros(1), np.zeros(2))


def classes(targets):
    return np.array([int(letter) for letter in targets])


def run(W_hh, targets):
    """All values of the forward pass, by name."""
    trace = forward(network(W_hh), X, H0)
    c = classes(targets)
    found = {"h0": 1.0}
    for t in STEPS:
        found |= {
            f"x{t}": X[t - 1, 0],
            f"a{t}": trace.a[t - 1, 0],
            f"h{t}": trace.h[t, 0],
            f"o{t}": trace.o[t - 1, 0],
            f"y{t}": trace.y[t - 1, 0],
            f"L{t}": -np.log(trace.y[t - 1, c[t - 1]]),
        }
    return {name: float(value) for name, value in found.items()}


def right(W_hh, targets):
    """The gradients by rnn_core: backpropagate, and bptt for the weights."""
    params, c = network(W_hh), classes(targets)
    back = backpropagate(params, X, c, H0)
    grads = bptt(params, X, c, H0)[1]
    found = {"dw": grads.W_yh[0, 0], "dW_hx": grads.W_hx[0, 0], "dW_hh": grads.W_hh[0, 0]}
    for t in STEPS:
        later = back.delta[t, 0] if t < 3 else 0.0
        found |= {
            f"do{t}": back.grad_o[t - 1, 0],
            f"dh{t}": W * back.grad_o[t - 1, 0] + W_hh * later,
            f"da{t}": back.delta[t - 1, 0],
        }
    return {name: float(value) for name, value in found.items()}


def along_paths(W_hh, targets, error):
    """The gradients with an error: a sum over the paths from the losses, without recursion."""
    values = run(W_hh, targets)
    own = {t: values[f"y{t}"] - (targets[t - 1] == "0") for t in STEPS}
    slope = {t: 1 - np.tanh(values[f"a{t}"]) ** 2 for t in STEPS}
    into_a = {t: slope[min(3, t + 1)] if error == "late" else slope[t] for t in STEPS}
    found = {f"do{t}": own[t] for t in STEPS}
    for t in STEPS:
        paths = []
        for s in range(t, 4):
            if s < 3 and error in ("direct", "printed"):
                continue
            factors = [into_a[r] * W_hh for r in range(t + 1, s + 1)]
            if error in ("twice", "printed"):
                factors += [slope[r] for r in range(t, s)]
            paths.append(W * own[s] * np.prod(factors))
        found[f"dh{t}"] = sum(paths)
        found[f"da{t}"] = found[f"dh{t}"] * into_a[t]
    found["dw"] = sum(own[t] * values[f"h{t}"] for t in STEPS)
    found["dW_hx"] = sum(found[f"da{t}"] * values[f"x{t}"] for t in STEPS)
    found["dW_hh"] = sum(found[f"da{t}"] * values[f"h{t - 1}"] for t in STEPS)
    return {name: float(value) for name, value in found.items()}


def parts(W_hh, targets, error, found):
    """What its own loss and what later losses bring to each ∂L/∂h."""
    lost = error in ("direct", "printed")
    own = {t: 0.0 if lost and t < 3 else W * found[f"do{t}"] for t in STEPS}
    return {f"dh{t}": {"own": own[t], "later": found[f"dh{t}"] - own[t]} for t in STEPS}


def by_definition(W_hh, targets):
    """The gradients by central differences of rnn_core's loss, each node moved as Definition 6.1 says."""
    params, c = network(W_hh), classes(targets)
    a, h, o, _ = eq.network(params, X, H0)
    eps = 6e-6

    def loss_from_state(t, h_t):
        y_t = eq.softmax(eq.logits(params, h_t))
        later = eq.network_loss(params, X[t:], c[t:], h_t) if t < 3 else 0.0
        return eq.cross_entropy([y_t], c[t - 1 : t]) + later

    def loss_of(name, by):
        if name in ("dw", "dW_hx", "dW_hh"):
            field = {"dw": "W_yh", "dW_hx": "W_hx", "dW_hh": "W_hh"}[name]
            change = np.zeros_like(getattr(params, field))
            change[0, 0] = by
            moved = params._replace(**{field: getattr(params, field) + change})
            return eq.network_loss(moved, X, c, H0)
        t = int(name[2])
        if name[1] == "o":
            return eq.cross_entropy([eq.softmax(o[t - 1] + np.array([by, 0.0]))], c[t - 1 : t])
        return loss_from_state(t, np.tanh(a[t - 1] + by) if name[1] == "a" else h[t] + by)

    names = ["dw", "dW_hx", "dW_hh", *(f"d{kind}{t}" for t in STEPS for kind in "oha")]
    return {name: float(loss_of(name, eps) - loss_of(name, -eps)) / (2 * eps) for name in names}


def case(W_hh, targets, error):
    found = right(W_hh, targets) if error == "none" else along_paths(W_hh, targets, error)
    return {
        "settings": {"W_hh": W_hh, "targets": targets, "error": error},
        "expected": {
            "values": run(W_hh, targets) | found,
            "parts": parts(W_hh, targets, error, found),
            "loss": float(eq.network_loss(network(W_hh), X, classes(targets), H0)),
        },
    }


def judged(W_hh, targets):
    """The central differences: rounding leaves them some nine digits."""
    return {
        "settings": {"W_hh": W_hh, "targets": targets, "error": "none"},
        "expected": {"central": by_definition(W_hh, targets)},
        "tolerance": 1e-8,
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    every = [f"{i:03b}" for i in range(8)]
    cases = [case(W_hh, "100", error) for error in ERRORS for W_hh in (-3.0, 0.0, 1.0, 2.0, 3.0)]
    for i in range(150):
        cases.append(case(float(rng.uniform(-3, 3)), every[i % 8], ERRORS[i % 5]))
    return cases + [judged(float(rng.uniform(-3, 3)), targets) for targets in every for _ in range(5)]
