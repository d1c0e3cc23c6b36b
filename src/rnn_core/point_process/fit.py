"""Maximum likelihood for the Hawkes process, with its own gradient.

The likelihood can have several maxima, decades of β apart, and its supremum can lie on an edge, where no
Hawkes process is. So the rates of decay are scanned first; BFGS then climbs the highest hills in the
logarithms of μ, α, β, which are free of constraints. Standard errors come from the observed information, the
Hessian of −log L in μ, α, β themselves: central differences of the gradient.

References
----------
Ozaki (1979), Maximum likelihood estimation of Hawkes' self-exciting point processes, Annals of the Institute
of Statistical Mathematics 31, 145–155.
Nocedal and Wright (2006), Numerical Optimization, chapter 6.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, finite_number, positive_int
from ._checks import event_times, window
from ._hawkes_search import Data, bfgs, hills
from .hawkes import Hawkes, HawkesGradient, gradient

__all__ = ["HawkesFit", "fit_hawkes"]

LEAST_GAIN = 1e-6  # nats by which a maximum must lie above the edges to be one


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
        Steps of the climb that ended there.
    """

    process: Hawkes
    standard_errors: HawkesGradient
    log_likelihood: float
    iterations: int


def fit_hawkes(
    times: ArrayLike,
    end: float,
    *,
    start: float | None = None,
    kernels: int = 1,
    initial: Hawkes | None = None,
    tolerance: float = 1e-6,
    max_iterations: int = 500,
) -> HawkesFit:
    """Fit a Hawkes process to the events of (start, end].

    Parameters
    ----------
    times : (N,) array
        Event times in [0, end], strictly increasing. Those up to `start` are history: they excite, and are
        not explained. There must be more of the others than parameters.
    end : float
        Until when the process was watched.
    start : float, optional
        From when on it was watched, 0 ≤ start < end. 0 if left out, unless nothing happened in the first half
        of (0, end]: as with seconds since 1970, `start` must then be given.
    kernels : int
        J; ignored if `initial` is given.
    initial : Hawkes, optional
        Where to climb from, its α_j > 0; the fit is the maximum near it. If left out, the rates of decay are
        scanned from a tenth of the window's to the shortest gap's, J = 1 first and then one more kernel at a
        time, and the highest maximum found is the fit.
    tolerance : float
        A climb ends where each component of the gradient by the logarithms is below `tolerance` times the
        number of events.
    max_iterations : int
        Give up after this number of steps of one climb.

    Returns
    -------
    HawkesFit
        Estimate, standard errors, log-likelihood and iterations.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind, there are too few events, or the window's begin must be given.
    RuntimeError
        If the climb does not converge; if the likelihood has its largest value at an edge, not at a Hawkes
        process: the Poisson process (α = 0), or the limit β → 0 with αβ fixed, where every event raises λ for
        ever; or if the information is singular at the maximum. The message says which.
    """
    data = _watched(times, start, end)
    tolerance = finite_number("tolerance", tolerance, above=0.0)
    max_iterations = positive_int("max_iterations", max_iterations)
    kernels = positive_int("kernels", kernels)
    if initial is not None:
        if not isinstance(initial, Hawkes) or min(initial.alpha) <= 0.0:
            raise ValueError(f"initial must be a Hawkes process with every alpha > 0, got {initial!r}")
        kernels = len(initial.alpha)
    if data.number <= 2 * kernels + 1:
        raise ValueError(
            f"times must hold more than the {2 * kernels + 1} parameters, got {data.number} events to explain"
        )
    climb = _Climb(data, tolerance * data.number, max_iterations)
    if initial is not None:
        top = climb.top(vector(initial))
        _expect_inside(top, data, None)
    else:
        top, edge = climb.highest(kernels)
        _expect_inside(top, data, edge)
    top = top._replace(theta=_by_decay(top.theta))
    process = process_of(top.theta)
    value = gradient(process, data.times, data.start, data.end)[0]
    return HawkesFit(process, _standard_errors(top.theta, data), value, top.iterations)


def vector(parts: Hawkes | HawkesGradient) -> Array:
    """θ = (μ, α_1, …, β_1, …)."""
    return np.array([parts.mu, *parts.alpha, *parts.beta])


def process_of(theta: Array) -> Hawkes:
    """The process with these parameters."""
    J = len(theta) // 2
    return Hawkes(theta[0], tuple(theta[1 : J + 1]), tuple(theta[J + 1 :]))


