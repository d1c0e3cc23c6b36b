"""Fits of the Hawkes process to its own data: what they find, and how sure they are; and long records."""

import math
import time

import numpy as np
import pytest

from .oracles import complex_step
from .oracles_point_process import hawkes_log_likelihood
from .test_hawkes import KERNELS, flat, split

TRUTH = (0.5, (0.6,), (1.5,))


def fits(core):
    """Fits of 20 data sets of some 750 events, all begun at the default start."""
    pp, rng = core.point_process, np.random.default_rng(330)
    data = [pp.simulate(pp.Hawkes(*TRUTH), 600.0, rng=rng) for _ in range(20)]
    return data, [pp.fit_hawkes(times, 600.0) for times in data]


def z_scores(results):
    """(estimate − truth) / standard error, as (data sets, parameters)."""
    errors = [flat((r.process.mu, r.process.alpha, r.process.beta)) - flat(TRUTH) for r in results]
    return np.array(errors) / np.array([flat(r.standard_errors) for r in results])


def test_the_fit_recovers_the_parameters(core):
    _, results = fits(core)
    z = z_scores(results)
    assert (np.abs(z) < 3.0).all(axis=1).sum() >= 18
    spread = np.sqrt((z**2).mean(axis=0))
    assert (spread > 0.6).all(), f"standard errors too large: z spreads by {spread}"
    assert (spread < 1.5).all(), f"standard errors too small: z spreads by {spread}"


def test_the_fit_is_a_maximum(core):
    pp = core.point_process
    data, results = fits(core)
    for times, result in list(zip(data, results, strict=True))[:5]:
        value, gradient = pp.hawkes_gradient(result.process, times, 600.0)
        theta = flat((result.process.mu, result.process.alpha, result.process.beta))
        assert result.log_likelihood == pytest.approx(value, rel=1e-13)
        assert np.abs(flat(gradient) * theta).max() <= 1e-6 * len(times)
        assert value > pp.log_likelihood(pp.Hawkes(*TRUTH), times, 600.0)
        assert result.iterations <= 30


def test_standard_errors_are_those_of_the_double_sum(core):
    """The information by central differences of the complex-step gradient of the oracle."""
    pp, rng = core.point_process, np.random.default_rng(331)
    times = pp.simulate(pp.Hawkes(*TRUTH), 80.0, rng=rng)
    result = pp.fit_hawkes(times, 80.0)
    theta = flat((result.process.mu, result.process.alpha, result.process.beta))

    def gradient(v):
        return complex_step(lambda u: hawkes_log_likelihood(*split(u), times.tolist(), 80.0), v)

    columns = []
    for i in range(3):
        step = np.eye(3)[i] * 1e-5
        columns.append((gradient(theta + step) - gradient(theta - step)) / 2e-5)
    expected = np.sqrt(np.diag(np.linalg.inv(-np.array(columns))))
    np.testing.assert_allclose(flat(result.standard_errors), expected, rtol=1e-4)


def test_a_fit_of_two_kernels(core):
    pp, rng = core.point_process, np.random.default_rng(332)
    truth = (0.2, (0.4, 0.4), (1.0, 20.0))
    times = pp.simulate_events(pp.Hawkes(*truth), 4000, rng=rng)
    result = pp.fit_hawkes(times, times[-1], kernels=2)
    theta = flat((result.process.mu, result.process.alpha, result.process.beta))
    assert (np.abs(theta - flat(truth)) < 3 * flat(result.standard_errors)).all()
    again = pp.fit_hawkes(times, times[-1], initial=pp.Hawkes(0.1, (0.3, 0.3), (2.0, 9.0)))
    other = flat((again.process.mu, again.process.alpha, again.process.beta))
    np.testing.assert_allclose(other, theta, rtol=1e-3)


def test_a_fit_does_not_depend_on_the_unit_of_time(core):
    pp, rng = core.point_process, np.random.default_rng(333)
    times = pp.simulate(pp.Hawkes(*TRUTH), 300.0, rng=rng)
    hours, seconds = pp.fit_hawkes(times, 300.0), pp.fit_hawkes(times * 3600, 300.0 * 3600)
    for slow, fast, factor in [("mu", "mu", 3600), ("alpha", "alpha", 1), ("beta", "beta", 3600)]:
        for a, b in [(hours.process, seconds.process), (hours.standard_errors, seconds.standard_errors)]:
            np.testing.assert_allclose(getattr(a, slow), np.multiply(getattr(b, fast), factor), rtol=1e-4)


def test_events_that_do_not_excite_each_other_have_no_fit(core):
    pp, rng = core.point_process, np.random.default_rng(334)
    times = np.arange(1.0, 200.0) + rng.uniform(-0.2, 0.2, 199)
    with pytest.raises(RuntimeError, match=r"largest value at an edge, .* at α = 0"):
        pp.fit_hawkes(times, 200.0)


@pytest.mark.parametrize("J", [1, 2])
def test_a_million_events_in_two_seconds(core, J):
    rng = np.random.default_rng(320)
    times = np.cumsum(rng.exponential(1.0, 1_000_000))
    process = core.point_process.Hawkes(*KERNELS[J])
    before = time.process_time()
    value = core.point_process.log_likelihood(process, times, times[-1])
    assert time.process_time() - before < 2.0
    assert math.isfinite(value)
