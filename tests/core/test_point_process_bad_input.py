"""Bad input to the point processes: each error names the argument, what was expected and what came."""

import numpy as np
import pytest

from .spoilt import raises

TIMES = np.array([0.4, 1.1, 1.9, 2.2])

# One line for each way to be wrong: pp is the package, h a process.
CASES = [
    # event times and windows
    (
        lambda pp, h: pp.log_likelihood(h, TIMES[::-1], 3.0),
        ValueError,
        r"times must be strictly increasing, got 2\.2 then 1\.9 at index 1",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, [1.0, 1.0], 3.0),
        ValueError,
        r"times must be strictly increasing, got 1\.0 then 1\.0",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES - 1.0, 3.0),
        ValueError,
        r"times must not lie before 0, .* got -0\.6 at index 0",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES, 2.0),
        ValueError,
        r"times must lie within the window .* end = 2, got 2\.2",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, [0.4, np.nan], 3.0),
        ValueError,
        r"times must be finite, got nan at index \(1,\)",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES[None], 3.0),
        ValueError,
        r"times must have shape \(N,\), got \(1, 4\)",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES + 0j, 3.0),
        TypeError,
        r"times must hold real numbers, got dtype complex128",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES, 3.0, 3.0),
        ValueError,
        r"end must lie after start = 3, got 3\.0",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES, 3.0, -1.0),
        ValueError,
        r"start must be a finite number ≥ 0, got -1\.0",
    ),
    (
        lambda pp, h: pp.log_likelihood(h, TIMES, np.inf),
        ValueError,
        r"end must be a finite number > 0, got inf",
    ),
    (lambda pp, h: pp.log_likelihood(h, TIMES, "3"), TypeError, r"end must be a number, got '3'"),
    (lambda pp, h: pp.event_log_likelihoods(h, -TIMES), ValueError, r"times must not lie before 0"),
    (
        lambda pp, h: pp.intensity(h, TIMES, [1.0, -0.1]),
        ValueError,
        r"at must not lie before 0, .* got -0\.1",
    ),
    (lambda pp, h: pp.intensity(h, TIMES, np.inf), ValueError, r"at must be finite, got inf"),
    (lambda pp, h: pp.compensator(h, TIMES[::-1], 1.0), ValueError, r"times must be strictly increasing"),
    (lambda pp, h: pp.rescale(h, TIMES[::-1]), ValueError, r"times must be strictly increasing"),
    # processes
    (
        lambda pp, h: pp.log_likelihood(pp.Poisson, TIMES, 3.0),
        TypeError,
        r"process must be a point process .* got <class",
    ),
    (lambda pp, h: pp.intensity(0.5, TIMES, 3.0), TypeError, r"process must be a point process .* got 0\.5"),
    (lambda pp, h: pp.rescale(None, TIMES), TypeError, r"process must be a point process .* got None"),
    (lambda pp, h: pp.Poisson(0.0), ValueError, r"rate must be a finite number > 0, got 0\.0"),
    (lambda pp, h: pp.Poisson("1"), TypeError, r"rate must be a number, got '1'"),
    (
        lambda pp, h: pp.PiecewisePoisson((2.0, 1.0), (1, 2, 3)),
        ValueError,
        r"changes must be strictly increasing, got \(2\.0, 1\.0\)",
    ),
    (
        lambda pp, h: pp.PiecewisePoisson((1.0, 1.0), (1, 2, 3)),
        ValueError,
        r"changes must be strictly increasing",
    ),
    (
        lambda pp, h: pp.PiecewisePoisson((-1.0,), (1, 2)),
        ValueError,
        r"changes must be a finite number > 0, got -1\.0",
    ),
    (
        lambda pp, h: pp.PiecewisePoisson((1.0,), (1.0, -2.0)),
        ValueError,
        r"rates must be a finite number ≥ 0, got -2\.0",
    ),
    (
        lambda pp, h: pp.PiecewisePoisson((1.0,), (1.0,)),
        ValueError,
        r"rates must be one more than the 1 changes, got 1",
    ),
    (
        lambda pp, h: pp.InhomogeneousPoisson(2.0, np.abs, 2.0),
        TypeError,
        r"rate must be a function of time, got 2\.0",
    ),
    (
        lambda pp, h: pp.InhomogeneousPoisson(np.abs, None, 2.0),
        TypeError,
        r"cumulative must be a function .* got None",
    ),
    (
        lambda pp, h: pp.InhomogeneousPoisson(np.abs, np.abs, 0.0),
        ValueError,
        r"bound must be a finite number > 0",
    ),
    (lambda pp, h: pp.Hawkes(0.0, 0.5, 1.0), ValueError, r"mu must be a finite number > 0, got 0\.0"),
    (lambda pp, h: pp.Hawkes(0.2, -0.5, 1.0), ValueError, r"alpha must be a finite number ≥ 0, got -0\.5"),
    (lambda pp, h: pp.Hawkes(0.2, 0.5, 0.0), ValueError, r"beta must be a finite number > 0, got 0\.0"),
    (
        lambda pp, h: pp.Hawkes(0.2, (0.5, 0.1), 1.0),
        ValueError,
        r"beta must have as many entries as alpha, 2, got 1",
    ),
    (
        lambda pp, h: pp.Hawkes(0.2, (), ()),
        ValueError,
        r"alpha must be a number or have shape \(J,\) .* got shape \(0,\)",
    ),
    (
        lambda pp, h: pp.Hawkes(0.2, [[0.5]], [[1.0]]),
        ValueError,
        r"alpha must be a number or have .* got shape \(1, 1\)",
    ),
    (lambda pp, h: pp.Hawkes(0.2, np.nan, 1.0), ValueError, r"alpha must be finite, got nan"),
    (lambda pp, h: pp.SelfCorrecting(-1.0, 1.0), ValueError, r"mu must be a finite number > 0, got -1\.0"),
    (lambda pp, h: pp.SelfCorrecting(1.0, 0.0), ValueError, r"alpha must be a finite number > 0, got 0\.0"),
    (lambda pp, h: pp.Renewal(1.0), TypeError, r"gap must be a distribution .* got 1\.0"),
    (lambda pp, h: pp.Renewal(pp.Gamma), TypeError, r"gap must be a distribution .* got <class"),
    (lambda pp, h: pp.LogNormal(np.inf, 1.0), ValueError, r"mu must be a finite number, got inf"),
    (lambda pp, h: pp.LogNormal(0.0, 0.0), ValueError, r"sigma must be a finite number > 0"),
    (lambda pp, h: pp.Gamma(-1.0, 1.0), ValueError, r"shape must be a finite number > 0"),
    (lambda pp, h: pp.Gamma(1.0, 0.0), ValueError, r"rate must be a finite number > 0"),
    (lambda pp, h: pp.Weibull(0.0, 1.0), ValueError, r"shape must be a finite number > 0"),
    (lambda pp, h: pp.Weibull(1.0, np.nan), ValueError, r"scale must be a finite number > 0"),
    (lambda pp, h: pp.Weibull(1.0, 1.0).log_survival(-0.5), ValueError, r"x must be a gap ≥ 0, got -0\.5"),
    (lambda pp, h: pp.Gamma(2.0, 1.0).log_density([0.1, np.nan]), ValueError, r"x must be finite, got nan"),
    (lambda pp, h: pp.Gamma(2.0, 1.0).sample(3, rng=7), TypeError, r"rng must be a numpy\.random\.Generator"),
    (lambda pp, h: pp.lognormal_from_mean_sd(0.0, 1.0), ValueError, r"mean must be a finite number > 0"),
    (
        lambda pp, h: pp.gamma_from_mean_sd(1.0, -1.0),
        ValueError,
        r"sd must be a finite number > 0, got -1\.0",
    ),
    # explosion
    (
        lambda pp, h: pp.Hawkes(0.2, (0.6, 0.4), (1, 2)).mean_rate,
        ValueError,
        r"alpha must sum to less than 1.* ratio of 1$",
    ),
    (
        lambda pp, h: pp.simulate(pp.Hawkes(0.2, 1.2, 1.0), 5.0, rng=rng()),
        ValueError,
        r"alpha must sum to less than 1.* ratio of 1\.2",
    ),
    # simulation
    (lambda pp, h: pp.simulate(h, 0.0, rng=rng()), ValueError, r"end must be a finite number > 0, got 0\.0"),
    (
        lambda pp, h: pp.simulate(h, np.inf, rng=rng()),
        ValueError,
        r"end must be a finite number > 0, got inf",
    ),
    (lambda pp, h: pp.simulate(h, 5.0, rng=3), TypeError, r"rng must be a numpy\.random\.Generator .* got 3"),
    (
        lambda pp, h: pp.simulate(h, 5.0, rng=rng(), method="exact"),
        ValueError,
        r"method must be one of inversion, thinning, got 'exact'",
    ),
    (
        lambda pp, h: pp.simulate(h, 5.0, rng=rng(), max_events=0),
        ValueError,
        r"max_events must be at least 1, got 0",
    ),
    (lambda pp, h: pp.simulate(3, 5.0, rng=rng()), TypeError, r"process must be a point process .* got 3"),
    (lambda pp, h: pp.simulate_events(h, 0, rng=rng()), ValueError, r"number must be at least 1, got 0"),
    (lambda pp, h: pp.simulate_events(h, 2.5, rng=rng()), TypeError, r"number must be an integer, got 2\.5"),
    # goodness of fit
    (
        lambda pp, h: pp.kolmogorov_smirnov([]),
        ValueError,
        r"values must have shape \(N,\) with N ≥ 1, got \(0,\)",
    ),
    (lambda pp, h: pp.kolmogorov_smirnov([0.5, -0.1]), ValueError, r"values must be at least 0, got -0\.1"),
    (lambda pp, h: pp.kolmogorov_smirnov([0.5, np.inf]), ValueError, r"values must be finite, got inf"),
    (lambda pp, h: pp.exponential_qq([[0.5]]), ValueError, r"values must have shape \(N,\) .* got \(1, 1\)"),
    # gradient and fit
    (
        lambda pp, h: pp.hawkes_gradient(pp.Poisson(1.0), TIMES, 3.0),
        TypeError,
        r"process must be a Hawkes process, got Poisson",
    ),
    (lambda pp, h: pp.hawkes_gradient(h, TIMES, 2.0), ValueError, r"times must lie within the window"),
    (
        lambda pp, h: pp.fit_hawkes(TIMES[:3], 3.0),
        ValueError,
        r"times must hold more than the 3 parameters, got 3 events",
    ),
    (
        lambda pp, h: pp.fit_hawkes(TIMES, 3.0, kernels=2),
        ValueError,
        r"times must hold more than the 5 parameters, got 4",
    ),
    (lambda pp, h: pp.fit_hawkes(TIMES, 3.0, kernels=0), ValueError, r"kernels must be at least 1, got 0"),
    (lambda pp, h: pp.fit_hawkes(TIMES, 2.0), ValueError, r"times must lie within the window"),
    (
        lambda pp, h: pp.fit_hawkes(TIMES, 3.0, initial=(1, 1, 1)),
        ValueError,
        r"initial must be a Hawkes process .* got \(1, 1, 1\)",
    ),
    (
        lambda pp, h: pp.fit_hawkes(TIMES, 3.0, initial=pp.Hawkes(1, 0, 1)),
        ValueError,
        r"initial must be .* every alpha > 0",
    ),
    (
        lambda pp, h: pp.fit_hawkes(TIMES, 3.0, tolerance=0.0),
        ValueError,
        r"tolerance must be a finite number > 0",
    ),
    (
        lambda pp, h: pp.fit_hawkes(TIMES, 3.0, max_iterations=0),
        ValueError,
        r"max_iterations must be at least 1",
    ),
]


