"""The stack of layers, with skip connections and without, against scalar loops and the complex step."""

import numpy as np
import pytest

from .oracles import PHIS, assert_close, central_difference, complex_step
from .oracles_residual import (
    named,
    run_stack,
    square_losses,
    stack_gradient,
    stack_loss,
    stack_problem,
)

LENGTHS = np.array([7, 3, 1, 5, 7, 2])
SKIP = pytest.mark.parametrize("skip", [True, False])


def check_gradients(core, p, skip, phi="tanh", tolerance=1e-12, oracle=None, **arguments):
    """Hold loss and every gradient of one call against the complex step."""
    oracle = {"phi": PHIS[phi].value} | (oracle or {})
    result = core.residual.stack_backpropagate(
        p.params(core), p.x, p.targets, p.theta["h0"], PHIS[phi].make(core), skip=skip, **arguments
    )
    assert result.loss == pytest.approx(stack_loss(p, skip, **oracle).real, rel=1e-13)
    actual = named(result.grads)
    for name in p.names():
        assert_close(actual[name], stack_gradient(p, name, skip, **oracle), tolerance)
    assert_close(result.grad_h0, stack_gradient(p, "h0", skip, **oracle), tolerance)
    return result


@SKIP
@pytest.mark.parametrize("phi", PHIS)
def test_stack_forward(core, phi, skip):
    p = stack_problem(71)
    trace = core.residual.stack_forward(p.params(core), p.x, p.theta["h0"], PHIS[phi].make(core), skip=skip)
    z, h, o = run_stack(p, skip, PHIS[phi].value)
    assert len(trace.z) == 4
    assert len(trace.h) == 3
    assert trace.activation.name == PHIS[phi].make(core).name
    for actual, expected in zip((*trace.z, *trace.h, trace.o), (*z, *h, o), strict=True):
        assert_close(actual, np.real(expected), 1e-13)
    o = np.real(o)
    assert_close(trace.y, np.exp(o) / np.exp(o).sum(axis=-1, keepdims=True), 1e-13)


@SKIP
def test_stack_forward_of_a_batch_is_each_sequence_alone(core, skip):
    p = stack_problem(72, B=6)
    trace = core.residual.stack_forward(p.params(core), p.x, p.theta["h0"], skip=skip)
    for b in range(6):
        z, h, o = run_stack(p.sequence(b), skip)
        for actual, expected in zip((*trace.z, *trace.h, trace.o), (*z, *h, o), strict=True):
            assert_close(actual[:, b], np.real(expected), 1e-13)


@SKIP
@pytest.mark.parametrize("phi", PHIS)
def test_stack_gradients(core, phi, skip):
    p = stack_problem(73)
    check_gradients(core, p, skip, phi)


@SKIP
def test_stack_gradients_by_central_differences(core, skip):
    p = stack_problem(74, depth=2)
    _, grads = core.residual.stack_bptt(p.params(core), p.x, p.targets, p.theta["h0"], skip=skip)
    for name, actual in named(grads).items():
        assert_close(actual, stack_gradient(p, name, skip, differentiate=central_difference), 1e-7)


@SKIP
@pytest.mark.parametrize("depth", [1, 2, 4])
def test_stack_gradients_of_a_batch(core, depth, skip):
    check_gradients(core, stack_problem(75, B=3, T=7, depth=depth), skip)


def test_stack_without_an_input_matrix(core):
    """The first layer reads x itself; with a skip connection around it, n must be m."""
    check_gradients(core, stack_problem(76, W_in=False), False)
    result = check_gradients(core, stack_problem(76, W_in=False, n=5), True)
    assert result.grads.W_in is None


@SKIP
def test_stack_lengths_and_mask(core, skip):
    p = stack_problem(77, B=6, depth=2)
    inside = np.arange(7)[:, None] < LENGTHS
    mask = np.random.default_rng(77).random((7, 6)) < 0.5
    assert (mask & ~inside).any()
    assert (mask & inside).any()
    for arguments, counts in (
        ({"lengths": LENGTHS}, inside),
        ({"mask": mask}, mask),
        ({"lengths": LENGTHS, "mask": mask}, mask & inside),
    ):
        check_gradients(core, p, skip, oracle={"counts": counts}, **arguments)


