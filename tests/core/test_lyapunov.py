"""Lyapunov exponents against closed forms: eigenvalues, diagonals, determinants and singular values."""

import numpy as np
import pytest


def test_of_a_constant_symmetric_matrix(core):
    """log|eigenvalue|: once the directions have turned into the eigenvectors, to rounding."""
    rng = np.random.default_rng(101)
    Q, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    eigenvalues = np.array([-1.6, 0.9, 0.45, -0.2])
    J = np.broadcast_to(Q @ np.diag(eigenvalues) @ Q.T, (300, 4, 4))
    exponents = core.lyapunov_exponents(J, discard=200)
    np.testing.assert_allclose(exponents, np.log([1.6, 0.9, 0.45, 0.2]), rtol=0, atol=1e-10)


def test_of_random_diagonal_matrices(core):
    diagonals = np.random.default_rng(102).lognormal(0.1, 0.7, size=(50, 5)) * [1, -2, 3, -0.5, 1.5]
    J = np.array([np.diag(d) for d in diagonals])
    expected = np.sort(np.log(np.abs(diagonals)).mean(axis=0))[::-1]
    np.testing.assert_allclose(core.lyapunov_exponents(J), expected, rtol=0, atol=1e-13)
    expected = np.sort(np.log(np.abs(diagonals[20:])).mean(axis=0))[::-1]
    np.testing.assert_allclose(core.lyapunov_exponents(J, discard=20), expected, rtol=0, atol=1e-13)


def test_their_sum_is_the_mean_log_determinant(core):
    J = np.random.default_rng(103).normal(size=(31, 5, 5))
    expected = np.mean([np.linalg.slogdet(J_j)[1] for J_j in J[7:]])
    assert core.lyapunov_exponents(J, discard=7).sum() == pytest.approx(expected, abs=1e-12)


def test_of_triangular_matrices(core):
    """For upper triangular factors the first directions never turn: the diagonals are the growth."""
    J = np.triu(np.random.default_rng(104).normal(size=(40, 4, 4)))
    expected = np.sort(np.log(np.abs(np.diagonal(J, axis1=1, axis2=2))).mean(axis=0))[::-1]
    np.testing.assert_allclose(core.lyapunov_exponents(J), expected, rtol=0, atol=1e-12)


def test_the_largest_is_the_growth_of_the_norm(core):
    """Two routes to one number at T = 10 000: repeated QR, and the log-norm of the whole product."""
    rng = np.random.default_rng(105)
    params = core.init_params(2, 8, 3, rho=1.4, recurrent="gaussian", rng=rng)
    J = core.step_jacobians(params, core.forward(params, rng.normal(size=(10_000, 2))))
    exponents = core.lyapunov_exponents(J)
    assert np.all(np.diff(exponents) < 0)
    growth = core.product_log_norms(J, start=0)[-1] / 10_000
    assert exponents[0] == pytest.approx(growth, abs=1e-3)


def test_the_order_of_the_factors_matters(core):
    """A shear that turns the first direction: the reversed product has other partial growth."""
    J = np.random.default_rng(106).normal(size=(6, 3, 3))
    # The first column of the product, against which QR measures the first direction.
    product = np.linalg.multi_dot(J[::-1])
    first = np.log(np.linalg.norm(product[:, 0])) / 6
    assert np.abs(core.lyapunov_exponents(J) - first).min() < 1e-12


def test_a_zero_jacobian_sends_every_direction_to_zero(core):
    J = np.random.default_rng(107).normal(size=(6, 3, 3))
    J[2] = 0.0
    np.testing.assert_array_equal(core.lyapunov_exponents(J), [-np.inf] * 3)
