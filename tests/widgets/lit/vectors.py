"""Cases for the lit text's JavaScript, computed by rnn_core: `make_vectors(seed)`.

The explorer's own light goes back one Jacobian at a time; here the products of Equation (19) are made first.
"""

import numpy as np

import rnn_core
from rnn_widgets import LitTextExplorer
from rnn_widgets.lit.text import ALPHABET, READ, UNREAD, WORD

T = len(READ)
EDGE = 1e-9  # of a logarithm: on which side of a hundredth it lies, rounding decides


def run(explorer):
    """What the network does while it reads, and ∂L/∂h^(T) from the definition of the loss."""
    params = explorer.params
    trace = rnn_core.forward(params, np.eye(len(ALPHABET))[[ALPHABET.index(one) for one in READ]])
    error = trace.y[-1] - np.eye(len(ALPHABET))[ALPHABET.index(UNREAD[0])]
    return params, trace, error @ params.W_yh


def logs_by_products(explorer):
    """log‖(J_T ⋯ J_{T−k+1})ᵀ ∂L/∂h^(T)‖ − log‖∂L/∂h^(T)‖ for k = 0..T−1."""
    params, trace, last = run(explorer)
    product = np.eye(len(last))
    logs = [0.0]
    for jacobian in rnn_core.step_jacobians(params, trace)[:0:-1]:
        product = product @ jacobian
        logs.append(np.log(np.linalg.norm(product.T @ last) / np.linalg.norm(last)))
    return np.array(logs)


def case(carried, rho, draw, back):
    explorer, carried = carried
    explorer.rho, explorer.draw = rho, draw
    logs = logs_by_products(explorer)
    np.testing.assert_allclose(np.log(explorer.light), logs, rtol=0, atol=1e-10)
    dark = logs < np.log(0.01)
    found = {
        "logs": logs.tolist(),
        "reach": int(np.argmax(dark)) if dark.any() else None,
        "again": bool(dark.any() and not dark[np.argmax(dark) :].all()),
        "brightest": int(np.argmax(logs)),
        "word": [T - WORD[1], T - 1 - WORD[0]],
    }
    if np.abs(logs - np.log(0.01)).min() < EDGE:
        found = {name: found[name] for name in ("logs", "word")}
    return {
        "carried": carried,
        "settings": {"rho": rho, "draw": draw, "back": back},
        "expected": found,
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    explorers = [LitTextExplorer(), LitTextExplorer(rng=rng)]
    known = [(one, {"networks": one.networks, "text": one.text}) for one in explorers]
    cases = [
        case(one, rho, draw, 59) for one in known for rho in (0.3, 0.9, 1.0, 1.15, 1.6) for draw in (0, 1, 2)
    ]
    return cases + [
        case(known[i % 2], float(rng.uniform(0.3, 1.6)), int(rng.integers(3)), int(rng.integers(60)))
        for i in range(90)
    ]
