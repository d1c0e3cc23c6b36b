"""Simulation: counts, gaps and rescaled times have the law they should, by inversion and by thinning."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

from .oracles_point_process import CASES
from .samples import within_standard_errors

METHODS = ["inversion", "thinning"]
BOUNDED = [name for name in CASES if name != "gamma gaps, falling hazard"]  # whose hazard is infinite at 0
BOTH = [(name, method) for method in METHODS for name in (CASES if method == "inversion" else BOUNDED)]


@pytest.mark.parametrize(("name", "method"), BOTH)
def test_rescaled_times_are_unit_exponentials(core, name, method):
    """In law, and without memory: a gap says nothing of the next."""
    pp, rng = core.point_process, np.random.default_rng(363)
    process = CASES[name].make(pp)
    number = 800 if name.endswith(("gaps", "hazard")) else 4000
    values = pp.rescale(process, pp.simulate_events(process, number, rng=rng, method=method))
    assert pp.kolmogorov_smirnov(values).p_value > 1e-3
    within_standard_errors(values, 1.0)
    within_standard_errors((values - 1.0) ** 2, 1.0)
    within_standard_errors((values[1:] - 1) * (values[:-1] - 1), 0.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["poisson", "piecewise", "inhomogeneous"])
def test_counts_of_poisson_processes(core, name, method):
    """Mean and variance are Λ(end), in a window and in a part of it."""
    pp, rng = core.point_process, np.random.default_rng(351)
    process = CASES[name].make(pp)
    runs = [pp.simulate(process, 6.0, rng=rng, method=method) for _ in range(2000)]
    for low, high in [(0.0, 6.0), (2.0, 4.7)]:
        counts = np.array([np.sum((times > low) & (times <= high)) for times in runs])
        expected = float(pp.compensator(process, [], high) - pp.compensator(process, [], low))
        within_standard_errors(counts, expected)
        within_standard_errors((counts - expected) ** 2, expected)


def hawkes_moments(mu, alpha, beta, end, steps=4000):
    """Mean and variance of N(end): the differential equations of E λ, E λ², E Nλ, E N, E N², by Runge–Kutta.

    Between events λ falls at the rate β(λ − μ); at an event, which comes at rate λ, λ grows by αβ and N by 1.
    """
    jump = alpha * beta

    def slope(y):
        rate, square, product, count, _ = y
        return np.array(
            [
                beta * (mu - rate) + jump * rate,
                2 * beta * (mu * rate - square) + 2 * jump * square + jump**2 * rate,
                beta * (mu * count - product) + square + jump * product + jump * rate,
                rate,
                2 * product + rate,
            ]
        )

    y, h = np.array([mu, mu**2, 0.0, 0.0, 0.0]), end / steps
    for _ in range(steps):
        a = slope(y)
        b = slope(y + h / 2 * a)
        c = slope(y + h / 2 * b)
        y = y + h / 6 * (a + 2 * b + 2 * c + slope(y + h * c))
    return y[3], y[4] - y[3] ** 2


@pytest.mark.parametrize("method", METHODS)
def test_counts_of_a_hawkes_process(core, method):
    pp, rng = core.point_process, np.random.default_rng(352)
    mu, alpha, beta, end = 0.7, 0.6, 1.5, 12.0
    mean, variance = hawkes_moments(mu, alpha, beta, end)
    transient = mu * alpha / (beta * (1 - alpha) ** 2) * (1 - math.exp(-(1 - alpha) * beta * end))
    assert mean == pytest.approx(mu * end / (1 - alpha) - transient, rel=1e-9)
    process = pp.Hawkes(mu, alpha, beta)
    counts = np.array([len(pp.simulate(process, end, rng=rng, method=method)) for _ in range(1500)])
    within_standard_errors(counts, mean)
    within_standard_errors((counts - mean) ** 2, variance)


def test_the_mean_rate_of_a_hawkes_process(core):
    pp, rng = core.point_process, np.random.default_rng(353)
    process = pp.Hawkes(0.2, (0.4, 0.3), (1.0, 20.0))
    end = 20_000.0
    count = len(pp.simulate(process, end, rng=rng))
    # In the long run the variance of a count is the mean rate times end / (1 − branching ratio)².
    assert abs(count - process.mean_rate * end) < 4 * math.sqrt(process.mean_rate * end) / 0.3


@pytest.mark.parametrize("method", METHODS)
def test_self_correction(core, method):
    """In the long run μ/α events per unit of time, and far more regular ones than a Poisson process has."""
    pp, rng = core.point_process, np.random.default_rng(354)
    counts = [len(pp.simulate(pp.SelfCorrecting(1.2, 0.8), 200.0, rng=rng, method=method)) for _ in range(30)]
    assert np.mean(counts) == pytest.approx(1.5 * 200.0, abs=3.0)
    assert np.var(counts) < 10


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["log-normal gaps", "gamma gaps", "weibull gaps"])
def test_gaps_of_renewal_processes(core, name, method):
    pp, rng = core.point_process, np.random.default_rng(355)
    process = CASES[name].make(pp)
    gaps = np.diff(pp.simulate_events(process, 800, rng=rng, method=method), prepend=0.0)
    within_standard_errors(gaps, process.gap.mean)
    within_standard_errors((gaps - process.gap.mean) ** 2, process.gap.sd**2)


@pytest.mark.parametrize("name", BOUNDED)
def test_thinning_and_inversion_agree(core, name):
    """The time of the fourth event, in two samples: Kolmogorov and Smirnov's distance, at the level 1e-3."""
    pp, rng, runs = core.point_process, np.random.default_rng(356), 250
    process = CASES[name].make(pp)
    a, b = (
        np.sort([pp.simulate_events(process, 4, rng=rng, method=method)[-1] for _ in range(runs)])
        for method in METHODS
    )
    both = np.concatenate([a, b])
    distance = np.abs(np.searchsorted(a, both, "right") - np.searchsorted(b, both, "right")).max() / runs
    assert distance < 1.95 * math.sqrt(2 / runs)


