"""What 9.2.5 and its table say of remedies and of other models, held against computation."""

import numpy as np
import pytest

from .oracles import problem


@pytest.fixture
def terms(core):
    """∂L/∂W_hh of one sequence by the lag t − k of its terms, and the gradient itself."""
    p = problem(301, T=9)
    contributions = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])
    by_lag = [sum(contributions[t, t - lag] for t in range(lag, 9)) for lag in range(9)]
    _, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    return p, by_lag, grads


def test_clipping_leaves_the_share_of_each_lag_as_it_was(core, terms):
    _, by_lag, grads = terms
    norm = core.global_norm(grads)
    for limit in (0.1 * norm, 10.0 * norm):
        clipped, _ = core.clip_by_global_norm(grads, limit)
        factor = core.global_norm(clipped) / norm
        assert factor <= 1.0, "clipping never makes a gradient larger"
        # Every entry, and so every term of the sum over lags, is multiplied by one number.
        np.testing.assert_allclose(clipped.W_hh, factor * sum(by_lag), rtol=1e-12, atol=1e-15)


def test_truncation_to_one_step_keeps_lag_zero_and_drops_the_rest(core, terms):
    p, by_lag, grads = terms
    _, cut = core.truncated_bptt(p.params(core), p.x, p.targets, 1, p.theta["h0"])
    np.testing.assert_allclose(cut.W_hh, by_lag[0], rtol=1e-12, atol=1e-15)
    assert np.linalg.norm(cut.W_hh - grads.W_hh) > 0.05 * np.linalg.norm(grads.W_hh)


@pytest.mark.parametrize(("scale", "vanishes"), [(0.5, True), (2.5, False)])
def test_a_deep_mlp_vanishes_and_explodes_by_the_same_product(core, scale, vanishes):
    """Forty layers h ← φ(W_l h), each with weights of its own, and no time; φ is tanh or the identity."""
    rng = np.random.default_rng(302)
    phi = core.TANH if vanishes else core.IDENTITY
    h, J = rng.standard_normal(7), []
    for _ in range(40):
        W = scale * rng.standard_normal((7, 7)) / np.sqrt(7)
        h = phi.value(W @ h)
        J.append(phi.slope(h)[:, None] * W)
    log_norm = core.product_log_norms(np.array(J), start=0)[-1]
    assert (log_norm < np.log(1e-6)) if vanishes else (log_norm > np.log(1e6))


def test_an_ngram_model_is_counted_and_its_counts_are_the_best_there_is(core):
    """No gradient is needed: the frequencies themselves maximise the likelihood."""
    rng = np.random.default_rng(303)
    codes = rng.integers(0, 3, 4_000) * rng.integers(0, 2, 4_000)
    model = core.fit_markov(codes, 3, 1, smoothing="additive", alpha=1e-9)
    table = np.array([core.markov_conditional(model, [s]) for s in range(3)])

    def loss(conditional):
        return -np.log(conditional[codes[:-1], codes[1:]]).mean()

    for _ in range(20):
        other = table * np.exp(0.05 * rng.standard_normal((3, 3)))
        other /= other.sum(axis=1, keepdims=True)
        assert loss(other) > loss(table)


def lstm_cell(W, c, h, x):
    """One step of an LSTM; the rows of W give forget gate, input gate, output gate and proposal."""
    a = W @ np.concatenate([h, x, [1.0]])
    f, i, o = (1 / (1 + np.exp(-part)) for part in np.split(a, 4)[:3])
    c = f * c + i * np.tanh(np.split(a, 4)[3])
    return c, o * np.tanh(c), f


def cell_path(W, c, h, xs):
    """∂c^(T)/∂c^(0) with h^(0) fixed, by the complex step, and the product of the forget gates."""
    columns = []
    for j in range(len(c)):
        c_t, h_t = c + 1e-30j * np.eye(len(c))[j], h.astype(complex)
        product = np.ones(len(c))
        for x in xs:
            c_t, h_t, f = lstm_cell(W, c_t, h_t, x)
            product = product * f.real
        columns.append(c_t.imag / 1e-30)
    return np.array(columns).T, product


def test_an_lstm_mitigates_and_does_not_abolish():
    rng = np.random.default_rng(304)
    m, n, T = 5, 3, 60
    c, h, xs = rng.standard_normal(m), rng.standard_normal(m), rng.standard_normal((T, n))
    W = 0.3 * rng.standard_normal((4 * m, m + n + 1))
    bias = np.zeros((4 * m, m + n + 1))
    bias[:m, -1] = 1.0
    # It vanishes with every forget gate below one, far slower if the gates stay near one.
    norms = [np.linalg.norm(cell_path(W + b * bias, c, h, xs)[0], 2) for b in (0.0, 1.0, 5.0)]
    assert norms[0] < 1e-8
    assert norms[0] < 1e-3 * norms[1] < 1e-3 * norms[2] < 1.0
    # Without the paths through the gates (no weight on h) it is the product of the forget gates, exactly.
    alone = W.copy()
    alone[:, :m] = 0.0
    J, product = cell_path(alone, c, h, xs)
    np.testing.assert_allclose(J, np.diag(product), rtol=1e-10, atol=1e-300)


def test_an_lstm_can_explode_through_its_gates():
    """One unit at rest: each step multiplies by f + i·w·o, with w the weight from h to the proposal."""
    bias, w, T = 5.0, 2.0, 30
    W = np.array([[0.0, 0.0, bias]] * 3 + [[w, 0.0, 0.0]])
    J, product = cell_path(W, np.zeros(1), np.zeros(1), np.zeros((T, 1)))
    gate = 1 / (1 + np.exp(-bias))
    np.testing.assert_allclose(J, [[gate * (gate + gate * w * gate) ** (T - 1)]], rtol=1e-10)
    assert J[0, 0] > 1e12
    assert product[0] < 1.0
