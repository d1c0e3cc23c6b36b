"""Renewal processes: the bound for thinning where the mean gap is no scale, and the draws of gaps."""

import math

import numpy as np
import pytest


@pytest.mark.parametrize(("mu", "sigma", "mean"), [(0.3, 60.0, math.inf), (-1000.0, 1.3, 0.0)])
def test_a_ceiling_where_the_mean_gap_leaves_the_range_of_floats(core, mu, sigma, mean):
    """A unit of time is then the scale: the horizon is finite, and the bound not far above λ on it."""
    process = core.point_process.Renewal(core.point_process.LogNormal(mu, sigma))
    assert process.gap.mean == mean
    bound, horizon = process.ceiling(None, 0.7)
    assert 0.0 < horizon < math.inf
    hazards = [process.hazard(None, float(tau)) for tau in 0.7 + horizon * np.linspace(0.0, 1.0, 30)]
    assert max(hazards) <= bound * (1 + 1e-12)
    assert bound <= 4.0 * max(1.0, hazards[0])


@pytest.mark.parametrize(("name", "parameters"), [("Gamma", (0.4, 1.7)), ("Weibull", (0.6, 2.1))])
def test_an_unbounded_hazard_cannot_be_thinned(core, name, parameters):
    pp, rng = core.point_process, np.random.default_rng(358)
    process = pp.Renewal(getattr(pp, name)(*parameters))
    with pytest.raises(
        ValueError, match=rf"gap must have a bounded hazard .* got {name}.*method='inversion'"
    ):
        pp.simulate_events(process, 5, rng=rng, method="thinning")
    assert process.ceiling(None, 0.9)[0] == pytest.approx(process.hazard(None, 0.9))  # from there on it falls


def test_the_horizon_is_halved_until_its_bound_is_at_most_four_times_the_hazard(core, monkeypatch):
    """And sixty times at most."""
    pp, asked = core.point_process, []
    process = pp.Renewal(pp.LogNormal(-0.4, 0.9))
    near = 4.0 * max(1.0 / process.gap.mean, process.hazard(None, 0.7))
    bounds = iter([2.0 * near, near, 0.5 * near])
    monkeypatch.setattr(pp.LogNormal, "hazard_ceiling", lambda self, low, high: next(bounds))
    assert process.ceiling(None, 0.7) == (near, pytest.approx((process.gap.mean + 0.7) / 2.0))
    monkeypatch.setattr(
        pp.LogNormal, "hazard_ceiling", lambda self, low, high: asked.append(high) or math.inf
    )
    with pytest.raises(ValueError, match="gap must have a bounded hazard"):
        process.ceiling(None, 0.7)
    assert len(asked) == 60


def test_each_wait_is_one_draw(core):
    """So that gaps drawn one by one are those drawn at once."""
    process = core.point_process.Renewal(core.point_process.LogNormal(-0.4, 0.9))
    one_by_one, at_once = (np.random.default_rng(431) for _ in range(2))
    waits = [process.wait(None, one_by_one) for _ in range(7)]
    np.testing.assert_array_equal(waits, process.gap.sample(7, rng=at_once))
