"""The embedded Reber grammar: predict the next symbol, and at last the one that matches the second.

A Reber string is a walk through `REBER` from state 0 to the end; where two arrows leave a state, each is
taken with probability 1/2. An embedded string is B, then T or P, a Reber string, the same T or P, and E.
What comes last but one was decided at the second symbol, six steps before or more, and nothing between the
two tells.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, flag, float_type, generator, positive_int, shown
from ..descent import Batch
from ..losses import int_array
from ._arrays import one_hot_rows, outputs_for, read_batch, read_codes

Graph = tuple[dict[str, int], ...]

REBER_SYMBOLS = "BTSXPVE"

# State s is entry s: the symbols of its arrows, and where they lead. The one state without arrows is the end.
REBER: Graph = (
    {"B": 1},
    {"T": 2, "P": 3},
    {"S": 2, "X": 4},
    {"T": 3, "V": 5},
    {"X": 3, "S": 6},
    {"P": 4, "V": 6},
    {"E": 7},
    {},
)


def _embed(graph: Graph) -> Graph:
    """Two copies of a graph between T or P and the same again: which copy one is in is the memory."""
    size, states = len(graph), [{"B": 1}, {"T": 2, "P": 2 + len(graph)}]
    closing = 2 + 2 * size
    for first, outer in ((2, "T"), (2 + size, "P")):
        inner = [{symbol: first + target for symbol, target in arrows.items()} for arrows in graph[:-1]]
        states += [*inner, {outer: closing}]
    return (*states, {"E": closing + 1}, {})


EMBEDDED_REBER: Graph = _embed(REBER)
_CODES = {symbol: code for code, symbol in enumerate(REBER_SYMBOLS)}


def sample_embedded_reber(B: int, *, rng: np.random.Generator) -> list[str]:
    """Draw B embedded Reber strings, independent of each other; some will be equal.

    Parameters
    ----------
    B : int
        Number of strings.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    list of str
        Of 9 symbols or more, 12 in the mean: see `reber_length`.
    """
    B, rng = positive_int("B", B), generator(rng)
    strings = []
    for _ in range(B):
        state, string = 0, ""
        while arrows := EMBEDDED_REBER[state]:
            choices = list(arrows)
            string += choices[int(rng.random() * len(choices))]
            state = arrows[string[-1]]
        strings.append(string)
    return strings


def is_embedded_reber(string: str) -> bool:
    """Whether the string is a complete string of the embedded Reber grammar."""
    if not isinstance(string, str):
        raise TypeError(f"string must be a str, got {shown(string)}")
    state = 0
    for symbol in string:
        if symbol not in EMBEDDED_REBER[state]:
            return False
        state = EMBEDDED_REBER[state][symbol]
    return not EMBEDDED_REBER[state]


def reber_batch(strings: Sequence[str], *, dtype: DTypeLike = np.float64) -> Batch:
    """Embedded Reber strings as inputs and targets: the target of each step is the next symbol.

    Parameters
    ----------
    strings : sequence of str
        B strings of the grammar.
    dtype : {numpy.float64, numpy.float32}
        Type of x.

    Returns
    -------
    Batch
        x is (T, B, 7), one-hot, and zero in the padding; targets (T, B) in [0, 7), codes being places in
        `REBER_SYMBOLS`; lengths (B,), each one less than that of its string. T is the longest.

    Raises
    ------
    TypeError, ValueError
        If there is no string, one is not in the grammar, or `dtype` is not one of the two.
    """
    if isinstance(strings, str | bytes) or not isinstance(strings, Sequence):
        raise TypeError(f"strings must be a sequence of strings, got {shown(strings)}")
    if len(strings) == 0:
        raise ValueError(f"strings must hold at least one string, got {strings!r}")
    for string in strings:
        if not isinstance(string, str):
            raise TypeError(f"strings must be a sequence of strings, got {shown(string)} among them")
        if not is_embedded_reber(string):
            raise ValueError(f"strings must be of the embedded Reber grammar, got {string!r}")
    dtype = float_type(dtype)
    lengths = np.array([len(string) - 1 for string in strings])
    codes = np.zeros((lengths.max() + 1, len(strings)), np.int64)
    for b, string in enumerate(strings):
        codes[: len(string), b] = [_CODES[symbol] for symbol in string]
    x = one_hot_rows(codes[:-1], len(REBER_SYMBOLS), dtype)
    x[np.arange(len(x))[:, None] >= lengths] = 0.0
    return Batch(x, codes[1:], lengths=lengths)


def embedded_reber(B: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Batch:
    """Draw B strings of the embedded Reber grammar as a batch: `reber_batch` of `sample_embedded_reber`.

    Parameters and errors are those of the two.

    Returns
    -------
    Batch
        x (T, B, 7), targets (T, B), lengths (B,).

    References
    ----------
    Hochreiter and Schmidhuber (1997), Neural Computation 9, 1735–1780, experiment 1.
    """
    dtype = float_type(dtype)
    return reber_batch(sample_embedded_reber(B, rng=rng), dtype=dtype)


def reber_legal(batch: Batch) -> Array:
    """Which symbols may come next.

    Parameters
    ----------
    batch : Batch
        What `embedded_reber` or `reber_batch` returned.

    Returns
    -------
    (T, B, 7) array of bool
        ``[t-1, b, j]`` says whether symbol j can follow the first t symbols of string b; false in the
        padding.
    """
    batch, lengths = _read(batch)
    legal = np.zeros(batch.x.shape, dtype=bool)
    symbols = batch.x.argmax(axis=-1)
    for b, length in enumerate(lengths):
        state = 0
        for t in range(length):
            symbol = REBER_SYMBOLS[symbols[t, b]]
            if symbol not in EMBEDDED_REBER[state]:
                raise ValueError(
                    f"batch.x must hold strings of the grammar, got {symbol} at step {t + 1} of one"
                )
            state = EMBEDDED_REBER[state][symbol]
            legal[t, b, [_CODES[symbol] for symbol in EMBEDDED_REBER[state]]] = True
    return legal


def reber_errors(o: Array, batch: Batch) -> float:
    """Fraction of strings with a step at which an illegal symbol has an output as large as a legal one's.

    Parameters
    ----------
    o : (T, B, 7) array
        Outputs of a model; what they are in the padding does not matter.
    batch : Batch
        What `embedded_reber` or `reber_batch` returned.

    Returns
    -------
    float
        In [0, 1]. Zero is the criterion of Hochreiter and Schmidhuber (1997): the units of the possible next
        symbols are always the most active. They asked it of 256 strings for training and 256 others.
    """
    wrong = _misranked(o, batch)
    return float(np.mean(wrong.any(axis=0)))


def reber_critical_errors(o: Array, batch: Batch) -> float:
    """Fraction of strings whose last symbol but one, T or P, does not have the largest output.

    It is the only step that needs a memory of the second symbol: without one, half of the strings are wrong.
    Parameters are those of `reber_errors`.

    Returns
    -------
    float
        In [0, 1].
    """
    # The prediction of the last symbol comes at step `length`, that of the one before it a step earlier.
    wrong = _misranked(o, batch)
    lengths = np.asarray(batch.lengths)
    wrong = wrong[lengths - 2, np.arange(len(lengths))]
    return float(np.mean(wrong))


def reber_solved(o: Array, batch: Batch) -> bool:
    """Whether `reber_errors` is zero."""
    return reber_errors(o, batch) == 0.0


def reber_length() -> float:
    """The mean number of symbols in an embedded Reber string: 12, of which all but the first are predicted.

    The mean number L of symbols from each state to the end solves L = 1 + P L, where P holds the
    probabilities of going from state to state, and L = 0 at the end.
    """
    return _mean_total(lambda arrows: 1.0)


def reber_baseline(*, forgetful: bool = False) -> float:
    """The least cross-entropy of a model that has learnt the grammar, in nats: 7 log 2 for a string.

    This is the entropy of a string. The mean number H of nats from each state to the end solves
    H = log(number of arrows) + P H. It is a sum over time, as the loss of `bptt` is.

    Parameters
    ----------
    forgetful : bool
        Whether the model has forgotten the second symbol when the last but one is due. It then loses
        log 2 more, and nothing elsewhere: all between them is independent of that symbol.

    Returns
    -------
    float
        7 log 2 = 4.852, or 8 log 2 = 5.545 nats.
    """
    return _mean_total(math.log) + (math.log(2) if flag("forgetful", forgetful) else 0.0)


def _mean_total(cost: Callable[[int], float]) -> float:
    """The mean over strings of the sum, over the states passed, of a function of their number of arrows."""
    states = len(EMBEDDED_REBER) - 1
    step, costs = np.zeros((states, states)), np.zeros(states)
    for state, arrows in enumerate(EMBEDDED_REBER[:-1]):
        costs[state] = cost(len(arrows))
        for target in arrows.values():
            if target < states:
                step[state, target] += 1 / len(arrows)
    return float(np.linalg.solve(np.eye(states) - step, costs)[0])


def _read(batch: Any) -> tuple[Batch, Array]:
    """Return a batch of strings and their lengths, or say that it is none."""
    batch = read_codes(read_batch(batch, "embedded_reber", len(REBER_SYMBOLS)), len(REBER_SYMBOLS))
    if batch.lengths is None or batch.mask is not None:
        raise ValueError("batch must have lengths and no mask, as embedded_reber returns it")
    T, B = batch.x.shape[:-1]
    lengths = int_array("batch.lengths", batch.lengths, (B,))
    if lengths.min() < 2 or lengths.max() > T:
        raise ValueError(f"batch.lengths must be in 2..T = {T}, got {lengths}")
    inside = np.arange(T)[:, None] < lengths
    if not (((batch.x == 0) | (batch.x == 1)).all() and (batch.x.sum(axis=-1) == inside).all()):
        raise ValueError("batch.x must be one-hot and zero in the padding, as embedded_reber returns it")
    return batch, lengths


def _misranked(o: Array, batch: Batch) -> Array:
    """The steps, (T, B) bool, at which a legal symbol does not beat every illegal one; none in padding."""
    legal = reber_legal(batch)
    batch, _ = _read(batch)
    o = outputs_for(batch, o, len(REBER_SYMBOLS))
    least_legal = np.where(legal, o, np.inf).min(axis=-1)  # infinite in the padding, where nothing is legal
    largest_illegal = np.where(legal, -np.inf, o).max(axis=-1)
    wrong: Array = least_legal <= largest_illegal
    return wrong
