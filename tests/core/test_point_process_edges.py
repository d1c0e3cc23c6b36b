"""Where formulas leave the range of floats, and where simulation must end."""

import importlib
import math

import numpy as np
import pytest

from .oracles_point_process import CASES, error_of
from .samples import within_standard_errors
from .spoilt import defaults

SHARP = [
    ("LogNormal", (0.0, 0.1)),
    ("LogNormal", (1.0, 0.2)),
    ("LogNormal", (-2.0, 0.001)),
    ("Weibull", (10.0, 1.0)),
    ("Weibull", (300.0, 2.0)),
    ("Gamma", (60.0, 30.0)),
]


@pytest.mark.parametrize(("name", "parameters"), SHARP)
def test_thinning_of_regular_renewal_processes_ends(core, name, parameters):
    """In few proposals, and gaps have their law."""
    pp, rng = core.point_process, np.random.default_rng(410)
    process = pp.Renewal(getattr(pp, name)(*parameters))
    times = pp.simulate_events(process, 120, rng=rng, method="thinning")
    values = pp.rescale(process, times)
    assert pp.kolmogorov_smirnov(values).p_value > 1e-3
    within_standard_errors(values, 1.0)


def test_ceilings_of_renewal_processes_are_near(core):
    """On its horizon the bound is at most four times the hazard, or four events in a mean gap."""
    pp = core.point_process
    for name, parameters in SHARP:
        process = pp.Renewal(getattr(pp, name)(*parameters))
        for tau in process.gap.mean * np.array([0.0, 0.5, 0.9, 1.0, 1.05]):
            bound, horizon = process.ceiling(None, float(tau))
            least = 4 * max(process.hazard(None, float(tau)), 1 / process.gap.mean)
            assert bound <= least
            assert process.hazard(None, float(tau + horizon)) <= bound * (1 + 1e-9)
            assert horizon > 1e-4 * process.gap.mean * min(1.0, parameters[1])


@pytest.mark.parametrize("alpha", [0.8, 50.0, 800.0, 1e5])
@pytest.mark.parametrize("method", ["inversion", "thinning"])
def test_self_correction_of_any_strength(core, alpha, method):
    """An event may divide λ by e^800: the next then comes when λ has grown back."""
    pp, rng = core.point_process, np.random.default_rng(411)
    process = pp.SelfCorrecting(1.0, alpha)
    times = pp.simulate_events(process, 200, rng=rng, method=method)
    assert np.diff(times).mean() == pytest.approx(alpha, rel=0.3)
    values = pp.rescale(process, times[:100])
    assert pp.kolmogorov_smirnov(values).p_value > 1e-3
    bound, horizon = process.ceiling(-800.0, 0.0)
    assert bound * horizon <= 1.5
    assert horizon > 700.0


FADING = {
    "exponential": (lambda t: 5 * np.exp(-t), lambda t: 5 * (1 - np.exp(-t)), 5.0),
    "a cut": (lambda t: 3.0 * (t < 2.0), lambda t: 3.0 * np.minimum(t, 2.0), 3.0),
    "overflow": (lambda t: 4 * t * np.exp(-(t**2)), lambda t: 2 - 2 * np.exp(-(t**2)), 2.0),
}


@pytest.mark.parametrize("method", ["inversion", "thinning"])
@pytest.mark.parametrize("name", FADING)
def test_a_process_that_dies_out_ends(core, name, method):
    pp, rng = core.point_process, np.random.default_rng(412)
    process = pp.InhomogeneousPoisson(*FADING[name])
    text = error_of(lambda: pp.simulate_events(process, 60, rng=rng, method=method))
    assert text.startswith("RuntimeError: the process died out after ")
    counts = np.array([len(pp.simulate(process, 1e9, rng=rng, method=method)) for _ in range(400)])
    within_standard_errors(counts, float(process.cumulative(1e9)))


def test_a_limit_that_overflows(core):
    """Python's own floats raise where NumPy's give infinity: Λ is then taken at an earlier late time."""
    pp = core.point_process
    process = pp.InhomogeneousPoisson(
        lambda t: 4 * t * math.exp(-(t**2)), lambda t: 2 - 2 * math.exp(-(float(t) ** 2)), 2.0
    )
    text = error_of(lambda: pp.simulate_events(process, 60, rng=np.random.default_rng(419)))
    assert text.startswith("RuntimeError: the process died out after ")


def test_thinning_gives_up_where_almost_nothing_is_kept(core, monkeypatch):
    """λ = 1/(1 + t)²: Λ goes to 1 so slowly that the proposals would never end."""
    pp, rng = core.point_process, np.random.default_rng(413)
    process = pp.InhomogeneousPoisson(lambda t: (1 + t) ** -2, lambda t: t / (1 + t), 1.0)
    module = importlib.import_module(f"{core.__name__}.point_process.simulate")
    monkeypatch.setattr(module, "PATIENCE", 20_000)
    text = error_of(lambda: pp.simulate_events(process, 50, rng=rng, method="thinning"))
    assert text.startswith("RuntimeError: no proposal was kept in 20000 steps")
    assert "method='inversion'" in text


