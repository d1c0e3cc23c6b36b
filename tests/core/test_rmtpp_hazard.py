"""The exponential hazard in closed form, against quadrature, and where a careless formula fails."""

import numpy as np
import pytest

from .oracles import assert_close
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
