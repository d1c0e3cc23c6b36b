"""The pencil network of chapter 6 with a third step: forward, back, and back with an error in the rule."""

import numpy as np

from rnn_core import RNNParams, backpropagate, forward

__all__ = ["ERRORS", "ORDER", "STEPS", "gradients", "pencil", "values"]

STEPS = (1, 2, 3)
# In the order in which they are computed; the first is given.
_FORWARD = [f"{name}{t}" for t in STEPS for name in ("a", "h", "o", "y", "L")]
_BACK = [f"{name}{t}" for t in reversed(STEPS) for name in ("do", "dh", "da")]
ORDER = ["h0", *_FORWARD, *_BACK, "dw", "dW_hx", "dW_hh"]
ERRORS = ("none", "direct", "twice", "late", "printed")

_W = 2 * np.log(3.0)
_X = np.log(3.0) / 2 - np.array([[2.0], [1.0], [1.0]])
_H0 = np.ones(1)


def pencil(W_hh: float) -> RNNParams:
    """Return the parameters: the logits are (w h, 0) with w = 2 ln 3."""
    return RNNParams(np.ones((1, 1)), np.array([[W_hh]]), np.array([[_W], [0.0]]), np.zeros(1), np.zeros(2))


def gradients(W_hh: float, targets: str, error: str) -> dict[str, float]:
    """Equations (6) to (10) with an error in them: the gradients, by name."""
    params, c = pencil(W_hh), np.array([int(letter) for letter in targets])
    h = forward(params, _X, _H0).h[:, 0]
    right = backpropagate(params, _X, c, _H0)
    own, delta = right.grad_o[:, 0], right.delta[:, 0]
    slope = 1 - h**2
    late = np.array([slope[2], slope[3], slope[3]]) if error == "late" else slope[1:]
    grad_h = np.zeros(3)
    for t in reversed(STEPS):
        last = t == STEPS[-1]
        direct = 0.0 if error in ("direct", "printed") and not last else _W * own[t - 1]
        later = 0.0 if last else W_hh * delta[t]
        grad_h[t - 1] = direct + later * (slope[t] if error in ("twice", "printed") else 1.0)
        if error != "none":
            delta = np.where(np.arange(3) == t - 1, grad_h[t - 1] * late, delta)
    found = {"dw": own @ h[1:], "dW_hx": delta @ _X[:, 0], "dW_hh": delta @ h[:-1]}
    for t in STEPS:
        found |= {f"do{t}": own[t - 1], f"dh{t}": grad_h[t - 1], f"da{t}": delta[t - 1]}
    return {name: float(value) for name, value in found.items()}


def values(W_hh: float, targets: str, error: str) -> dict[str, float]:
    """All numbers by name: x1, a1, h1, o1 (of class 0), y1 (of class 0), L1, do1 = ∂L/∂o1, …, dW_hh."""
    trace = forward(pencil(W_hh), _X, _H0)
    found = {"h0": _H0[0]}
    for t in STEPS:
        i = t - 1
        loss = -np.log(trace.y[i, int(targets[i])])
        found |= {f"x{t}": _X[i, 0], f"a{t}": trace.a[i, 0], f"h{t}": trace.h[t, 0]}
        found |= {f"o{t}": trace.o[i, 0], f"y{t}": trace.y[i, 0], f"L{t}": loss}
    return {name: float(value) for name, value in found.items()} | gradients(W_hh, targets, error)
