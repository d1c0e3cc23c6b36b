"""Judge a reader's function: beside the right one, and beside those with a typical mistake.

It is called on generic inputs. What it returns says more than "wrong": if it is what a known mistake gives,
that mistake is named.
"""

import builtins
import copy
import inspect
import json
import linecache
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any

import numpy as np

from rnn_exercises.collection import find
from rnn_exercises.kinds import Code

__all__ = ["Verdict", "judge"]

PLACE = "<your function>"
STEPS = 100_000  # lines that a call may execute; the longest right one takes some hundred
TOLERANCE = 1e-7


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
    try:
        given = _define(function, question.name) if isinstance(function, str) else function
        cases = [question.cases(np.random.default_rng(seed)) for seed in (3, 8)]
        results = [_call(given, case) for case in cases]
    except _WrongError as error:
        return Verdict(False, None, str(error))
    right = _define(question.solution, question.name)
    expected = [right(*copy.deepcopy(case)) for case in cases]
    if all(_same(ours, theirs) for ours, theirs in zip(expected, results, strict=True)):
        return Verdict(True, None, "Right: on two generic inputs it gives what the book's function gives.")
    for name, program in question.mistakes.items():
        wrong = _define(program.source, question.name)
        with suppress(Exception), np.errstate(all="ignore"):
            if all(_same(wrong(*copy.deepcopy(case)), r) for case, r in zip(cases, results, strict=True)):
                return Verdict(False, name, program.reason)
    return Verdict(False, None, _difference(expected[0], results[0]))


def _define(source: str, name: str) -> Callable[..., Any]:
    """Return the function that a text defines."""
    names: dict[str, Any] = {"np": np, "__name__": "__exercise__", "__builtins__": builtins}
    linecache.cache[PLACE] = (len(source), None, source.splitlines(keepends=True), PLACE)
    try:
        compiled = compile(source, PLACE, "exec")
    except (SyntaxError, ValueError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        raise _WrongError(f"Python cannot read it: {line}{getattr(error, 'msg', error)}.") from None
    _guarded(lambda: exec(compiled, names))
    if not callable(names.get(name)):
        raise _WrongError(f"It defines no function `{name}`.")
    function: Callable[..., Any] = names[name]
    return function


def _call(function: Callable[..., Any], case: tuple[Any, ...]) -> Any:
    """Call a function; complain if it changes an argument, raises an error, or returns nothing."""
    given = copy.deepcopy(case)
    result = copy.deepcopy(_guarded(lambda: function(*given)))
    for name, before, after in zip(_parameters(function), case, given, strict=False):
        if not _same(before, after):
            raise _WrongError(
                f"It changes its argument `{name}` in place: whoever calls it still needs the old values. "
                "Make a new array."
            )
    if result is None:
        raise _WrongError("It returns nothing: the last line needs `return`.")
    return result


def _parameters(function: Callable[..., Any]) -> list[str]:
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


def _guarded(action: Callable[[], Any]) -> Any:
    """Do something of the reader's, with a limit to its steps; turn its errors into sentences."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal steps
        if frame.f_globals.get("__name__") not in ("__main__", "__exercise__"):
            return None
        steps += 1
        if steps > STEPS:
            raise _TooLongError
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with np.errstate(all="ignore"):
            return action()
    except _TooLongError:
        message = f"It did not end within {STEPS:,} steps: does one of its loops run for ever?"
    except RecursionError:
        message = "It calls itself without end."
    except Exception as error:
        lines = [e.lineno for e in traceback.extract_tb(error.__traceback__) if e.filename == PLACE]
        place = f" in line {lines[-1]}" if lines else ""
        message = f"It stops with an error{place}: {type(error).__name__}: {error}"
        if "shape" in str(error) or "mismatch" in str(error):
            message += ". Compare the shapes of what you multiply: is one the transpose of what is needed?"
    except (SystemExit, KeyboardInterrupt, GeneratorExit):
        message = "It asks Python to end."
    finally:
        sys.settrace(before)
    raise _WrongError(message)


def _parts(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _array(value: Any) -> np.ndarray | None:
    with suppress(Exception):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            return array.astype(float)
    return None


def _same(expected: Any, given: Any) -> bool:
    """Return whether two results are equal up to rounding, in structure and in every number."""
    ours, theirs = _parts(expected), _parts(given)
    if len(ours) != len(theirs):
        return False
    for a, b in zip(ours, theirs, strict=True):
        if isinstance(a, list | tuple) or isinstance(b, list | tuple):
            if not (isinstance(a, list | tuple) and isinstance(b, list | tuple) and _same(a, b)):
                return False
            continue
        x, y = _array(a), _array(b)
        if x is None or y is None:
            if not (x is None and y is None and type(a) is type(b) and _equal(a, b)):
                return False
        elif x.shape != y.shape or not np.allclose(x, y, rtol=TOLERANCE, atol=1e-12, equal_nan=True):
            return False
    return True


def _equal(a: Any, b: Any) -> bool:
    """Compare two values that are no numbers."""
    try:
        return bool(a == b)
    except Exception:
        return False


def _difference(expected: Any, given: Any) -> str:
    """Say where a result first differs from what is right."""
    ours, theirs = _parts(expected), _parts(given)
    if len(ours) != len(theirs):
        return f"It returns {_count(theirs)}; asked are {_count(ours)}."
    for place, (a, b) in enumerate(zip(ours, theirs, strict=True)):
        which = f"Result {place + 1} of {len(ours)}" if len(ours) > 1 else "The result"
        if _same(a, b):
            continue
        x, y = _array(a), _array(b)
        if x is None or y is None:
            return f"{which} is of type {type(b).__name__}; an array of numbers is asked."
        if x.shape != y.shape:
            return f"{which} has the shape {y.shape}; asked is {x.shape}."
        wrong = ~np.isclose(x, y, rtol=TOLERANCE, atol=1e-12)
        entry = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at {list(entry)}" if entry else ""
        share = f"; {wrong.sum()} of {wrong.size} entries differ" if wrong.size > 1 else ""
        values = f"{float(y[entry]):.6g}, where {float(x[entry]):.6g} is right"
        return f"{which} first differs{where}: {values}{share}."
    return "It is right on one input, and differs on another."


def _count(parts: list[Any]) -> str:
    return f"{len(parts)} results" if len(parts) != 1 else "one result"
