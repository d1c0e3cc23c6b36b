"""Every process against its formula: λ in scalars, Λ by quadrature, the likelihood from both."""

import math

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_point_process import CASES, END, TIMES, oracle_compensator, oracle_intensity

AT = [0.2, *TIMES[2:5], 2.3, 0.71 + 1e-6, 5.1, 5.5, 7.25, 3.05]  # at events, at changes, between; in no order


@pytest.mark.parametrize("name", CASES)
def test_intensity(core, name):
    case = CASES[name]
    expected = [oracle_intensity(case, TIMES, t) for t in AT]
    process = case.make(core.point_process)
    assert_close(core.point_process.intensity(process, TIMES, AT), expected, 1e-9)
    table = core.point_process.intensity(process, TIMES, np.reshape(AT, (2, 5)))
    assert_close(table, np.reshape(expected, (2, 5)), 1e-9)
    assert_close(core.point_process.intensity(process, TIMES, AT[3]), expected[3], 1e-9)


@pytest.mark.parametrize("name", CASES)
def test_compensator(core, name):
    case = CASES[name]
    expected = [oracle_compensator(case, TIMES, t) for t in AT]
    process = case.make(core.point_process)
    assert_close(core.point_process.compensator(process, TIMES, AT), expected, 1e-10)
    assert core.point_process.compensator(process, TIMES, 0.0) == 0.0
    assert_close(core.point_process.compensator(process, [], 1.1), oracle_compensator(case, [], 1.1), 1e-10)


@pytest.mark.parametrize("name", CASES)
def test_log_likelihood(core, name):
    case = CASES[name]
    process = case.make(core.point_process)
    logs = [math.log(oracle_intensity(case, TIMES, t)) for t in TIMES]
    survival = oracle_compensator(case, TIMES, END)
    actual = core.point_process.log_likelihood(process, TIMES, END)
    assert actual == pytest.approx(sum(logs) - survival, abs=1e-9)
    # Nothing happened is an observation too.
    nothing = core.point_process.log_likelihood(process, [], 0.9)
    assert nothing == pytest.approx(-oracle_compensator(case, [], 0.9), abs=1e-9)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("start", "end"), [(2.0, END), (2.15, 6.4), (0.0, 6.4)])
def test_log_likelihood_given_a_history(core, name, start, end):
    """Events up to `start` are history, one at `start` too; an event at `end` counts."""
    case = CASES[name]
    logs = [math.log(oracle_intensity(case, TIMES, t)) for t in TIMES if t > start]
    expected = sum(logs) - oracle_compensator(case, TIMES, end) + oracle_compensator(case, TIMES, start)
    actual = core.point_process.log_likelihood(case.make(core.point_process), TIMES, end, start)
    assert actual == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_each_event_and_its_rescaled_gap(core, name):
    case = CASES[name]
    process = case.make(core.point_process)
    whole = [0.0, *(oracle_compensator(case, TIMES, t) for t in TIMES)]
    gaps = np.diff(whole)
    logs = [math.log(oracle_intensity(case, TIMES, t)) for t in TIMES]
    assert_close(core.point_process.rescale(process, TIMES), gaps, 1e-9)
    assert_close(core.point_process.event_log_likelihoods(process, TIMES), logs - gaps, 1e-9)


@pytest.mark.parametrize("name", CASES)
def test_the_state_tells_what_the_whole_history_does(core, name):
    """Event after event, the state gives the intensity that `evaluate` has from all times at once."""
    process = CASES[name].make(core.point_process)
    state, last = process.begin(), 0.0
    for t in [*TIMES, END]:
        for tau in ((t - last) * np.array([0.3, 0.8, 1.0])).tolist():
            known = [s for s in TIMES if s <= last]
            expected = core.point_process.intensity(process, known, last + tau)
            assert process.hazard(state, tau) == pytest.approx(float(expected), rel=1e-10)
        state, last = process.after(state, t - last), t


@pytest.mark.parametrize("name", CASES)
def test_the_ceiling_is_one(core, name):
    """No hazard on the horizon is above the bound that thinning uses."""
    process = CASES[name].make(core.point_process)
    state, last = process.begin(), 0.0
    for t in TIMES:
        for tau in (0.01, 0.2, 1.4):
            bound, horizon = process.ceiling(state, tau)
            assert horizon > 0
            reach = tau + min(horizon, 3.0) * np.linspace(1e-9, 1.0, 50)
            highest = max(process.hazard(state, s) for s in reach.tolist())
            assert highest <= bound * (1 + 1e-12)
        state, last = process.after(state, t - last), t


def test_an_impossible_event_has_likelihood_zero(core):
    process = core.point_process.PiecewisePoisson((1.0, 2.0), (0.5, 0.0, 0.7))
    assert core.point_process.log_likelihood(process, [0.4, 1.5], 3.0) == -math.inf
    assert core.point_process.log_likelihood(process, [0.4], 1.9) == pytest.approx(math.log(0.5) - 0.5)


def test_a_rate_that_is_infinite_at_zero(core):
    """λ = t^(−1/2), Λ = 2 t^(1/2): it is asked for at events alone, and no event lies at 0."""
    pp, times = core.point_process, [0.3, 1.1, 2.9]
    process = pp.InhomogeneousPoisson(lambda t: 1.0 / np.sqrt(t), lambda t: 2.0 * np.sqrt(t), 1.0)
    logs = [-math.log(t) / 2 for t in times]
    gaps = np.diff([0.0, *(2.0 * math.sqrt(t) for t in times)])
    assert_close(pp.event_log_likelihoods(process, times), logs - gaps, 1e-13)
    assert pp.log_likelihood(process, times, 4.0) == pytest.approx(sum(logs) - 4.0, rel=1e-13)
    assert_close(pp.compensator(process, times, [0.5, 4.0]), [2.0 * math.sqrt(0.5), 4.0], 1e-13)


def test_likelihood_per_event_of_known_processes(core):
    """E −log f of a gap: 1 for Poisson(1), μ + ½ log 2πeσ² for log-normal gaps: .2555 at mean 1, sd 6."""
    pp, rng = core.point_process, np.random.default_rng(301)
    distribution = pp.lognormal_from_mean_sd(1.0, 6.0)
    entropy = distribution.mu + math.log(2 * math.pi * math.e * distribution.sigma**2) / 2
    assert entropy == pytest.approx(0.2555, abs=5e-5)
    for process, expected in [(pp.Poisson(1.0), 1.0), (pp.Renewal(distribution), entropy)]:
        times = pp.simulate_events(process, 20_000, rng=rng)
        losses = -pp.event_log_likelihoods(process, times)
        assert abs(losses.mean() - expected) < 4 * losses.std() / math.sqrt(len(losses))