def rng():
    return np.random.default_rng(370)


@pytest.mark.parametrize(("call", "error", "message"), CASES, ids=range(len(CASES)))
def test_bad_input(core, call, error, message):
    pp = core.point_process
    raises(error, message, lambda: call(pp, pp.Hawkes(0.3, 0.5, 1.2)))


def test_a_search_that_is_cut_short_says_so(core):
    pp = core.point_process
    times = pp.simulate(pp.Hawkes(0.5, 0.6, 1.5), 200.0, rng=rng())
    raises(
        RuntimeError, r"did not converge in 2 steps", lambda: pp.fit_hawkes(times, 200.0, max_iterations=2)
    )


def test_arguments_stay_as_they_are(core):
    pp, times = core.point_process, TIMES.copy()
    times.flags.writeable = False
    process = pp.Hawkes(0.3, [0.2, 0.3], np.array([1, 9]))
    assert process == pp.Hawkes(0.3, (0.2, 0.3), (1.0, 9.0))
    for call in (pp.log_likelihood, pp.hawkes_gradient, pp.fit_hawkes):
        arguments = (times, 3.0) if call is pp.fit_hawkes else (process, times, 3.0)
        try:
            call(*arguments)
        except RuntimeError:  # four events may have no maximum: they must stay as they are all the same
            assert call is pp.fit_hawkes
    assert times.tolist() == TIMES.tolist()
    assert pp.log_likelihood(process, [1, 2], 3) == pp.log_likelihood(process, np.float32([1, 2]), 3.0)
