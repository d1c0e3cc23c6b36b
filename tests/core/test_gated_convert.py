"""Weights of PyTorch and Keras, against one step as their documentation writes it."""

import doctest

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_gated import gated_problem
from .spoilt import raises, with_entry

N, M, K = 3, 5, 4


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _torch_step(cell, w, x, h, c):
    """torch.nn.LSTM and torch.nn.GRU, their documentation's equations; b_ih and b_hh stay apart."""
    by_x = w["weight_ih"] @ x + w["bias_ih"]
    by_h = w["weight_hh"] @ h + w["bias_hh"]
    if cell == "lstm":
        i, f, g, o = np.split(by_x + by_h, 4)
        c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        return _sigmoid(o) * np.tanh(c), c
    x_r, x_z, x_n = np.split(by_x, 3)
    h_r, h_z, h_n = np.split(by_h, 3)
    r, z = _sigmoid(x_r + h_r), _sigmoid(x_z + h_z)
    n = np.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h, c


def _keras_step(cell, w, x, h, c):
    """keras.layers.LSTMCell and GRUCell, as their call methods compute; rows times kernels."""
    if cell == "lstm":
        z0, z1, z2, z3 = np.split(x @ w["kernel"] + h @ w["recurrent_kernel"] + w["bias"], 4)
        c = _sigmoid(z1) * c + _sigmoid(z0) * np.tanh(z2)
        return _sigmoid(z3) * np.tanh(c), c
    after = cell == "gru after"
    input_bias, recurrent_bias = w["bias"] if after else (w["bias"], None)
    x_z, x_r, x_h = np.split(x @ w["kernel"] + input_bias, 3)
    if after:
        recurrent_z, recurrent_r, recurrent_h = np.split(h @ w["recurrent_kernel"] + recurrent_bias, 3)
        z, r = _sigmoid(x_z + recurrent_z), _sigmoid(x_r + recurrent_r)
        hh = np.tanh(x_h + r * recurrent_h)
    else:
        U_z, U_r, U_h = np.split(w["recurrent_kernel"], 3, axis=1)
        z, r = _sigmoid(x_z + h @ U_z), _sigmoid(x_r + h @ U_r)
        hh = np.tanh(x_h + (r * h) @ U_h)
    return z * h + (1 - z) * hh, c


def _torch_weights(rng, blocks):
    shapes = {
        "weight_ih": (blocks * M, N),
        "weight_hh": (blocks * M, M),
        "bias_ih": (blocks * M,),
        "bias_hh": (blocks * M,),
        "linear_weight": (K, M),
        "linear_bias": (K,),
    }
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def _keras_weights(rng, blocks, bias_rows=()):
    shapes = {
        "kernel": (N, blocks * M),
        "recurrent_kernel": (M, blocks * M),
        "bias": (*bias_rows, blocks * M),
        "dense_kernel": (M, K),
        "dense_bias": (K,),
    }
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


CASES = {
    ("torch", "lstm"): lambda rng: _torch_weights(rng, 4),
    ("torch", "gru after"): lambda rng: _torch_weights(rng, 3),
    ("keras", "lstm"): lambda rng: _keras_weights(rng, 4),
    ("keras", "gru after"): lambda rng: _keras_weights(rng, 3, (2,)),
    ("keras", "gru before"): lambda rng: _keras_weights(rng, 3),
}


def _converter(core, library, cell, direction):
    return getattr(core.gated, f"{cell.split()[0]}_{direction}_{library}")


def _outputs(library, cell, w, x, h, c):
    """The logits of every step, computed with the library's own arrays and formulas."""
    outputs = []
    for x_t in x:
        h, c = (_torch_step if library == "torch" else _keras_step)(cell, w, x_t, h, c)
        linear = (
            w["linear_weight"] @ h + w["linear_bias"]
            if library == "torch"
            else h @ w["dense_kernel"] + w["dense_bias"]
        )
        outputs.append(linear)
    return outputs


@pytest.mark.parametrize(("library", "cell"), CASES)
def test_from_the_library(core, library, cell):
    rng = np.random.default_rng(361)
    w = CASES[library, cell](rng)
    x, h0, c0 = rng.normal(size=(7, N)), rng.normal(size=M), rng.normal(size=M)
    params = _converter(core, library, cell, "from")(**w)
    start = {"h0": h0, "c0": c0} if cell == "lstm" else {"h0": h0}
    forward = core.gated.lstm_forward if cell == "lstm" else core.gated.gru_forward
    assert_close(forward(params, x, **start).o, _outputs(library, cell, w, x, h0, c0), 1e-14)
    for array in params:
        assert array is None or (array.flags.c_contiguous and array.flags.owndata)
    if cell != "lstm":
        assert params.reset == cell.split()[1]


