"""Temporal order: tell which two symbols came, and in what order, among distractors."""

import math

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, float_type, generator, positive_int
from ..descent import Batch
from ._arrays import (
    expect_last_step,
    expect_one_hot,
    last_step,
    one_hot_rows,
    outputs_for,
    read_batch,
    read_codes,
)


def temporal_order(T: int, B: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Batch:
    """Draw sequences of the temporal-order problem with two relevant symbols.

    Each step brings one of six symbols: A, B (codes 0, 1) or a distractor c, d, e, f (codes 2 to 5). Two
    steps are relevant, the first uniform on the t with T/10 ≤ t ≤ 2T/10, the second on those with
    4T/10 ≤ t ≤ 5T/10; each of them brings A or B with equal probability. All other steps bring distractors,
    each with probability 1/4. At step T the class is asked for: AA, AB, BA, BB are 0, 1, 2, 3.

    Parameters
    ----------
    T : int
        Steps, at least 10.
    B : int
        Sequences.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of x.

    Returns
    -------
    Batch
        x is (T, B, 6), one-hot; targets (T, B) in [0, 4), zero but in the last step; mask (T, B), true in the
        last step alone.

    Raises
    ------
    TypeError, ValueError
        If a size is no integer or too small, or `dtype` is not one of the two.

    References
    ----------
    Pascanu, Mikolov and Bengio (2013), ICML, section 4.1.1; the code they published draws the second step
    from [5T/10, 6T/10) instead. Hochreiter and Schmidhuber (1997), Neural Computation 9, 1735–1780,
    experiment 6a, began and ended each sequence with a symbol of its own and had 100 to 110 steps.
    """
    T, B, rng = positive_int("T", T, least=10), positive_int("B", B), generator(rng)
    dtype = float_type(dtype)
    each = np.arange(B)
    codes = rng.integers(2, 6, (T, B))
    relevant = rng.integers(0, 2, (2, B))
    for symbol, low, high in zip(relevant, (1, 4), (2, 5), strict=True):
        # Step t is row t − 1; −(−a // 10) is a/10 rounded up.
        t = rng.integers(-(-low * T // 10), high * T // 10, B, endpoint=True)
        codes[t - 1, each] = symbol
    targets = np.zeros((T, B), np.int64)
    targets[-1] = 2 * relevant[0] + relevant[1]
    return Batch(one_hot_rows(codes, 6, dtype), targets, mask=last_step(T, B))


def temporal_order_baseline() -> float:
    """The least cross-entropy of a model that remembers neither symbol: log 4 nats.

    All four classes are equally likely. A model that remembers one of the two symbols loses log 2.
    """
    return math.log(4)


def temporal_order_errors(o: Array, batch: Batch) -> float:
    """Fraction of sequences for which the largest output at the last step is another class.

    Parameters
    ----------
    o : (T, B, 4) array
        Outputs of a model.
    batch : Batch
        What `temporal_order` returned.

    Returns
    -------
    float
        In [0, 1]. The problem counts as solved below 0.01 on 10 000 sequences (Pascanu et al. 2013).
    """
    batch = read_codes(read_batch(batch, "temporal_order", 6), 4)
    expect_last_step(batch, "temporal_order")
    expect_one_hot(batch, "temporal_order")
    o = outputs_for(batch, o, 4)
    return float(np.mean(o[-1].argmax(axis=-1) != batch.targets[-1]))
