"""The exponential hazard in closed form, against quadrature, and where a careless formula fails."""

import importlib
import inspect
import math
from types import SimpleNamespace

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_point_process import error_of
from .oracles_rmtpp import api, integrated_hazard

TAU = np.array([1e-6, 0.03, 0.4, 1.0, 3.7, 11.0])


@pytest.mark.parametrize("w", [0.0, 1e-12, -1e-12, 1e-7, -1e-4, 0.04, 0.13, -0.17, 0.6, -0.9, 1.5, -1.5])
def test_against_quadrature(core, w):
    """Every entry to 1e-13, also just above and below the |w τ| where a series takes over."""
    a, o_0 = api(core), 0.3
    for power, actual in enumerate(
        [a.cumulative_hazard(o_0, w, TAU), a.cumulative_hazard_grad_w(o_0, w, TAU)]
    ):
        expected = [integrated_hazard(o_0, w, tau, power).real for tau in TAU]
        np.testing.assert_allclose(actual, expected, rtol=1e-13, atol=0)


def test_continuous_where_w_is_zero(core):
    a = api(core)
    for tiny in (1e-300, -1e-300, 1e-17, -1e-17):
        np.testing.assert_allclose(a.cumulative_hazard(0.3, tiny, TAU), np.exp(0.3) * TAU, rtol=1e-15)
        np.testing.assert_allclose(
            a.cumulative_hazard_grad_w(0.3, tiny, TAU), np.exp(0.3) * TAU**2 / 2, rtol=1e-15
        )
        np.testing.assert_allclose(a.gap_at(0.3, tiny, TAU), np.exp(-0.3) * TAU, rtol=1e-15)


def test_nothing_overflows_unless_the_hazard_does(core):
    """exp(w τ) = e^790 alone is out of range; with o_0 = −800 the hazard is not."""
    a = api(core)
    assert a.cumulative_hazard(-800.0, 79.0, np.array(10.0)) == pytest.approx(
        np.exp(-10.0) / 79, rel=1e-12, abs=0
    )
    grad = np.exp(-10.0) * (10.0 / 79 - 1 / 79**2)
    assert a.cumulative_hazard_grad_w(-800.0, 79.0, np.array(10.0)) == pytest.approx(grad, rel=1e-12, abs=0)
    assert a.cumulative_hazard(2.0, -79.0, np.array(1e6)) == pytest.approx(np.exp(2.0) / 79, rel=1e-12)
    with np.errstate(over="ignore"):
        assert a.cumulative_hazard(0.0, 79.0, np.array(10.0)) == np.inf


@pytest.mark.parametrize("w", [0.0, 1e-13, -1e-13, 0.8, -0.8, 60.0, -60.0])
@pytest.mark.parametrize("o_0", [-3.0, 0.4, 6.0])
def test_gap_at_inverts(core, o_0, w):
    a = api(core)
    most = np.exp(o_0) / abs(w) if w < 0 else np.inf
    cumulative = np.array([1e-9, 0.02, 0.7, 3.0, 40.0])
    with np.errstate(invalid="ignore", over="ignore"):
        tau = a.gap_at(o_0, w, cumulative)
    assert np.isinf(tau[cumulative >= most]).all()
    finite = cumulative < most
    assert np.isfinite(tau[finite]).all()
    # Near the value that Λ never reaches, τ is as ill-conditioned as 1/(1 − Λ/most).
    room = 1.0 if w >= 0 else (1 - cumulative[finite] / most).min()
    np.testing.assert_allclose(
        a.cumulative_hazard(o_0, w, tau[finite]), cumulative[finite], rtol=1e-13 / room, atol=0
    )


def test_gap_at_extremes(core):
    a = api(core)
    assert a.gap_at(-800.0, 79.0, np.array(2.0)) == pytest.approx((800 + np.log(158.0)) / 79, rel=1e-12)
    assert a.gap_at(-800.0, -79.0, np.array(2.0)) == np.inf
    assert a.gap_at(700.0, 1.0, np.array(2.0)) == pytest.approx(2 * np.exp(-700.0), rel=1e-12, abs=0)