def _by_decay(theta: Array) -> Array:
    """The same process, its slowest kernel first."""
    alpha, beta = theta[1:].reshape(2, -1)
    order = np.argsort(beta, kind="stable")
    return np.concatenate([theta[:1], alpha[order], beta[order]])


def _watched(times: Any, start: float | None, end: float) -> Data:
    """Check times and window; ask for its begin where it cannot be meant to be 0."""
    begin, end = window(0.0 if start is None else start, end)
    times = event_times(times, end)
    if start is None and len(times) and times[0] > end / 2.0:
        raise ValueError(
            f"start must be given: nothing happens in the first half of (0, end], up to {times[0]:g} of "
            f"{end:g}. Say when watching began: start=times[0] takes the first event for history, start=0.0 "
            "says that the silence was watched"
        )
    return Data(times, begin, end)


class _Top(NamedTuple):
    gain: float
    theta: Array
    iterations: int


class _Climb(NamedTuple):
    data: Data
    tolerance: float
    max_iterations: int

    def top(self, place: Array) -> _Top:
        """The maximum above a place θ."""
        times, start, end = self.data

        def downhill(log_theta: Array) -> tuple[float, Array]:
            theta = np.exp(log_theta)
            value, slope = gradient(process_of(theta), times, start, end)
            return poisson - value, -vector(slope) * theta

        n = self.data.number
        poisson = n * np.log(n / self.data.span) - n
        log_theta, iterations = bfgs(downhill, np.log(place), self.tolerance, self.max_iterations)
        return _Top(-downhill(log_theta)[0], np.exp(log_theta), iterations)

    def highest(self, kernels: int) -> tuple[_Top, float]:
        """The highest maximum, and the gain at the edge; places to climb from are found kernel by kernel."""
        if kernels == 1:
            edge, places = hills(self.data)
        else:
            below, _ = self.highest(kernels - 1)
            edge, others = below.gain, below.theta[kernels:]
            if len(others) == 0:  # fewer kernels have no maximum; more of them may
                others = self.data.number / self.data.span * 10.0 ** np.arange(kernels - 1)
            places = hills(self.data, tuple(others))[1]
        best, failure = _Top(0.0, np.empty(0), 0), None
        for hill in places:
            try:
                best = max(best, self.top(hill.theta), key=lambda top: top.gain)
            except RuntimeError as error:
                if failure is None or hill.gain > failure[0]:
                    failure = hill.gain, error
        if failure is not None and failure[0] > best.gain:
            raise failure[1]
        return best, edge


def _expect_inside(top: _Top, data: Data, edge: float | None) -> None:
    """Raise unless the maximum lies above the edges; `edge` is the gain there over the Poisson process.

    For one kernel that is the limit β → 0, for several the maximum of one kernel fewer; None if the climb
    began at a place of the caller's.
    """
    J = len(top.theta) // 2
    slow = J > 0 and top.theta[J + 1 :].min() * data.span < 1e-2
    found = "the climb from initial ends" if edge is None else "the likelihood has its largest value"
    edge = max(0.0, edge or 0.0)
    if top.gain > edge + LEAST_GAIN and not slow:
        return
    if max(edge, top.gain) <= LEAST_GAIN:
        where = "α = 0: the events excite each other no more than those of"
    elif slow or J <= 1:
        where = (
            "β → 0 with αβ fixed, where every event raises λ for ever: "
            f"{max(edge, top.gain):.3g} nats better than"
        )
    else:
        where = f"an α of 0: fewer kernels explain as much, {edge:.3g} nats better than"
    inside = LEAST_GAIN < top.gain < edge - LEAST_GAIN
    rest = f"; the best maximum inside gains {top.gain:.3g}: {process_of(top.theta)}" if inside else ""
    raise RuntimeError(
        f"{found} at an edge, not at a Hawkes process, namely at {where} the Poisson process of rate "
        f"{data.number / data.span:g}{rest}"
    )


def _standard_errors(theta: Array, data: Data) -> HawkesGradient:
    """Square roots of the diagonal of the inverse of the observed information."""
    information = np.empty((len(theta), len(theta)))
    for i, value in enumerate(theta):
        ends = []
        for sign in (1.0, -1.0):
            shifted = theta.copy()
            shifted[i] = value * (1.0 + sign * 1e-4)
            ends.append(vector(gradient(process_of(shifted), data.times, data.start, data.end)[1]))
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
