"""The tasks: batches drawn by the playground's generator, what is right, and the exact baselines.

Where `rnn_core` has the task, this is that task. A baseline is in the units of the loss, which is summed
over the steps of a sequence and averaged over the batch. `chance` is the least loss without the memory in
question, `floor` the least loss there is; None where nobody knows it.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core import (
    Batch,
    Vocabulary,
    agreement_grammar,
    cross_entropy,
    next_symbol_pair,
    one_hot,
    sample_grammar,
    squared_error,
)
from rnn_core import tasks as core_tasks

from .setup import Setup

__all__ = ["Task", "make_task"]

Array = np.ndarray[Any, np.dtype[Any]]
VERBS = {"runs": 1, "sleeps": 1, "run": 2, "sleep": 2}


@dataclass(frozen=True)
class Task:
    """A task of a certain length.

    Attributes
    ----------
    n, k : int
        Sizes of input and output.
    symbols, answers : tuple of str
        Names of the codes that come in and go out; of the two numbers, and none, for "adding".
    chance, floor : float or None
        Baselines of the loss: see the module.
    steps : float
        Steps of a sequence that have a loss; their mean for "reber".
    draw : callable
        ``draw(B, rng)`` is a `Batch`.
    right : callable
        ``right(o, batch)`` is an array of what was right among all that was asked, perhaps empty.
    loss : callable
        `rnn_core.cross_entropy` or `rnn_core.squared_error`.
    """

    n: int
    k: int
    symbols: tuple[str, ...]
    answers: tuple[str, ...]
    chance: float | None
    floor: float | None
    steps: float
    draw: Callable[[int, np.random.Generator], Batch]
    right: Callable[[Array, Batch], Array]
    loss: Any = cross_entropy

    def accuracy(self, o: Array, batch: Batch) -> float | None:
        """Return the fraction that was right; None if nothing was asked."""
        right = self.right(o, batch)
        return float(np.mean(right)) if right.size else None


def make_task(setup: Setup, text: str = "") -> Task:
    """Return the task of a set-up; `text` is what "text" learns.

    Raises
    ------
    ValueError
        If the task is "text" and there is no text.
    """
    return MAKERS[setup.task](setup.T, text)


def _largest_is_target(o: Array, batch: Batch) -> Array:
    counted = np.ones(batch.targets.shape, bool) if batch.mask is None else batch.mask
    right: Array = (o.argmax(axis=-1) == batch.targets)[counted]
    return right


def _last(targets: Array, T: int) -> tuple[Array, Array]:
    """Targets of the last step as those of all steps, and the mask."""
    all_targets, mask = np.zeros((T, len(targets)), np.int64), np.zeros((T, len(targets)), bool)
    all_targets[-1], mask[-1] = targets, True
    return all_targets, mask


def _recall(T: int, text: str) -> Task:
    """Make the task: one of two cues, T blanks, and the question which cue it was."""

    def draw(B: int, rng: np.random.Generator) -> Batch:
        cues = rng.integers(0, 2, B)
        codes = np.full((T + 2, B), 2)
        codes[0], codes[-1] = cues, 3
        targets, mask = _last(cues, T + 2)
        return Batch(one_hot(codes, 4), targets, mask=mask)

    return Task(4, 2, ("a", "b", "·", "?"), ("a", "b"), math.log(2), 0.0, 1.0, draw, _largest_is_target)


def _order(T: int, text: str) -> Task:
    def draw(B: int, rng: np.random.Generator) -> Batch:
        return core_tasks.temporal_order(T, B, rng=rng)

    chance = core_tasks.temporal_order_baseline()
    return Task(6, 4, tuple("ABcdef"), ("AA", "AB", "BA", "BB"), chance, 0.0, 1.0, draw, _largest_is_target)


def _adding(T: int, text: str) -> Task:
    def draw(B: int, rng: np.random.Generator) -> Batch:
        return core_tasks.adding(T, B, rng=rng)

    def right(o: Array, batch: Batch) -> Array:
        within: Array = np.abs(o[-1] - batch.targets[-1])[:, 0] <= 0.08  # as adding_errors
        return within

    chance = core_tasks.adding_baseline()
    return Task(2, 1, ("number", "marker"), (), chance, 0.0, 1.0, draw, right, squared_error)


def _reber(T: int, text: str) -> Task:
    """What is asked for is the last symbol but one, as `reber_critical_errors` does."""

    def draw(B: int, rng: np.random.Generator) -> Batch:
        return core_tasks.embedded_reber(B, rng=rng)

    def right(o: Array, batch: Batch) -> Array:
        at = np.asarray(batch.lengths) - 2, np.arange(o.shape[1])
        wanted = batch.targets[at][:, None]
        best = np.take_along_axis(o[at], wanted, axis=1)
        others = o[at].copy()
        np.put_along_axis(others, wanted, -np.inf, axis=1)
        first: Array = (best > others).all(axis=1)
        return first

    symbols = tuple(core_tasks.REBER_SYMBOLS)
    floor, chance = core_tasks.reber_baseline(), core_tasks.reber_baseline(forgetful=True)
    return Task(7, 7, symbols, symbols, chance, floor, core_tasks.reber_length() - 1, draw, right)


def _parity(T: int, text: str) -> Task:
    """Make the task: at every step, whether the number of ones so far is odd."""

    def draw(B: int, rng: np.random.Generator) -> Batch:
        bits = rng.integers(0, 2, (T, B))
        return Batch(one_hot(bits, 2), np.cumsum(bits, axis=0) % 2)

    chance = T * math.log(2)
    return Task(2, 2, ("0", "1"), ("even", "odd"), chance, 0.0, float(T), draw, _largest_is_target)


def _agreement(T: int, text: str) -> Task:
    """Each word predicts the next, from the beginning of a sentence on; asked for is the verbs' number."""
    grammar = agreement_grammar()
    k = len(grammar.words)
    number = np.array([VERBS.get(word, 0) for word in grammar.words])

    def draw(B: int, rng: np.random.Generator) -> Batch:
        codes = [sample_grammar(grammar, T + 1, rng=rng)[0] for _ in range(B)]
        return Batch(*next_symbol_pair(np.stack(codes, axis=1), k))

    def right(o: Array, batch: Batch) -> Array:
        of_target = number[batch.targets]
        agrees: Array = (number[o.argmax(axis=-1)] == of_target)[of_target > 0]
        return agrees

    # The entropy of T words after the first: the states' distribution, step by step, from the start on.
    p = grammar.probabilities
    entropies = -np.sum(p * np.log(np.where(p > 0, p, 1.0)), axis=1)
    of_verb = (p[:, number > 0].sum(axis=1) > 0).astype(float)
    transition = np.zeros((len(p), len(p)))
    for s, w in zip(*np.nonzero(p), strict=True):
        transition[s, grammar.successor[s, w]] += p[s, w]
    state = np.eye(len(p))[grammar.start]
    floor = verbs = 0.0
    for _ in range(T):
        state = state @ transition
        floor += float(state @ entropies)
        verbs += float(state @ of_verb)
    chance = floor + verbs * math.log(2)  # a verb's number, not known
    return Task(k, k, grammar.words, grammar.words, chance, floor, float(T), draw, right)


def _text(T: int, text: str) -> Task:
    """Each character predicts the next. Chance knows how often each comes, and nothing else."""
    vocabulary = Vocabulary.of(text)
    codes, k = vocabulary.encode(text), len(vocabulary)
    counts = np.array(list(Counter(codes.tolist()).values())) / len(codes)
    codes = np.tile(codes, -(-(T + 1) // len(codes)))  # one that is too short is read over and over

    def draw(B: int, rng: np.random.Generator) -> Batch:
        starts = rng.integers(0, len(codes) - T, B)
        return Batch(*next_symbol_pair(codes[starts + np.arange(T + 1)[:, None]], k))

    chance = T * float(np.sum(counts * -np.log(counts)))
    symbols = vocabulary.symbols
    return Task(k, k, symbols, symbols, chance, None, float(T), draw, _largest_is_target)


MAKERS: dict[str, Callable[[int, str], Task]] = {
    "recall": _recall,
    "order": _order,
    "adding": _adding,
    "reber": _reber,
    "parity": _parity,
    "agreement": _agreement,
    "text": _text,
}
