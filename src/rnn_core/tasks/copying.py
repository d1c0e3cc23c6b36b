"""Copy memory: read symbols, wait, and say them again in order."""

import math

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, float_type, generator, positive_int
from ..descent import Batch
from ._arrays import expect_one_hot, one_hot_rows, outputs_for, read_batch, read_codes


def copy_memory(
    delay: int,
    B: int,
    symbols: int = 8,
    length: int = 10,
    *,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Batch:
    """Draw sequences of the copy-memory task.

    The input is `length` symbols, each uniform on 0, …, symbols − 1, then delay − 1 blanks, one go marker and
    `length` blanks: T = delay + 2·length steps. The target is blank for delay + length steps, and then the
    symbols in order. So each symbol is asked for delay + length steps after it was read.

    Parameters
    ----------
    delay : int
        Steps from the last symbol to the go marker, at least 1: the T of the paper, whose sequences have
        T + 20 steps.
    B : int
        Sequences.
    symbols : int
        Number of different symbols.
    length : int
        Symbols to remember.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of x.

    Returns
    -------
    Batch
        x is (T, B, symbols + 2), one-hot; code `symbols` is the blank and symbols + 1 the go marker. targets
        is (T, B) in [0, symbols]. Every step has a loss.

    Raises
    ------
    TypeError, ValueError
        If a size is no integer or too small, or `dtype` is not one of the two.

    References
    ----------
    Arjovsky, Shah and Bengio (2016), ICML, 1120–1128.
    """
    delay, B, rng = positive_int("delay", delay), positive_int("B", B), generator(rng)
    symbols, length = positive_int("symbols", symbols), positive_int("length", length)
    dtype = float_type(dtype)
    blank, go = symbols, symbols + 1
    to_copy = rng.integers(0, symbols, (length, B))
    codes = np.full((delay + 2 * length, B), blank)
    codes[:length] = to_copy
    codes[length + delay - 1] = go
    targets = np.full_like(codes, blank)
    targets[-length:] = to_copy
    return Batch(one_hot_rows(codes, symbols + 2, dtype), targets)


def copy_baseline(delay: int, symbols: int = 8, length: int = 10) -> float:
    """The least cross-entropy of a model that knows the time but remembers no symbol.

    Every blank is certain, and at each of the last `length` steps all symbols are equally likely, so that
    log(symbols) nats are lost there and nothing elsewhere.

    Parameters
    ----------
    delay, symbols, length : int
        As for `copy_memory`.

    Returns
    -------
    float
        length · log(symbols) nats: summed over time, as `bptt` does. The paper divides it by
        T = delay + 2·length: 10 log 8 / (delay + 20).
    """
    positive_int("delay", delay)  # it changes nothing: whoever knows the time loses nothing in the blanks
    return positive_int("length", length) * math.log(positive_int("symbols", symbols))


def copy_errors(o: Array, batch: Batch) -> float:
    """Fraction of the symbols to be recalled for which the largest output is another.

    Steps whose target is the blank do not count.

    Parameters
    ----------
    o : (T, B, symbols + 1) array
        Outputs of a model.
    batch : Batch
        What `copy_memory` returned.

    Returns
    -------
    float
        In [0, 1].
    """
    batch = read_batch(batch, "copy_memory", "symbols + 2")
    blank = batch.x.shape[-1] - 2
    if blank < 1 or batch.mask is not None or batch.lengths is not None:
        raise ValueError(
            "batch must have one symbol at least, no mask and no lengths, as copy_memory returns it"
        )
    expect_one_hot(batch, "copy_memory")
    batch = read_codes(batch, blank + 1)
    o = outputs_for(batch, o, blank + 1)
    recalled = batch.targets != blank
    if not recalled.any():
        raise ValueError("batch.targets must ask for at least one symbol, got blanks alone")
    return float(np.mean(o.argmax(axis=-1)[recalled] != batch.targets[recalled]))
