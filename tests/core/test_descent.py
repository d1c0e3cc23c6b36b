"""Steps, clipping and training: the arithmetic by hand, the direction kept, divergence named."""

import math

import numpy as np
import pytest

from .oracles import PARAMETERS, problem


def _all(params):
    return np.concatenate([np.asarray(array, float).ravel() for array in params])


@pytest.mark.equation(13, 14, 15)
def test_sgd_step(core):
    params, grads = problem(161).params(core), problem(162).params(core)
    new = core.sgd_step(params, grads, learning_rate=0.3)
    for name in PARAMETERS:
        theta, gradient, moved = (getattr(w, name).ravel().tolist() for w in (params, grads, new))
        assert moved == pytest.approx([u - 0.3 * g for u, g in zip(theta, gradient, strict=True)], rel=1e-14)
    assert isinstance(new, core.RNNParams)


def test_a_small_step_lowers_the_loss_at_the_rate_of_the_squared_norm(core):
    p = problem(163, B=6)
    params = p.params(core)
    before, grads = core.bptt(params, p.x, p.targets, p.theta["h0"])
    after, _ = core.bptt(core.sgd_step(params, grads, 1e-6), p.x, p.targets, p.theta["h0"])
    assert (before - after) / 1e-6 == pytest.approx(np.sum(_all(grads) ** 2), rel=1e-3)


def test_global_norm(core):
    grads = problem(164).params(core)
    expected = math.sqrt(math.fsum(g * g for g in _all(grads)))
    assert core.global_norm(grads) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("scale", "dtype"),
    [
        *((s, np.float64) for s in (1e-300, 1e-160, 1e160, 1e300)),
        *((s, np.float32) for s in (1e-30, 1e-22, 1e30)),
    ],
)
def test_global_norm_where_squares_leave_the_range(core, scale, dtype):
    grads = core.RNNParams(*((scale * array).astype(dtype) for array in problem(165).params(core)))
    expected = math.hypot(*_all(grads))
    assert core.global_norm(grads) == pytest.approx(expected, rel=1e-12)


def test_global_norm_of_zero_and_of_nan(core):
    zero = core.RNNParams(*(np.zeros_like(array) for array in problem(166).params(core)))
    assert core.global_norm(zero) == 0.0
    assert math.isnan(core.global_norm(zero._replace(b_y=np.full(4, np.nan))))
    assert core.global_norm(zero._replace(b_h=np.full(5, -np.inf))) == math.inf


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e200])
def test_clipping_keeps_the_direction_and_bounds_the_norm(core, scale):
    grads = core.RNNParams(*(scale * array for array in problem(167).params(core)))
    limit = 0.4 * scale
    clipped, norm = core.clip_by_global_norm(grads, limit)
    assert norm == pytest.approx(math.hypot(*_all(grads)), rel=1e-13)
    assert norm > limit
    assert math.hypot(*_all(clipped)) == pytest.approx(limit, rel=1e-13)
    np.testing.assert_allclose(_all(clipped) / limit, _all(grads) / norm, rtol=1e-12)


def test_clipping_leaves_short_gradients_alone(core):
    grads = problem(168).params(core)
    same, norm = core.clip_by_global_norm(grads, 100.0)
    assert norm < 100.0
    for one, other in zip(same, grads, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_norm_of_a_clipped_gradient_is_one_if_none_is_given(core):
    grads = problem(168).params(core)
    assert math.hypot(*_all(grads)) > 2.0
    assert math.hypot(*_all(core.clip_by_global_norm(grads)[0])) == pytest.approx(1.0, rel=1e-13)


def test_train_is_clip_then_step_for_each_batch(core):
    batches = [(p.x, p.targets) for p in (problem(seed, B=6) for seed in range(5))]
    params = expected = problem(169).params(core)
    losses, norms = [], []
    for x, targets in batches:
        value, grads = core.bptt(expected, x, targets)
        norm = math.hypot(*_all(grads))
        factor = min(1.0, 0.5 / norm)
        expected = core.RNNParams(*(w - 0.2 * factor * g for w, g in zip(expected, grads, strict=True)))
        losses.append(value)
        norms.append(norm)
    assert min(norms) > 0.5
    trained, history = core.train(params, iter(batches), learning_rate=0.2, clip=0.5)
    np.testing.assert_allclose(_all(trained), _all(expected), rtol=1e-12)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-12)
    np.testing.assert_allclose(history.grad_norm, norms, rtol=1e-12)


