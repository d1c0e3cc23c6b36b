"""The kinds of questions that a page can judge, and what makes an exercise of them.

All texts are MyST Markdown, as in a notebook: formulas, links and references are checked when the book is
built. In a number's question ``[[name]]`` stands for a drawn number.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnn_exercises.expressions import evaluate

__all__ = [
    "Before",
    "Choice",
    "Code",
    "Draw",
    "Exercise",
    "Formula",
    "Mistake",
    "Number",
    "Option",
    "Order",
    "Program",
    "Proof",
    "Question",
    "Variant",
    "close",
    "slack",
]

Draw = Mapping[str, float]
VARIANTS = 12  # sets of numbers of an exercise, the printed one among them
POINTS = 6  # at which a formula is judged
ROUNDED = 0.005
EXACT = 1e-9  # relative difference of two numbers that count as equal


def slack(number: float, tolerance: float) -> float:
    """Return how exactly a number must be given: a mistake that is no whole number may be rounded."""
    if tolerance == 0 and not float(number).is_integer():
        return ROUNDED
    return max(tolerance, EXACT)


def close(given: float, right: float, tolerance: float) -> bool:
    """Return whether a number is right, up to a relative tolerance; `page/judge.js` says the same."""
    return abs(given - right) <= max(tolerance, EXACT) * max(abs(right), 1e-300)


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that somebody could give, and what to say to it.

    Attributes
    ----------
    answer : callable or str
        The number that comes of it, computed from the drawn numbers; in a formula, the wrong formula.
    reason : str
        What went wrong, and where to look.
    """

    answer: Callable[[Draw], float] | str
    reason: str


