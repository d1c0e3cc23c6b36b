"""What may not matter to the gated cells: dtype, memory layout, read-only arrays, how often one asks."""

import itertools

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_gated import KINDS, function, gated_problem, is_lstm

LENGTHS = np.array([7, 2, 5, 1, 3, 6])


def _results(core, p, change=lambda array: array):
    """Every array that the cells return for one problem, whose arrays are changed beforehand."""
    params = p.params(core)
    params = type(params)(*(None if array is None else change(array) for array in params))
    start = {name: change(value) for name, value in p.start().items()}
    lengths = None if p.x.ndim == 2 else LENGTHS
    x, targets = change(p.x), change(p.targets)
    trace = function(core, p.kind, "forward")(params, x, **start)
    back = function(core, p.kind, "backpropagate")(params, x, targets, **start, lengths=lengths)
    arrays = [*trace, *back.grads, *back[2:], function(core, p.kind, "step_jacobians")(params, trace)]
    return [*(array for array in arrays if array is not None), np.array(back.loss)], (params, x, start)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_float32_is_kept_and_near_float64(core, kind, B):
    double, _ = _results(core, gated_problem(kind, 331, B=B))
    single, _ = _results(core, gated_problem(kind, 331, B=B, dtype=np.float32))
    for one, other in zip(single[:-1], double[:-1], strict=True):
        assert (one.dtype, other.dtype) == (np.float32, np.float64)
        assert_close(one, other, 2e-5)
    assert single[-1] == pytest.approx(double[-1], rel=1e-6)


def test_the_room_of_a_pass_in_float32_is_in_float32(core):
    """In float64 it would be as right, twice as large, and slower."""
    x = np.ones((7, 2, 3), np.float32)
    for array in core.gated._gru.prepare(x, 3, 4, x.dtype, None, 1)[1:]:
        assert array.dtype == np.float32


@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_of_two_is_both_alone(core, kind):
    """A batch of one has a product of its own and is not divided; two are the fewest that are."""
    p = gated_problem(kind, 337, B=2)
    params, call = p.params(core), function(core, kind, "backpropagate")
    both = call(params, p.x, p.targets, **p.start())
    ones = [
        call(params, p.x[:, b], p.targets[:, b], **{name: value[b] for name, value in p.start().items()})
        for b in range(2)
    ]
    assert both.loss == pytest.approx((ones[0].loss + ones[1].loss) / 2, rel=1e-13)
    for b, one in enumerate(ones):
        assert_close(2 * both.grad_h[:, b], one.grad_h)
        assert_close(2 * both.grad_o[:, b], one.grad_o)
    for grad, first, second in zip(both.grads, ones[0].grads, ones[1].grads, strict=True):
        assert (grad is None) == (first is None)
        if grad is not None:
            assert_close(2 * grad, first + second)


def _strided(array):
    """The same numbers with gaps between them."""
    room = np.full([2 * size for size in array.shape], -77, array.dtype)
    view = room[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


@pytest.mark.parametrize("layout", [np.asfortranarray, _strided])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_memory_layout_does_not_matter(core, kind, B, layout):
    p = gated_problem(kind, 332, B=B)
    plain, _ = _results(core, p)
    laid_out, _ = _results(core, p, layout)
    for one, other in zip(laid_out, plain, strict=True):
        assert_close(one, other, 1e-13)


def _read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_arguments_are_neither_changed_nor_shared(core, kind, B):
    p = gated_problem(kind, 333, B=B)
    plain, _ = _results(core, p)
    locked, (params, x, start) = _results(core, p, _read_only)
    for one, other in zip(locked, plain, strict=True):
        np.testing.assert_array_equal(one, other)
        for argument in (*params, x, *start.values()):
            assert argument is None or not np.shares_memory(one, argument)


@pytest.mark.parametrize("kind", KINDS)
def test_results_do_not_hold_on_to_the_memory_of_the_pass(core, kind):
    """Room for gates and states is shared; whoever keeps a result keeps its numbers and nothing more."""
    for B in (None, 6):
        found, _ = _results(core, gated_problem(kind, 334, B=B))
        for array in found:
            owner = array if array.base is None else array.base
            assert owner.nbytes == array.nbytes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_a_pass_has_one_array_for_states_and_gates_and_no_more_than_it_needs(core, kind, B):
    """There is a state more than there are steps: all that stays unused are the gates of one step."""
    p = gated_problem(kind, 338, B=B)
    prepare = (core.gated._lstm if is_lstm(kind) else core.gated._gru).prepare
    _, *parts = prepare(p.x, 3, 5, p.x.dtype, *p.start().values(), count=2)
    parts = parts if is_lstm(kind) else parts[1:]  # the inputs of a GRU have an array of their own
    room = parts[0].base
    assert all(part.base is room for part in parts)
    assert not any(np.shares_memory(one, other) for one, other in itertools.combinations(parts, 2))
    assert room.size - sum(part.size for part in parts) == parts[-1][0].size


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_call_gives_the_same_bits(core, kind):
    p = gated_problem(kind, 335, B=6)
    for first, second in zip(_results(core, p)[0], _results(core, p)[0], strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("kind", KINDS)
def test_they_train(core, kind):
    """The loop of `train` takes them as it takes the plain network, with SGD and with Adam."""
    p = gated_problem(kind, 336, B=6)
    batches = [core.Batch(p.x, p.targets, lengths=LENGTHS)] * 150
    bptt = function(core, kind, "bptt")
    for optimizer, rate in (("sgd", 0.3), ("adam", 0.03)):
        params, history = core.train(
            p.params(core),
            batches,
            learning_rate=rate,
            clip=1.0,
            gradient=lambda params, batch: bptt(params, batch.x, batch.targets, lengths=batch.lengths),
            optimizer=optimizer,
        )
        assert type(params) is type(p.params(core))
        assert history.loss[-1] < 0.5 * history.loss[0]
