"""One small model of every kind, its batches and its gradient: what `train` and checkpoints are tried on."""

from typing import NamedTuple

import numpy as np

from .oracles import problem
from .oracles_gated import function, gated_problem
from .oracles_residual import stack_problem
from .oracles_rmtpp import api, events

LENGTHS = np.array([7, 2, 5, 1, 3, 6])


class Model(NamedTuple):
    """Parameters, and a function gradient(params, batch) or None for that of the plain network."""

    params: object
    gradient: object


def _network(core):
    return Model(problem(501, B=6).params(core), None)


def _gated(kind):
    def make(core):
        bptt = function(core, kind, "bptt")
        return Model(
            gated_problem(kind, 502, B=6).params(core),
            lambda params, batch: bptt(params, batch.x, batch.targets, lengths=batch.lengths),
        )

    return make


def _stack(W_in):
    def make(core):
        return Model(
            stack_problem(503, B=6, depth=2, W_in=W_in).params(core),
            lambda params, batch: core.residual.stack_bptt(
                params, batch.x, batch.targets, lengths=batch.lengths, skip=W_in
            ),
        )

    return make


def _rmtpp(constant):
    def make(core):
        return Model(
            events(504, B=6).params(core, constant=constant),
            lambda params, batch: api(core).rmtpp_bptt(
                params, np.exp(batch.x[..., 0]), batch.targets % 2, lengths=batch.lengths
            ),
        )

    return make


MODELS = {
    "network": _network,
    "lstm": _gated("lstm"),
    "peephole": _gated("peephole"),
    "gru after": _gated("after"),
    "gru before": _gated("before"),
    "stack": _stack(True),
    "stack without W_in": _stack(False),
    "rmtpp": _rmtpp(False),
    "rmtpp, constant hazard": _rmtpp(True),
}


def batches(core, rng, number):
    """So many batches that the generator decides; targets are learnable, a little."""
    for _ in range(number):
        x = rng.normal(size=(7, 6, 3))
        yield core.Batch(x, np.digitize(x[..., 0], [-1.0, 0.0, 1.0]), lengths=rng.permutation(LENGTHS))


def arrays(tree):
    """All arrays of nested tuples, in order."""
    if isinstance(tree, tuple):
        return [array for part in tree for array in arrays(part)]
    return [] if tree is None else [tree]


def assert_same(one, other):
    """Assert that two trees are equal to the last bit, in type, dtype and shape too."""
    assert type(one) is type(other)
    for a, b in zip(arrays(one), arrays(other), strict=True):
        assert type(a) is type(b)
        assert getattr(a, "dtype", None) == getattr(b, "dtype", None)
        np.testing.assert_array_equal(a, b)
