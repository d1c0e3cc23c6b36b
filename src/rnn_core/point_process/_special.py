"""Logarithms of two tail functions, accurate where the functions themselves underflow."""

import math

import numpy as np

from .._checks import Array

_erfc = np.vectorize(math.erfc, otypes=[np.float64])
_FAR = 26.0  # beyond this erfc is about to underflow, and seven terms of its expansion are exact to rounding


def log_normal_survival(z: Array) -> Array:
    """Log of the probability that a standard normal variable exceeds z."""
    u = z / math.sqrt(2.0)
    near = np.minimum(u, _FAR)
    # On the left the survival is nearly 1, and its logarithm is minus the small mass below z.
    tail = _erfc(np.abs(near)) / 2.0
    with np.errstate(divide="ignore"):  # at z = −∞, where the other branch is the one taken
        result: Array = np.where(near < 0.0, np.log1p(-tail), np.log(tail))
    far = u > _FAR
    if far.any():
        v = u[far]
        term, series = np.ones_like(v), np.ones_like(v)
        for n in range(1, 7):
            term = -term * (2 * n - 1) / (2.0 * v * v)
            series += term
        result[far] = -v * v - np.log(2.0 * v * math.sqrt(math.pi)) + np.log(series)
    return result


def log_gamma_survival(a: float, x: Array) -> Array:
    """Log of Q(a, x) = Γ(a, x)/Γ(a), the probability that a gamma variable of shape a and rate 1 exceeds x.

    The power series of 1 − Q below a + 1, Legendre's continued fraction above: Abramowitz and Stegun (1964),
    6.5.29 and 6.5.31. The error is some 1e-15 times the larger of 1/a and a.
    """
    with np.errstate(divide="ignore"):
        log_front = a * np.log(x) - x - math.lgamma(a)
    result = np.empty_like(x)
    below = x < a + 1.0
    result[below] = np.log1p(-np.exp(log_front[below]) * _series(a, x[below]))
    result[~below] = log_front[~below] + np.log(_fraction(a, x[~below]))
    return result


def _series(a: float, x: Array) -> Array:
    """Σ x^n / (a (a+1) ⋯ (a+n)), all terms positive."""
    term = np.full_like(x, 1.0 / a)
    total, n = term.copy(), 0
    while (term > 1e-17 * total).any():
        n += 1
        term = term * x / (a + n)
        total += term
    return total


def _fraction(a: float, x: Array) -> Array:
    """1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …))) from the front, by Lentz's method."""
    b = x + 1.0 - a
    c, d = np.full_like(x, 1e300), 1.0 / b
    value, n = d.copy(), 0
    near = np.zeros_like(x, bool)  # each has been once: rounding keeps many from being so at one time
    while not near.all():
        n += 1
        if n > 100_000:
            raise FloatingPointError(f"the tail of the gamma distribution did not converge at shape {a:g}")
        factor = n * (a - n)
        b = b + 2.0
        d = 1.0 / (factor * d + b)
        c = b + factor / c
        change = c * d
        value *= change
        near |= np.abs(change - 1.0) <= 4e-16
    return value
