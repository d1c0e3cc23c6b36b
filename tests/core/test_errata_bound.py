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


def test_the_total_gradient_can_stay_while_the_long_lags_vanish(core):
    """Section 9.2.3: an input and a loss at every step. Here the gradient is not small, its long lags are."""
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


@pytest.mark.parametrize(("T", "share"), [(20, 9 / 19), (200, 189 / 199)])
def test_the_share_of_the_long_lags_need_not_fall(core, T, share):
    """One linear unit, w = 1/2, one input at step 1, the loss at step T: every lag gives δ w^(T−2).

    γρ is 1/2, and the lags of ten and more have a share near one: it is the whole gradient that vanishes.
    """
    one = np.ones((1, 1))
    params = core.RNNParams(one, 0.5 * one, np.array([[1.0], [-1.0]]), np.zeros(1), np.zeros(2))
    x = np.zeros((T, 1))
    x[0] = 1.0
    terms = core.lag_contributions(params, x, np.zeros(T, int), activation=core.IDENTITY)[-1, :, 0, 0]
    y = core.forward(params, x, activation=core.IDENTITY).y[-1]
    delta = (y[0] - 1.0) - y[1]
    np.testing.assert_allclose(terms[1:], delta * 0.5 ** (T - 2), rtol=1e-12)
    assert terms[0] == 0.0  # h_0 = 0
    assert np.abs(terms[: T - 10]).sum() / np.abs(terms).sum() == pytest.approx(share, rel=1e-12)
    assert abs(terms.sum()) == pytest.approx((T - 1) * abs(delta) * 0.5 ** (T - 2), rel=1e-12)


def test_a_radius_of_zero_and_an_exploding_network(core):
    """Elsewhere (20) has the largest eigenvalue of W. Here it is 0, φ is tanh, and the product grows."""
    c, bias = 2.5, 1.0
    W = c * np.array([[1.0, -1.0], [1.0, -1.0]])
    rest = np.array([0.0, np.tanh(bias)])
    params = core.RNNParams(np.zeros((2, 1)), W, np.ones((1, 2)), [0.0, bias] - W @ rest, np.zeros(1))
    params = params._replace(b_h=np.asarray(params.b_h))
    assert core.spectral_radius(W) < 1e-7  # W² = 0
    trace = core.forward(params, np.zeros((20, 1)), rest)
    log_norm = core.product_log_norms(core.step_jacobians(params, trace), start=0)
    slope = 1.0 - np.tanh(bias) ** 2
    growth = c * (1.0 - slope)  # the eigenvalue of DW that is not 0: DW has rank one
    assert growth > 1.4
    np.testing.assert_allclose(np.diff(log_norm[1:]), math.log(growth), rtol=1e-6)
    assert log_norm[20] <= core.log_norm_bound(1.0, core.spectral_norm(W), 20)


def test_an_exponent_of_zero_decides_nothing(core):
    """I stays, [[1, 1], [0, 1]] explodes, and factors t/(t+1) vanish: all three exponents are zero."""
    T = 10_000
    t = np.arange(1, T + 1)
    stays = np.broadcast_to(np.eye(2), (T, 2, 2))
    explodes = np.broadcast_to([[1.0, 1.0], [0.0, 1.0]], (T, 2, 2))
    vanishes = (t / (t + 1))[:, None, None] * np.eye(2)
    for J, last in ((stays, 1.0), (explodes, T), (vanishes, 1 / (T + 1))):
        log_norm = core.product_log_norms(J, start=0)
        assert math.exp(log_norm[-1]) == pytest.approx(last, rel=1e-6)
        assert abs(log_norm[-1]) / T < 1e-3
        assert core.lyapunov_exponents(J, discard=9_000)[0] == pytest.approx(0.0, abs=2e-3)


def test_the_exponent_may_depend_on_the_start(core):
    """J_1 = 0 lets nothing of h_0 through; of h_1 everything is left. Invertible factors cannot do this."""
    J = np.broadcast_to(1.1 * np.eye(2), (50, 2, 2)).copy()
    J[0] = 0.0
    log_norm = core.product_log_norms(J)
    assert log_norm[50, 0] == -math.inf
    assert log_norm[50, 1] == pytest.approx(49 * math.log(1.1), rel=1e-12)
    assert core.lyapunov_exponents(J)[0] == -math.inf
    assert core.lyapunov_exponents(J[1:])[0] == pytest.approx(math.log(1.1), rel=1e-12)


@pytest.mark.parametrize("J", [np.diag([2.0, 0.0]), np.array([[1.0, -1.0], [1.0, -1.0]])])
def test_a_direction_that_is_lost_has_an_exponent_of_minus_infinity_or_nearly(core, J):
    """Exactly zero in floating point only by luck: of 1 and −1 a remainder of 1e-16 may be left."""
    assert core.lyapunov_exponents(np.stack([J] * 10))[-1] < -30.0


def test_neither_clipping_nor_truncation_mends_vanishing(core):
    """Section 9.2.5: clipping leaves the shares; truncation sets long lags to zero, and some short ones."""
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
    # Of the terms with a lag below the window, those that straddle a cut go too: 3 of 19 pairs of lag 1.
    lag = np.subtract.outer(np.arange(20), np.arange(20))
    straddle = (lag >= 0) & (lag < 5) & ~np.equal.outer(window, window)
    assert [(straddle & (lag == ell)).sum() for ell in range(5)] == [0, 3, 6, 9, 12]
    all_short = terms[(lag >= 0) & (lag < 5)].sum(axis=0)
    assert_close(all_short - truncated.W_hh, terms[straddle].sum(axis=0))
    assert relative_error(truncated.W_hh, all_short) > 0.01
