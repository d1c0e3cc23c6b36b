"""Fits of the Hawkes process where they are hard: several hills, edges, windows that begin late, units."""

import math
import re

import numpy as np
import pytest

from .oracles_point_process import error_of
from .spoilt import defaults
from .test_hawkes import flat


def poisson_log_likelihood(times, end):
    return len(times) * (math.log(len(times) / end) - 1.0)


def clustered(seed):
    """64 events in 718 days, eight of which follow another within 1.4 to 65 minutes."""
    rng = np.random.default_rng(seed)
    first = np.sort(rng.uniform(0.0, 718.0, 56))
    after = rng.choice(first, 8, replace=False) + rng.uniform(1.4, 65.0, 8) / 1440.0
    return np.sort(np.concatenate([first, after]))


@pytest.mark.parametrize(("seed", "unit"), [(418, 1.0), (420, 1.0), (421, 1.0), (431, 86400.0), (422, 1e-6)])
def test_clusters_within_minutes_in_years_of_data(core, seed, unit):
    """The highest maximum lies at a β hundreds of times the mean rate: found, whatever the unit of time."""
    pp, times = core.point_process, clustered(seed) * unit
    end = 718.0 * unit
    fit = fitted(pp, times, end)
    assert fit.log_likelihood - poisson_log_likelihood(times, end) > 15.0
    assert 10.0 < fit.process.beta[0] * unit < 200.0  # a day
    assert 0.06 < fit.process.alpha[0] < 0.2
    slope = flat(pp.hawkes_gradient(fit.process, times, end)[1])
    theta = flat((fit.process.mu, fit.process.alpha, fit.process.beta))
    assert np.abs(slope * theta).max() <= 1e-6 * len(times)
    assert (flat(fit.standard_errors) < theta).all()
    # A climb from the scale of the mean gap ends on an edge, or far below.
    near = pp.Hawkes(32.0 / end, 0.5, 64.0 / end)
    assert fit.log_likelihood > error_or_value(pp, times, end, near) + 10.0


def fitted(pp, times, end, **rest):
    """The fit; that there is none is a failure."""
    try:
        return pp.fit_hawkes(times, end, **rest)
    except (RuntimeError, ValueError) as error:
        raise AssertionError(str(error)) from error


def error_or_value(pp, times, end, initial):
    try:
        return pp.fit_hawkes(times, end, initial=initial).log_likelihood
    except RuntimeError:
        return poisson_log_likelihood(times, end)


def test_of_several_maxima_the_highest(core):
    """No climb from any of 36 places, six decades of β, ends higher."""
    pp = core.point_process
    for seed in (4, 8, 18, 20):
        times = np.cumsum(np.random.default_rng([1, seed]).exponential(size=200))
        end = times[-1] + 0.5
        best = fitted(pp, times, end).log_likelihood
        for beta in 10.0 ** np.arange(-2.0, 4.0):
            for alpha in (0.02, 0.2, 0.6):
                assert error_or_value(pp, times, end, pp.Hawkes(1.0 - alpha, alpha, beta)) <= best + 1e-6


def test_a_climb_takes_few_steps(core):
    """Newton's method in disguise: without its metric the slope alone would take hundreds."""
    pp = core.point_process
    times = pp.simulate(pp.Hawkes(0.5, 0.6, 1.5), 80.0, rng=np.random.default_rng(401))
    assert fitted(pp, times, 80.0, initial=pp.Hawkes(0.1, 0.2, 9.0)).iterations <= 30


def linear_limit(times, end):
    """The best gain of λ = μ + c·N(t), by ternary search: it is concave in the share of c."""
    n = len(times)
    ratio = np.arange(n) * end / np.sum(end - times)

    def value(share):
        return np.log1p(share * (ratio - 1.0)).sum()

    low, high = 0.0, 1.0 - 1e-9
    for _ in range(200):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (a, high) if value(a) < value(b) else (low, b)
    return max(value(low), 0.0)


def test_poisson_data_are_fitted_or_refused_in_words(core):
    """Of 400 data sets 100: a maximum inside that is one, above both edges, or the edge in words."""
    pp, words = core.point_process, {"α = 0": 0, "β → 0": 0}
    for seed in range(100):
        times = np.cumsum(np.random.default_rng([1, seed]).exponential(size=200))
        end = times[-1] + 0.5
        limit = linear_limit(times, end)
        try:
            fit = pp.fit_hawkes(times, end)
        except RuntimeError as error:
            text = str(error)
            assert "largest value at an edge" in text
            assert f"Poisson process of rate {200 / end:g}" in text
            named = "β → 0" if limit > 1e-6 else "α = 0"
            assert named in text
            if named == "β → 0":
                gain = float(re.search(r"ever: (\S+) nats", text)[1])
                assert gain == pytest.approx(limit, rel=0.01)
            words[named] += 1
            continue
        assert fit.log_likelihood - poisson_log_likelihood(times, end) > limit
        assert fit.process.alpha[0] < 1.0
        assert fit.process.beta[0] * end > 0.1
        assert np.isfinite(flat(fit.standard_errors)).all()
        slope = flat(pp.hawkes_gradient(fit.process, times, end)[1])
        assert np.abs(slope * flat((fit.process.mu, fit.process.alpha, fit.process.beta))).max() <= 2e-4
    assert min(words.values()) >= 5
    assert sum(words.values()) <= 40


