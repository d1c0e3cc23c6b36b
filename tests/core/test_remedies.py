"""Statements of the chapter on remedies beyond the report: what truncation, skips and gates do not do."""

import numpy as np
import pytest

from .oracles import problem


def last_step_gradient(core, T, window):
    """The truncated gradient of W_hh when only the last of T steps has a loss."""
    p = problem(911, T=T)
    mask = np.arange(T) == T - 1
    return core.truncated_bptt(p.params(core), p.x, p.targets, window, p.theta["h0"], mask=mask)[1].W_hh


def test_windows_that_leave_the_same_last_stretch_are_one_experiment(core):
    """With T = 21 windows of 1, 4 and 20 steps leave one step, and one of 16 looks back over four."""
    one, four, twenty = (last_step_gradient(core, 21, window) for window in (1, 4, 20))
    np.testing.assert_array_equal(one, four)
    np.testing.assert_array_equal(one, twenty)
    np.testing.assert_array_equal(last_step_gradient(core, 21, 16), last_step_gradient(core, 21, 8))


def test_windows_that_divide_the_length_are_different_experiments(core):
    gradients = [last_step_gradient(core, 20, window) for window in (1, 2, 4, 5, 10, 20)]
    for i, one in enumerate(gradients):
        for other in gradients[:i]:
            assert np.linalg.norm(one - other) > 1e-6 * np.linalg.norm(other)


@pytest.mark.parametrize(("entry", "skips_help"), [(-0.4, True), (0.4, True), (-0.9, False), (0.9, True)])
def test_a_skip_connection_may_also_pass_less(core, entry, skips_help):
    """Ten layers Φ A = aI: with skips (1 + a)^10 arrives, without |a|^10; surely more for |a| < 1/2 only."""
    stack = core.residual.init_stack(3, 3, 2, 10, rng=np.random.default_rng(0))
    layers = [
        layer._replace(W_hx=entry * np.eye(3), W_hh=np.zeros((3, 3)), b_h=np.zeros(3))
        for layer in stack.layers
    ]
    stack = stack._replace(layers=type(stack.layers)(layers))
    x, targets = np.full((1, 3), 0.1), np.zeros(1, int)
    arrives = {}
    for skip in (True, False):
        result = core.residual.stack_backpropagate(stack, x, targets, None, core.IDENTITY, skip=skip)
        arrives[skip] = np.linalg.norm(result.grad_z[0]) / np.linalg.norm(result.grad_z[-1])
    np.testing.assert_allclose(arrives[True], (1 + entry) ** 10, rtol=1e-9)
    np.testing.assert_allclose(arrives[False], abs(entry) ** 10, rtol=1e-9)
    assert (arrives[True] > arrives[False]) == skips_help


def test_the_two_reset_gates_agree_for_diagonal_matrices_alone(core):
    """A single entry off the diagonal, the state a unit vector, and gates of two values: they differ."""
    m, rng = 4, np.random.default_rng(912)
    before = core.gated.init_gru(m, m, 2, reset="before", rng=rng)
    before.W_hx[m:] = 0.0  # the input acts on r alone
    W_hh = before.W_hh.copy()
    W_hh[2 * m :] = np.diag(rng.standard_normal(m))

    def step(W_hh, x, h):
        params = before._replace(W_hh=W_hh)
        after = params._replace(b_hn=np.zeros(m))
        return [core.gated.gru_forward(p, x, h).h[1] for p in (params, after)]

    for _ in range(10):
        np.testing.assert_allclose(
            *step(W_hh, rng.standard_normal((1, m)), rng.uniform(-1, 1, m)), rtol=1e-12
        )
    W_hh[2 * m, 1] = 0.5  # from entry 1 to entry 0
    h = np.eye(m)[1]
    wanted = np.array([3.0, -3.0, 0.0, 0.0])  # the argument of r
    x = np.linalg.solve(before.W_hx[:m], wanted - before.W_hh[:m] @ h - before.b_h[:m])
    one, other = step(W_hh, x[None], h)
    assert abs(one[0] - other[0]) > 1e-2


@pytest.mark.parametrize(("b_n", "stays"), [(0.0, True), (1.0, False)])
def test_zero_is_a_fixed_point_of_a_gru_only_without_a_bias_of_the_candidate(core, b_n, stays):
    params = core.gated.GRUParams(
        np.zeros((3, 1)),
        np.array([[0.0], [0.0], [2.0]]),
        np.zeros((2, 1)),
        np.array([0.0, 0.0, b_n]),
        np.zeros(2),
        np.zeros(1),
    )
    h = core.gated.gru_forward(params, np.zeros((1, 1)), np.zeros(1)).h[1, 0]
    assert (h == 0.0) == stays
    assert stays or h == pytest.approx(0.5 * np.tanh(1.0))


def test_small_inputs_change_no_slope_of_a_relu_network_without_biases(core):
    rng = np.random.default_rng(913)
    params = core.init_params(6, 20, 4, rho=1.0, recurrent="identity", rng=rng)
    x = core.one_hot(rng.integers(0, 6, 50), 6)
    h = core.forward(params, x, activation=core.RELU).h
    small = core.forward(params._replace(W_hx=0.1 * params.W_hx), x, activation=core.RELU).h
    np.testing.assert_allclose(small, 0.1 * h, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("bias", [0.0, 1.0, 3.0])
def test_what_an_lstm_carries_is_the_pair_of_state_and_cell(core, bias):
    """∂L/∂(h, c)^(t) from `grad_h`, and from forget gates and `grad_c`, is the product of Jacobians."""
    rng = np.random.default_rng(914)
    params = core.gated.init_lstm(3, 5, 4, forget_bias=bias, rho=1.5, rng=rng)
    x, targets, mask = rng.standard_normal((9, 3)), np.zeros(9, int), np.arange(9) == 8
    result = core.gated.lstm_backpropagate(params, x, targets, mask=mask)
    trace = core.gated.lstm_forward(params, x)
    keep = core.gated.lstm_cell_path(trace)
    row = np.concatenate([result.grad_o[-1] @ params.W_yh, np.zeros(5)])
    for t in range(8, 0, -1):
        row = row @ core.gated.lstm_step_jacobians(params, trace)[t]
        pair = np.concatenate([result.grad_h[t], keep[t] * result.grad_c[t + 1]])
        np.testing.assert_allclose(pair, row, rtol=1e-9, atol=1e-14)
