"""What the report prints of (5) to (16) and does not hold: each printed form fails here by a margin.

The oracle is always the complex step on the scalar network, which knows nothing of (6) to (16).
"""

import numpy as np
import pytest

from .oracles import (
    assert_close,
    central_difference,
    complex_step,
    gradient_of,
    loss,
    problem,
    relative_error,
    run,
)


def _passed_back(core, p, previous_gradient):
    """∂L/∂W_hh when ∂L/∂h^(t−1) is `previous_gradient(t, delta_t)`, t = T..2."""
    params = p.params(core)
    a, h, _, y = core.equations.network(params, p.x, p.theta["h0"])
    grad_o = y - np.eye(y.shape[1])[p.targets]
    grad_h, delta = params.W_yh.T @ grad_o[-1], []
    for t in range(len(p.x), 0, -1):
        delta.insert(0, core.equations.local_gradient(grad_h, a[t - 1]))
        if t > 1:
            grad_h = previous_gradient(params, delta[0], grad_o[t - 2], 1 - np.tanh(a[t - 2]) ** 2)
    return core.equations.grad_W_hh(delta, h)


@pytest.mark.equation(10)
@pytest.mark.parametrize("seed", range(5))
def test_equation_10_as_printed_is_wrong_twice_over(core, seed):
    p = problem(seed)
    exact = gradient_of(p, "W_hh")
    printed = _passed_back(core, p, lambda w, delta, direct, slope: (w.W_hh.T @ delta) * slope)
    slope_once = _passed_back(core, p, lambda w, delta, direct, slope: w.W_hh.T @ delta)
    direct_added = _passed_back(
        core, p, lambda w, delta, direct, slope: (w.W_hh.T @ delta) * slope + w.W_yh.T @ direct
    )
    corrected = _passed_back(
        core, p, lambda w, delta, direct, slope: core.equations.grad_previous_state(w, delta, direct)
    )
    assert relative_error(printed, exact) > 0.5
    assert relative_error(slope_once, exact) > 0.5
    assert relative_error(direct_added, exact) > 0.05
    assert_close(corrected, exact)
    assert_close(corrected, gradient_of(p, "W_hh", differentiate=central_difference), 2e-9)


def _products_and_derivatives(core, p):
    """J_j, the immediate ∂⁺h^(k)/∂W_hh, the total one (by complex step), and the rows ∂L^(t)/∂h^(t)."""
    params = p.params(core)
    a, h, _, y = core.equations.network(params, p.x, p.theta["h0"])
    J = [core.equations.jacobian(params.W_hh, 1 - h_j**2) for h_j in h[1:]]
    immediate = [
        core.equations.immediate_grad_W_hh(a_k, before) for a_k, before in zip(a, h[:-1], strict=True)
    ]
    total = complex_step(lambda W: np.array(run(p.theta | {"W_hh": W}, p.x)[1][1:]), params.W_hh)
    rows = (y - np.eye(y.shape[1])[p.targets]) @ params.W_yh
    return J, immediate, total, rows


def _double_sum(core, J, derivative, rows, product):
    T = len(J)
    return sum(
        np.einsum("i,ipq->pq", rows[t - 1] @ product(J, t, k), derivative[k - 1])
        for t in range(1, T + 1)
        for k in range(1, t + 1)
    )


@pytest.mark.equation(11)
def test_equation_11_needs_the_immediate_derivative_the_row_and_the_order(core):
    p = problem(121)
    exact = gradient_of(p, "W_hh")
    J, immediate, total, rows = _products_and_derivatives(core, p)
    ordered = core.equations.jacobian_product

    def reversed_order(J, t, k):
        product = np.eye(5)
        for j in range(k + 1, t + 1):
            product = product @ J[j - 1]
        return product

    assert_close(_double_sum(core, J, immediate, rows, ordered), exact)
    assert relative_error(_double_sum(core, J, total, rows, ordered), exact) > 0.1
    assert relative_error(_double_sum(core, J, immediate, rows, reversed_order), exact) > 0.01
    without_row = _double_sum(core, J, immediate, np.ones_like(rows), ordered)
    assert relative_error(without_row, exact) > 0.5


