"""Train a character RNN on the example corpus for longer than a cell of the book may take.

    python experiments/char_rnn.py

writes two files next to this one. char_rnn.csv has a row every 250 updates: the updates done, the mean
training loss since the last row, and the loss on the held-out text, both in bits per character. char_rnn.npz
is a checkpoint of `rnn_core.checkpoint`, replaced every 250 updates. Stop the program when you like: the same
command goes on where it stopped and ends with the same files. Remove both files to begin again. All 6 000
gradients are longer than the clip, so the learning rate alone decides the length of a step. The run takes
about a minute on one core; chapter 8 plots the table and samples from the checkpoint.
"""

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
from journal import write_whole
from tqdm import tqdm

from rnn_core import (
    Checkpoint,
    History,
    RNNParams,
    Vocabulary,
    example_corpus,
    forward,
    init_params,
    load_checkpoint,
    next_symbol_batches,
    next_symbol_pair,
    save_checkpoint,
    train,
)

FOLDER = Path(__file__).parent
TABLE, CHECKPOINT = FOLDER / "char_rnn.csv", FOLDER / "char_rnn.npz"

# Units, steps of a window, windows of a batch, updates, and updates between two rows.
M, T, B, UPDATES, EVERY = 64, 30, 32, 6000, 250
# Both per symbol: the loss of a window is a sum over T of them. The rate falls linearly to almost zero.
LEARNING_RATE, CLIP = 3.0, 0.1
DTYPE = np.float32


def bits_per_symbol(params: RNNParams, codes: np.ndarray, k: int) -> float:
    """Mean −log₂ of the probability of each symbol of a text but the first; the state starts at zero."""
    x, targets = next_symbol_pair(codes, k, dtype=params.W_hh.dtype)
    y = forward(params, x).y[np.arange(len(targets)), targets]
    return float(-np.log2(y.astype(np.float64)).mean())


def start(k: int, rng: np.random.Generator) -> Checkpoint:
    """Random parameters and an empty history."""
    params = init_params(k, M, k, rho=0.9, rng=rng)
    return Checkpoint(
        RNNParams(*(array.astype(DTYPE) for array in params)),
        History(np.empty(0), np.empty(0), np.empty(0, bool)),
    )


def main() -> None:
    """Train from the start or from the checkpoint; keep table and checkpoint up to date."""
    text = example_corpus()
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    cut = len(codes) * 9 // 10
    training, held_out = codes[:cut], codes[cut:]

    rng = np.random.default_rng(8)
    state, rows = start(k, rng), []
    if CHECKPOINT.exists():
        state = load_checkpoint(CHECKPOINT)
        rng = state.generator()
        with TABLE.open(newline="") as file:
            # The table is written first, so it can be one row ahead of the checkpoint.
            rows = [row for row in list(csv.reader(file))[1:] if int(row[0]) <= len(state.history.loss)]

    done = len(state.history.loss)
    for first, last in tqdm(list(pairwise(range(done, UPDATES + 1, EVERY))), unit=f" x {EVERY} updates"):
        rate = LEARNING_RATE / T * (1 - first / UPDATES)
        batches = next_symbol_batches(training, k, T=T, B=B, updates=last - first, rng=rng, dtype=DTYPE)
        params, history = train(
            state.params, batches, learning_rate=rate, clip=CLIP * T, history=state.history
        )
        state = Checkpoint(params, history, rng.bit_generator.state)
        train_bits = history.loss[first:].mean() / T / np.log(2)
        rows.append([last, f"{train_bits:.4f}", f"{bits_per_symbol(params, held_out, k):.4f}"])
        lines = [["updates", "train_bits", "test_bits"], *rows]
        write_whole(TABLE, "".join(",".join(map(str, line)) + "\n" for line in lines))
        save_checkpoint(CHECKPOINT, state)


if __name__ == "__main__":
    main()
