"""(20) without derivatives: two runs with the same inputs, changes of any size, activations with kinks."""

import math

import numpy as np
import pytest

from .oracles import problem

ACTIVATIONS = {
    "tanh": lambda core: core.TANH,
    "tanh with gain 1.7": lambda core: core.tanh_with_gain(1.7),
    "sigmoid": lambda core: core.SIGMOID,
    "ReLU": lambda core: core.RELU,
    "0.6 ReLU": lambda core: core.relu(0.6),
    "identity": lambda core: core.IDENTITY,
}


def largest_ratio(core, params, x, starts, activation):
    """The largest ‖h_t − h'_t‖ / ((γρ)^(t−i) ‖h_i − h'_i‖) over all i < t, for two starts."""
    first, second = (core.forward(params, x, start, activation).h for start in starts)
    distance = np.linalg.norm(first - second, axis=-1)
    t, i = np.tril_indices(len(distance), -1)
    t, i = (index[distance[i] > 1e-9] for index in (t, i))  # below, rounding decides
    bound = core.norm_bound(activation.gamma, core.spectral_norm(params.W_hh), t - i)
    return (distance[t] / (bound * distance[i])).max()


@pytest.mark.equation(20)
@pytest.mark.parametrize("phi", ACTIVATIONS)
@pytest.mark.parametrize("apart", [1e-3, 1.0, 30.0])
def test_two_runs_stay_within_the_bound(core, phi, apart):
    """Generic values; `apart` goes from a small change to one that no derivative speaks of."""
    ratios = []
    for seed in range(20):
        p = problem(140 + seed, T=9)
        change = np.random.default_rng(seed).normal(size=5)
        starts = p.theta["h0"], p.theta["h0"] + apart * change
        ratios.append(largest_ratio(core, p.params(core), p.x, starts, ACTIVATIONS[phi](core)))
    assert 0.3 < max(ratios) < 1.0 + 1e-6


@pytest.mark.equation(20)
@pytest.mark.parametrize("phi", ACTIVATIONS)
def test_no_smaller_constant_will_do(core, phi):
    """Near the steepest slope two runs part by (γρ)^lag, to a millionth: with a smaller γ (20) would fail."""
    activation, m, rho = ACTIVATIONS[phi](core), 5, 1.1
    params = core.init_params(3, m, 4, rho=rho, rng=np.random.default_rng(161))
    # The sigmoid is steepest at 0, where it is 1/2. ReLU: one run is at the kink, the other right of it.
    rest = 0.5 if phi == "sigmoid" else 0.0
    params = params._replace(W_hh=rho * np.eye(m), b_h=np.full(m, -rho * rest))
    starts = np.full(m, rest), np.full(m, rest + 3e-6)
    ratio = largest_ratio(core, params, np.zeros((7, 3)), starts, activation)
    assert ratio == pytest.approx(1.0, abs=1e-6)


@pytest.mark.equation(20)
def test_relu_at_its_kinks(core):
    """At h = 0 with no input every pre-activation is at the kink, at every step, in one of the two runs."""
    rng = np.random.default_rng(162)
    for _ in range(20):
        W = rng.normal(size=(5, 5))
        params = core.init_params(3, 5, 4, rng=rng)._replace(W_hh=W)
        start = rng.exponential(size=5)
        h = core.forward(params, np.zeros((9, 3)), start, core.RELU).h
        rest = core.forward(params, np.zeros((9, 3)), np.zeros(5), core.RELU)
        np.testing.assert_array_equal(rest.a, 0.0)
        bound = core.norm_bound(1.0, core.spectral_norm(W), np.arange(10)) * np.linalg.norm(start)
        assert (np.linalg.norm(h - rest.h, axis=1) <= bound * (1 + 1e-12)).all()


@pytest.mark.equation(19, 20)
def test_at_a_kink_the_product_of_the_chosen_slopes_is_no_derivative(core):
    """One ReLU unit at rest, W = 2: the product is 0, the derivative 1024 from the right, 0 from the left."""
    one = np.ones((1, 1))
    params = core.RNNParams(one, 2 * one, one, np.zeros(1), np.zeros(1))
    x = np.zeros((10, 1))
    at_rest = core.forward(params, x, np.zeros(1), core.RELU)
    log_norm = core.product_log_norms(core.step_jacobians(params, at_rest), start=0)
    assert log_norm[10] == -math.inf
    right, left = (core.forward(params, x, np.array([e]), core.RELU).h[10, 0] / e for e in (1e-6, -1e-6))
    assert right == pytest.approx(1024.0, rel=1e-12)
    assert left == 0.0
    assert right <= core.norm_bound(core.RELU.gamma, core.spectral_norm(params.W_hh), 10)
