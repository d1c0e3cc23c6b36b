"""Assertions about random samples, with bounds from standard errors, and draws that are known.

The seeds are fixed, so they repeat.
"""

import math

import numpy as np

BOUND = 4.5  # standard errors: one sample in 150 000 exceeds it by chance


def within_standard_errors(values, expected):
    """Assert that the mean of independent values is near what is expected."""
    values = np.asarray(values, dtype=float)
    deviation = abs(values.mean() - expected) * math.sqrt(len(values)) / values.std()
    assert deviation < BOUND, f"{deviation:.1f} standard errors from {expected}"


def uniform_counts(values, support):
    """Assert that integers are uniform on `support`: none lies outside, and each comes as often as others."""
    N, support = np.size(values), list(support)
    counts = {value: int(np.sum(values == value)) for value in support}
    assert sum(counts.values()) == N, "a value lies outside"
    p = 1 / len(support)
    error = math.sqrt(N * p * (1 - p))
    assert all(abs(count - N * p) <= BOUND * error for count in counts.values()), counts


class Draws(np.random.Generator):
    """A generator that gives the numbers it was made with, and an IndexError when there are no more."""

    def __init__(self, exponentials=(), uniforms=()):
        super().__init__(np.random.PCG64(1))
        self.exponentials, self.uniforms = list(exponentials), list(uniforms)

    def exponential(self):
        return self.exponentials.pop(0)

    def random(self):
        return self.uniforms.pop(0)
