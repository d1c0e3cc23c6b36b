"""The self-correcting process at growth rates other than 1: the bound for thinning, and the wait."""

import math

import numpy as np
import pytest


@pytest.mark.parametrize("mu", [0.37, 2.9])
def test_on_the_horizon_of_a_small_rate_one_proposal_is_expected(core, mu):
    """As much as λ is below μ so long the horizon is, half a time of growth at the least."""
    process = core.point_process.SelfCorrecting(mu, 1.3)
    for room in (0.0, 0.6, 1.4, 3.0, 25.0, 900.0):  # of log λ below log μ
        bound, horizon = process.ceiling(math.log(mu) - room - 0.8, 0.8 / mu)
        assert bound == pytest.approx(mu * math.exp(mu * horizon - room), rel=1e-9)
        assert bound * horizon < 1.0
        assert mu * horizon >= max(0.4999, room - math.log1p(room) - 1e-9)


@pytest.mark.parametrize("state", [-760.0, -2.3, 0.9])
def test_the_wait_inverts_the_compensator(core, state):
    """Λ grows by a unit exponential: e^state (e^(μτ) − 1)/μ, or its logarithm where that is out of range."""
    mu = 0.37
    drawn, rng = (np.random.default_rng(432) for _ in range(2))
    process = core.point_process.SelfCorrecting(mu, 1.3)
    for _ in range(7):
        grown, tau = drawn.exponential(), process.wait(state, rng)
        log_power = mu * tau if mu * tau > 50.0 else math.log(math.expm1(mu * tau))
        assert state + log_power - math.log(mu) == pytest.approx(math.log(grown), abs=1e-9)


def test_a_draw_of_zero_is_no_wait(core):
    class Zero:
        def exponential(self):
            return 0.0

    assert 0.0 <= core.point_process.SelfCorrecting(0.37, 1.3).wait(-2.3, Zero()) < 1e-300