@pytest.mark.parametrize(("library", "cell"), CASES)
def test_to_the_library(core, library, cell):
    p = gated_problem({"lstm": "lstm", "gru after": "after", "gru before": "before"}[cell], 362)
    w = _converter(core, library, cell, "to")(p.params(core))
    forward = core.gated.lstm_forward if cell == "lstm" else core.gated.gru_forward
    expected = forward(p.params(core), p.x, **p.start()).o
    assert_close(_outputs(library, cell, w, p.x, p.theta["h0"], p.theta.get("c0")), expected, 1e-14)
    back = _converter(core, library, cell, "from")(**w)
    for one, other in zip(back, p.params(core), strict=True):
        np.testing.assert_array_equal(one, other)
    for array in w.values():
        assert not any(np.shares_memory(array, mine) for mine in p.theta.values())


@pytest.mark.parametrize(("library", "cell"), CASES)
def test_float32_is_kept(core, library, cell):
    """There and back."""
    kind = {"lstm": "lstm", "gru after": "after", "gru before": "before"}[cell]
    params = gated_problem(kind, 366, dtype=np.float32).params(core)
    w = _converter(core, library, cell, "to")(params)
    assert {array.dtype for array in w.values()} == {np.dtype(np.float32)}
    for one, other in zip(_converter(core, library, cell, "from")(**w), params, strict=True):
        np.testing.assert_array_equal(one, other)
        assert one is None or one.dtype == np.float32


def test_a_position_says_the_same_as_a_name(core):
    """``[*lstm.parameters(), *linear.parameters()]`` has the order of the arguments."""
    w = _torch_weights(np.random.default_rng(363), 4)
    by_name, by_position = core.gated.lstm_from_torch(**w), core.gated.lstm_from_torch(*w.values())
    np.testing.assert_array_equal(by_name.b_h, by_position.b_h)


def test_what_a_library_cannot_do(core):
    with_peepholes = gated_problem("peephole", 364).params(core)
    before = gated_problem("before", 364).params(core)
    for library, convert in (("PyTorch", core.gated.lstm_to_torch), ("Keras", core.gated.lstm_to_keras)):
        message = rf"params must have no peepholes, like {library}'s LSTM"
        raises(ValueError, message, lambda convert=convert: convert(with_peepholes))
        raises(
            TypeError, r"params must be an LSTMParams, got GRUParams", lambda convert=convert: convert(before)
        )
    message = r"^params must have reset 'after', like PyTorch's GRU, got 'before'$"
    raises(ValueError, message, lambda: core.gated.gru_to_torch(before))


BAD_WEIGHTS = [
    ("torch", "lstm", "weight_ih", lambda a: a[1:], ValueError, r"\(4m, n\), got \(19, 3\)"),
    ("torch", "lstm", "weight_hh", lambda a: a.T, ValueError, r"\(20, 5\), got \(5, 20\)"),
    ("torch", "lstm", "weight_hh", lambda a: a.astype("f4"), TypeError, r"float64.* got float32"),
    ("torch", "lstm", "bias_hh", lambda a: a[:5], ValueError, r"\(20,\), got \(5,\)"),
    ("torch", "gru after", "weight_ih", lambda a: a[1:], ValueError, r"\(3m, n\), got \(14, 3\)"),
    ("torch", "gru after", "bias_ih", lambda a: a[:5], ValueError, r"\(15,\), got \(5,\)"),
    ("torch", "gru after", "linear_bias", lambda a: a[:2], ValueError, r"\(4,\), got \(2,\)"),
    ("keras", "lstm", "kernel", lambda a: a[:, 1:], ValueError, r"\(n, 4m\), got \(3, 19\)"),
    ("keras", "lstm", "dense_kernel", lambda a: a.T, ValueError, r"\(5, k\).* got \(4, 5\)"),
    ("keras", "gru after", "bias", lambda a: a.T, ValueError, r"\(2, 15\), got \(15, 2\)"),
    ("keras", "gru after", "kernel", lambda a: a.astype(int), TypeError, r"float64 .* got int64"),
    ("keras", "gru before", "kernel", lambda a: a[:, 2:], ValueError, r"\(n, 3m\), got \(3, 13\)"),
    ("keras", "gru before", "bias", lambda a: [*a[1:], [a[0]]], ValueError, r"lists of equal length, got"),
    ("keras", "gru before", "bias", lambda a: a[:5], ValueError, r"\(15,\), got \(5,\)"),
    ("keras", "gru before", "bias", lambda a: with_entry(a, np.nan), ValueError, r"finite, got nan"),
]


@pytest.mark.parametrize(("library", "cell", "name", "spoil", "error", "message"), BAD_WEIGHTS)
def test_bad_weights(core, library, cell, name, spoil, error, message):
    w = CASES[library, cell](np.random.default_rng(365))
    convert = _converter(core, library, cell, "from")
    raises(error, f"^{name} must .*{message}", lambda: convert(**w | {name: spoil(w[name])}))


def test_the_worked_example_runs(core):
    found = doctest.testmod(core.gated.convert)
    assert found.attempted >= 10
    assert not found.failed