GOOD_RATE, GOOD_SUM = (lambda t: 1.0 + 0.0 * t), (lambda t: 1.0 * t)


@pytest.mark.parametrize(
    ("rate", "cumulative", "message"),
    [
        (lambda t: np.cos(t), GOOD_SUM, "ValueError: rate must return finite numbers ≥ 0, got -"),
        (lambda t: np.nan * t, GOOD_SUM, "ValueError: rate must return finite numbers ≥ 0, got nan"),
        (lambda t: np.inf + t, GOOD_SUM, "ValueError: rate must return finite numbers ≥ 0, got inf"),
        (lambda t: np.ones(3), GOOD_SUM, "ValueError: rate must return a"),
        (lambda t: t + 1j, GOOD_SUM, "TypeError: rate must return real numbers, got dtype complex128"),
        (lambda t: "fast", GOOD_SUM, "TypeError: rate must return real numbers, got dtype <U4"),
        (lambda t: [][1], GOOD_SUM, "IndexError"),
        (lambda t: float("x"), GOOD_SUM, "TypeError: rate must take numbers and arrays of times, but fails"),
        (GOOD_RATE, lambda t: np.nan * t, "ValueError: cumulative must return finite numbers ≥ 0, got nan"),
        (GOOD_RATE, lambda t: np.ones((2, 2)), "ValueError: cumulative must return a"),
    ],
)
def test_what_a_rate_returns_is_looked_at(core, rate, cumulative, message):
    """By likelihoods and by both ways to simulate."""
    pp = core.point_process
    process = pp.InhomogeneousPoisson(rate, cumulative, 2.0)
    times = np.array([0.5, 2.0, 3.5])
    calls = [lambda: pp.log_likelihood(process, times, 4.0)]
    for method, used in (("thinning", rate), ("inversion", cumulative)):
        if used not in (GOOD_RATE, GOOD_SUM):
            calls.append(lambda m=method: pp.simulate(process, 9.0, rng=np.random.default_rng(414), method=m))
    for call in calls:
        assert error_of(call).startswith(message)


def test_a_cumulative_that_falls_is_refused(core):
    pp = core.point_process
    process = pp.InhomogeneousPoisson(GOOD_RATE, lambda t: 5.0 * np.exp(-t), 2.0)
    text = error_of(lambda: pp.log_likelihood(process, [0.5, 1.0], 2.0))
    assert (
        text == "ValueError: cumulative must not decrease, it falls by 1.96735 after an event"
    )  # 5 − 5 e^(−1/2)


def test_of_the_values_of_a_rate_the_first_that_is_wrong_is_shown(core):
    pp = core.point_process
    process = pp.InhomogeneousPoisson(lambda t: 1.0 - t, GOOD_SUM, 2.0)
    text = error_of(lambda: pp.log_likelihood(process, [0.5, 1.0, 3.0], 7.0))
    assert text == "ValueError: rate must return finite numbers ≥ 0, got -2.0"


def test_the_shape_of_a_rate_is_that_of_the_times(core):
    pp = core.point_process
    process = pp.InhomogeneousPoisson(lambda t: np.ones(3), GOOD_SUM, 2.0)
    text = error_of(lambda: pp.log_likelihood(process, [0.5, 1.0, 3.0], 7.0))
    assert text == "ValueError: rate must return an array of shape (4,), got (3,)"
    text = error_of(lambda: process.hazard(0.5, 1.0))
    assert text == "ValueError: rate must return a number for a number, got shape (3,)"


def test_a_rate_of_zero_makes_events_impossible(core):
    """After the cut λ = 0 and Λ stays: an event there has likelihood zero, and none has probability one."""
    pp = core.point_process
    process = pp.InhomogeneousPoisson(*FADING["a cut"])
    assert pp.log_likelihood(process, [0.5, 1.7], 5.0) == pytest.approx(2 * math.log(3.0) - 6.0)
    assert pp.log_likelihood(process, [0.5, 2.5, 3.5], 5.0) == -math.inf
    assert pp.compensator(process, [0.5, 2.5, 3.5], [3.0, 4.0]).tolist() == [6.0, 6.0]


def test_one_number_may_come_as_an_integer_or_in_an_array(core):
    pp = core.point_process
    for rate in (lambda t: 2, lambda t: np.array([2.0]), lambda t: np.float32(2.0)):
        value = pp.InhomogeneousPoisson(rate, lambda t: 2 * t, 2.0).hazard(0.3, 0.5)
        assert type(value) is float
        assert value == 2.0


def test_steps_without_a_change_are_one_rate(core):
    pp = core.point_process
    steps, times = pp.PiecewisePoisson((), 1.3), [0.5, 1.0, 3.0]
    assert pp.log_likelihood(steps, times, 7.0) == pytest.approx(3 * math.log(1.3) - 1.3 * 7.0, rel=1e-14)
    assert steps.ceiling(1.0, 0.5) == (1.3, math.inf)