@pytest.mark.equation(11)
def test_equation_11_sums_the_losses_of_all_steps(core):
    """The printed left side is the gradient of the last loss alone; that is one row of the double sum."""
    p = problem(122)
    terms = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])

    def last_loss(W):
        theta = p.theta | {"W_hh": W}
        return loss(theta, p.x, p.targets) - loss(theta, p.x[:-1], p.targets[:-1])

    last = complex_step(last_loss, p.theta["W_hh"])
    assert_close(terms[-1].sum(axis=0), last)
    assert relative_error(terms.sum(axis=(0, 1)), last) > 0.5


@pytest.mark.equation(12)
def test_equation_12_with_total_derivatives_counts_paths_many_times(core):
    p = problem(123)
    J, immediate, total, rows = _products_and_derivatives(core, p)
    exact = np.einsum("i,ipq->pq", rows[6], total[6])  # the chain rule alone: ∂L^(7)/∂h^(7) · ∂h^(7)/∂W
    forms = {
        name: sum(
            np.einsum("i,ipq->pq", rows[6] @ core.equations.jacobian_product(J, 7, k), derivative[k - 1])
            for k in range(1, 8)
        )
        for name, derivative in (("immediate", immediate), ("total", total))
    }
    assert_close(forms["immediate"], exact)
    assert relative_error(forms["total"], exact) > 0.1


@pytest.mark.equation(13, 14, 15)
def test_descent_without_the_biases_descends_less(core):
    p = problem(124)
    params = p.params(core)
    _, grads = core.bptt(params, p.x, p.targets, p.theta["h0"])
    eta = 1e-3
    printed = params._replace(
        W_hx=core.equations.update_W_hx(params, grads, eta),
        W_hh=core.equations.update_W_hh(params, grads, eta),
        W_yh=core.equations.update_W_yh(params, grads, eta),
    )
    whole = core.sgd_step(params, grads, eta)
    b_h, b_y = core.equations.update_biases(params, grads, eta)
    np.testing.assert_array_equal(whole.b_h, b_h)
    np.testing.assert_array_equal(whole.b_y, b_y)
    before, after_printed, after = (
        core.bptt(w, p.x, p.targets, p.theta["h0"])[0] for w in (params, printed, whole)
    )
    missing = eta * (np.sum(grads.b_h**2) + np.sum(grads.b_y**2))
    assert after < after_printed < before
    assert after_printed - after == pytest.approx(missing, rel=0.1)


@pytest.mark.equation(5)
def test_the_loss_is_categorical_and_not_binary_cross_entropy(core):
    rng = np.random.default_rng(125)
    y, targets = rng.dirichlet(np.ones(4), size=7), rng.integers(0, 4, 7)
    one_hot = np.eye(4)[targets]
    binary = -np.sum(one_hot * np.log(y) + (1 - one_hot) * np.log(1 - y))
    categorical = -np.sum(one_hot * np.log(y))
    assert core.equations.cross_entropy(y, targets) == pytest.approx(categorical, rel=1e-13)
    assert binary > 1.1 * categorical


@pytest.mark.equation(16)
def test_equation_16_has_its_own_delta_and_a_mean(core):
    """With (6)'s δ^(t) in place of the row ∂L_t/∂h_t, or read as a sum, (16) is not the gradient of (5)."""
    p = problem(126)
    J, immediate, _, rows = _products_and_derivatives(core, p)
    exact = gradient_of(p, "W_hh")
    delta = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"]).delta
    mean = core.equations.mean_unrolled_grad(rows, np.array(J), np.array(immediate))
    assert_close(7 * mean, exact)
    assert relative_error(mean, exact) == pytest.approx(6 / 7, rel=1e-10)
    other = core.equations.mean_unrolled_grad(delta, np.array(J), np.array(immediate))
    assert relative_error(7 * other, exact) > 0.1