def test_train_passes_on_state_lengths_and_activation(core):
    p = problem(170, B=6)
    lengths = np.array([7, 2, 5, 1, 3, 6])
    params = p.params(core)
    batch = core.Batch(p.x, p.targets, p.theta["h0"], lengths)
    trained, history = core.train(params, [batch], 0.1, clip=None, activation=core.SIGMOID)
    value, grads = core.bptt(params, p.x, p.targets, p.theta["h0"], core.SIGMOID, lengths=lengths)
    assert history.loss.tolist() == [value]
    np.testing.assert_allclose(_all(trained), _all(params) - 0.1 * _all(grads), rtol=1e-13)


def test_train_learns_a_task_that_needs_the_past(core):
    """The target is the symbol two steps back: log 3 a step without memory."""
    rng = np.random.default_rng(171)
    params = core.init_params(3, 16, 3, rho=0.9, rng=rng)

    def batches(updates):
        for _ in range(updates):
            codes = rng.integers(0, 3, (12, 20))
            yield core.Batch(core.one_hot(codes[2:], 3), codes[:-2])

    _, history = core.train(params, batches(400), learning_rate=0.2)
    assert len(history.loss) == len(history.grad_norm) == 400
    assert 0.19 * math.log(3) < history.loss[-20:].mean() / 10 < 0.4 * math.log(3)


def test_divergence_names_the_update(core):
    p = problem(172, T=50)
    with pytest.raises(FloatingPointError, match=r"diverged at update 2\b"):
        core.train(
            p.params(core), [(p.x, p.targets)] * 9, learning_rate=1e200, clip=None, activation=core.IDENTITY
        )


def test_float32_training_stays_float32(core):
    p = problem(173, B=6, dtype=np.float32)
    trained, _ = core.train(p.params(core), [(p.x, p.targets)] * 3, learning_rate=0.1)
    assert {array.dtype for array in trained} == {np.dtype(np.float32)}


def _nested(core, seed):
    """Parameters of a model that holds another one, a tuple of arrays, and no array at one place."""
    rng = np.random.default_rng(seed)
    layers = (rng.standard_normal((3, 2)), rng.standard_normal(4))
    return core.AdamState(layers, problem(seed).params(core), None)  # any NamedTuple will do


def _scalar_adam(theta, gradients, eta, beta1, beta2, epsilon):
    """Algorithm 1 of Kingma and Ba for one number."""
    m = v = 0.0
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        theta -= eta * (m / (1 - beta1**t)) / (math.sqrt(v / (1 - beta2**t)) + epsilon)
    return theta


def test_adam(core):
    params = problem(174).params(core)
    gradients = [problem(seed).params(core) for seed in range(175, 182)]
    state, moved = core.adam_init(params), params
    for grads in gradients:
        moved, state = core.adam_step(moved, grads, state, 0.03, beta1=0.8, beta2=0.95, epsilon=1e-2)
    assert state.step == 7
    expected = [
        _scalar_adam(theta, series, 0.03, 0.8, 0.95, 1e-2)
        for theta, *series in zip(_all(params), *map(_all, gradients), strict=True)
    ]
    np.testing.assert_allclose(_all(moved), expected, rtol=1e-12)


def test_the_first_step_of_adam_is_the_learning_rate_for_every_entry(core):
    params, grads = problem(183).params(core), problem(184).params(core)
    moved, _ = core.adam_step(params, grads, core.adam_init(params), 0.01)
    np.testing.assert_allclose(_all(params) - _all(moved), 0.01 * np.sign(_all(grads)), rtol=1e-4)


def test_adam_that_forgets_all_goes_by_the_last_gradient(core):
    """With factors of 0 both means are what came last: g / (|g| + ε)."""
    params, first, last = (problem(seed).params(core) for seed in (201, 202, 203))
    moved, state = core.adam_step(params, first, core.adam_init(params), 0.2, 0.0, 0.0, 0.1)
    again, _ = core.adam_step(moved, last, state, 0.2, beta1=0.0, beta2=0.0, epsilon=0.1)
    g = _all(last)
    np.testing.assert_allclose(_all(moved) - _all(again), 0.2 * g / (np.abs(g) + 0.1), rtol=1e-10)


def test_descent_of_nested_parameters(core):
    params, grads = _nested(core, 185), _nested(core, 186)
    moved = core.sgd_step(params, grads, 0.25)
    assert isinstance(moved, core.AdamState)
    assert isinstance(moved.mean, core.RNNParams)
    assert moved.square is None
    np.testing.assert_allclose(moved.step[1], params.step[1] - 0.25 * grads.step[1], rtol=1e-14)
    np.testing.assert_allclose(moved.mean.W_yh, params.mean.W_yh - 0.25 * grads.mean.W_yh, rtol=1e-14)
    everything = np.concatenate([grads.step[0].ravel(), grads.step[1], _all(grads.mean)])
    assert core.global_norm(grads) == pytest.approx(math.hypot(*everything), rel=1e-13)
    clipped, _ = core.clip_by_global_norm(grads, 0.5)
    assert core.global_norm(clipped) == pytest.approx(0.5, rel=1e-13)
    stepped, state = core.adam_step(params, grads, core.adam_init(params), 0.1)
    np.testing.assert_allclose(stepped.step[0], params.step[0] - 0.1 * np.sign(grads.step[0]), rtol=1e-4)
    assert state.mean.square is None


