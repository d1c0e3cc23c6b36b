"""A power of W_hh in the place of the Jacobians: when it is right, and that it is wrong in general."""

import numpy as np
import pytest

from .oracles import assert_close, problem, relative_error


def product(J, t, k):
    """J_t ⋯ J_{k+1}."""
    return np.linalg.multi_dot([np.eye(len(J[0])), *J[k:t][::-1], np.eye(len(J[0]))])


@pytest.mark.equation(18, 19)
def test_the_power_can_be_right_though_no_slope_matrix_is_the_identity(core):
    """W = diag(1, 0) and D = diag(1, 1/2): DW = W. The second unit is held at slope 1/2 by a bias."""
    W = np.diag([1.0, 0.0])
    params = core.init_params(1, 2, 3, rng=np.random.default_rng(171))
    params = params._replace(W_hh=W, b_h=np.array([0.0, np.arctanh(np.sqrt(0.5))]))
    trace = core.forward(params, np.zeros((9, 1)))
    slope = 1.0 - trace.h[1:] ** 2
    np.testing.assert_allclose(slope, [[1.0, 0.5]] * 9, rtol=1e-12)
    J = core.step_jacobians(params, trace)
    for t in range(1, 10):
        for k in range(t):
            assert_close(product(J, t, k), np.linalg.matrix_power(W, t - k))


@pytest.mark.equation(18, 19)
def test_the_jacobians_of_a_generic_network_are_no_power(core):
    p = problem(172)
    params = p.params(core)
    J = core.step_jacobians(params, core.forward(params, p.x, p.theta["h0"]))
    for t in range(1, 8):
        for k in range(t):
            assert relative_error(np.linalg.matrix_power(params.W_hh, t - k), product(J, t, k)) > 0.05


def test_for_an_invertible_matrix_determinants_decide(core):
    """det(J_t⋯J_{k+1}) = ∏ of all slopes · det(W)^(t−k): with slopes in (0, 1] equality means all are 1."""
    p = problem(173)
    params = p.params(core)
    trace = core.forward(params, p.x, p.theta["h0"])
    slope = 1.0 - trace.h[1:] ** 2
    assert ((slope > 0.0) & (slope < 1.0)).all()
    J = core.step_jacobians(params, trace)
    ratio = np.linalg.det(product(J, 7, 2)) / np.linalg.det(np.linalg.matrix_power(params.W_hh, 5))
    assert ratio == pytest.approx(slope[2:7].prod(), rel=1e-9)
    assert ratio < 0.9
