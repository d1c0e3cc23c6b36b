"""Markov models of order τ over a finite vocabulary: counts, smoothing, likelihood and sampling.

A model of order τ predicts a symbol from the τ before it. It is fitted by counting; the counts of every
length up to τ are kept, so that a context that was never seen can fall back on a shorter one.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._checks import Array, choice, code_array, finite_number, generator, positive_int, shown

__all__ = [
    "CountTable",
    "MarkovModel",
    "fit_markov",
    "markov_conditional",
    "markov_log_probs",
    "markov_parameter_count",
    "sample_markov",
    "unseen_contexts",
]

SMOOTHINGS = ("additive", "backoff")

# Longer contexts would only make numbers of k^τ that nobody can read.
MOST_SYMBOLS = 10_000


class CountTable(NamedTuple):
    """Sparse counts of all windows of one length.

    Attributes
    ----------
    windows : (N,) array of int
        The distinct windows, each written as one number in base k, sorted.
    counts : (N,) array of int
        How often each was seen.
    followers : (N,) array of int
        How many distinct symbols were seen after each.
    totals : (N,) array of int
        How often each was followed by a symbol.
    """

    windows: Array
    counts: Array
    followers: Array
    totals: Array


class MarkovModel(NamedTuple):
    """A fitted model of order τ.

    Attributes
    ----------
    order : int
        τ, the number of symbols in a context.
    k : int
        Size of the vocabulary.
    tables : tuple of CountTable
        Entry j counts windows of length j, for j = 0..τ+1.
    smoothing : {"additive", "backoff"}
        How unseen continuations get probability.
    alpha : float
        The constant of additive smoothing.
    """

    order: int
    k: int
    tables: tuple[CountTable, ...]
    smoothing: str
    alpha: float


def markov_parameter_count(order: int, k: int) -> int:
    """k^τ (k − 1): the free parameters of a model of order τ over k symbols, as an exact integer."""
    order, k = positive_int("order", order, least=0, most=MOST_SYMBOLS), positive_int("k", k)
    count: int = k**order * (k - 1)
    return count


def fit_markov(
    codes: ArrayLike, k: int, order: int, *, smoothing: str = "backoff", alpha: float = 1.0
) -> MarkovModel:
    """Count the windows of a text.

    Parameters
    ----------
    codes : (N,) array of int
        A text in codes of [0, k), N > order.
    k : int
        Size of the vocabulary; k^(order+1) must be below 2⁶³.
    order : int
        τ ≥ 0.
    smoothing : {"additive", "backoff"}
        "additive": (c + α) / (C + αk), with c the count of the continuation and C that of the context.
        "backoff": (c + D·P_{τ−1}) / (C + D), with D the number of distinct continuations seen, down to the
        uniform distribution below order 0 (interpolation after Witten and Bell).
    alpha : float
        α > 0, for additive smoothing.

    Returns
    -------
    MarkovModel
        Counts of all orders up to τ.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range or the text is too short.

    References
    ----------
    Witten and Bell (1991), IEEE Transactions on Information Theory 37, 1085–1094, method C.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import fit_markov, markov_conditional
    >>> model = fit_markov([0, 1, 0, 1, 0, 2, 0, 1], k=3, order=1, smoothing="additive", alpha=1.0)
    >>> print(np.round(markov_conditional(model, [0]), 4).tolist())  # three ones, one two, one of each added
    [0.1429, 0.5714, 0.2857]
    """
    k, order = positive_int("k", k), positive_int("order", order, least=0, most=MOST_SYMBOLS)
    codes = _codes("codes", codes, k, least=order + 1)
    if k ** (order + 1) >= 2**63:
        raise ValueError(f"order must keep k^(order+1) below 2^63, got k = {k} and order = {order}")
    smoothing = choice("smoothing", smoothing, SMOOTHINGS)
    alpha = finite_number("alpha", alpha, above=0.0)
    tables: list[CountTable] = []
    windows = counts = np.empty(0, np.int64)
    for length in range(order + 1, -1, -1):
        longer, seen = windows, counts
        windows, counts = np.unique(_windows(codes, k, length), return_counts=True)
        # A window that ends the text is followed by nothing, so its total is not its count.
        parent = np.searchsorted(windows, longer // k)
        followers = np.bincount(parent, minlength=len(windows))
        totals = np.bincount(parent, seen, minlength=len(windows)).astype(np.int64)
        tables.append(CountTable(windows, counts, followers, totals))
    return MarkovModel(order, k, tuple(reversed(tables)), smoothing, alpha)


def markov_conditional(model: MarkovModel, context: ArrayLike) -> Array:
    """P(next symbol | context), as (k,) probabilities.

    Parameters
    ----------
    model : MarkovModel
        A fitted model.
    context : (N,) array of int
        The symbols so far; the last τ count, and with fewer the model of that lower order is used.
    """
    model = read_model(model)
    return _conditional(model, _codes("context", context, model.k, least=0))


def _conditional(model: MarkovModel, context: Array) -> Array:
    """P(next symbol | context) for a model and a context that have been read."""
    context = context[len(context) - min(model.order, len(context)) :]
    windows = np.concatenate([np.tile(context, (model.k, 1)), np.arange(model.k)[:, None]], axis=1)
    return np.exp(_log_probs(model, windows))


def markov_log_probs(model: MarkovModel, codes: ArrayLike) -> Array:
    """The values log P(x_t | x_{t−τ}, …, x_{t−1}) for each symbol of a text, in nats.

    Parameters
    ----------
    model : MarkovModel
        A fitted model.
    codes : (N,) array of int
        A text, N ≥ 1. The first τ symbols are predicted from what there is before them.

    Returns
    -------
    (N,) array
        Minus its mean is the cross-entropy in nats per symbol; the exponential of that is the perplexity.
    """
    model = read_model(model)
    codes = _codes("codes", codes, model.k, least=1)
    head = [_log_probs(model, codes[None, : t + 1]) for t in range(min(model.order, len(codes)))]
    body = []
    if len(codes) > model.order:
        body = [_log_probs(model, np.lib.stride_tricks.sliding_window_view(codes, model.order + 1))]
    return np.concatenate(head + body)


def unseen_contexts(model: MarkovModel, codes: ArrayLike) -> float:
    """The fraction of positions of a text whose full context of τ symbols was never continued in training."""
    model = read_model(model)
    codes = _codes("codes", codes, model.k, least=model.order + 1)
    contexts = _windows(codes[:-1], model.k, model.order)
    table = model.tables[model.order]
    return float(np.mean(_look_up(table, contexts, table.totals) == 0))


def sample_markov(
    model: MarkovModel, length: int, *, rng: np.random.Generator, start: ArrayLike = ()
) -> Array:
    """Draw a text symbol by symbol.

    Parameters
    ----------
    model : MarkovModel
        A fitted model.
    length : int
        Symbols to draw, at least 1.
    rng : numpy.random.Generator
        Source of randomness.
    start : (N,) array of int
        Symbols before the first drawn one; not part of the result.

    Returns
    -------
    (length,) array of int
        The codes drawn.
    """
    model, length, rng = read_model(model), positive_int("length", length), generator(rng)
    before = _codes("start", start, model.k, least=0)
    text = np.concatenate([before, np.zeros(length, np.int64)])
    for end in range(len(before), len(text)):
        probabilities = _conditional(model, text[:end])
        text[end] = rng.choice(model.k, p=probabilities / probabilities.sum())
    return text[len(before) :].copy()


def _windows(codes: Array, k: int, length: int) -> Array:
    """Every window of a text as one number in base k; the empty window once for each position."""
    if length == 0:
        return np.zeros(len(codes) + 1, np.int64)
    views = np.lib.stride_tricks.sliding_window_view(codes, length)
    return _number(views, k)


def _number(windows: Array, k: int) -> Array:
    number = np.zeros(len(windows), np.int64)
    for column in windows.T:
        number = number * k + column
    return number


def _look_up(table: CountTable, windows: Array, values: Array) -> Array:
    """`values` of the table's rows for these windows, 0 where a window was not seen."""
    place = np.minimum(np.searchsorted(table.windows, windows), len(table.windows) - 1)
    return np.where(table.windows[place] == windows, values[place], 0)