def test_mass_at_infinity(core):
    a = api(core)
    o_0 = np.array([-1.0, 0.5])
    assert_close(a.mass_at_infinity(o_0, -0.8), np.exp(-np.exp(o_0) / 0.8), 1e-13)
    assert_close(a.mass_at_infinity(o_0, -0.8), np.exp(-a.cumulative_hazard(o_0, -0.8, 1e4)), 1e-12)
    assert not a.mass_at_infinity(o_0, 0.8).any()
    assert not a.mass_at_infinity(o_0, 0.0).any()


FUNCTIONS = ["log_hazard", "cumulative_hazard", "cumulative_hazard_grad_w", "gap_at"]


def checked(core):
    """The functions, with checks that are put before them now: a change of the checks is noticed so."""
    module = importlib.import_module(f"{core.__name__}.point_process.exponential_hazard")
    check, above = module.checked_arguments(), module.checked_arguments(positive=True)
    made = {}
    for name in module.__all__:
        made[name] = (above if name == "gap_at" else check)(inspect.unwrap(getattr(module, name)))
    return SimpleNamespace(**made)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_no_hazard_or_time_is_said(core, name):
    call, time = getattr(checked(core), name), "cumulative" if name == "gap_at" else "tau"
    least = "> 0" if name == "gap_at" else "≥ 0"
    text = error_of(lambda: call(0.3, -0.4, np.array([2.0, -0.5, -0.2])))
    assert text == f"ValueError: {time} must be {least}, got -0.5"
    text = error_of(lambda: call(np.ones(3), -0.4, np.ones(2)))
    assert text == f"ValueError: {time} must broadcast against log_rate, got shapes (2,) and (3,)"
    assert error_of(lambda: call(np.nan, -0.4, 0.2)).startswith(
        "ValueError: log_rate must be a finite number"
    )
    assert error_of(lambda: call("0", -0.4, 0.2)).startswith("TypeError: log_rate must hold real numbers")
    assert error_of(lambda: call(0.3, np.inf, 0.2)).startswith("ValueError: w must be a finite number")
    assert error_of(lambda: call(0.3, -0.4, np.inf)).startswith(f"ValueError: {time} must be a finite number")
    nothing = error_of(lambda: call(0.3, -0.4, 0.0))
    if name == "gap_at":
        assert nothing == "ValueError: cumulative must be > 0, got 0.0"
    else:
        assert nothing.startswith("no error")


def test_at_the_event_itself(core):
    a, log_rate = checked(core), np.array([0.3, -1.2])
    assert a.log_hazard(log_rate, -0.4, 0.0).tolist() == [0.3, -1.2]
    assert a.cumulative_hazard(log_rate, -0.4, 0.0).tolist() == [0.0, 0.0]
    assert a.cumulative_hazard_grad_w(log_rate, -0.4, 0.0).tolist() == [0.0, 0.0]


def test_arguments_by_name_and_arrays_that_broadcast(core):
    a, log_rate, tau = checked(core), np.array([[0.3], [-1.2]]), np.array([0.2, 0.9, 2.5])
    actual = a.log_hazard(tau=tau, w=-0.4, log_rate=log_rate)
    assert_close(actual, [[r - 0.4 * t for t in tau] for r in (0.3, -1.2)], 1e-15)
    assert_close(
        a.mass_at_infinity(w=-0.4, log_rate=log_rate[:, 0]), np.exp(-np.exp([0.3, -1.2]) / 0.4), 1e-15
    )