@dataclass(frozen=True)
class Number:
    """A number is asked.

    Attributes
    ----------
    ask : str
        The question.
    answer : callable
        Computes it from the drawn numbers.
    mistakes : tuple of Mistake
        Wrong numbers with a name.
    otherwise : str
        What to say to any other number: a hint.
    tolerance : float
        Relative; 0 for whole numbers.
    unit : str
        What may stand behind the number.
    spellings : tuple of str
        Other ways to write the printed answer, for the tests: ``"log(0.01)/log(0.9)"``.
    """

    ask: str
    answer: Callable[[Draw], float]
    mistakes: tuple[Mistake, ...]
    otherwise: str
    tolerance: float = 0.01
    unit: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """A formula is asked, and judged at random points.

    Attributes
    ----------
    ask : str
        The question.
    variables : mapping of str to pair of float
        The names that it may use, and the interval in which each is drawn.
    answer : str
        The formula.
    mistakes : tuple of Mistake
        Wrong formulas with a name.
    otherwise : str
        What to say to any other formula.
    spellings : tuple of str
        The same formula written in another way, for the tests.
    """

    ask: str
    variables: Mapping[str, tuple[float, float]]
    answer: str
    mistakes: tuple[Mistake, ...]
    otherwise: str
    spellings: tuple[str, ...] = ()

    def points(self) -> list[dict[str, float]]:
        """Return the points at which the formula is judged."""
        rng = np.random.default_rng(len(self.answer))
        return [
            {name: round(float(rng.uniform(*ends)), 3) for name, ends in self.variables.items()}
            for _ in range(POINTS)
        ]

    def values(self, formula: str) -> list[float]:
        """Return the values of a formula at the points."""
        return [evaluate(formula, point) for point in self.points()]


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from, and why it is right or wrong."""

    text: str
    reason: str
    right: bool = False


@dataclass(frozen=True)
class Choice:
    """One option is right, or, with `several`, any number of them."""

    ask: str
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True)
class Before:
    """In an order, one step must come before another, and what to say if it does not."""

    first: int
    second: int
    reason: str


@dataclass(frozen=True)
class Order:
    """Steps are to be put into order.

    Attributes
    ----------
    ask : str
        The question.
    steps : tuple of str
        The steps, in a right order.
    rules : tuple of Before
        What must come before what, with reasons. An order that keeps them all is right, unless `strict`.
    otherwise : str
        What to say to an order that keeps the rules and is not the only right one.
    strict : bool
        Whether the order of `steps` is the only right one.
    """

    ask: str
    steps: tuple[str, ...]
    rules: tuple[Before, ...]
    otherwise: str = ""
    strict: bool = False

    def shuffled(self) -> list[int]:
        """Return the order in which the steps are shown first: a wrong one."""
        rng = np.random.default_rng(len(self.steps[0]))
        while True:
            order = [int(i) for i in rng.permutation(len(self.steps))]
            if any(order.index(rule.first) > order.index(rule.second) for rule in self.rules):
                return order


@dataclass(frozen=True)
class Program:
    """A program with a typical mistake: its text, and what to say to it."""

    source: str
    reason: str


@dataclass(frozen=True)
class Code:
    """A function is to be written.

    Attributes
    ----------
    ask : str
        What it is to do.
    name : str
        Its name.
    starter : str
        What stands in the editor at first.
    solution : str
        A program that is right.
    cases : callable
        Draws the arguments of a call: arrays and numbers, generic, all sizes different.
    mistakes : mapping of str to Program
        Programs that are wrong, by a short name.
    """

    ask: str
    name: str
    starter: str
    solution: str
    cases: Callable[[np.random.Generator], tuple[Any, ...]]
    mistakes: Mapping[str, Program]


@dataclass(frozen=True)
class Proof:
    """A proof is to be written on paper; the reader ticks what it has, then compares."""

    ask: str
    points: tuple[str, ...]


Question = Number | Formula | Choice | Order | Code | Proof


@dataclass(frozen=True)
class Variant:
    """A set of drawn numbers; for each question the right number and those of its mistakes."""

    draw: dict[str, float]
    numbers: dict[int, list[float]]

    def shown(self) -> dict[str, str]:
        """Return the drawn numbers as a text writes them."""
        return {
            name: (f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}".replace(",", " ")).replace("-", "−")
            for name, value in self.draw.items()
        }


@dataclass(frozen=True)
class Exercise:
    """What a page needs to judge an exercise of the book.

    Attributes
    ----------
    label : str
        The exercise's label in the notebook.
    questions : tuple of Question
        In the order in which they are asked.
    hints : tuple of str
        Shown one after the other, on request.
    printed : mapping of str to float
        The numbers of the exercise as it is printed.
    draw : callable, optional
        Draws other numbers with the same names.
    """

    label: str
    questions: tuple[Question, ...]
    hints: tuple[str, ...] = ()
    printed: Draw = field(default_factory=dict)
    draw: Callable[[np.random.Generator], Draw] | None = None

    def variants(self) -> list[Variant]:
        """Return the printed numbers and, if others can be drawn, some of them.

        A draw in which a mistake gives nearly the right number, or the number of another mistake, or none, is
        left out.

        Raises
        ------
        ValueError
            If that happens with the printed numbers, or with nearly all draws.
        """
        found = [self._variant(self.printed)]
        if self.draw is None:
            return found
        rng = np.random.default_rng(len(self.label))
        for _ in range(50 * VARIANTS):
            if len(found) == VARIANTS:
                return found
            draw = dict(self.draw(rng))
            if all(draw != other.draw for other in found):
                try:
                    found.append(self._variant(draw))
                except ValueError:
                    continue
        raise ValueError(f"{self.label}: of 600 draws only {len(found) - 1} can be judged")

    def _variant(self, draw: Draw) -> Variant:
        numbers = {}
        for place, question in enumerate(self.questions):
            if isinstance(question, Number):
                answers = [question.answer, *(mistake.answer for mistake in question.mistakes)]
                # Twelve digits: a whole number that was computed by logarithms is one again.
                values = [float(f"{answer(draw):.12g}") for answer in answers if callable(answer)]
                for i, j in _pairs(len(values)):
                    # One number must not pass for two: their intervals must not meet.
                    apart = abs(values[i] - values[j])
                    width = sum(slack(values[k], question.tolerance) * abs(values[k]) for k in (i, j))
                    if not math.isfinite(apart) or apart <= width:
                        raise ValueError(
                            f"{self.label}: answers {i} and {j} of question {place} are too near for {draw}: "
                            f"{values[i]} and {values[j]}"
                        )
                numbers[place] = values
        return Variant(dict(draw), numbers)


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return ((i, j) for j in range(count) for i in range(j))
