"""Measure what ρ does to a network that reads text: speed of training, and how far the gradient looks back.

    python experiments/text_rho.py

The network of chapter 9 (32 tanh units, orthogonal W_hh, one-hot characters) learns to predict the next
character of the example text, in batches of 16 pieces of 40 characters. The same seed gives the same batches
and the same W_hx and W_yh to every ρ and both rules, so that runs can be compared in pairs. Rules:

- 300 updates with rate 0.02 and the gradient as it is;
- 300 updates with rate 0.05 and the gradient clipped at norm 5;
- with ρ = 0.9 only, 1 000 updates of the second kind: the trained network of the chapter.

A row of text_rho.csv:

- `clipped`: how many updates were clipped; `first_norm`, `median_norm`: the gradient's norm before that;
- `first_loss`, `loss`: nats per character at the first update, and the mean of the last 30;
- on 60 characters from a place of the seed's own, before and after training: `whole`, the norm of ∂L/∂W_hh;
  `share`, the part of lags of 10 and more in Σ‖G_ℓ‖_F; `factor`, ‖J_60 ⋯ J_1‖₂^(1/60).

It takes about two minutes on one core.
"""

import sys

import numpy as np
import runner

from rnn_core import (
    RNNParams,
    Vocabulary,
    decay_rate,
    example_corpus,
    forward,
    init_params,
    lag_contributions,
    next_symbol_batches,
    next_symbol_pair,
    product_log_norms,
    step_jacobians,
    train,
)

M, T, LONG = 32, 60, 10


def look_back(params: RNNParams, codes: np.ndarray, k: int) -> dict[str, float]:
    """How far the gradient and the influence reach on T characters."""
    x, targets = next_symbol_pair(codes, k)
    terms = lag_contributions(params, x, targets)
    parts = np.array([np.trace(terms, offset=-lag) for lag in range(T)])
    norms = np.linalg.norm(parts, axis=(1, 2))
    J = step_jacobians(params, forward(params, x))
    return {
        "whole": float(np.linalg.norm(parts.sum(axis=0))),
        "share": float(norms[LONG:].sum() / norms.sum()),
        "factor": decay_rate(product_log_norms(J, start=0)),
    }


def run(rho: float, rate: float, clip: float | None, updates: int, seed: int) -> dict[str, float]:
    """Train one network."""
    text = example_corpus()
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    params = init_params(k, M, k, rho=rho, rng=np.random.default_rng([seed, 0]))
    rng = np.random.default_rng([seed, 1])
    place = rng.integers(0, len(codes) - T)
    piece = codes[place : place + T + 1]
    batches = next_symbol_batches(codes, k, T=40, B=16, updates=updates, rng=rng)
    trained, history = train(params, batches, rate, clip)
    before, after = look_back(params, piece, k), look_back(trained, piece, k)
    return {
        "clipped": int(history.clipped.sum()),
        "first_norm": float(history.grad_norm[0]),
        "median_norm": float(np.median(history.grad_norm)),
        "first_loss": float(history.loss[0] / 40),
        "loss": float(history.loss[-30:].mean() / 40),
        **{f"{name}_before": value for name, value in before.items()},
        **{f"{name}_after": value for name, value in after.items()},
    }


def cells(quick: bool) -> list[runner.Cell]:
    """ρ, rules and seeds."""
    plain, clipped = (0.02, None, 300), (0.05, 5.0, 300)
    kinds = [(rho, *rule) for rule in (plain, clipped) for rho in (0.3, 0.5, 0.7, 0.9)]
    kinds.append((0.9, 0.05, 5.0, 1000))
    return [
        {"rho": rho, "rate": rate, "clip": clip, "updates": updates, "seed": seed}
        for rho, rate, clip, updates in (kinds[:1] if quick else kinds)
        for seed in range(1 if quick else 20)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
