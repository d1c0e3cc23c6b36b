"""Training that goes on, clips, diverges or is given the wrong thing: what `train` promises for any model."""

import math
import sys
import types
from unittest import mock

import numpy as np
import pytest

from .models import MODELS, arrays, assert_same, batches
from .oracles import assert_close, central_difference, problem
from .oracles_gated import KINDS, function, gated_problem
from .spoilt import raises


def network(core, dtype=np.float64):
    p = problem(521, B=6, dtype=dtype)
    return p.params(core), [(p.x, p.targets)] * 8


# --- Going on --------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("name", MODELS)
def test_two_calls_are_one(core, name, optimizer):
    """Given the history of the first call, the second ends where one call ends, to the last bit."""
    model = MODELS[name](core)
    options = {"clip": 1.5, "gradient": model.gradient, "optimizer": optimizer}
    data = list(batches(core, np.random.default_rng(522), 11))
    whole, record = core.train(model.params, data, **options)
    params, history = core.train(model.params, data[:4], **options)
    params, history = core.train(params, data[4:5], **options, history=history)
    params, history = core.train(params, data[5:], **options, history=history)
    assert_same(params, whole)
    assert_same(history, record)
    if optimizer == "adam":
        assert history.optimizer_state.step == 11
        forgot, _ = core.train(core.train(model.params, data[:4], **options)[0], data[4:], **options)
        assert not np.array_equal(arrays(forgot)[0], arrays(whole)[0])


def test_a_history_of_another_run_is_refused(core):
    params, data = network(core)
    _, of_adam = core.train(params, data, optimizer="adam")
    _, of_sgd = core.train(params, data)
    raises(
        ValueError,
        "history must be of a run with optimizer 'sgd', got one with Adam's state",
        lambda: core.train(params, data, history=of_adam),
    )
    other = core.init_params(3, 4, 4, rng=np.random.default_rng(0))
    raises(
        ValueError,
        r"history\.optimizer_state\.mean\.W_hx must have shape \(4, 3\), got \(5, 3\)",
        lambda: core.train(other, data, optimizer="adam", history=of_adam),
    )
    single = core.RNNParams(*(a.astype(np.float32) for a in params))
    raises(
        TypeError,
        r"history\.optimizer_state\.mean must have dtype float32, .* got float64",
        lambda: core.train(single, data, optimizer="adam", history=of_adam),
    )
    message = "history must be a History, what train returned, got tuple"
    raises(TypeError, message, lambda: core.train(params, data, history=tuple(of_sgd)))
    short = of_sgd._replace(grad_norm=of_sgd.grad_norm[:-1])
    raises(ValueError, "history must hold one loss", lambda: core.train(params, data, history=short))
    # From plain descent Adam starts anew, and counts its steps from one.
    _, history = core.train(params, data, optimizer="adam", history=of_sgd)
    assert (len(history.loss), history.optimizer_state.step) == (16, 8)


# --- Clipping --------------------------------------------------------------------------------------


def test_the_history_tells_which_updates_were_clipped(core):
    params, data = network(core)
    _, free = core.train(params, data, 0.1)
    assert not free.clipped.any()
    assert free.clipped.dtype == bool
    # At the norm itself nothing is clipped, just below it is.
    for limit, clipped in ((free.grad_norm[0], False), (free.grad_norm[0] * (1 - 1e-15), True)):
        _, history = core.train(params, data[:1], 0.1, limit)
        assert history.clipped.tolist() == [clipped]
    _, history = core.train(params, data, 0.1, 0.9 * free.grad_norm[0])
    assert history.clipped.tolist() == (history.grad_norm > 0.9 * free.grad_norm[0]).tolist()
    assert history.clipped[0]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("length", [1e-3, 1.0, 1e15])
def test_clipping_to_a_tiny_norm_keeps_the_direction(core, dtype, length):
    """The factor max_norm / norm may underflow where the clipped gradient does not."""
    grads = core.RNNParams(*(dtype(length) * a.astype(dtype) for a in problem(523).params(core)))
    limits = np.finfo(dtype)
    least = float(limits.tiny / limits.eps)
    everything = np.concatenate([a.ravel().astype(float) for a in grads])
    for max_norm in (2 * least, 1e3 * least):
        clipped, norm = core.clip_by_global_norm(grads, max_norm)
        assert norm == pytest.approx(math.hypot(*everything), rel=1e-13)
        found = np.concatenate([a.ravel() for a in clipped])
        assert found.dtype == dtype
        np.testing.assert_allclose(
            found.astype(float) / max_norm, everything / norm, rtol=0, atol=4 * float(limits.eps)
        )
    shortest, _ = core.clip_by_global_norm(grads, least)
    assert core.global_norm(shortest) == pytest.approx(least, rel=4 * float(limits.eps))
    message = rf"max_norm must be at least {least:.1e} for {np.dtype(dtype)}"
    raises(ValueError, message.replace("+", r"\+"), lambda: core.clip_by_global_norm(grads, least / 2))