@pytest.mark.parametrize("w", [-0.4, 0.0, 0.7])
def test_single_precision_stays_so(core, w):
    a, log_rate, tau = checked(core), np.float32([0.3, -1.2]), np.float32([0.2, 2.5])
    for name in FUNCTIONS[:3]:
        narrow, wide = (
            getattr(a, name)(log_rate.astype(d), w, tau.astype(d)) for d in (np.float32, np.float64)
        )
        assert (narrow.dtype, wide.dtype) == (np.float32, np.float64)
        assert_close(narrow, wide, 2e-6)


def test_where_numbers_leave_the_range_nothing_is_warned_of(core):
    """Not even for one who has NumPy raise whatever happens."""
    a = checked(core)
    with np.errstate(all="raise"):
        assert a.cumulative_hazard(800.0, 0.4, 2.0) == math.inf
        assert a.cumulative_hazard(-800.0, -0.4, 2.0) == 0.0
        assert a.cumulative_hazard_grad_w(0.0, 79.0, np.array([10.0])).tolist() == [math.inf]
        assert a.log_hazard(0.0, 1e300, 1e300) == math.inf
        assert a.mass_at_infinity(np.array([800.0, -800.0]), -0.4).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_growth_too_small_to_divide_by_is_none(core, dtype):
    """The least number of full precision is one still, of either sign; the next below it is 0."""
    no_denormal = importlib.import_module(f"{core.__name__}.point_process.exponential_hazard").no_denormal
    least = float(np.finfo(dtype).tiny)
    for sign in (1.0, -1.0):
        assert no_denormal(sign * least, dtype) == sign * least
        assert no_denormal(sign * float(np.nextafter(dtype(least), dtype(0))), dtype) == 0.0
        assert no_denormal(sign * 0.3, dtype) == sign * 0.3
    assert no_denormal(1e-300) == 1e-300


def test_the_derivative_is_continuous_where_the_series_ends(core):
    """At |wτ| = ½, where the closed form takes over, and a digit to either side of it."""
    a = checked(core)
    for tau in (0.5, math.nextafter(0.5, 0.0), math.nextafter(0.5, 1.0), 0.4375, 0.5625):
        for w in (1.0, -1.0):
            expected = integrated_hazard(0.3, w, tau, 1).real
            actual = float(a.cumulative_hazard_grad_w(0.3, w, tau))
            assert actual == pytest.approx(expected, rel=2e-15)


def test_checked_functions_keep_their_names(core):
    a = checked(core)
    for name in FUNCTIONS:
        assert getattr(a, name).__name__ == name
        assert inspect.signature(getattr(a, name)) == inspect.signature(getattr(api(core), name))


def test_means_of_what_decays(core):
    """∫ e^(−us) ds and ∫ s e^(−us) ds over (0, 1), with no warning at 0 nor far out, alone or in an array."""
    module = importlib.import_module(f"{core.__name__}.point_process.exponential_hazard")
    rates = np.array([0.0, 1e-300, 1e-9, 0.3, 0.5, 0.7, 20.0, 1e200])
    closed = [1.0, 1.0, *((1.0 - math.exp(-u)) / u for u in (0.3, 0.5, 0.7, 20.0)), 1e-200]
    np.testing.assert_allclose(np.delete(module.mean_decay(rates), 2), closed, rtol=1e-14)
    assert module.mean_decay(rates)[2] == pytest.approx(1.0 - 5e-10, rel=1e-15)
    closed = [0.5, 0.5, *((1.0 - (1.0 + u) * math.exp(-u)) / u**2 for u in (0.3, 0.5, 0.7, 20.0))]
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(np.delete(module.weighted_decay(rates), 2)[:-1], closed, rtol=1e-13)
    for function in (module.mean_decay, module.weighted_decay):
        assert [float(function(u)) for u in rates.tolist()] == function(rates).tolist()
    assert module.largest_hazard(np.array([0.5, -2.0]), np.array([-3.0, 1.25])).tolist() == [
        math.exp(0.5),
        math.exp(-0.75),
    ]
