"""Train the network of chapter 1 for longer, and keep what the explorer of its writing shows.

    python experiments/writes.py

writes experiments/writes.npz: the network before training and after 30, 100, 300, 1 000 and
10 000 updates. Each of its five arrays is rounded to 8-bit integers times a number of its own, so that a page
can carry them; the loss beside them, in nats per character of the held-back text, is that of the rounded
network. Rounding changes it by less than 0.01, or the program stops. It takes less than a minute on one core.
"""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
from tqdm import tqdm

from rnn_core import (
    RNNParams,
    Vocabulary,
    example_corpus,
    forward,
    init_params,
    next_symbol_batches,
    next_symbol_pair,
    train,
)

NETWORK = Path(__file__).with_suffix(".npz")

# Units, steps of a window, windows of a batch; as in chapter 1.
M, T, B = 64, 25, 32
KEPT = (0, 30, 100, 300, 1000, 10_000)  # updates
EVERY = 250  # updates between two changes of the learning rate, which falls linearly to almost zero
LEARNING_RATE, CLIP = 3.0, 0.1  # per symbol: the loss of a window is a sum over T of them
DTYPE = np.float32
MOST = 127  # of an 8-bit integer


def nats(params: RNNParams, codes: np.ndarray, k: int) -> float:
    """Mean −log of the probability of each symbol of a text but the first; the state starts at zero."""
    x, targets = next_symbol_pair(codes, k)
    y = forward(params, x).y[np.arange(len(targets)), targets]
    return float(-np.log(y).mean())


def rounded(params: RNNParams) -> tuple[RNNParams, list[float], np.ndarray]:
    """Return the rounded network, the unit of each array, and all integers one after another."""
    units = [float(np.abs(array).max()) / MOST or 1.0 for array in params]
    integers = [np.rint(array / unit).astype(np.int8) for array, unit in zip(params, units, strict=True)]
    arrays = [unit * one.astype(float) for one, unit in zip(integers, units, strict=True)]
    return RNNParams(*arrays), units, np.concatenate([one.ravel() for one in integers])


def keep(params: RNNParams, updates: int, codes: np.ndarray, k: int) -> dict[str, object]:
    """Return a network as it is stored."""
    simple, units, integers = rounded(params)
    loss = nats(simple, codes, k)
    exact = nats(RNNParams(*(array.astype(float) for array in params)), codes, k)
    if abs(loss - exact) >= 0.01:
        raise ValueError(f"rounding changes the loss after {updates} updates from {exact} to {loss}")
    return {"updates": updates, "loss": round(loss, 6), "units": units, "weights": integers}


def main() -> None:
    """Train, and write what is kept."""
    text = example_corpus()
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    cut = len(codes) * 9 // 10
    training, held_back = codes[:cut], codes[cut:]

    rng = np.random.default_rng(8)
    params = RNNParams(*(array.astype(DTYPE) for array in init_params(k, M, k, rho=0.9, rng=rng)))
    kept = [keep(params, 0, held_back, k)]
    stops = sorted({*KEPT, *range(0, KEPT[-1], EVERY)})
    for first, last in tqdm(list(pairwise(stops))):
        rate = LEARNING_RATE / T * (1 - first / KEPT[-1])
        batches = next_symbol_batches(training, k, T=T, B=B, updates=last - first, rng=rng, dtype=DTYPE)
        params, _ = train(params, batches, learning_rate=rate, clip=CLIP * T)
        if last in KEPT:
            kept.append(keep(params, last, held_back, k))
    words = sorted(set(re.findall(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])", text[:cut])))
    np.savez_compressed(
        NETWORK,
        symbols="".join(vocabulary.symbols),
        m=M,
        words=" ".join(words),
        spaces=round(text[:cut].count(" ") / cut, 6),
        **{name: np.array([each[name] for each in kept]) for name in kept[0]},
    )


if __name__ == "__main__":
    main()
