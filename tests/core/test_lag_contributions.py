"""The gradient taken apart by lag: each term against path enumeration, and the sum against `bptt`."""

import numpy as np
import pytest

from .oracles import PHIS, assert_close, complex_step, loss, paths_gradient, problem, run


@pytest.mark.equation(11)
@pytest.mark.parametrize("phi", PHIS)
def test_their_sum_is_the_gradient(core, phi):
    p = problem(111, T=25)
    arguments = (p.params(core), p.x, p.targets, p.theta["h0"], PHIS[phi].make(core))
    terms = core.lag_contributions(*arguments)
    assert_close(terms.sum(axis=(0, 1)), core.bptt(*arguments)[1].W_hh)


@pytest.mark.equation(11, 12)
def test_each_term(core):
    p = problem(112, m=3, n=2)
    a, h, _ = (np.real(values) for values in run(p.theta, p.x))
    grad_o = complex_step(lambda e: loss(p.theta, p.x, p.targets, add_o=e), np.zeros((7, 4)))
    terms = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])
    for t in range(1, 8):
        for k in range(1, 8):
            if k > t:
                assert not terms[t - 1, k - 1].any()
            else:
                grad_h_t = p.theta["W_yh"].T @ grad_o[t - 1]
                expected = paths_gradient(p.theta, a, h, grad_h_t, t, only_k=k)
                assert_close(terms[t - 1, k - 1], expected)


@pytest.mark.equation(12)
def test_a_row_is_the_gradient_of_one_steps_loss(core):
    p = problem(113)
    a, h, _, y = core.equations.network(p.params(core), p.x, p.theta["h0"])
    grad_o = y - np.eye(4)[p.targets]
    terms = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])
    for t in range(1, 8):
        expected = core.equations.step_grad_W_hh(p.params(core), a, h, grad_o, t)
        assert_close(terms[t - 1].sum(axis=0), expected)
