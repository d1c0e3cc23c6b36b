"""Compare training that explodes with training that is clipped: small and large ρ on the example text.

    python experiments/text_clip.py

The network of chapter 9 (32 tanh units, orthogonal W_hh, one-hot characters) learns to predict the next
character in 180 updates with batches of 16 pieces of 40 characters and rate 0.03. The same seed gives the
same batches and the same W_hx and W_yh to every ρ and every threshold. A row of text_clip.csv:

- `clipped`: how many updates were clipped; `first_norm`, `largest_norm`: the gradient's norm before that;
- `first_loss`, `peak`, `loss`: nats per character at the first update, the largest, the mean of the last 30;
- `fall`: the first update at which the loss is below 90 % of the first (empty if there is none).

It takes about a minute on one core.
"""

import sys

import numpy as np
import runner

from rnn_core import Vocabulary, example_corpus, init_params, next_symbol_batches, train

M, RATE, UPDATES = 32, 0.03, 180


def run(rho: float, clip: float | None, seed: int) -> dict[str, float | None]:
    """Train one network."""
    text = example_corpus()
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    params = init_params(k, M, k, rho=rho, rng=np.random.default_rng([seed, 0]))
    rng = np.random.default_rng([seed, 1])
    batches = next_symbol_batches(codes, k, T=40, B=16, updates=UPDATES, rng=rng)
    _, history = train(params, batches, RATE, clip)
    loss = history.loss / 40
    low = np.flatnonzero(loss < 0.9 * loss[0])
    return {
        "clipped": int(history.clipped.sum()),
        "first_norm": float(history.grad_norm[0]),
        "largest_norm": float(history.grad_norm.max()),
        "first_loss": float(loss[0]),
        "peak": float(loss.max()),
        "loss": float(loss[-30:].mean()),
        "fall": int(low[0]) if len(low) else None,
    }


def cells(quick: bool) -> list[runner.Cell]:
    """ρ with thresholds, and seeds."""
    kinds = [(0.9, None), (0.9, 5.0), (2.0, None), (2.0, 5.0), (2.0, 20.0)]
    return [
        {"rho": rho, "clip": clip, "seed": seed}
        for rho, clip in kinds[: 1 if quick else None]
        for seed in range(1 if quick else 20)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