def test_train_with_adam_and_with_a_gradient_of_the_callers_own(core):
    """min Σ (θ − x)² of a NamedTuple that train has never seen."""
    params = _nested(core, 187)

    def gradient(params, batch):
        grads = core.AdamState(
            tuple(2 * (a - batch) for a in params.step),
            core.RNNParams(*(2 * (a - batch) for a in params.mean)),
            None,
        )
        return float(sum(np.sum(g**2) for g in [*grads.step, *grads.mean]) / 4), grads

    trained, history = core.train(params, [1.5] * 2000, 0.01, clip=None, gradient=gradient, optimizer="adam")
    assert history.loss[-1] < 1e-6 < history.loss[0]
    np.testing.assert_allclose(_all(trained.mean), 1.5, atol=1e-3)
    expected, state = params, core.adam_init(params)
    for _ in range(3):
        expected, state = core.adam_step(expected, gradient(expected, 1.5)[1], state, 0.01)
    three, _ = core.train(params, [1.5] * 3, 0.01, clip=None, gradient=gradient, optimizer="adam")
    np.testing.assert_array_equal(_all(three.mean), _all(expected.mean))


def test_train_with_squared_error_and_a_mask(core):
    p = problem(188, B=6)
    targets, mask = np.zeros((7, 6, 4)), np.arange(42).reshape(7, 6) % 3 == 0
    batch = core.Batch(p.x, targets, p.theta["h0"], None, mask)
    trained, history = core.train(p.params(core), [batch], 0.1, clip=None, loss=core.squared_error)
    value, grads = core.bptt(p.params(core), p.x, targets, p.theta["h0"], mask=mask, loss=core.squared_error)
    assert history.loss.tolist() == [value]
    np.testing.assert_allclose(_all(trained), _all(p.params(core)) - 0.1 * _all(grads), rtol=1e-13)


def test_bad_input_to_adam(core):
    params = problem(189).params(core)
    state = core.adam_init(params)
    other = core.adam_init(core.init_params(2, 5, 4, rng=np.random.default_rng(0)))
    nothing = core.Batch(None, None)
    cases = [
        (lambda: core.adam_step(params, params, None), TypeError, "state must be an AdamState, got NoneType"),
        (
            lambda: core.adam_step(params, params, state._replace(square=params)),
            ValueError,
            r"state\.square\.W_hx must be ≥ 0, got -\d",
        ),
        (
            lambda: core.adam_step(params, params, tuple(state)),
            TypeError,
            "state must be an AdamState, got tuple",
        ),
        (lambda: core.adam_step(params, params, other), ValueError, r"state\.mean\.W_hx must have shape"),
        (
            lambda: core.adam_step(params, params, state, beta1=1.0),
            ValueError,
            r"beta1 .* \[0, 1\), got 1\.0",
        ),
        (lambda: core.adam_step(params, params, state, beta2=-0.1), ValueError, r"beta2 .* got -0\.1"),
        (
            lambda: core.adam_step(params, params, state, epsilon=0),
            ValueError,
            "epsilon must be .* > 0, got 0",
        ),
        (lambda: core.adam_step(params, params, state, -1.0), ValueError, "learning_rate must be .* got -1"),
        (lambda: core.adam_init(nothing), ValueError, "params must hold at least one array, got none"),
        (
            lambda: core.sgd_step(_nested(core, 1), _nested(core, 1)._replace(square=np.ones(2))),
            ValueError,
            "grads must have the same arrays as the parameters, but grads.square is in one alone",
        ),
        (
            lambda: core.adam_init(_nested(core, 1)._replace(square=np.array([np.nan]))),
            ValueError,
            r"params\.square must be finite, got nan",
        ),
        (
            lambda: core.adam_init(_nested(core, 1)._replace(step=(np.ones(2, np.float32),))),
            TypeError,
            r"params\.mean\.W_hx must have dtype float32, like the arrays before it, got float64",
        ),
    ]
    single = core.RNNParams(*(a.astype(np.float32) for a in params))
    cases.append(
        (
            lambda: core.adam_step(single, single, core.adam_init(single), epsilon=1e-50),
            ValueError,
            "epsilon must not vanish in float32, got 1e-50",
        )
    )
    for call, error, message in cases:
        with pytest.raises(error, match=message):
            call()
