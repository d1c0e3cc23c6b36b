"""Truncated backpropagation: the gradient with every path across a cut removed, and nothing else."""

import numpy as np
import pytest

from .oracles import PARAMETERS, assert_close, complex_step, gradient_of, loss, problem, run


def _truncated_oracle(p, name, window):
    """Differentiate each window's loss with the state that enters it held at its value."""
    h = np.real(run(p.theta, p.x)[1])
    total = 0.0
    for s in range(0, len(p.x), window):
        piece = p.theta | {"h0": h[s]}
        total = total + complex_step(
            lambda v, piece=piece, s=s: loss(
                piece | {name: v}, p.x[s : s + window], p.targets[s : s + window]
            ),
            p.theta[name],
        )
    return total


@pytest.mark.parametrize("window", [1, 3, 5])
def test_truncated_gradient(core, window):
    p = problem(71, T=11)
    value, grads = core.truncated_bptt(p.params(core), p.x, p.targets, window, p.theta["h0"])
    assert value == pytest.approx(loss(p.theta, p.x, p.targets).real, rel=1e-13)
    for name in PARAMETERS:
        assert_close(getattr(grads, name), _truncated_oracle(p, name, window))


def test_a_cut_biases_the_recurrent_gradient_and_spares_the_output_weights(core):
    p = problem(72, T=12)
    _, grads = core.truncated_bptt(p.params(core), p.x, p.targets, 3, p.theta["h0"])
    assert np.linalg.norm(grads.W_hh - gradient_of(p, "W_hh")) > 0.01 * np.linalg.norm(grads.W_hh)
    assert_close(grads.W_yh, gradient_of(p, "W_yh"))
    assert_close(grads.b_y, gradient_of(p, "b_y"))


@pytest.mark.parametrize("window", [9, 10, 1000])
def test_a_window_of_the_whole_sequence_cuts_nothing(core, window):
    p = problem(73, T=9, B=4)
    value, grads = core.truncated_bptt(p.params(core), p.x, p.targets, window, p.theta["h0"], core.SIGMOID)
    expected, expected_grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"], core.SIGMOID)
    assert value == pytest.approx(expected, rel=1e-14)
    for one, other in zip(grads, expected_grads, strict=True):
        assert_close(one, other)


def test_truncation_of_a_batch_is_the_mean_of_each_sequence(core):
    p = problem(74, T=9, B=6)
    _, grads = core.truncated_bptt(p.params(core), p.x, p.targets, 4, p.theta["h0"])
    alone = [
        core.truncated_bptt(p.params(core), p.x[:, b], p.targets[:, b], 4, p.theta["h0"][b])[1]
        for b in range(6)
    ]
    for name in PARAMETERS:
        assert_close(getattr(grads, name), np.mean([getattr(g, name) for g in alone], axis=0))


def test_truncation_with_lengths_and_a_mask(core):
    """Each sequence alone, cut off at its length, with the loss of the chosen steps."""
    p = problem(75, T=11, B=6)
    rng = np.random.default_rng(75)
    lengths = np.array([11, 4, 7, 1, 9, 10])
    mask = rng.random((11, 6)) < 0.6
    mask[0] = True
    targets = rng.normal(size=(11, 6, 4))
    value, grads = core.truncated_bptt(
        p.params(core), p.x, targets, 4, p.theta["h0"], lengths=lengths, mask=mask, loss=core.squared_error
    )
    alone = [
        core.truncated_bptt(
            p.params(core), p.x[:n, b], targets[:n, b], 4, p.theta["h0"][b],
            mask=mask[:n, b], loss=core.squared_error,
        )
        for b, n in enumerate(lengths)
    ]  # fmt: skip
    assert value == pytest.approx(np.mean([one for one, _ in alone]), rel=1e-13)
    for name in PARAMETERS:
        assert_close(getattr(grads, name), np.mean([getattr(g, name) for _, g in alone], axis=0))
