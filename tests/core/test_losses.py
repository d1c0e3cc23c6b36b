"""Losses on chosen steps, squared errors, and the gradient of a loss that the engine has never seen."""

import numpy as np
import pytest

from .oracles import PARAMETERS, assert_close, central_difference, complex_step, problem, run, step_losses

MASK = np.random.default_rng(400).random((7, 6)) < 0.4
LENGTHS = np.array([7, 3, 4, 5, 7, 6])


def outputs(p, theta, b):
    """o^(1), …, o^(T) of one sequence of the batch, by the scalar network."""
    return run(theta | {"h0": theta["h0"][b]}, p.x[:, b])[2]


def masked_loss(p, theta, chosen, step_loss):
    """Σ over the chosen (t, b) of the step's loss, over B."""
    return sum(
        step_loss(o_t, t, b)
        for b in range(p.x.shape[1])
        for t, o_t in enumerate(outputs(p, theta, b))
        if chosen[t, b]
    ) / len(p.x[0])


def assert_gradient(p, result, function):
    assert result.loss == pytest.approx(np.real(function(p.theta)), rel=1e-13)
    for name, actual in zip((*PARAMETERS, "h0"), (*result.grads, result.grad_h0), strict=True):
        expected = complex_step(lambda value, name=name: function(p.theta | {name: value}), p.theta[name])
        assert_close(actual, expected)


@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_the_mask_chooses_the_steps_that_have_a_loss(core, lengths):
    p = problem(401, B=6)
    chosen = MASK if lengths is None else MASK & (np.arange(7)[:, None] < lengths)
    assert 5 < chosen.sum() < MASK.sum() + (lengths is None)
    targets = np.where(chosen, p.targets, (p.targets + 1) % 4)
    result = core.backpropagate(p.params(core), p.x, targets, p.theta["h0"], lengths=lengths, mask=MASK)
    assert_gradient(
        p,
        result,
        lambda theta: masked_loss(
            p, theta, chosen, lambda o_t, t, b: step_losses([o_t], [p.targets[t, b]])[0]
        ),
    )
    assert not result.grad_o[~chosen].any()
    assert result.grad_o[chosen].all()


def test_squared_error(core):
    p = problem(402, B=6)
    wanted = np.random.default_rng(402).normal(size=(7, 6, 4))
    targets = np.where(MASK[..., None], wanted, np.nan)
    result = core.backpropagate(
        p.params(core), p.x, targets, p.theta["h0"], mask=MASK, loss=core.squared_error
    )

    def error(o_t, t, b):
        return sum((u - v) ** 2 for u, v in zip(o_t, wanted[t, b], strict=True))

    assert_gradient(p, result, lambda theta: masked_loss(p, theta, MASK, error))


def test_a_full_mask_is_no_mask(core):
    p = problem(403)
    value, grads = core.bptt(p.params(core), p.x, p.targets, mask=np.full(7, True))
    expected, expected_grads = core.bptt(p.params(core), p.x, p.targets)
    assert value == expected
    for one, other in zip(grads, expected_grads, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_loss_of_the_readers_own(core):
    """Σ_t |o^(t)|⁴ / 4, with the gradient o |o|², batch by batch."""
    p = problem(404, B=6)

    def quartic(o, targets, valid):
        square = np.sum(o * o, axis=-1)
        return square**2 / 4, o * square[..., None]

    result = core.backpropagate(p.params(core), p.x, None, p.theta["h0"], loss=quartic)
    assert_gradient(
        p,
        result,
        lambda theta: masked_loss(
            p, theta, np.full((7, 6), True), lambda o_t, t, b: sum(u * u for u in o_t) ** 2 / 4
        ),
    )


@pytest.mark.parametrize("batch", [None, 6])
def test_backpropagate_outputs(core, batch):
    """From ∂L/∂o of L = Σ C ∘ o, whose gradient is known by central differences."""
    p = problem(405, B=batch)
    params, h0 = p.params(core), p.theta["h0"]
    C = np.random.default_rng(405).normal(size=(*p.x.shape[:-1], 4))
    trace = core.forward(params, p.x, h0, core.SIGMOID)
    grads, delta, grad_h0 = core.backpropagate_outputs(params, p.x, trace, C)
    for name, actual in zip((*PARAMETERS, "h0"), (*grads, grad_h0), strict=True):

        def function(value, name=name):
            theta = p.theta | {name: value}
            changed = core.RNNParams(*(theta[key] for key in PARAMETERS))
            return np.sum(C * core.forward(changed, p.x, theta["h0"], core.SIGMOID).o)

        assert_close(actual, central_difference(function, p.theta[name]), 1e-7)
    assert_close(delta.reshape(-1, 5).sum(axis=0), grads.b_h)


def test_bad_input(core):
    p = problem(406, B=6)
    params, trace = p.params(core), core.forward(p.params(core), p.x)
    floats = np.zeros((7, 6, 4))
    cases = [
        (dict(mask=np.ones((7, 6))), TypeError, r"mask must hold booleans, got dtype float64"),
        (dict(mask=MASK[:, :5]), ValueError, r"mask must have shape \(7, 6\), got \(7, 5\)"),
        (dict(mask=np.full((7, 6), False)), ValueError, r"mask must choose at least one step.* got none"),
        (dict(loss=core.squared_error), TypeError, r"targets must be floats .* got dtype int64"),
        (
            dict(loss=core.squared_error, targets=floats[..., :3]),
            ValueError,
            r"targets must have shape \(7, 6, 4\), like the outputs, got \(7, 6, 3\)",
        ),
        (
            dict(loss=core.squared_error, targets=np.full((7, 6, 4), np.inf)),
            ValueError,
            r"targets must be finite, got inf",
        ),
        (
            dict(loss=lambda o, targets, valid: (o, o)),
            ValueError,
            r"loss must return arrays of shapes \(7, 6\) and \(7, 6, 4\), got \(7, 6, 4\) and",
        ),
    ]
    for changed, error, message in cases:
        arguments = {"params": params, "x": p.x, "targets": p.targets} | changed
        with pytest.raises(error, match=message):
            core.bptt(**arguments)
    for arguments, error, message in [
        ((params, p.x, trace.h, floats), TypeError, r"trace must be what forward returns, got ndarray"),
        (
            (params, p.x[:5], trace, floats),
            ValueError,
            r"trace\.h must have shape \(6, 6, 5\), got \(8, 6, 5\)",
        ),
        (
            (params, p.x, trace._replace(h=trace.h.astype(np.float32)), floats),
            TypeError,
            r"trace\.h must have dtype float64, like the parameters, got float32",
        ),
        (
            (params, p.x, trace, floats.astype(np.float32)),
            TypeError,
            r"grad_o must have dtype float64, like the parameters, got float32",
        ),
        ((params, p.x, trace, floats[0]), ValueError, r"grad_o must have shape \(7, 6, 4\), got \(6, 4\)"),
    ]:
        with pytest.raises(error, match=message):
            core.backpropagate_outputs(*arguments)
