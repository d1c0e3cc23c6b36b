"""One module for each program that a reader is to write: the right one, and wrong ones with a name."""

import numpy as np

from rnn_exercises.kinds import Program

__all__ = ["sizes", "slip"]


def sizes(rng: np.random.Generator, count: int) -> list[int]:
    """Draw the number of steps, at least 7, and other sizes; all are different."""
    steps = int(rng.integers(7, 11))
    return [steps, *(int(size) for size in rng.permutation([3, 4, 5, 6])[:count])]


def slip(program: str, *changes: tuple[str, str], reason: str) -> Program:
    """Make a wrong program of a right one.

    Parameters
    ----------
    program : str
        The right one.
    *changes : pairs of str
        What stands in it, once, and what stands there in its place.
    reason : str
        What went wrong, and where to look.

    Raises
    ------
    ValueError
        If that does not stand in it just once.
    """
    for old, new in changes:
        if program.count(old) != 1:
            raise ValueError(f"{old!r} stands {program.count(old)} times in the program")
        program = program.replace(old, new)
    return Program(program, reason)
