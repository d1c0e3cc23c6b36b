"""All exercises, in the order of the book."""

import functools
import importlib
import pkgutil

from rnn_exercises import chapters
from rnn_exercises.kinds import Exercise

__all__ = ["all_exercises", "find"]


@functools.cache
def _by_label() -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(chapters.__path__)):
        for exercise in importlib.import_module(f"rnn_exercises.chapters.{module}").EXERCISES:
            if exercise.label in found:
                raise ValueError(f"two exercises have the label {exercise.label}")
            found[exercise.label] = exercise
    return found


def all_exercises() -> tuple[Exercise, ...]:
    """Return every exercise that can be answered on a page."""
    return tuple(_by_label().values())


def find(label: str) -> Exercise:
    """Return an exercise by its label in the notebook.

    Raises
    ------
    KeyError
        If there is none.
    """
    if label not in _by_label():
        raise KeyError(f"no exercise is called {label!r}")
    return _by_label()[label]
