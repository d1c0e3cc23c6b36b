"""Maximum likelihood for the Hawkes process, with its own gradient.

The logarithms of μ, α, β are free of constraints; BFGS climbs in them. Standard errors come from the
observed information, the Hessian of −log L in μ, α, β themselves: central differences of the gradient.

References
----------
Ozaki (1979), Maximum likelihood estimation of Hawkes' self-exciting point processes, Annals of the Institute
of Statistical Mathematics 31, 145–155.
Nocedal and Wright (2006), Numerical Optimization, chapter 6.
"""

from typing import Any, NamedTuple

import numpy as np

from .._checks import Array, finite_number, positive_int
from ._checks import event_times
from .hawkes import Hawkes, HawkesGradient, hawkes_gradient

__all__ = ["HawkesFit", "fit_hawkes"]


class HawkesFit(NamedTuple):
    """The estimate and how sure it is.

    Attributes
    ----------
    process : Hawkes
        The estimate. Its branching ratio may be 1 or more.
    standard_errors : HawkesGradient
        Standard errors of μ, α_j and β_j, under the names mu, alpha and beta.
    log_likelihood : float
        At the estimate, in nats.
    iterations : int
        Steps that the search took.
    """

    process: Hawkes
    standard_errors: HawkesGradient
    log_likelihood: float
    iterations: int


def fit_hawkes(
    times: Any,
    end: float,
    *,
    kernels: int = 1,
    start: Hawkes | None = None,
    tolerance: float = 1e-6,
    max_iterations: int = 500,
) -> HawkesFit:
    """Fit a Hawkes process to the events of (0, end].

    Parameters
    ----------
    times : (N,) array
        Event times in (0, end], strictly increasing; more of them than there are parameters.
    end : float
        Until when the process was watched.
    kernels : int
        J; ignored if `start` is given.
    start : Hawkes, optional
        Where the search begins, its α_j > 0. If left out: half of the events set off by others, through
        kernels that decay in the mean gap, and ten times faster each. The likelihood can have several maxima:
        the search ends in one near its start.
    tolerance : float
        The search ends where each component of the gradient by the logarithms is below `tolerance` times N.
    max_iterations : int
        Give up after this number.

    Returns
    -------
    HawkesFit
        Estimate, standard errors, log-likelihood and iterations.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind, or there are too few events.
    RuntimeError
        If the search does not converge, or ends where the information is singular: on the edge, for instance
        where an α_j goes to 0 because the events do not excite each other.
    """
    end = finite_number("end", end, above=0.0)
    times = event_times(times, end)
    tolerance = finite_number("tolerance", tolerance, above=0.0)
    max_iterations = positive_int("max_iterations", max_iterations)
    kernels = positive_int("kernels", kernels)
    if start is None:
        rate = max(len(times), 1) / end
        start = Hawkes(rate / 2, (0.5 / kernels,) * kernels, tuple(rate * 10.0**j for j in range(kernels)))
    elif not isinstance(start, Hawkes) or min(start.alpha) <= 0.0:
        raise ValueError(f"start must be a Hawkes process with every alpha > 0, got {start!r}")
    J = len(start.alpha)
    if len(times) <= 2 * J + 1:
        raise ValueError(f"times must hold more than the {2 * J + 1} parameters, got {len(times)} events")

    def downhill(log_theta: Array) -> tuple[float, Array]:
        theta = np.exp(log_theta)
        value, gradient = hawkes_gradient(_process(theta), times, end)
        return -value, -_vector(gradient) * theta

    log_theta, iterations = _bfgs(downhill, np.log(_vector(start)), tolerance * len(times), max_iterations)
    theta = np.exp(log_theta)
    process = _process(theta)
    return HawkesFit(
        process,
        _standard_errors(theta, times, end),
        hawkes_gradient(process, times, end)[0],
        iterations,
    )


def _vector(parts: Hawkes | HawkesGradient) -> Array:
    return np.array([parts.mu, *parts.alpha, *parts.beta])


def _process(theta: Array) -> Hawkes:
    J = len(theta) // 2
    return Hawkes(theta[0], tuple(theta[1 : J + 1]), tuple(theta[J + 1 :]))


def _bfgs(function: Any, x: Array, tolerance: float, max_iterations: int) -> tuple[Array, int]:
    """Minimise; the step is halved until the decrease is a fraction of what the slope promises."""
    value, slope = function(x)
    inverse = np.eye(len(x)) / max(np.abs(slope).max(), 1.0)  # a first step of at most 1 in any logarithm
    for iteration in range(max_iterations):
        if np.abs(slope).max() <= tolerance:
            return x, iteration
        step = -inverse @ slope
        step *= min(
            1.0, 2.0 / np.abs(step).max()
        )  # a factor e² at a time: no overflow, no leap across a ridge
        scale = 1.0
        while True:
            new_value, new_slope = function(x + scale * step)
            # Near the minimum the value's rounding hides the decrease: the slope then decides.
            gain = value - new_value + 1e-14 * abs(value)
            if gain >= -1e-4 * scale * (slope @ step):
                break
            scale /= 2.0
            if scale < 1e-10:
                raise RuntimeError(f"the fit stalled after {iteration} steps at θ = {np.exp(x)}")
        moved, bent = scale * step, new_slope - slope
        curvature = moved @ bent
        if curvature > 1e-12 * np.linalg.norm(moved) * np.linalg.norm(bent):
            away = np.eye(len(x)) - np.outer(moved, bent) / curvature
            inverse = away @ inverse @ away.T + np.outer(moved, moved) / curvature
        x, value, slope = x + moved, new_value, new_slope
    raise RuntimeError(f"the fit did not converge in {max_iterations} steps, it is at θ = {np.exp(x)}")


def _standard_errors(theta: Array, times: Array, end: float) -> HawkesGradient:
    """Square roots of the diagonal of the inverse of the observed information."""
    information = np.empty((len(theta), len(theta)))
    for i, value in enumerate(theta):
        ends = []
        for sign in (1.0, -1.0):
            shifted = theta.copy()
            shifted[i] = value * (1.0 + sign * 1e-4)
            ends.append(_vector(hawkes_gradient(_process(shifted), times, end)[1]))
        information[i] = (ends[1] - ends[0]) / (2e-4 * value)
    # In units of the parameters themselves, so that the size of a parameter does not look like curvature.
    scaled = (information + information.T) / 2 * np.outer(theta, theta)
    eigenvalues = np.linalg.eigvalsh(scaled)
    if not eigenvalues[0] > 1e-8 * eigenvalues[-1]:
        raise RuntimeError(
            f"the likelihood has no maximum inside: the information is singular at θ = {theta}; "
            "an alpha near 0 says that the events do not excite each other through that kernel"
        )
    errors, J = theta * np.sqrt(np.diag(np.linalg.inv(scaled))), len(theta) // 2
    return HawkesGradient(float(errors[0]), errors[1 : J + 1], errors[J + 1 :])
