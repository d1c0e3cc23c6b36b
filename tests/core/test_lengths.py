"""Sequences of different length in one batch: the mean over each run alone, whatever the padding holds."""

import numpy as np
import pytest

from .oracles import PARAMETERS, PHIS, assert_close, gradient_of, loss, problem

LENGTHS = np.array([7, 3, 1, 5, 7, 2])


@pytest.mark.parametrize("phi", PHIS)
def test_lengths_average_each_sequence_alone(core, phi):
    p = problem(61, B=6)
    value = PHIS[phi].value
    activation = PHIS[phi].make(core)
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"], activation, lengths=LENGTHS)
    assert result.loss == pytest.approx(loss(p.theta, p.x, p.targets, value, LENGTHS).real, rel=1e-13)
    for name, actual in zip((*PARAMETERS, "h0"), (*result.grads, result.grad_h0), strict=True):
        assert_close(actual, gradient_of(p, name, phi=value, lengths=LENGTHS))


def test_lengths_against_separate_calls(core):
    p = problem(62, B=6)
    both = [
        core.backpropagate(p.params(core), p.x[:n, b], p.targets[:n, b], p.theta["h0"][b])
        for b, n in enumerate(LENGTHS)
    ]
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"], lengths=LENGTHS)
    assert value == pytest.approx(np.mean([r.loss for r in both]), rel=1e-13)
    for name, actual in zip(PARAMETERS, grads, strict=True):
        assert_close(actual, np.mean([getattr(r.grads, name) for r in both], axis=0))


def test_padding_changes_nothing(core):
    """Garbage in the padding of x and targets leaves every bit as it was; δ and ∂L/∂o are zero there."""
    p = problem(63, B=6)
    padding = np.arange(7)[:, None] >= LENGTHS
    x, targets = p.x.copy(), p.targets.copy()
    x[padding] = 1e3 * np.random.default_rng(63).normal(size=x[padding].shape)
    targets[padding] = np.random.default_rng(64).choice([-7, 99, 4], size=targets[padding].shape)
    clean = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"], lengths=LENGTHS)
    dirty = core.backpropagate(p.params(core), x, targets, p.theta["h0"], lengths=LENGTHS)
    assert dirty.loss == clean.loss
    for one, other in zip(dirty.grads, clean.grads, strict=True):
        np.testing.assert_array_equal(one, other)
    assert not clean.delta[padding].any()
    assert not clean.grad_o[padding].any()
    assert clean.delta[~padding].all()


def test_padding_that_overflows_changes_nothing(core):
    """A linear network that doubles its state leaves the range of floats in the padding alone."""
    p = problem(64, T=1100, B=2)
    params = p.params(core)._replace(W_hh=2.0 * np.eye(5))
    lengths = np.array([4, 3])
    short = core.bptt(params, p.x[:4], p.targets[:4], p.theta["h0"], core.IDENTITY, lengths=lengths)
    with np.errstate(all="ignore"):
        long = core.bptt(params, p.x, p.targets, p.theta["h0"], core.IDENTITY, lengths=lengths)
    assert long[0] == pytest.approx(short[0], rel=1e-14)
    for one, other in zip(long[1], short[1], strict=True):
        assert_close(one, other)


def test_full_lengths_are_no_lengths(core):
    p = problem(65, B=6)
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"], lengths=np.full(6, 7))
    expected, expected_grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    assert value == pytest.approx(expected, rel=1e-14)
    for one, other in zip(grads, expected_grads, strict=True):
        assert_close(one, other)


def test_length_of_one_sequence(core):
    p = problem(66)
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"], lengths=4)
    assert value == pytest.approx(loss(p.theta, p.x, p.targets, lengths=4).real, rel=1e-13)
    for name, actual in zip(PARAMETERS, grads, strict=True):
        assert_close(actual, gradient_of(p, name, lengths=4))
