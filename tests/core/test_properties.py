"""Properties that hold for every input, searched by hypothesis with the same examples in each run."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from .oracles import PHIS, problem
from .test_jacobian import plain_log_norms

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
kinds = st.sampled_from(["orthogonal", "gaussian", "symmetric", "identity", "nonnormal"])
phis = st.sampled_from(sorted(PHIS))
gains = st.floats(0.0, 3.0)
# Without the kink of ReLU, which between two ends spoils a difference, not the gradient.
smooth = st.sampled_from([name for name in sorted(PHIS) if "relu" not in name])


@given(seeds, st.integers(1, 12), sizes, kinds, phis, gains, st.floats(0.0, 3.0))
def test_the_bound_holds(core, seed, T, m, kind, phi, rho, scale):
    """Equation (20) for random matrices, activations, inputs and states: never more than rounding above."""
    rng = np.random.default_rng(seed)
    params = core.init_params(2, m, 3, rho=rho, recurrent=kind, rng=rng)
    activation = PHIS[phi].make(core)
    trace = core.forward(params, scale * rng.normal(size=(T, 2)), rng.uniform(-1, 1, m), activation)
    log_norm = core.product_log_norms(core.step_jacobians(params, trace))
    t, i = np.tril_indices(T + 1)
    bound = core.log_norm_bound(activation.gamma, core.spectral_norm(params.W_hh), t - i)
    assert (log_norm[t, i] <= bound + 1e-12 * (1 + t - i)).all()


@given(seeds, st.integers(1, 8), sizes, st.integers(-60, 60))
def test_log_norms_are_those_of_the_plain_product(core, seed, T, m, exponent):
    """At any scale of the factors for which the plain product is still a float."""
    J = np.random.default_rng(seed).normal(size=(T, m, m)) * 2.0 ** (exponent // T)
    np.testing.assert_allclose(core.product_log_norms(J), plain_log_norms(J), rtol=1e-12, atol=1e-10)


@given(seeds, sizes, st.integers(1, 8), st.integers(1, 8))
def test_log_norms_are_submultiplicative(core, seed, m, first, second):
    J = np.random.default_rng(seed).normal(size=(first + second, m, m))
    log_norm = core.product_log_norms(J)
    assert log_norm[-1, 0] <= log_norm[first, 0] + log_norm[-1, first] + 1e-10


@given(seeds, sizes, st.integers(1, 30))
def test_lyapunov_exponents_sum_to_the_mean_log_determinant(core, seed, m, T):
    J = np.random.default_rng(seed).normal(size=(T, m, m))
    exponents = core.lyapunov_exponents(J)
    expected = np.linalg.slogdet(J)[1].mean()
    np.testing.assert_allclose(exponents.sum(), expected, rtol=1e-9, atol=1e-9)
    assert (np.diff(exponents) <= 0).all()


@given(seeds, sizes, kinds, st.floats(0.0, 1e6))
def test_the_radius_is_at_most_the_norm(core, seed, m, kind, rho):
    W = core.recurrent_matrix(kind, m, rho, rng=np.random.default_rng(seed))
    assert math.isclose(core.spectral_norm(W), rho, rel_tol=1e-12)
    assert core.spectral_radius(W) <= rho * (1 + 1e-12)


@given(seeds, st.integers(7, 15), sizes, sizes, st.integers(2, 5), smooth)
def test_a_directional_derivative_is_the_gradients_projection(core, seed, T, n, m, k, phi):
    """One random direction through all parameters, by central differences."""
    p = problem(seed, T=T, n=n, m=m, k=k)
    activation = PHIS[phi].make(core)
    params = p.params(core)
    rng = np.random.default_rng(seed)
    direction = [rng.normal(size=array.shape) for array in params]
    length = math.sqrt(sum(np.sum(d**2) for d in direction))

    def loss_at(step):
        moved = core.RNNParams(*(w + step * d / length for w, d in zip(params, direction, strict=True)))
        return core.bptt(moved, p.x, p.targets, p.theta["h0"], activation)[0]

    value, grads = core.bptt(params, p.x, p.targets, p.theta["h0"], activation)
    projection = sum(np.sum(g * d) for g, d in zip(grads, direction, strict=True)) / length
    difference = (loss_at(1e-5) - loss_at(-1e-5)) / 2e-5
    assert abs(difference - projection) <= 1e-7 * (1 + value + core.global_norm(grads))


@given(seeds, st.integers(1, 9), st.integers(1, 4), st.data())
def test_lengths_average_each_sequence_alone(core, seed, T, B, data):
    p = problem(seed, T=T, B=B)
    lengths = np.array(data.draw(st.lists(st.integers(1, T), min_size=B, max_size=B)))
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"], lengths=lengths)
    alone = [
        core.bptt(p.params(core), p.x[:L, b], p.targets[:L, b], p.theta["h0"][b])
        for b, L in enumerate(lengths)
    ]
    assert math.isclose(value, np.mean([loss for loss, _ in alone]), rel_tol=1e-12)
    expected = np.mean([g.W_hh for _, g in alone], axis=0)
    np.testing.assert_allclose(grads.W_hh, expected, rtol=1e-10, atol=1e-13)


@given(seeds, st.floats(1e-8, 1e8), st.integers(-200, 200))
def test_clipping(core, seed, max_norm, exponent):
    """Never longer than allowed, never turned, and untouched when short enough."""
    grads = core.RNNParams(*(10.0**exponent * array for array in problem(seed).params(core)))
    clipped, norm = core.clip_by_global_norm(grads, max_norm)
    flat, cut = (np.concatenate([g.ravel() for g in w]) for w in (grads, clipped))
    assert math.isclose(norm, math.hypot(*flat), rel_tol=1e-12)
    assert math.hypot(*cut) <= max_norm * (1 + 1e-12)
    np.testing.assert_allclose(cut, flat * min(1.0, max_norm / norm), rtol=1e-12)


@given(seeds, sizes, st.floats(-800, 800))
def test_softmax_is_a_distribution_and_shift_invariant(core, seed, k, shift):
    o = np.random.default_rng(seed).normal(0, 5, k)
    y = core.equations.softmax(o)
    assert (y > 0).all()
    assert math.isclose(y.sum(), 1.0, rel_tol=1e-13)
    np.testing.assert_allclose(core.equations.softmax(o + shift), y, rtol=1e-10)


@given(st.text(min_size=1), st.data())
def test_decoding_undoes_encoding(core, text, data):
    vocabulary = core.Vocabulary.of(text)
    again = data.draw(st.text(alphabet=vocabulary.symbols))
    for sample in (text, again):
        assert vocabulary.decode(vocabulary.encode(sample)) == sample