def test_a_climb_that_ends_on_an_edge_says_which(core):
    """Along the ridge β → 0 with αβ fixed, where the default start of other programs ends: α = 624 519."""
    pp = core.point_process
    times = np.cumsum(np.random.default_rng([1, 7]).exponential(size=200))
    end = times[-1] + 0.5
    assert pp.fit_hawkes(times, end).process.alpha[0] < 0.05
    text = error_of(lambda: pp.fit_hawkes(times, end, initial=pp.Hawkes(0.5, 0.5, 1.0)))
    assert text.startswith("RuntimeError: the climb from initial ends at an edge")
    assert "β → 0 with αβ fixed" in text
    times = np.cumsum(np.random.default_rng([1, 5]).exponential(size=200))
    text = error_of(lambda: pp.fit_hawkes(times, times[-1], initial=pp.Hawkes(0.5, 0.5, 1.0)))
    assert "α = 0" in text


def test_a_kernel_too_many(core):
    pp = core.point_process
    times = np.cumsum(np.random.default_rng([1, 1]).exponential(size=200))
    text = error_of(lambda: pp.fit_hawkes(times, times[-1], kernels=2))
    assert "fewer kernels explain as much" in text


def test_the_slowest_kernel_comes_first(core):
    pp = core.point_process
    times = pp.simulate_events(pp.Hawkes(0.2, (0.4, 0.4), (1.0, 20.0)), 3000, rng=np.random.default_rng(5))
    one = pp.fit_hawkes(times, times[-1])
    two = pp.fit_hawkes(times, times[-1], kernels=2)
    assert two.process.beta[1] > 10.0 * two.process.beta[0]
    assert two.log_likelihood > one.log_likelihood + 50.0
    given = pp.fit_hawkes(times, times[-1], initial=pp.Hawkes(0.2, (0.3, 0.5), (30.0, 2.0)))
    np.testing.assert_allclose(given.process.beta, two.process.beta, rtol=1e-3)
    np.testing.assert_allclose(given.standard_errors.beta, two.standard_errors.beta, rtol=1e-2)


def test_a_window_that_begins_late(core):
    """Seconds since 1970: the begin is asked for, and with it the fit is that of the shifted times."""
    pp = core.point_process
    process = pp.Hawkes(0.5, 0.35, 1.5)
    times = pp.simulate(process, 400.0, rng=np.random.default_rng(403))
    expected = pp.fit_hawkes(times, 400.0)
    shift = 2.0**30
    text = error_of(lambda: pp.fit_hawkes(times + shift, 400.0 + shift))
    assert text.startswith("ValueError: start must be given: nothing happens in the first half of (0, end]")
    late = fitted(pp, times + shift, 400.0 + shift, start=shift)
    for name in ("mu", "alpha", "beta"):
        np.testing.assert_allclose(getattr(late.process, name), getattr(expected.process, name), rtol=1e-4)
    assert late.log_likelihood == pytest.approx(expected.log_likelihood, abs=1e-4)
    # The silence was watched: it counts, and all that came must then have been set off by the first.
    quiet = fitted(pp, times + 500.0, 900.0, start=0.0)
    assert quiet.process.alpha[0] > 0.9
    assert expected.process.alpha[0] < 0.5
    assert fitted(pp, times + 300.0, 700.0).process.mu < expected.process.mu


def test_a_first_event_at_the_begin_is_history(core):
    """The fit from the first event on is the fit of the others, given that one."""
    pp = core.point_process
    text = error_of(lambda: pp.fit_hawkes([0.0, 1.0, 2.0, 2.5], 3.0))
    assert text == "ValueError: times must hold more than the 3 parameters, got 3 events to explain"
    times = pp.simulate(pp.Hawkes(0.5, 0.5, 1.5), 300.0, rng=np.random.default_rng(404))
    shifted = pp.fit_hawkes(times - times[0], 300.0 - times[0])
    given = pp.fit_hawkes(times, 300.0, start=times[0])
    for name in ("mu", "alpha", "beta"):
        a, b = (getattr(fit.process, name) for fit in (shifted, given))
        np.testing.assert_allclose(a, b, rtol=1e-6)
        a, b = (getattr(fit.standard_errors, name) for fit in (shifted, given))
        np.testing.assert_allclose(a, b, rtol=1e-4)


def test_the_defaults_of_a_fit(core):
    """One kernel; a climb of at most 500 steps, to a slope of a millionth of the number of events."""
    assert defaults(core.point_process.fit_hawkes) == {
        "start": None,
        "kernels": 1,
        "initial": None,
        "tolerance": 1e-6,
        "max_iterations": 500,
    }
