"""The agreement grammar of chapter 8 with twenty seeds: how long the loss rests, and where it ends.

A seed draws the start and the batches.

    python experiments/agreement.py

A plain network of 24 units is trained on the grammar's words: windows of 30 in batches of 16, 600 updates at
rate 1.5/30 and 300 at 0.5/30, the global norm clipped at 30. Every 25 updates it reads 5 000 held-out words.
All seeds have the same 40 000 + 5 000 words, those of the chapter; a seed decides start and batches.

A row of agreement.csv: the updates after which the loss was first less than 0.2 H above that of the source
(the grammar is learnt, but for the subject); the updates after which the bets on a verb first had the right
number with 0.6 (empty: never); the loss above that of the source after 900 updates, in units of the entropy
rate H, and its standard error from blocks of 50 words; how many of the 900 updates were clipped.
It takes about half a minute on one core.
"""

import sys
from typing import Any

import numpy as np
import runner

from rnn_core import (
    agreement_grammar,
    entropy_rate,
    forward,
    init_params,
    next_symbol_batches,
    next_symbol_pair,
    sample_grammar,
    train,
)

WORDS, HELD_OUT, M, T, B, EVERY, BLOCK = 40_000, 5_000, 24, 30, 16, 25, 50
RATES = [1.5 / T] * (600 // EVERY) + [0.5 / T] * (300 // EVERY)
VERBS = (("run", "sleep"), ("runs", "sleeps"))


def run(seed: int) -> dict[str, Any]:
    """Train one network and watch its loss and the number of its verbs."""
    grammar, draws = agreement_grammar(), np.random.default_rng(8)
    words, _ = sample_grammar(grammar, WORDS, rng=draws)
    held_out, states = sample_grammar(grammar, HELD_OUT, rng=draws)
    of_source = -np.log(grammar.probabilities[states, held_out])[1:]
    size, H = len(grammar.words), entropy_rate(grammar)
    verb = [np.isin(grammar.words, pair) for pair in VERBS]
    x, targets = next_symbol_pair(held_out, size)

    rng = np.random.default_rng(seed)
    params, history = init_params(size, M, size, rho=1.0, rng=rng), None
    rest_begins = rest_ends = None
    for done, rate in enumerate(RATES, start=1):
        batches = next_symbol_batches(words, size, T=T, B=B, updates=EVERY, rng=rng)
        params, history = train(params, batches, rate, clip=1.0 * T, history=history)
        y = forward(params, x).y
        above = (-np.log(y[np.arange(len(targets)), targets]) - of_source) / H
        bets = [(y[at[targets]][:, at].sum(1), y[at[targets]][:, verb[0] | verb[1]].sum(1)) for at in verb]
        right = np.concatenate([of_number / of_verbs for of_number, of_verbs in bets]).mean()
        if rest_begins is None and above.mean() < 0.2:
            rest_begins = done * EVERY
        if rest_ends is None and right > 0.6:
            rest_ends = done * EVERY
    blocks = above[: len(above) // BLOCK * BLOCK].reshape(-1, BLOCK).mean(1)
    return {
        "rest_begins": rest_begins,
        "rest_ends": rest_ends,
        "above_source": above.mean(),
        "error": blocks.std(ddof=1) / np.sqrt(len(blocks)),
        "clipped": 0 if history is None else int(history.clipped.sum()),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Seeds."""
    return [{"seed": seed} for seed in range(1 if quick else 20)]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
