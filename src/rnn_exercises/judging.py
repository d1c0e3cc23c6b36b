"""Judge a reader's function: beside the right one, and beside those with a typical mistake.

It is called on generic inputs. What it returns says more than "wrong": if it is what a known mistake gives,
that mistake is named.
"""

import copy
import inspect
import json
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any

import numpy as np

from rnn_exercises.collection import find
from rnn_exercises.kinds import Code

__all__ = ["CASES", "Verdict", "judge"]

CASES = 6  # generic inputs, each with sizes of its own
STEPS = 1_000_000  # instructions that a call may execute; the longest right one takes some thousand
SECONDS = 3.0  # that it may take, for loops in which each of them is slow
TOLERANCE = 1e-7

Names = dict[str, Any]


@dataclass(frozen=True, repr=False)
class Verdict:
    """What is said to a reader's function.

    Attributes
    ----------
    solved : bool
        Whether it is right.
    mistake : str or None
        The name of the mistake, if it is a known one.
    words : str
        A sentence.
    """

    solved: bool
    mistake: str | None
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        # The second format is for the page on which the function was written.
        return {"text/plain": self.words, "application/x-verdict": json.dumps(asdict(self))}


class _TooLongError(BaseException):
    """The function runs without end; no ``except Exception`` in it stops this."""


class _WrongError(Exception):
    """A sentence that says why a function cannot be judged further."""


def judge(label: str, function: Callable[..., Any] | str) -> Verdict:
    """Judge a function that an exercise asks for.

    Parameters
    ----------
    label : str
        The exercise's label.
    function : callable or str
        The function, or the text that defines it under the name that the exercise gives.

    Returns
    -------
    Verdict
        Whether it is right, and a sentence.

    Raises
    ------
    KeyError
        If there is no exercise with this label.
    ValueError
        If the exercise asks for no function.
    """
    question = next((each for each in find(label).questions if isinstance(each, Code)), None)
    if question is None:
        raise ValueError(f"label must be that of an exercise that asks for a function, got {label!r}")
    cases = [question.cases(np.random.default_rng(seed)) for seed in range(CASES)]
    right = _define(question.solution, question.name)
    arguments = list(inspect.signature(right).parameters)
    several = isinstance(right(*copy.deepcopy(cases[0])), tuple)
    expected = [_parts(right(*copy.deepcopy(case)), several) for case in cases]
    try:
        given = _define(function, question.name) if isinstance(function, str) else function
        results = [_parts(_call(given, case, arguments), several) for case in cases]
    except _WrongError as error:
        return Verdict(False, None, str(error))
    good = [_same(ours, theirs) for ours, theirs in zip(expected, results, strict=True)]
    if all(good):
        return Verdict(
            True, None, f"Right: on {CASES} generic inputs it gives what the book's function gives."
        )
    for name, program in question.mistakes.items():
        wrong = _define(program.source, question.name)
        with suppress(Exception), np.errstate(all="ignore"):
            if all(
                _same(_parts(wrong(*copy.deepcopy(case)), several), result)
                for case, result in zip(cases, results, strict=True)
            ):
                return Verdict(False, name, program.reason)
    first = good.index(False)
    some = f"It is right on {sum(good)} of {CASES} inputs. Elsewhere: " if any(good) else ""
    return Verdict(False, None, some + _difference(expected[first], results[first]))


def _define(source: str, name: str) -> Callable[..., Any]:
    """Return the function that a text defines."""
    names: Names = {"np": np, "__name__": "__exercise__"}
    _guarded(lambda: exec(compile(source, "<your function>", "exec", dont_inherit=True), names), names)
    if not callable(names.get(name)):
        raise _WrongError(f"It defines no function `{name}`.")
    function: Callable[..., Any] = names[name]
    return function


def _call(function: Callable[..., Any], case: tuple[Any, ...], arguments: list[str]) -> Any:
    """Call a function; complain if it changes an argument, raises an error, or returns nothing."""
    given = copy.deepcopy(case)
    # Its steps, and those of what else is defined beside it, are counted.
    names = getattr(inspect.unwrap(function), "__globals__", None) if callable(function) else None
    result = _guarded(lambda: function(*given), names)
    for name, before, after in zip(arguments, case, given, strict=True):
        if not np.array_equal(before, after):
            raise _WrongError(
                f"It changes its argument `{name}` in place: whoever calls it still needs the old values. "
                "Make a new array."
            )
    if result is None:
        raise _WrongError("It returns nothing: the last line needs `return`.")
    return result


