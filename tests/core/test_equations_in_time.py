"""Equations (11), (12), (16) to (21): sums over paths through time, against enumeration and complex step."""

import math

import numpy as np
import pytest

from .oracles import (
    PHIS,
    assert_close,
    complex_step,
    gradient_of,
    loss,
    paths_gradient,
    problem,
    run,
    step_losses,
)


def _unrolled(p):
    """a, h and ∂L/∂o as real arrays."""
    a, h, _ = (np.real(values) for values in run(p.theta, p.x))
    grad_o = complex_step(
        lambda e: loss(p.theta, p.x, p.targets, add_o=e), np.zeros((len(p.x), len(p.theta["b_y"])))
    )
    return a, h, grad_o


@pytest.mark.equation(11)
def test_unrolled_grad_W_hh(core):
    p = problem(21, m=3, n=2)
    a, h, grad_o = _unrolled(p)
    actual = core.equations.unrolled_grad_W_hh(p.params(core), a, h, grad_o)
    assert_close(actual, gradient_of(p, "W_hh"))
    by_paths = sum(paths_gradient(p.theta, a, h, p.theta["W_yh"].T @ grad_o[t - 1], t) for t in range(1, 8))
    assert_close(actual, by_paths)


@pytest.mark.equation(12)
def test_step_grad_W_hh(core):
    p = problem(22, m=3, n=2)
    a, h, grad_o = _unrolled(p)

    def step_loss(W, t):
        return step_losses(run(p.theta | {"W_hh": W}, p.x)[2], p.targets)[t - 1]

    for t in range(1, 8):
        actual = core.equations.step_grad_W_hh(p.params(core), a, h, grad_o, t)
        assert_close(actual, complex_step(lambda W, t=t: step_loss(W, t), p.theta["W_hh"]))
        assert_close(actual, paths_gradient(p.theta, a, h, p.theta["W_yh"].T @ grad_o[t - 1], t))


def test_immediate_grad_W_hh(core):
    """∂⁺h^(k)/∂W_hh is one step's derivative: h^(k−1) does not move."""
    p = problem(23)
    drive = p.theta["W_hx"] @ p.x[0] + p.theta["b_h"]

    def one_step(W):
        return np.tanh(drive + W @ p.theta["h0"])

    a = drive + p.theta["W_hh"] @ p.theta["h0"]
    assert_close(
        core.equations.immediate_grad_W_hh(a, p.theta["h0"]), complex_step(one_step, p.theta["W_hh"])
    )


def _run_simple(W_h, W_x, x, h0, add_h=None):
    """h_1 … h_T of (17) with tanh, in arrays that may be complex; `add_h[i]` is added to h_i."""
    h = [h0 if add_h is None else h0 + add_h[0]]
    for t, x_t in enumerate(x, start=1):
        h.append(np.tanh(W_h @ h[-1] + W_x @ x_t) + (0 if add_h is None else add_h[t]))
    return np.array(h)


def _jacobian_oracle(p, t, i):
    """∂h_t/∂h_i of (17) by disturbing h_i."""
    W_h, W_x, h0 = p.theta["W_hh"], p.theta["W_hx"], p.theta["h0"]

    def h_t(e):
        add = np.zeros((len(p.x) + 1, len(h0)), dtype=complex)
        add[i] = e
        return _run_simple(W_h, W_x, p.x, h0, add)[t]

    return complex_step(h_t, np.zeros(len(h0)))


def _jacobians(core, p):
    h = _run_simple(p.theta["W_hh"], p.theta["W_hx"], p.x, p.theta["h0"])
    return h, np.array([core.equations.jacobian(p.theta["W_hh"], 1 - h_j**2) for h_j in h[1:]])