def test_a_gradient_whose_norm_is_beyond_the_largest_float_is_clipped(core):
    grads = core.RNNParams(*(np.sign(a) * 1.5e308 for a in problem(524).params(core)))
    clipped, norm = core.clip_by_global_norm(grads, 2.0)
    assert norm == math.inf
    everything = np.concatenate([a.ravel() for a in clipped])
    np.testing.assert_allclose(np.abs(everything), 2.0 / math.sqrt(everything.size), rtol=1e-13)
    for one, other in zip(clipped, grads, strict=True):
        np.testing.assert_array_equal(np.sign(one), np.sign(other))


def test_the_clip_of_training_is_called_clip(core):
    params, data = network(core)
    raises(ValueError, "clip must be at least", lambda: core.train(params, data, clip=1e-300))
    descent = dict(learning_rate=0.1, updates=1, T=5)
    raises(
        ValueError,
        "clip must be at least",
        lambda: core.cliff.cliff_descent(4.0, -2.0, clip=1e-300, **descent),
    )


# --- Divergence ------------------------------------------------------------------------------------


def test_each_sign_of_divergence_is_told_with_its_update(core):
    """A loss, a gradient or parameters that are not finite: each alone ends the training, at once."""
    params, _ = network(core)
    ones = core.RNNParams(*map(np.ones_like, params))
    infinite, large = ones._replace(b_y=np.full(4, np.inf)), ones._replace(b_y=np.full(4, 1.7e308))
    never = ones._replace(W_hh=np.full((5, 5), np.nan))
    signs = [
        ((math.nan, ones), "loss nan, gradient norm 8", 0.1),
        ((math.inf, ones), "loss inf", 0.1),
        ((1.0, infinite), "loss 1.0, gradient norm inf; a smaller learning_rate or a clip helps$", 0.1),
        ((1.0, never), "loss 1.0, gradient norm nan", 0.1),
        ((1.0, large._replace(b_y=np.array([1.7e308, 0, 0, 0]))), "the parameters overflowed", 3.0),
    ]
    for wrong, message, rate in signs:
        for update in (1, 3):
            results = iter([(1.0, ones)] * (update - 1) + [wrong])
            raises(
                FloatingPointError,
                f"training diverged at update {update}: .*{message}",
                lambda: core.train(params, range(9), rate, gradient=lambda p, b: next(results)),  # noqa: B023
            )


def test_adam_in_float32_tells_a_gradient_whose_square_overflows(core):
    params, _ = network(core, np.float32)
    grads = core.RNNParams(*map(np.ones_like, params))
    large = grads._replace(W_hh=np.full((5, 5), 3e19, np.float32))
    state = core.adam_init(params)
    raises(
        FloatingPointError,
        r"the square of grads\.W_hh overflows float32: its largest entry is 3e\+19; "
        "clip the gradient, or compute in a wider type$",
        lambda: core.adam_step(params, large, state),
    )
    raises(
        FloatingPointError,
        r"training diverged at update 1: the square of grads\.W_hh overflows",
        lambda: core.train(params, [0], gradient=lambda p, b: (1.0, large), optimizer="adam"),
    )
    clipped, _ = core.clip_by_global_norm(large, 1.0)
    moved, _ = core.adam_step(params, clipped, state)
    assert (moved.W_hh != params.W_hh).all()
    # The largest gradient that does not overflow moves each entry by the learning rate.
    largest = grads._replace(W_hh=np.full((5, 5), 1.8e19, np.float32))
    moved, _ = core.adam_step(params, largest, state, 0.01)
    assert_close(params.W_hh - moved.W_hh, np.full((5, 5), 0.01), 1e-5)


# --- What the caller hands in --------------------------------------------------------------------


def test_a_bar_counts_updates_and_changes_nothing(core):
    """The bar is given the batches, and what it hands on is trained on."""
    params, data = network(core)
    shown = []

    def bar(batches, **options):
        shown.append(options)
        return iter(batches)

    expected = core.train(params, data)
    with mock.patch.dict(sys.modules, {"tqdm": types.SimpleNamespace(tqdm=bar)}):
        assert_same(core.train(params, iter(data), progress=True), expected)
        core.train(params, data)
    assert shown == [{"unit": " updates"}]


