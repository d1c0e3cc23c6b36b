"""Bad input to the engine: each error names the argument, what was expected and what came."""

import numpy as np
import pytest

from .spoilt import Good, raises, with_entry

ENGINE = {
    "forward": lambda g, **k: g.core.forward(**{"params": g.params, "x": g.x, "h0": g.h0} | k),
    "bptt": lambda g, **k: g.core.bptt(
        **{"params": g.params, "x": g.x, "targets": g.targets, "h0": g.h0, "lengths": g.lengths} | k
    ),
    "backpropagate": lambda g, **k: g.core.backpropagate(
        **{"params": g.params, "x": g.x, "targets": g.targets, "h0": g.h0, "lengths": g.lengths} | k
    ),
    "truncated_bptt": lambda g, **k: g.core.truncated_bptt(
        **{"params": g.params, "x": g.x, "targets": g.targets, "window": 3, "h0": g.h0} | k
    ),
    "lag_contributions": lambda g, **k: g.core.lag_contributions(
        **{"params": g.params, "x": g.x[:, 0], "targets": g.targets[:, 0], "h0": g.h0[0]} | k
    ),
}

SPOILT_PARAMS = [
    (lambda p: tuple(p), TypeError, r"params must be an RNNParams, got tuple"),
    (lambda p: p._replace(W_hh=None), TypeError, r"params\.W_hh must have dtype .* got object"),
    (lambda p: p._replace(W_hx=p.W_hx.astype(int)), TypeError, r"params\.W_hx must have dtype .* got int64"),
    (lambda p: p._replace(b_y=p.b_y.astype(np.float32)), TypeError, r"params\.b_y .* float64.* got float32"),
    (lambda p: p._replace(W_hx=p.W_hx[:, :0]), ValueError, r"params\.W_hx .* \(m, n\).* got \(5, 0\)"),
    (lambda p: p._replace(W_hh=p.W_hh[:, :4]), ValueError, r"params\.W_hh .* \(5, 5\), got \(5, 4\)"),
    (lambda p: p._replace(W_yh=p.W_yh.T), ValueError, r"params\.W_yh .* \(k, 5\).* got \(5, 4\)"),
    (lambda p: p._replace(b_h=p.b_h[:4]), ValueError, r"params\.b_h .* \(5,\), got \(4,\)"),
    (lambda p: p._replace(b_y=p.b_y[None]), ValueError, r"params\.b_y .* \(4,\), got \(1, 4\)"),
    (
        lambda p: p._replace(W_yh=with_entry(p.W_yh, np.nan)),
        ValueError,
        r"params\.W_yh .* finite, got nan at index \(0, 0\)",
    ),
    (
        lambda p: p._replace(b_h=with_entry(p.b_h, np.inf)),
        ValueError,
        r"params\.b_h .* finite, got inf at index \(0,\)",
    ),
]

SPOILT_X = [
    (lambda x: x[..., :2], ValueError, r"x must have shape .*, 3\).* got \(7, (6, )?2\)"),
    (lambda x: x[:0], ValueError, r"x must have shape .* at least 1, got \(0, (6, )?3\)"),
    (lambda x: x[0] if x.ndim == 2 else x[0, 0], ValueError, r"x must have shape .* got \(3,\)"),
    (lambda x: x[None, None], ValueError, r"x must have shape .* got \(1, 1, "),
    (
        lambda x: x.astype(np.float32),
        TypeError,
        r"x must have dtype float64, like the parameters, got float32",
    ),
    (lambda x: x.astype(int), TypeError, r"x must have dtype .* got int64"),
    (lambda x: with_entry(x, np.nan), ValueError, r"x must be finite, got nan at index \(0, "),
    (lambda x: with_entry(x, -np.inf), ValueError, r"x must be finite, got -inf at index \(0, "),
]

SPOILT_H0 = [
    (lambda h: h[..., :4], ValueError, r"h0 must have shape .* got"),
    (lambda h: h[None], ValueError, r"h0 must have shape .* got"),
    (lambda h: h.astype(np.float32), TypeError, r"h0 must have dtype float64, .* got float32"),
    (lambda h: with_entry(h, np.nan), ValueError, r"h0 must be finite, got nan at index"),
]

SPOILT_TARGETS = [
    (lambda c: c.astype(float), TypeError, r"targets must be integers, got dtype float64"),
    (lambda c: c[:-1], ValueError, r"targets must have shape \(7,( 6)?\), got \(6,( 6)?\)"),
    (lambda c: with_entry(c, 4), ValueError, r"targets must be in \[0, k\) with k = 4, got 4"),
    (lambda c: with_entry(c, -1), ValueError, r"targets must be in \[0, k\) with k = 4, got -1"),
]


@pytest.mark.parametrize("name", ENGINE)
def test_arguments_of_the_engine(core, name):
    g = Good(core)
    call = ENGINE[name]
    call(g)
    one = name == "lag_contributions"
    x, targets, h0 = (g.x[:, 0], g.targets[:, 0], g.h0[0]) if one else (g.x, g.targets, g.h0)
    for spoil, error, message in SPOILT_PARAMS:
        raises(error, message, lambda spoil=spoil: call(g, params=spoil(g.params)))
    for spoil, error, message in SPOILT_X:
        raises(error, message, lambda spoil=spoil: call(g, x=spoil(x)))
    for spoil, error, message in SPOILT_H0:
        raises(error, message, lambda spoil=spoil: call(g, h0=spoil(h0)))
    if name != "forward":
        for spoil, error, message in SPOILT_TARGETS:
            raises(error, message, lambda spoil=spoil: call(g, targets=spoil(targets)))


@pytest.mark.parametrize("name", ENGINE)
def test_the_activation_of_the_engine(core, name):
    call = ENGINE[name]
    message = r"activation must be an Activation, got 'tanh'"
    raises(TypeError, message, lambda: call(Good(core), activation="tanh"))


SPOILT_REST = [
    (
        lambda g: ENGINE["bptt"](g, lengths=g.lengths[:5]),
        ValueError,
        r"lengths must have shape \(6,\), got \(5,\)",
    ),
    (
        lambda g: ENGINE["bptt"](g, lengths=g.lengths + 1),
        ValueError,
        r"lengths must be in 1\.\.T = 7, got \[8",
    ),
    (lambda g: ENGINE["bptt"](g, lengths=g.lengths - 1), ValueError, r"lengths must be in 1\.\.T = 7, got"),
    (
        lambda g: ENGINE["bptt"](g, lengths=g.lengths * 1.0),
        TypeError,
        r"lengths must be integers, got dtype float64",
    ),
    (lambda g: ENGINE["bptt"](g, x=g.x[:, :0]), ValueError, r"x must .* at least 1, got \(7, 0, 3\)"),
    (lambda g: ENGINE["truncated_bptt"](g, window=0), ValueError, r"window must be at least 1, got 0"),
    (lambda g: ENGINE["truncated_bptt"](g, window=2.5), TypeError, r"window must be an integer, got 2\.5"),
    (
        lambda g: ENGINE["lag_contributions"](g, x=g.x),
        ValueError,
        r"x must .* one sequence.* got \(7, 6, 3\)",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), SPOILT_REST, ids=range(len(SPOILT_REST)))
def test_lengths_and_window(core, call, error, message):
    g = Good(core)
    raises(error, message, lambda: call(g))
