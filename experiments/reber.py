"""The embedded Reber grammar: Elman networks against an LSTM, with the same number of strings to learn from.

    python experiments/reber.py

After each symbol of a string the next one is to be predicted. A network has solved the grammar if in 1 000
fresh strings no illegal symbol ever has an output as large as a legal one (`reber_errors`); it is tried every
500 strings, and has seen 30 000 at most, in batches of 10: a first passage with up to 60 looks. There are 20
seeds. Models:

- `Elman 1990`: a plain tanh network of 15 units whose gradient is cut after every step, as Elman trained it;
- `Elman`: the same network with full backpropagation through time;
- `Elman wide`: 22 units, so that it has as many parameters as the LSTM (821 and 797);
- `LSTM`: 10 units, forget bias 1.

Each is trained with SGD at rate 0.3 and with Adam at 0.01, the global norm clipped at 1; a third of these
rates was slower for every model that learnt, in a trial with one seed. Hochreiter and Schmidhuber
(1997), Neural Computation 9, table 1, report 0 % of runs solved for the Elman network and 97 to 100 % for the
LSTM, by the same criterion on 256 strings for training and 256 others.

A row of reber.csv: whether it was solved; the strings seen by then (empty: not within the budget); the last
fraction of wrong strings; the fraction wrong at the last symbol but one, which alone needs the memory.
Arithmetic is float32. It takes about five minutes on one core.
"""

import sys
from functools import partial
from typing import Any

import numpy as np
import runner

from rnn_core import (
    adam_init,
    adam_step,
    bptt,
    clip_by_global_norm,
    forward,
    init_params,
    sgd_step,
    truncated_bptt,
)
from rnn_core.gated import init_lstm, lstm_bptt, lstm_forward
from rnn_core.tasks import embedded_reber, reber_critical_errors, reber_errors

SYMBOLS, B, STRINGS, EVERY, JUDGED, CLIP = 7, 10, 30_000, 500, 1_000, 1.0
UNITS = {"Elman 1990": 15, "Elman": 15, "Elman wide": 22, "LSTM": 10}
DTYPE = np.float32


def run(model: str, optimizer: str, rate: float, seed: int) -> dict[str, Any]:
    """Train one network until no string is wrong or the budget is spent."""
    rng = np.random.default_rng(seed)
    start, network, gradient = init_params, forward, bptt
    if model == "Elman 1990":
        gradient = partial(truncated_bptt, window=1)
    elif model == "LSTM":
        start, network, gradient = init_lstm, lstm_forward, lstm_bptt
    params = start(SYMBOLS, UNITS[model], SYMBOLS, rng=rng, dtype=DTYPE)
    state = adam_init(params)
    errors, seen = 1.0, 0
    while errors > 0.0 and seen < STRINGS:
        for _ in range(EVERY // B):
            batch = embedded_reber(B, rng=rng, dtype=DTYPE)
            _, grads = gradient(params, batch.x, batch.targets, lengths=batch.lengths)
            grads, _ = clip_by_global_norm(grads, CLIP)
            if optimizer == "SGD":
                params = sgd_step(params, grads, rate)
            else:
                params, state = adam_step(params, grads, state, rate)
        seen += EVERY
        batch = embedded_reber(JUDGED, rng=rng, dtype=DTYPE)
        o = network(params, batch.x).o
        errors = reber_errors(o, batch)
    return {
        "solved": int(errors == 0.0),
        "strings": seen if errors == 0.0 else None,
        "errors": errors,
        "critical_errors": reber_critical_errors(o, batch),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Models, optimisers with their rates, seeds."""
    return [
        {"model": model, "optimizer": optimizer, "rate": rate, "seed": seed}
        for model in UNITS
        for optimizer, rate in (("SGD", 0.3), ("Adam", 0.01))
        for seed in range(1 if quick else 20)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