@SKIP
def test_stack_with_the_squared_error(core, skip):
    p = stack_problem(78, B=3)
    p = p._replace(targets=np.random.default_rng(78).normal(size=(7, 3, 4)))
    oracle = {"losses": square_losses}
    check_gradients(core, p, skip, oracle=oracle, loss=core.losses.squared_error)


@SKIP
def test_derivatives_by_the_states(core, skip):
    """∂L/∂z_ℓ^(t), ∂L/∂a_ℓ^(t) and ∂L/∂o^(t): what a small addition at that place does to the loss."""
    p = stack_problem(79)
    counts = np.array([False, False, True, False, False, True, True])
    result = core.residual.stack_backpropagate(
        p.params(core), p.x, p.targets, p.theta["h0"], skip=skip, mask=counts
    )
    zero = np.zeros((7, 5))
    assert (len(result.grad_z), len(result.delta)) == (4, 3)
    for layer in range(4):
        expected = complex_step(
            lambda e, layer=layer: stack_loss(p, skip, counts=counts, add_z=(layer, e)), zero
        )
        assert_close(result.grad_z[layer], expected)
    for layer in range(1, 4):
        expected = complex_step(
            lambda e, layer=layer: stack_loss(p, skip, counts=counts, add_a=(layer, e)), zero
        )
        assert_close(result.delta[layer - 1], expected)
    assert_close(result.grad_o @ p.theta["W_yh"], result.grad_z[-1])
    assert result.grad_o.shape == (7, 4)


def test_the_identity_carries_the_gradient_down(core):
    """Layers that are switched off let it pass unchanged with skip connections, and stop it without."""
    p = stack_problem(80, depth=6)
    off = {name: 1e-9 * value if name.startswith("W_hx") else value for name, value in p.theta.items()}
    p = p._replace(theta=off)
    arguments = (p.params(core), p.x, p.targets, p.theta["h0"])
    grad_z = core.residual.stack_backpropagate(*arguments).grad_z
    assert_close(grad_z[0], grad_z[-1], 1e-7)
    plain = core.residual.stack_backpropagate(*arguments, skip=False).grad_z
    assert np.linalg.norm(plain[0]) < 1e-40 * np.linalg.norm(plain[-1])


@pytest.mark.parametrize("B", [None, 6])
def test_one_layer_without_skip_is_the_plain_network(core, B):
    for W_in in (False, True):
        p = stack_problem(81, B=B, depth=1, W_in=W_in, n=5 if W_in else 3)
        theta = p.theta | ({"W_in": np.eye(5)} if W_in else {})
        p = p._replace(theta=theta)
        network = core.RNNParams(*(theta[name] for name in ("W_hx.0", "W_hh.0", "W_yh", "b_h.0", "b_y")))
        stack = core.residual.stack_backpropagate(p.params(core), p.x, p.targets, p.theta["h0"], skip=False)
        plain = core.backpropagate(network, p.x, p.targets, p.theta["h0"][0])
        assert stack.loss == pytest.approx(plain.loss, rel=1e-14)
        actual = named(stack.grads)
        for name, expected in plain.grads._asdict().items():
            assert_close(actual[name if name in actual else f"{name}.0"], expected, 1e-14)
        assert_close(stack.delta[0], plain.delta, 1e-14)
        assert_close(stack.grad_h0[0], plain.grad_h0, 1e-14)


@SKIP
def test_stack_padding_changes_nothing(core, skip):
    """Garbage in the padding leaves every bit as it was; what is passed back is zero there."""
    for W_in in (True, False):
        p = stack_problem(82, B=6, W_in=W_in, n=3 if W_in else 5)
        padding = np.arange(7)[:, None] >= LENGTHS
        x, targets = p.x.copy(), p.targets.copy()
        x[padding] = 1e3 * np.random.default_rng(82).normal(size=x[padding].shape)
        targets[padding] = np.random.default_rng(83).choice([-7, 99, 4], size=targets[padding].shape)
        clean, dirty = (
            core.residual.stack_backpropagate(
                p.params(core), *data, p.theta["h0"], lengths=LENGTHS, skip=skip
            )
            for data in ((p.x, p.targets), (x, targets))
        )
        assert dirty.loss == clean.loss
        one, other = named(dirty.grads), named(clean.grads)
        for name in p.names():
            np.testing.assert_array_equal(one[name], other[name])
        for array in (*clean.grad_z, *clean.delta, clean.grad_o):
            assert not array[padding].any()
        assert clean.grad_z[-1][~padding].all()
        np.testing.assert_array_equal(p.x, stack_problem(82, B=6, W_in=W_in, n=p.x.shape[-1]).x)


