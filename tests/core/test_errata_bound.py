"""What the report says of (20), (21) and their implications, and where it does not hold."""

import math

import numpy as np
import pytest

from .oracles import assert_close, problem, relative_error

TRANSIENT = np.array([[0.9, 5.0], [0.0, 0.9]])


@pytest.mark.equation(20)
def test_the_bound_fails_with_the_spectral_radius(core):
    """[[.9, 5], [0, .9]] has radius .9, yet its ninth power has norm 19.4: transient growth."""
    assert core.spectral_radius(TRANSIENT) == pytest.approx(0.9, rel=1e-7)
    log_norm = core.product_log_norms(np.stack([TRANSIENT] * 9), start=0)
    # W⁹ = [[.9⁹, 9·.9⁸·5], [0, .9⁹]] by the binomial theorem; its 2-norm from trace and determinant.
    corner, diagonal = 9 * 0.9**8 * 5, 0.9**9
    squares, determinant = 2 * diagonal**2 + corner**2, diagonal**2
    expected = math.sqrt((squares + math.sqrt(squares**2 - 4 * determinant**2)) / 2)
    assert math.exp(log_norm[9]) == pytest.approx(expected, rel=1e-12)
    assert expected == pytest.approx(19.4, abs=0.05)
    assert core.norm_bound(1.0, 0.9, 9) == pytest.approx(0.387, abs=5e-4)
    assert expected <= core.norm_bound(1.0, core.spectral_norm(TRANSIENT), 9)


@pytest.mark.equation(20)
@pytest.mark.parametrize("gain", [1.0, 2.0])
def test_the_bound_holds_for_gamma_of_one_and_more(core, gain):
    p = problem(127, T=20)
    params = p.params(core)
    trace = core.forward(params, 0.05 * p.x, activation=core.tanh_with_gain(gain))
    log_norm = core.product_log_norms(core.step_jacobians(params, trace))
    t, i = np.tril_indices(21, -1)
    bound = core.log_norm_bound(gain, core.spectral_norm(params.W_hh), t - i)
    assert (log_norm[t, i] < bound).all()
    # No γ below the slope's true supremum would do: at h near 0 one step comes within 5 % of it.
    one_step = log_norm[np.arange(1, 21), np.arange(20)]
    assert one_step.max() > core.log_norm_bound(0.95 * gain, core.spectral_norm(params.W_hh), 1)


@pytest.mark.equation(21)
def test_vanishing_does_not_need_gamma_rho_below_one(core):
    """Section 9.2.2 read backwards is false: saturated units, or a nilpotent W, vanish with γρ > 1."""
    m = 5
    rng = np.random.default_rng(128)
    params = core.init_params(3, m, 4, rho=1.5, recurrent="orthogonal", rng=rng)
    saturated = core.forward(params._replace(b_h=np.full(m, 4.0)), rng.normal(size=(60, 3)))
    assert core.product_log_norms(core.step_jacobians(params, saturated), start=0)[-1] < math.log(1e-10)
    nilpotent = params._replace(W_hh=np.diag(np.full(m - 1, 3.0), k=1))
    assert core.spectral_norm(nilpotent.W_hh) == pytest.approx(3.0, rel=1e-14)
    linear = core.forward(nilpotent, rng.normal(size=(60, 3)), activation=core.IDENTITY)
    J = core.step_jacobians(nilpotent, linear)
    assert core.product_log_norms(J, start=0)[-1] == -np.inf


def test_explosion_does_not_follow_from_gamma_rho_above_one(core):
    """Section 9.2.4: γρ > 1 is necessary only. A linear network explodes, tanh with the same W does not."""
    rng = np.random.default_rng(129)
    params = core.init_params(3, 8, 4, rho=1.1, recurrent="orthogonal", rng=rng)
    x = 3.0 * rng.normal(size=(200, 3))
    exploding = core.step_jacobians(params, core.forward(params, x, activation=core.IDENTITY))
    tame = core.step_jacobians(params, core.forward(params, x))
    assert core.product_log_norms(exploding, start=0)[-1] == pytest.approx(200 * math.log(1.1), rel=1e-10)
    assert core.product_log_norms(tame, start=0)[-1] < 0


def test_the_total_gradient_stays_while_the_long_lags_vanish(core):
    """Section 9.2.3: it is the share of the long lags that goes to zero, not the gradient."""
    p = problem(130, T=60)
    W = p.theta["W_hh"] * (0.7 / np.linalg.norm(p.theta["W_hh"], 2))
    p = p._replace(theta=p.theta | {"W_hh": W})
    terms = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])
    lag = np.subtract.outer(np.arange(60), np.arange(60))
    total = np.linalg.norm(terms.sum(axis=(0, 1)))
    long = np.linalg.norm(terms[lag >= 30].sum(axis=0))
    short = np.linalg.norm(terms[(lag >= 0) & (lag < 5)].sum(axis=0))
    assert total > 0.5
    assert long < 1e-5 * total
    assert short == pytest.approx(total, rel=0.1)


def test_neither_clipping_nor_truncation_mends_vanishing(core):
    """Section 9.2.5: clipping leaves every lag's share as it is; truncation sets the long lags to zero."""
    p = problem(131, T=20)
    params = p.params(core)
    _, grads = core.bptt(params, p.x, p.targets, p.theta["h0"])
    clipped, norm = core.clip_by_global_norm(grads, 0.1)
    assert norm > 0.1
    np.testing.assert_allclose(clipped.W_hh / grads.W_hh, 0.1 / norm, rtol=1e-12)
    terms = core.lag_contributions(params, p.x, p.targets, p.theta["h0"])
    window = np.arange(20) // 5
    kept = terms[np.equal.outer(window, window)].sum(axis=0)  # both ends between the same two cuts
    _, truncated = core.truncated_bptt(params, p.x, p.targets, 5, p.theta["h0"])
    assert_close(truncated.W_hh, kept)
    assert relative_error(truncated.W_hh, grads.W_hh) > 0.01
