"""Losses by themselves, and what a loss of the reader's own may return: scales, types, copies, errors."""

import numpy as np
import pytest

from .oracles import PARAMETERS, assert_close, problem

MASK = np.random.default_rng(400).random((7, 6)) < 0.4


def test_each_step_has_a_scale_of_its_own(core):
    """Logits of one step 3000 above those of another: a softmax that looks at all of them finds 0/0."""
    p = problem(407, T=11)
    offsets = np.array([0.0, 3000.0, -3000.0, 1500.0, -10.0, 0.0, 2999.0, 5.0, -3000.0, 700.0, -700.0])
    o = np.random.default_rng(407).normal(size=(11, 4))
    expected, expected_grad = core.cross_entropy(o.copy(), p.targets)
    losses, grad_o = core.cross_entropy(o + offsets[:, None], p.targets)
    assert_close(losses, expected, 1e-11)
    assert_close(grad_o, expected_grad, 1e-11)
    p.x[4] *= 1e4
    trace = core.forward(p.params(core), p.x, p.theta["h0"], core.IDENTITY)
    assert np.ptp(trace.o.max(axis=1)) > 2000
    for o_t, y_t in zip(trace.o, trace.y, strict=True):
        share = np.exp(o_t - o_t.max())
        assert_close(y_t, share / share.sum())


def test_a_batch_of_two_is_the_mean_of_both(core):
    p = problem(408, B=2)
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    alone = [
        core.bptt(p.params(core), p.x[:, b], p.targets[:, b], p.theta["h0"][b]) for b in range(2)
    ]  # fmt: skip
    assert value == pytest.approx(np.mean([one for one, _ in alone]), rel=1e-13)
    for name in PARAMETERS:
        assert_close(getattr(grads, name), np.mean([getattr(g, name) for _, g in alone], axis=0))


def test_cross_entropy_of_whatever_number_of_classes(core):
    """With one class nothing can be wrong, where a step counts and where it does not."""
    valid = np.array([True, False, True, True, False, True, True])
    losses, grad_o = core.cross_entropy(np.arange(7.0)[:, None], np.where(valid, 0, 9), valid)
    assert not losses.any()
    assert not grad_o.any()
    targets = np.array([0, 3, 0, 7, 5, -1, 2])
    for k, wrong in ((7, 7), (8, -1), (4, 7)):
        with pytest.raises(ValueError, match=rf"targets must be in \[0, k\) with k = {k}, got {wrong}$"):
            core.cross_entropy(np.zeros((7, k)), targets)


@pytest.mark.parametrize("name", ["cross_entropy", "squared_error"])
def test_a_loss_works_in_place_unless_it_may_not(core, name):
    o = np.random.default_rng(409).normal(size=(7, 6, 4))
    targets = MASK.astype(int) if name == "cross_entropy" else o[::-1].copy()
    locked = o.copy()
    locked.flags.writeable = False
    losses, grad_o = getattr(core, name)(locked, targets)
    np.testing.assert_array_equal(locked, o)
    in_place_losses, in_place = getattr(core, name)(o, targets)
    np.testing.assert_array_equal(losses, in_place_losses)
    np.testing.assert_array_equal(grad_o, in_place)
    np.testing.assert_array_equal(o, in_place)


def test_targets_as_lists_take_the_type_of_the_outputs(core):
    o = np.random.default_rng(410).normal(size=(9, 4)).astype(np.float32)
    wanted = np.random.default_rng(411).normal(size=(9, 4))
    _, grad_o = core.squared_error(o.copy(), wanted.tolist())
    np.testing.assert_array_equal(grad_o, 2 * (o - wanted.astype(np.float32)))
    assert (grad_o != (2 * (o - wanted)).astype(np.float32)).any()
    assert grad_o.dtype == np.float32


# --- What a reader's own loss returns ---------------------------------------------------------------


def test_what_a_loss_keeps_is_not_changed(core):
    """Of the type of the network or of another, locked or not: the engine divides a copy by B."""
    for dtype, own in ((np.float64, np.float64), (np.float32, np.float64), (np.float32, np.float32)):
        p = problem(412, B=6, dtype=dtype)
        kept = np.random.default_rng(412).normal(size=(7, 6, 4)).astype(own)
        before = kept.copy()
        result = core.backpropagate(
            p.params(core), p.x, None, p.theta["h0"], loss=lambda o, *_: (o[..., 0], kept)  # noqa: B023
        )  # fmt: skip
        np.testing.assert_array_equal(kept, before)
        assert result.grad_o.dtype == result.delta.dtype == result.grads.W_hh.dtype == dtype
        assert_close(result.grad_o, before / 6, 1e-6)


def test_what_a_loss_must_return(core):
    p = problem(413, B=6)
    for returned, error, message in (
        (
            lambda o: [o[..., 0], o],
            TypeError,
            r"loss must return the losses and their derivative by o, got an object of type list",
        ),
        (lambda o: (o[..., 0],), TypeError, "loss must return the losses and their derivative by o"),
        (lambda o: ([[1.0], []], o), ValueError, "^what loss returns must be an array"),
        (lambda o: (o[..., 0], np.ma.array(o)), TypeError, "^what loss returns must not be masked"),
        (lambda o: (o[..., 0] + 0j, o), TypeError, "real numbers, got dtypes complex128 and float64"),
        (lambda o: (o[..., 0], o + 0j), TypeError, "real numbers, got dtypes float64 and complex128"),
        (lambda o: (o[..., 0], o[..., :3]), ValueError, r"got \(7, 6\) and \(7, 6, 3\)"),
        (lambda o: (o[0], o), ValueError, r"got \(6, 4\) and \(7, 6, 4\)"),
    ):
        with pytest.raises(error, match=message):
            core.bptt(p.params(core), p.x, None, loss=lambda o, *_: returned(o))  # noqa: B023
    whole = np.arange(42).reshape(7, 6)  # integers will do
    value, _ = core.bptt(p.params(core), p.x, None, loss=lambda o, *_: (whole, o.astype(int)))
    assert value == whole.sum() / 6