@SKIP
def test_stack_padding_that_overflows_changes_nothing(core, skip):
    p = stack_problem(84, T=1100, B=2)
    theta = p.theta | {f"W_hh.{layer}": 2.0 * np.eye(5) for layer in range(3)}
    params, lengths = p._replace(theta=theta).params(core), np.array([4, 3])
    x = p.x.copy()
    x[1000:] = 1e308
    arguments, options = (p.theta["h0"], core.IDENTITY), {"lengths": lengths, "skip": skip}
    short = core.residual.stack_bptt(params, x[:4], p.targets[:4], *arguments, **options)
    with np.errstate(all="ignore"):
        long = core.residual.stack_bptt(params, x, p.targets, *arguments, **options)
    assert long[0] == pytest.approx(short[0], rel=1e-14)
    one, other = named(long[1]), named(short[1])
    for name in p.names():
        assert_close(one[name], other[name])


@SKIP
def test_h0_of_the_stack_is_zero_unless_given(core, skip):
    p = stack_problem(85, B=3)
    p = p._replace(theta=p.theta | {"h0": np.zeros((3, 3, 5))})
    given = core.residual.stack_bptt(p.params(core), p.x, p.targets, p.theta["h0"], skip=skip)
    left_out = core.residual.stack_bptt(p.params(core), p.x, p.targets, skip=skip)
    assert left_out[0] == given[0]
    for name, array in named(given[1]).items():
        np.testing.assert_array_equal(named(left_out[1])[name], array)
    for h in core.residual.stack_forward(p.params(core), p.x, skip=skip).h:
        np.testing.assert_array_equal(h[0], 0.0)


def test_skip_connections_are_the_default(core):
    p = stack_problem(86)
    arguments = (p.params(core), p.x)
    np.testing.assert_array_equal(
        core.residual.stack_forward(*arguments).o, core.residual.stack_forward(*arguments, skip=True).o
    )
    assert core.residual.stack_bptt(*arguments, p.targets)[0] == pytest.approx(
        core.residual.stack_bptt(*arguments, p.targets, skip=True)[0], rel=1e-15
    )


@SKIP
def test_a_single_precision_stack(core, skip):
    p, double = (stack_problem(87, B=3, dtype=dtype) for dtype in (np.float32, np.float64))
    single = core.residual.stack_backpropagate(p.params(core), p.x, p.targets, p.theta["h0"], skip=skip)
    exact = core.residual.stack_backpropagate(
        double.params(core), double.x, double.targets, double.theta["h0"], skip=skip
    )
    for name, array in named(single.grads).items():
        assert array.dtype == np.float32
        assert_close(array, named(exact.grads)[name], 1e-5)
    assert {array.dtype for array in (*single.grad_z, *single.delta, single.grad_h0)} == {
        np.dtype(np.float32)
    }
    assert core.residual.stack_forward(p.params(core), p.x, skip=skip).y.dtype == np.float32


@SKIP
def test_descent_on_a_stack(core, skip):
    """`train` is a step along the gradient, layer by layer; the loss falls."""
    p = stack_problem(88, B=6)
    params, batch = p.params(core), core.Batch(p.x, p.targets, lengths=LENGTHS)

    def gradient(params, batch):
        return core.residual.stack_bptt(params, batch.x, batch.targets, lengths=batch.lengths, skip=skip)

    _, grads = gradient(params, batch)
    after, _ = core.train(params, [batch], 0.01, None, gradient=gradient)
    for name, array in named(after).items():
        assert_close(array, p.theta[name] - 0.01 * named(grads)[name], 1e-15)
    _, history = core.train(params, [batch] * 40, 0.02, gradient=gradient, optimizer="adam")
    assert history.loss[-1] < 0.5 * history.loss[0]


def test_stack_leaves_its_arguments_alone(core):
    p = stack_problem(89, B=6)
    before = {name: value.copy() for name, value in (p.theta | {"x": p.x, "targets": p.targets}).items()}
    core.residual.stack_forward(p.params(core), p.x, p.theta["h0"])
    core.residual.stack_bptt(p.params(core), p.x, p.targets, p.theta["h0"], lengths=LENGTHS)
    for name, value in (p.theta | {"x": p.x, "targets": p.targets}).items():
        np.testing.assert_array_equal(value, before[name])
