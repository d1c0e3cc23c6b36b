"""Jacobians and norms of their products, against plain products, the SVD and closed forms."""

import math

import numpy as np
import pytest

from .oracles import PHIS, assert_close, complex_step, problem, run
from .spoilt import raises


def plain_log_norms(J):
    """log‖J_t⋯J_{i+1}‖₂ for every i < t by multiplying out and taking singular values."""
    T = len(J)
    log_norm = np.full((T + 1, T + 1), np.nan)
    for i in range(T + 1):
        product = np.eye(J.shape[-1])
        log_norm[i, i] = 0.0
        for t in range(i + 1, T + 1):
            product = J[t - 1] @ product
            log_norm[t, i] = np.log(np.linalg.svd(product, compute_uv=False)[0])
    return log_norm


@pytest.mark.equation(18)
@pytest.mark.parametrize("phi", PHIS)
def test_step_jacobians(core, phi):
    p = problem(81)
    params = p.params(core)
    J = core.step_jacobians(params, core.forward(params, p.x, p.theta["h0"], PHIS[phi].make(core)))
    h = np.real(run(p.theta, p.x, PHIS[phi].value)[1])
    for j in range(1, 8):
        expected = complex_step(
            lambda start, j=j: np.array(run(p.theta | {"h0": start}, p.x[j - 1 : j], PHIS[phi].value)[1][1]),
            h[j - 1],
        )
        assert_close(J[j - 1], expected)


def test_step_jacobians_of_a_batch(core):
    p = problem(82, B=6)
    params = p.params(core)
    J = core.step_jacobians(params, core.forward(params, p.x, p.theta["h0"]))
    for b in range(6):
        alone = core.forward(params, p.x[:, b], p.theta["h0"][b])
        np.testing.assert_allclose(J[:, b], core.step_jacobians(params, alone), rtol=1e-13, atol=1e-15)


def test_step_jacobians_of_one_step(core):
    p = problem(91, T=1)
    params = p.params(core)
    trace = core.forward(params, p.x, p.theta["h0"])
    expected = (1.0 - np.tanh(trace.a[0]) ** 2)[:, None] * params.W_hh
    np.testing.assert_allclose(core.step_jacobians(params, trace), expected[None], rtol=1e-13)


def test_a_trace_or_log_norms_that_do_not_fit(core):
    p = problem(92)
    params, trace = p.params(core), core.forward(p.params(core), p.x)
    single, wider = trace._replace(h=trace.h.astype(np.float32)), trace._replace(h=np.zeros((8, 6)))
    message = r"trace\.h must have dtype float64, .* got float32"
    raises(TypeError, message, lambda: core.step_jacobians(params, single))
    message = r"trace\.h must have 5 hidden units, like the parameters, got 6"
    raises(ValueError, message, lambda: core.step_jacobians(params, wider))
    message = r"trace\.h must hold the states of at least one step, got shape \(1, 5\)"
    raises(ValueError, message, lambda: core.step_jacobians(params, trace._replace(h=trace.h[:1])))
    for wrong in (np.inf, np.nan):
        message = rf"log_norm must .* no NaN, got array\(\[ *0\., *{wrong}"
        raises(ValueError, message, lambda wrong=wrong: core.decay_rate(np.array([0.0, wrong])))


@pytest.mark.equation(19, 21)
def test_all_pairs_of_log_norms(core):
    J = np.random.default_rng(83).normal(size=(9, 5, 5)) / 2
    log_norm = core.product_log_norms(J)
    expected = plain_log_norms(J)
    assert log_norm.shape == (10, 10)
    np.testing.assert_allclose(log_norm, expected, rtol=0, atol=1e-12)  # NaN where t < i, in both
    np.testing.assert_array_equal(np.diag(log_norm), np.zeros(10))


@pytest.mark.parametrize("start", [0, 4, 9])
def test_log_norms_from_one_start(core, start):
    J = np.random.default_rng(84).normal(size=(9, 5, 5)) / 2
    np.testing.assert_allclose(
        core.product_log_norms(J, start=start), plain_log_norms(J)[:, start], rtol=0, atol=1e-12
    )