@dataclass(frozen=True)
class Inhibited:
    """A process of one's own: an event silences the process for a while, after which it wakes slowly."""

    top: float
    bound: float

    def evaluate(self, times, at):
        count = np.searchsorted(times, at, side="left")
        tau = at - np.concatenate([[0.0], times])[count]
        return np.log(self.top * -np.expm1(-tau)), self.top * (tau + np.expm1(-tau))

    def begin(self):
        return None

    def after(self, state, tau):
        return None

    def hazard(self, state, tau):
        return self.top * (1 - math.exp(-tau))

    def ceiling(self, state, tau):
        return self.bound, math.inf

    def wait(self, state, rng):
        raise AssertionError("thinning does not ask for it")


def test_thinning_serves_any_process_that_bounds_its_intensity(core):
    pp, rng = core.point_process, np.random.default_rng(357)
    process = Inhibited(2.0, 2.5)
    times = pp.simulate_events(process, 3000, rng=rng, method="thinning")
    values = pp.rescale(process, times)
    assert pp.kolmogorov_smirnov(values).p_value > 1e-3
    within_standard_errors(values, 1.0)


def test_a_bound_below_the_intensity_is_refused(core):
    pp, rng = core.point_process, np.random.default_rng(358)
    wrong = [
        Inhibited(2.0, 1.2),
        pp.InhomogeneousPoisson(lambda t: 1.0 + 0.5 * np.sin(t), lambda t: t + 0.5 - 0.5 * np.cos(t), 1.2),
    ]
    for process in wrong:
        message = "nothing was refused"
        try:
            pp.simulate(process, 50.0, rng=rng, method="thinning")
        except ValueError as error:
            message = str(error)
        assert message.startswith("the bound must be at least the intensity, got 1.2 where")


def test_windows_limits_and_ends(core):
    pp, rng = core.point_process, np.random.default_rng(359)
    times = pp.simulate(pp.Poisson(30.0), 5.0, rng=rng)
    assert (np.diff(times) > 0).all()
    assert times[0] > 0
    assert 4.5 < times[-1] <= 5.0
    assert pp.simulate(pp.Poisson(0.01), 0.01, rng=rng).shape == (0,)
    with pytest.raises(RuntimeError, match=r"more than max_events = 20 events came before .* of end = 5"):
        pp.simulate(pp.Poisson(30.0), 5.0, rng=rng, max_events=20)
    dying = pp.PiecewisePoisson(3.0, (2.0, 0.0))
    fading = pp.InhomogeneousPoisson(lambda t: 5 * np.exp(-t), lambda t: 5 * (1 - np.exp(-t)), 5.0)
    for process, method in [(dying, "inversion"), (dying, "thinning"), (fading, "inversion")]:
        with pytest.raises(RuntimeError, match=r"died out after \d+ of number = 60 events"):
            pp.simulate_events(process, 60, rng=rng, method=method)
    with pytest.raises(FloatingPointError, match="lost in rounding"):
        pp.simulate_events(pp.Renewal(pp.Gamma(0.002, 1.0)), 60, rng=rng)