def _guarded(action: Callable[[], Any], names: Names | None) -> Any:
    """Do something of the reader's, with a limit to its steps; turn its errors into sentences."""
    steps, end = 0, time.monotonic() + SECONDS

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal steps
        if frame.f_globals is not names:
            return None
        frame.f_trace_opcodes = True  # ``while True: pass`` never comes to another line
        steps += 1
        if steps > STEPS or time.monotonic() > end:
            raise _TooLongError
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return action()
    except _TooLongError:
        message = "It did not come to an end: does one of its loops run for ever?"
    except RecursionError:
        message = "It calls itself without end."
    except SyntaxError as error:
        message = f"Python cannot read line {error.lineno}: {error.msg}."
    except Exception as error:
        message = _explained(error, names)
    except SystemExit:
        message = "It asks Python to end."
    finally:
        sys.settrace(before)
    raise _WrongError(message)


def _explained(error: Exception, names: Names | None) -> str:
    """Say which error a function stops with, where, and what is often the cause."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_globals is names]
    place = f" in line {lines[-1]}" if lines else ""
    said = f"It stops with an error{place}: {type(error).__name__}: {error}".rstrip(".: ") + "."
    if isinstance(error, ValueError) and any(
        word in str(error) for word in ("shape", "mismatch", "dimension")
    ):
        said += " Compare the shapes of what you combine: is one the transpose of what is needed?"
    if isinstance(error, IndexError):
        said += " Places are counted from 0, so the last of `T` is `T - 1`."
    return said


def _parts(value: Any, several: bool) -> list[Any]:
    """Return the parts of a result: arrays of numbers, and as it is what is none."""
    parts = value if isinstance(value, tuple) or (several and isinstance(value, list)) else (value,)
    return [_array(part) for part in parts]


def _array(value: Any) -> Any:
    with suppress(Exception):
        array = np.array(value)
        if array.dtype.kind in "biuf":
            return array.astype(float)
    return value


def _close(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return which numbers are equal up to rounding, be it that of a sum of larger ones."""
    largest = np.max(np.abs(ours), initial=0.0, where=np.isfinite(ours))
    close: np.ndarray = np.isclose(
        theirs, ours, rtol=TOLERANCE, atol=TOLERANCE / 100 * largest, equal_nan=True
    )
    return close


def _same(ours: list[Any], theirs: list[Any]) -> bool:
    """Return whether two results are equal up to rounding, in structure and in every number."""
    return len(ours) == len(theirs) and all(
        isinstance(b, np.ndarray) and a.shape == b.shape and bool(_close(a, b).all())
        for a, b in zip(ours, theirs, strict=True)
    )


def _difference(ours: list[Any], theirs: list[Any]) -> str:
    """Say where a result first differs from what is right."""
    if len(ours) != len(theirs):
        return f"It returns {_count(theirs)}; asked {'is' if len(ours) == 1 else 'are'} {_count(ours)}."
    place, a, b = next(
        (i, a, b) for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if not _same([a], [b])
    )
    which = f"result {place + 1} of {len(ours)}" if len(ours) > 1 else "the result"
    if not isinstance(b, np.ndarray):
        return f"Of {which} no array of real numbers can be made; it is of type `{type(b).__name__}`."
    which = which[0].upper() + which[1:]
    if a.shape != b.shape:
        return f"{which} is {_shape(b)}; asked is {_shape(a)}."
    wrong = ~_close(a, b)
    entry = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f" at {list(entry)}" if entry else ""
    share = f"; {wrong.sum()} of {wrong.size} entries differ" if wrong.size > 1 else ""
    values = next(
        f"{b[entry]:.{digits}g}, where {a[entry]:.{digits}g} is right"
        for digits in (6, 17)
        if f"{a[entry]:.{digits}g}" != f"{b[entry]:.{digits}g}"
    )
    return f"{which} first differs{where}: {values}{share}."


def _count(parts: list[Any]) -> str:
    return f"{len(parts)} results" if len(parts) != 1 else "one result"


def _shape(array: np.ndarray) -> str:
    return f"an array of the shape {array.shape}" if array.shape else "a single number"
