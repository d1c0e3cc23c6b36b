"""Parameters as trees: what an error calls an array within, and what a list within becomes."""

import numpy as np

from .oracles import problem
from .spoilt import raises


def test_an_array_within_layers_is_called_by_its_place(core):
    stack = core.residual.init_stack(3, 5, 4, 3, rng=np.random.default_rng(561))
    layer = stack.layers[1]
    layers = (stack.layers[0], layer._replace(b_h=layer.b_h * np.nan), stack.layers[2])
    message = r"^grads\.layers\[1\]\.b_h must be finite, got nan at index \(0,\)$"
    raises(ValueError, message, lambda: core.sgd_step(stack, stack._replace(layers=layers), 0.1))


def test_a_gradient_of_another_model_is_refused_by_both_names(core):
    params = problem(562).params(core)
    other = core.gated.init_lstm(3, 5, 4, rng=np.random.default_rng(562))
    message = "^grads must be of type RNNParams, like params, got LSTMParams$"
    raises(TypeError, message, lambda: core.sgd_step(params, other, 0.1))
    message = "^grads must be a NamedTuple of arrays, such as RNNParams, got tuple$"
    raises(TypeError, message, lambda: core.clip_by_global_norm(tuple(params), 1.0))


def test_lists_in_a_gradient_take_the_type_of_the_parameters(core):
    params, grads = problem(563, dtype=np.float32).params(core), problem(564).params(core)
    as_lists = core.RNNParams(*(array.tolist() for array in grads))
    as_arrays = core.RNNParams(*(array.astype(np.float32) for array in grads))
    found, expected = core.sgd_step(params, as_lists, 0.3), core.sgd_step(params, as_arrays, 0.3)
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_array_equal(one, other)