def test_log_norms_of_a_batch(core):
    J = np.random.default_rng(85).normal(size=(8, 3, 5, 5)) / 2
    log_norm, from_two = core.product_log_norms(J), core.product_log_norms(J, start=2)
    assert log_norm.shape == (9, 9, 3)
    for b in range(3):
        expected = plain_log_norms(J[:, b])
        np.testing.assert_allclose(log_norm[..., b], expected, rtol=0, atol=1e-12)
        np.testing.assert_allclose(from_two[:, b], expected[:, 2], rtol=0, atol=1e-12)


def test_log_norms_of_float32_jacobians(core):
    J = (np.random.default_rng(86).normal(size=(8, 5, 5)) / 2).astype(np.float32)
    expected = plain_log_norms(J.astype(np.float64))
    np.testing.assert_allclose(core.product_log_norms(J), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("scale", [0.2, 3.0])
def test_ten_thousand_steps_stay_finite(core, scale):
    """scale^T leaves the range of floats; its logarithm does not, and orthogonal factors make it exact."""
    rng = np.random.default_rng(87)
    J = scale * np.linalg.qr(rng.normal(size=(10_000, 4, 4)))[0]
    log_norm = core.product_log_norms(J, start=0)
    assert np.isfinite(log_norm).all()
    np.testing.assert_allclose(log_norm, np.arange(10_001) * math.log(scale), rtol=1e-12)


def test_each_sequence_of_a_batch_has_a_range_of_its_own(core):
    """One product grows and one shrinks, by more than the range of floats together."""
    scale = np.array([0.1, 3.0])
    J = scale[:, None, None] * np.linalg.qr(np.random.default_rng(93).normal(size=(500, 2, 3, 3)))[0]
    expected = np.arange(501)[:, None] * np.log(scale)
    np.testing.assert_allclose(core.product_log_norms(J, start=0), expected, rtol=1e-12)


@pytest.mark.parametrize("rho", [0.5, 2.0])
def test_ten_thousand_steps_of_a_network(core, rho):
    """On the engine's own Jacobians: finite, below the bound, and the head equal to plain products."""
    rng = np.random.default_rng(88)
    params = core.init_params(3, 6, 4, rho=rho, recurrent="gaussian", rng=rng)
    J = core.step_jacobians(params, core.forward(params, rng.normal(size=(10_000, 3))))
    log_norm = core.product_log_norms(J, start=0)
    assert np.isfinite(log_norm).all()
    assert (log_norm[1:] <= np.arange(1, 10_001) * math.log(rho) + 1e-9).all()
    np.testing.assert_allclose(log_norm[:31], plain_log_norms(J[:30])[:, 0], rtol=0, atol=1e-10)


def test_a_product_that_is_zero(core):
    """A nilpotent matrix of size 4 vanishes at the fourth power, though its norm is above one."""
    N = np.diag([3.0, 5.0, 7.0], k=1)
    log_norm = core.product_log_norms(np.stack([N] * 6), start=0)
    np.testing.assert_allclose(log_norm[:4], np.log([1.0, 7.0, 35.0, 105.0]), rtol=1e-13)
    np.testing.assert_array_equal(log_norm[4:], [-np.inf] * 3)
    assert core.decay_rate(log_norm) == 0.0
    assert core.lag_below(log_norm) == 4


def test_norm_and_radius(core):
    W = np.random.default_rng(89).normal(size=(6, 6))
    assert core.spectral_norm(W) == pytest.approx(math.sqrt(np.linalg.eigvalsh(W @ W.T)[-1]), rel=1e-13)
    rotation = 1.7 * np.array([[math.cos(0.4), -math.sin(0.4)], [math.sin(0.4), math.cos(0.4)]])
    assert core.spectral_radius(rotation) == pytest.approx(1.7, rel=1e-14)  # eigenvalues 1.7 e^{±0.4i}
    triangular = np.triu(W)
    assert core.spectral_radius(triangular) == pytest.approx(np.abs(np.diag(W)).max(), rel=1e-12)
    symmetric = W + W.T
    assert core.spectral_radius(symmetric) == pytest.approx(core.spectral_norm(symmetric), rel=1e-13)


def test_gelfand(core):
    """‖Wᵏ‖^(1/k) tends to the spectral radius, however far the norm is from it."""
    W = np.array([[0.9, 5.0], [0.0, 0.9]])
    log_norm = core.product_log_norms(np.broadcast_to(W, (10_000, 2, 2)), start=0)
    assert core.decay_rate(log_norm) == pytest.approx(core.spectral_radius(W), rel=2e-3)
    assert core.decay_rate(log_norm[:11]) > 1.3


@pytest.mark.equation(20)
def test_norm_bound(core):
    for gamma, rho, lag in (
        (0.7, 1.9, 6),
        (1.0, 0.9, 40),
        (1.7, 1.3, 5),
        (0.25, 2.0, 0),
        (0.0, 2.0, 3),
        (2.0, 0.0, 3),
        (2.0, 0.0, 0),
    ):
        expected = math.prod([gamma * rho] * lag)
        assert core.norm_bound(gamma, rho, lag) == pytest.approx(expected, rel=1e-13)
        with np.errstate(divide="ignore"):
            assert core.log_norm_bound(gamma, rho, lag) == pytest.approx(float(np.log(expected)), rel=1e-12)
    lags = np.arange(5)
    np.testing.assert_allclose(core.norm_bound(0.5, 3.0, lags), 1.5**lags, rtol=1e-14)
    np.testing.assert_allclose(core.log_norm_bound(0.5, 3.0, lags), lags * math.log(1.5), rtol=1e-14)
    np.testing.assert_array_equal(core.log_norm_bound(0.0, 3.0, lags), [0.0, *[-np.inf] * 4])


def test_the_log_bound_stays_finite_where_the_bound_does_not(core):
    assert core.norm_bound(1.0, 2.0, 10_000) == np.inf
    assert core.log_norm_bound(1.0, 2.0, 10_000) == pytest.approx(10_000 * math.log(2), rel=1e-14)
    assert core.log_norm_bound(1e200, 1e200, 3) == pytest.approx(1200 * math.log(10), rel=1e-14)
    assert core.log_norm_bound(1e-200, 1e-200, 3) == pytest.approx(-1200 * math.log(10), rel=1e-14)
    assert core.log_norm_bound(1e200, 1e200, 0) == 0.0


@pytest.mark.equation(20)
@pytest.mark.parametrize("rho", [0.8, 1.0, 1.25])
def test_the_bound_is_attained_by_an_orthogonal_matrix_and_the_identity(core, rho):
    rng = np.random.default_rng(90)
    params = core.init_params(3, 6, 4, rho=rho, recurrent="orthogonal", rng=rng)
    trace = core.forward(params, rng.normal(size=(40, 3)), activation=core.IDENTITY)
    log_norm = core.product_log_norms(core.step_jacobians(params, trace))
    t, i = np.tril_indices(41)
    np.testing.assert_allclose(log_norm[t, i], core.log_norm_bound(1.0, rho, t - i), rtol=0, atol=1e-12)


def test_decay_rate_and_lag_below(core):
    log_norm = np.array([0.0, 0.5, -1.0, -5.0, -4.0, -6.0, -12.0])
    assert core.decay_rate(log_norm) == pytest.approx(math.exp(-2.0), rel=1e-14)
    assert core.decay_rate(log_norm[:2]) == pytest.approx(math.exp(0.5), rel=1e-14)  # one step is enough
    assert core.lag_below(log_norm) == 3  # log 0.01 is −4.605: the first crossing counts
    assert core.lag_below(log_norm, fraction=1.0) == 2
    assert core.lag_below(log_norm, fraction=1e-5) == 6
    assert core.lag_below(log_norm, fraction=1e-6) is None
