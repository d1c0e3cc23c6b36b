"""Cases for the triangle's JavaScript, computed by rnn_core: `make_vectors(seed)`."""

import numpy as np

import rnn_core
from rnn_widgets.triangle.networks import NETWORKS, Problem, carried, problem

SUMS = ("cell", "row", "column", "diagonal", "all")


def any_problem(rng, T, m):
    """A network, letters and targets at random; some have large weights, so that units saturate."""
    n, classes = 4, 5
    size = float(rng.choice([0.3, 1.0, 2.5]))
    shapes = ((m, n), (m, m), (classes, m), (m,), (classes,))
    params = rnn_core.RNNParams(*(size * rng.standard_normal(s) / np.sqrt(s[-1]) for s in shapes))
    h0 = np.zeros(m) if rng.random() < 0.2 else np.tanh(rng.standard_normal(m))
    return Problem(params, rng.standard_normal((T, n)), rng.integers(0, classes, T), h0)


def members(T, settings):
    """The entries that are added up, as a (T, T) array of bool."""
    t, k = np.mgrid[1 : T + 1, 1 : T + 1]
    chosen = {
        "cell": (t == settings["t"]) & (k == settings["k"]),
        "row": t == settings["t"],
        "column": k == settings["k"],
        "diagonal": t - k == settings["t"] - settings["k"],
        "all": t > 0,
    }[settings["sum"]]
    return chosen & (k <= t)


def kept(T, cut, tau):
    """The entries that a cut keeps; the windows are found by listing them."""
    result = np.zeros((T, T), dtype=bool)
    if cut == "band":
        for lag in range(tau):
            result |= np.eye(T, k=-lag, dtype=bool)
        return result
    for start in range(0, T, tau):
        result[start : start + tau, start : start + tau] = True
    return np.tril(result)


def norm_of(matrices):
    return float(np.linalg.norm(matrices.sum(axis=0)))


def expect(given, settings):
    """What the browser's program must measure."""
    terms, gradient = rnn_core.lag_contributions(*given), rnn_core.bptt(*given)[1].W_hh
    trace, passed = rnn_core.forward(given.params, given.x, given.h0), rnn_core.backpropagate(*given)
    T = len(terms)
    t, k, tau = settings["t"], settings["k"], settings["tau"]
    size = float(np.linalg.norm(gradient))
    stay = kept(T, settings["cut"], tau)
    # What rnn_core itself truncates to, where it does the same.
    left = terms[stay].sum(axis=0)
    if settings["cut"] == "windows" or tau in (1, T):
        left = rnn_core.truncated_bptt(*given[:3], tau, given.h0)[1].W_hh
    lost = {
        cut: [float(np.linalg.norm(terms[~kept(T, cut, w)].sum(axis=0))) / size for w in range(1, T + 1)]
        for cut in ("band", "windows")
    }
    inside = np.tri(T, dtype=bool)
    chosen = members(T, settings)
    rho = float(np.linalg.norm(given.params.W_hh, 2))
    expected = {
        "T": T,
        "norms": np.linalg.norm(terms, axis=(2, 3)).tolist(),
        "rho": rho,
        "size": size,
        "lost": lost,
        "cells": (np.argwhere(chosen) + 1).tolist(),
        "ends": float(np.linalg.norm(terms[chosen], axis=(1, 2)).sum()),
        "total": norm_of(terms[chosen]),
        "cut": {
            "dropped": int((inside & ~stay).sum()),
            "shortDropped": int((inside & ~stay & kept(T, "band", tau)).sum()),
            "cosine": float((left * gradient).sum() / np.linalg.norm(left) / size),
            "ratio": float(np.linalg.norm(left)) / size,
            "lost": float(np.linalg.norm(left - gradient)) / size,
        },
    }
    if settings["sum"] in ("column", "all"):
        rows = passed.grad_o @ given.params.W_yh
        rows[:-1] += passed.delta[1:] @ given.params.W_hh  # Equation (10)
        expected["travelling"] = np.linalg.norm(rows, axis=1).tolist()
    if k <= t:
        J = rnn_core.step_jacobians(given.params, trace)
        product = rnn_core.equations.jacobian_product(J, t, k)
        row = passed.grad_o[t - 1] @ given.params.W_yh
        length, state = float(np.linalg.norm(row)), float(np.linalg.norm(trace.h[k - 1]))
        expected["factors"] = {
            "row": length,
            "jacobians": [float(np.linalg.norm(J[j - 1], 2)) for j in range(t, k, -1)],
            "product": float(np.linalg.norm(product, 2)),
            "arrives": float(np.linalg.norm(row @ product)),
            "local": float(np.linalg.norm(row @ product * (1 - trace.h[k] ** 2))),
            "state": state,
            "bound": length * rho ** (t - k) * state,
        }
    else:
        expected["factors"] = None
    return expected


def case(given, settings):
    data = carried(given)
    return {
        "carried": {"networks": {settings["network"]: data}},
        "settings": settings,
        "expected": expect(given, settings),
    }


def any_settings(rng, T, network):
    t, k, tau = (int(value) for value in rng.integers(1, T + 1, 3))
    return {
        "network": network,
        "t": t,
        "k": k,
        "sum": str(rng.choice(SUMS)),
        "tau": tau,
        "cut": str(rng.choice(["band", "windows"])),
    }


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    cases = [
        case(problem(network), {"network": network, "t": t, "k": k, "sum": sum_, "tau": tau, "cut": cut})
        for network in NETWORKS
        for t, k, tau in ((1, 1, 1), (9, 1, 9), (3, 8, 4))
        for sum_ in SUMS
        for cut in ("band", "windows")
    ]
    for _ in range(100):
        T, m = int(rng.integers(2, 12)), int(rng.integers(1, 8))
        cases.append(case(any_problem(rng, T, m), any_settings(rng, T, "any")))
    return cases