def _log_probs(model: MarkovModel, windows: Array) -> Array:
    """The values log P(last symbol | those before it) for windows of any one length up to τ + 1, as rows."""
    k, length = model.k, windows.shape[1] - 1
    if model.smoothing == "additive":
        count, total, _ = _statistics(model, windows, length)
        return np.log(count + model.alpha) - np.log(total + model.alpha * k)
    probability = np.full(len(windows), 1.0 / k)
    for j in range(length + 1):
        count, total, followers = _statistics(model, windows[:, length - j :], j)
        # An unseen context has count, total and followers 0: the lower order is then all there is.
        weight = np.maximum(total + followers, 1)
        probability = np.where(total > 0, (count + followers * probability) / weight, probability)
    log_probability: Array = np.log(probability)
    return log_probability


def _statistics(model: MarkovModel, windows: Array, order: int) -> tuple[Array, Array, Array]:
    context, gram = _number(windows[:, :-1], model.k), _number(windows, model.k)
    table, longer = model.tables[order], model.tables[order + 1]
    return (
        _look_up(longer, gram, longer.counts),
        _look_up(table, context, table.totals),
        _look_up(table, context, table.followers),
    )


def _codes(name: str, codes: Any, k: int, least: int) -> Array:
    array = code_array(name, codes, k)
    if array.ndim != 1 or len(array) < least:
        raise ValueError(f"{name} must have shape (N,) with N ≥ {least}, got {array.shape}")
    return array.astype(np.int64)


def read_model(model: Any) -> MarkovModel:
    """Return a model whose parts fit together, or say what is wrong with it."""
    if not isinstance(model, MarkovModel):
        raise TypeError(f"model must be a MarkovModel, what fit_markov returns, got {type(model).__name__}")
    order = positive_int("model.order", model.order, least=0, most=MOST_SYMBOLS)
    k = positive_int("model.k", model.k)
    smoothing = choice("model.smoothing", model.smoothing, SMOOTHINGS)
    alpha = finite_number("model.alpha", model.alpha, above=0.0)
    tables = model.tables
    if not (isinstance(tables, tuple) and all(isinstance(table, CountTable) for table in tables)):
        raise TypeError(f"model.tables must be a tuple of CountTable, got {shown(tables)}")
    if len(tables) != order + 2:
        raise ValueError(f"model.tables must hold order + 2 = {order + 2} tables, got {len(tables)}")
    for length, table in enumerate(tables):
        for field, array in table._asdict().items():
            # Their order is taken on trust: to check it would cost more than to look something up.
            if not (
                type(array) is np.ndarray and array.dtype.kind in "iu" and array.ndim == 1 and len(array)
            ):
                raise TypeError(f"model.tables[{length}].{field} must be (N,) integers, got {shown(array)}")
            if len(array) != len(table.windows):
                raise ValueError(
                    f"model.tables[{length}].{field} must be as long as windows, got {len(array)}"
                )
    return MarkovModel(order, k, tables, smoothing, alpha)