def test_steps_of_any_size_keep_their_digits(core):
    """Λ of a time far before the first change is as exact as any."""
    process = core.point_process.PiecewisePoisson((2.3, 5.1), (0.4, 1.7, 0.9))
    times = np.array([1e-30, 3e-20, 7e-9])
    found = core.point_process.compensator(process, [], times)
    np.testing.assert_allclose(found, 0.4 * times, rtol=1e-14, atol=0)


def test_a_rate_that_is_one_number_for_all_times(core):
    pp = core.point_process
    process = pp.InhomogeneousPoisson(lambda t: 2, lambda t: 2 * t, 2.0)
    assert pp.log_likelihood(process, [0.5, 1.0], 3.0) == pytest.approx(2 * math.log(2.0) - 6.0)


class Accumulating:
    """λ = 1, and the k-th proposal is made under the ceiling 4^k: a bound, but not a bounded one."""

    def evaluate(self, times, at):
        raise NotImplementedError

    def begin(self):
        self.proposals = 0

    def after(self, state, tau):
        raise NotImplementedError

    def hazard(self, state, tau):
        return 1.0

    def ceiling(self, state, tau):
        self.proposals += 1
        return 4.0**self.proposals, math.inf

    def wait(self, state, rng):
        raise NotImplementedError


def test_proposals_that_accumulate(core):
    """Then no proposal is ever kept with probability ∏(1 − 4^(−k)) = 0.6885, and that is said."""
    pp, rng, lost = core.point_process, np.random.default_rng(415), []
    for _ in range(2000):
        text = error_of(lambda: pp.simulate_events(Accumulating(), 1, rng=rng, method="thinning"))
        assert text.startswith(("no error", "FloatingPointError: the proposals accumulate"))
        lost.append(text.startswith("Floating"))
    within_standard_errors(np.array(lost), math.prod(1 - 4.0**-k for k in range(1, 40)))


class NoBound(Accumulating):
    def ceiling(self, state, tau):
        return math.nan if tau == 0.0 else math.inf, math.inf


def test_a_ceiling_that_is_no_number_is_refused(core):
    pp, rng = core.point_process, np.random.default_rng(416)
    text = error_of(lambda: pp.simulate_events(NoBound(), 1, rng=rng, method="thinning"))
    assert text.startswith("ValueError: the bound must be a finite number ≥ 0, got nan")


def scaled(pp, name, c):
    """The same process in a unit of time 1/c times as long: all times are multiplied by c, a power of two."""
    return {
        "poisson": lambda: pp.Poisson(1.3 / c),
        "piecewise": lambda: pp.PiecewisePoisson((2.3 * c, 5.1 * c), (0.4 / c, 1.7 / c, 0.9 / c)),
        "inhomogeneous": lambda: pp.InhomogeneousPoisson(
            lambda t: (1.1 + 0.8 * np.sin(1.3 * t / c)) / c,
            lambda t: 1.1 * t / c + 0.8 / 1.3 * (1 - np.cos(1.3 * t / c)),
            2.0 / c,
        ),
        "hawkes": lambda: pp.Hawkes(0.4 / c, (0.3, 0.4), (0.8 / c, 6.0 / c)),
        "renewal": lambda: pp.Renewal(pp.Weibull(1.6, 0.9 * c)),
        "gamma renewal": lambda: pp.Renewal(pp.Gamma(2.5, 2.0 / c)),
    }[name]()


# The self-correcting process is not among them: it begins with λ = 1 in whatever unit.
SCALED = ["poisson", "piecewise", "inhomogeneous", "hawkes", "renewal", "gamma renewal"]


@pytest.mark.parametrize("c", [2.0**-50, 2.0**50])
@pytest.mark.parametrize("method", ["inversion", "thinning"])
@pytest.mark.parametrize("name", SCALED)
def test_simulation_knows_no_unit_of_time(core, name, method, c):
    """Femtoseconds or ages of the universe: the same draws give the same events."""
    pp = core.point_process
    plain, other = (
        pp.simulate(scaled(pp, name, u), 30.0 * u, rng=np.random.default_rng(417), method=method)
        for u in (1.0, c)
    )
    assert len(plain) > 10
    np.testing.assert_allclose(other / c, plain, rtol=1e-9)
    number = pp.simulate_events(scaled(pp, name, c), 12, rng=np.random.default_rng(418), method=method)
    again = pp.simulate_events(scaled(pp, name, 1.0), 12, rng=np.random.default_rng(418), method=method)
    np.testing.assert_allclose(number / c, again, rtol=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_a_ceiling_for_every_case_is_finite(core, name):
    process = CASES[name].make(core.point_process)
    bound, horizon = process.ceiling(process.after(process.begin(), 0.3), 0.2)
    assert 0.0 < bound < math.inf
    assert horizon > 0.0


def test_the_default_of_max_events(core):
    assert defaults(core.point_process.simulate) == {"method": "inversion", "max_events": 1_000_000}
    assert defaults(core.point_process.simulate_events) == {"method": "inversion"}
    assert importlib.import_module(f"{core.__name__}.point_process.simulate").PATIENCE == 1_000_000