def test_the_loss_of_a_gradient_may_be_an_array_without_axes(core):
    params, _ = network(core)
    ones = core.RNNParams(*map(np.ones_like, params))
    losses = iter([np.array(2.5), np.float32(1.5), 3])
    _, history = core.train(params, range(3), gradient=lambda p, b: (next(losses), ones))
    assert history.loss.tolist() == [2.5, 1.5, 3.0]


def test_what_train_cannot_use_is_shown(core):
    params, _ = network(core)

    def call(result):
        return lambda: core.train(params, [0], gradient=lambda p, b: result)

    for message, bad in (
        (
            r"^batches must be an iterable of Batch or of \(x, targets\), got 7$",
            lambda: core.train(params, 7),
        ),
        (r"^batches must hold Batch or \(x, targets\), got \(1,\)$", lambda: core.train(params, [(1,)])),
        ("^gradient must return a loss and a gradient, got 1.5$", call(1.5)),
        (r"^gradient must return a number as its loss, got array\(\[1.\]\)$", call((np.ones(1), params))),
        ("^what gradient returns must be of type RNNParams, like params, got list$", call((1.0, [*params]))),
    ):
        raises(TypeError, message, bad)


# --- Types -----------------------------------------------------------------------------------------


def test_numbers_of_numpy_do_not_change_the_type_of_arrays(core):
    """np.float64(0.9) is no Python float: times an array of float32 it makes float64 in NumPy 2."""
    params, data = network(core, np.float32)
    grads = core.bptt(params, *data[0])[1]
    wide = np.float64
    factors = {"beta1": wide(0.9), "beta2": wide(0.99), "epsilon": wide(1e-8)}
    moved, state = core.adam_step(params, grads, core.adam_init(params), wide(0.1), **factors)
    assert {a.dtype for a in (*moved, *state.mean, *state.square)} == {np.dtype(np.float32)}
    moved, state = core.adam_step(moved, grads, state, wide(0.1), **factors)
    stepped = core.sgd_step(params, grads, wide(0.1))
    clipped, _ = core.clip_by_global_norm(grads, wide(0.1))
    trained, _ = core.train(params, data, wide(0.1), wide(1.0), optimizer="adam")
    for tree in (moved, state.mean, state.square, stepped, clipped, trained):
        assert {a.dtype for a in tree} == {np.dtype(np.float32)}
    expected, _ = core.adam_step(params, grads, core.adam_init(params), 0.1, 0.9, 0.99, 1e-8)
    assert_same(expected, core.adam_step(params, grads, core.adam_init(params), wide(0.1), **factors)[0])


def test_a_loss_in_a_wider_type_does_not_change_the_type_of_the_gradient(core):
    params, data = network(core, np.float32)

    def wide(o, targets, valid):
        losses, grad_o = core.cross_entropy(o, targets, valid)
        return losses.astype(np.float64), grad_o.astype(np.float64)

    x, targets = data[0]
    result = core.backpropagate(params, x, targets, loss=wide)
    assert {a.dtype for a in (*result.grads, result.delta, result.grad_o)} == {np.dtype(np.float32)}


@pytest.mark.parametrize("name", MODELS)
def test_parameters_as_lists_are_the_same_parameters(core, name):
    """Lists, and arrays of a subclass, pass wherever arrays do: as data and as parameters."""
    model = MODELS[name](core)
    data = list(batches(core, np.random.default_rng(525), 3))

    def changed(tree, change):
        if isinstance(tree, tuple):
            parts = [changed(part, change) for part in tree]
            return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
        return None if tree is None else change(tree)

    expected = core.train(model.params, data, gradient=model.gradient, optimizer="adam")
    listed = core.train(
        changed(model.params, np.ndarray.tolist), data, gradient=model.gradient, optimizer="adam"
    )
    assert_same(listed, expected)
    if model.gradient is not None:
        expected = model.gradient(model.params, data[0])
        assert_same(model.gradient(changed(model.params, np.ndarray.tolist), data[0]), expected)
    grads = changed(model.params, lambda a: a / 2)
    for change in (np.ndarray.tolist, np.asfortranarray):
        assert_same(
            core.sgd_step(changed(model.params, change), changed(grads, change)),
            core.sgd_step(model.params, grads),
        )
        assert core.global_norm(changed(grads, change)) == core.global_norm(grads)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_the_gradient_of_the_initial_state(core, kind, B):
    """grad_h0, and grad_c0 of an LSTM, by central differences."""
    p = gated_problem(kind, 526, B=B)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    bptt = function(core, kind, "bptt")
    for name, value in p.start().items():

        def loss(state, name=name):
            return bptt(p.params(core), p.x, p.targets, **p.start() | {name: state})[0]

        assert_close(getattr(result, f"grad_{name}"), central_difference(loss, value), 1e-7)
