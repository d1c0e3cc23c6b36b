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
    value, grads = core.bptt(params, p.x, p.targets, p.theta["h0"], core.SIGMOID, lengths)
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