@pytest.mark.equation(16)
def test_mean_unrolled_grad(core):
    p = problem(24)
    W_x, h0 = p.theta["W_hx"], p.theta["h0"]
    rows = np.random.default_rng(24).normal(size=(7, 5))  # ∂L_t/∂h_t of the losses L_t = rows[t−1] · h_t

    def mean_loss(W_h):
        return np.sum(rows * _run_simple(W_h, W_x, p.x, h0)[1:]) / 7

    h, J = _jacobians(core, p)
    immediate = np.array(
        [
            complex_step(lambda W, i=i: np.tanh(W @ h[i] + W_x @ p.x[i]), p.theta["W_hh"])  # h[i] held fixed
            for i in range(7)
        ]
    )
    actual = core.equations.mean_unrolled_grad(rows, J, immediate)
    assert_close(actual, complex_step(mean_loss, p.theta["W_hh"]))


@pytest.mark.equation(17)
@pytest.mark.parametrize("phi", PHIS)
def test_simple_recurrence(core, phi):
    p = problem(25)
    W_h, W_x, h0 = (p.theta[name] for name in ("W_hh", "W_hx", "h0"))
    expected = [
        PHIS[phi]
        .value(sum(W_h[i, j] * h0[j] for j in range(5)) + sum(W_x[i, j] * p.x[0, j] for j in range(3)))
        .real
        for i in range(5)
    ]
    actual = core.equations.simple_recurrence(W_h, W_x, h0, p.x[0], PHIS[phi].make(core))
    assert_close(actual, expected, 1e-13)


def test_simple_recurrence_is_tanh_unless_told(core):
    p = problem(26)
    W_h, W_x, h0 = (p.theta[name] for name in ("W_hh", "W_hx", "h0"))
    actual = core.equations.simple_recurrence(W_h, W_x, h0, p.x[0])
    assert_close(actual, _run_simple(W_h, W_x, p.x[:1], h0)[1])


@pytest.mark.equation(18)
def test_jacobian(core):
    p = problem(27)
    _, J = _jacobians(core, p)
    for j in range(1, 8):
        assert_close(J[j - 1], _jacobian_oracle(p, j, j - 1))


@pytest.mark.equation(19)
def test_jacobian_product(core):
    p = problem(28)
    _, J = _jacobians(core, p)
    for t in range(8):
        for i in range(t + 1):
            assert_close(core.equations.jacobian_product(J, t, i), _jacobian_oracle(p, t, i))
    np.testing.assert_array_equal(core.equations.jacobian_product(J, 3, 3), np.eye(5))


@pytest.mark.equation(20)
def test_jacobian_bound(core):
    for gamma, rho, lag in ((0.7, 1.9, 6), (1.0, 0.9, 4), (1.7, 1.3, 5), (0.25, 2.0, 0)):
        expected = math.prod([gamma * rho] * lag)
        assert core.equations.jacobian_bound(gamma, rho, lag) == pytest.approx(expected, rel=1e-14)
    p = problem(29, T=12)
    rho = math.sqrt(max(np.linalg.eigvalsh(p.theta["W_hh"].T @ p.theta["W_hh"])))
    for t in range(13):
        for i in range(t):
            norm = np.linalg.norm(_jacobian_oracle(p, t, i), 2)
            assert norm < core.equations.jacobian_bound(1.0, rho, t - i)


@pytest.mark.equation(21)
def test_influence(core):
    p = problem(30)
    _, J = _jacobians(core, p)
    for i in range(8):
        expected = [np.linalg.svd(_jacobian_oracle(p, t, i), compute_uv=False)[0] for t in range(i, 8)]
        assert_close(core.equations.influence(J, i), expected)


@pytest.mark.equation(21)
def test_influence_tends_to_zero_when_gamma_rho_is_below_one(core):
    p = problem(31, T=400)
    W = p.theta["W_hh"] * (0.9 / np.linalg.norm(p.theta["W_hh"], 2))
    _, J = _jacobians(core, p._replace(theta=p.theta | {"W_hh": W}))
    influence = core.equations.influence(J, 3)
    assert influence[0] == pytest.approx(1.0, rel=1e-14)
    assert influence[-1] < 0.9**397
    assert np.all(np.diff(influence) < 0)
