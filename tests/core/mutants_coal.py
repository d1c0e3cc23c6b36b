"""Deliberate errors in point_process/coal.py."""

from .mutant import mutants_of

TIMES = "test_coal.test_times_are_days_since_1851_at_noon"
MUTANTS = mutants_of(
    "point_process/coal.py",
    ("days begin at 1", "((day - FIRST).days + hours)", "((day - FIRST).days + 1 + hours)", TIMES),
    ("midnight", "np.arange(1, number + 1) / (number + 1)", "np.arange(number) / (number + 1)", TIMES),
    ("two of a day at once", "np.arange(1, number + 1) / (number + 1)", "np.full(number, 0.5)", TIMES),
    ("the last day is not watched", "(LAST - FIRST).days + 1", "(LAST - FIRST).days", TIMES),
)
