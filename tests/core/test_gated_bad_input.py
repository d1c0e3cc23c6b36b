"""Bad input to the gated cells: each error names the argument, what was expected and what came."""

import numpy as np
import pytest

from .oracles_gated import KINDS, function, gated_problem, is_lstm
from .spoilt import raises, with_entry

PASSES = ("forward", "bptt", "backpropagate")

SPOILT_PARAMS = [
    (lambda p: p._replace(W_hh=None), TypeError, r"params\.W_hh must have dtype .* got object"),
    (lambda p: p._replace(W_hx=p.W_hx.astype(int)), TypeError, r"params\.W_hx must have dtype .* got int64"),
    (lambda p: p._replace(b_y=p.b_y.astype(np.float32)), TypeError, r"params\.b_y .* float64.* got float32"),
    (lambda p: p._replace(W_hx=p.W_hx[:, :0]), ValueError, r"params\.W_hx .* \([34]m, n\).* got \(\d+, 0\)"),
    (
        lambda p: p._replace(W_hx=p.W_hx[1:]),
        ValueError,
        r"params\.W_hx .* [34] blocks of m rows, got \d+ rows",
    ),
    (lambda p: p._replace(W_hh=p.W_hh[:, :4]), ValueError, r"params\.W_hh .*, 5\), got \(\d+, 4\)"),
    (lambda p: p._replace(W_yh=p.W_yh.T), ValueError, r"params\.W_yh .* \(k, 5\).* got \(5, 4\)"),
    (lambda p: p._replace(b_h=p.b_h[:5]), ValueError, r"params\.b_h .* \((15|20),\), got \(5,\)"),
    (lambda p: p._replace(b_y=p.b_y[None]), ValueError, r"params\.b_y .* \(4,\), got \(1, 4\)"),
    (
        lambda p: p._replace(b_h=with_entry(p.b_h, np.nan)),
        ValueError,
        r"params\.b_h .* finite, got nan at index",
    ),
    (lambda p: p._replace(W_yh=with_entry(p.W_yh, -np.inf)), ValueError, r"params\.W_yh .* finite, got -inf"),
]

SPOILT_X = [
    (lambda x: x[..., :2], ValueError, r"x must have shape \(T, B, 3\).* got \(7, 6, 2\)"),
    (lambda x: x[:0], ValueError, r"x must have shape .* at least 1, got \(0, 6, 3\)"),
    (lambda x: x[:, :0], ValueError, r"x must have shape .* at least 1, got \(7, 0, 3\)"),
    (lambda x: x[0, 0], ValueError, r"x must have shape .* got \(3,\)"),
    (
        lambda x: x.astype(np.float32),
        TypeError,
        r"x must have dtype float64, like the parameters, got float32",
    ),
    (lambda x: x.astype(int), TypeError, r"x must have dtype .* got int64"),
    (lambda x: with_entry(x, np.nan), ValueError, r"x must be finite, got nan at index \(0, 0, 0\)"),
]

SPOILT_STATE = [
    (lambda s: s[..., :4], ValueError, r"{} must have shape \(6, 5\), got \(6, 4\)"),
    (lambda s: s[0], ValueError, r"{} must have shape \(6, 5\), got \(5,\)"),
    (lambda s: s.astype(np.float32), TypeError, r"{} must have dtype float64, .* got float32"),
    (lambda s: with_entry(s, np.nan), ValueError, r"{} must be finite, got nan at index \(0, 0\)"),
]

SPOILT_REST = [
    ({"targets": lambda c: c.astype(float)}, TypeError, r"targets must be integers, got dtype float64"),
    ({"targets": lambda c: c[:-1]}, ValueError, r"targets must have shape \(7, 6\), got \(6, 6\)"),
    ({"targets": lambda c: with_entry(c, 4)}, ValueError, r"targets must be in \[0, k\) with k = 4, got 4"),
    ({"lengths": lambda _: np.ones(5, int)}, ValueError, r"lengths must have shape \(6,\), got \(5,\)"),
    ({"lengths": lambda _: np.full(6, 8)}, ValueError, r"lengths must be in 1\.\.T = 7, got \[8"),
    ({"lengths": lambda _: np.zeros(6, int)}, ValueError, r"lengths must be in 1\.\.T = 7, got \[0"),
    ({"lengths": lambda _: np.ones(6)}, TypeError, r"lengths must be integers, got dtype float64"),
    ({"mask": lambda _: np.ones((7, 6))}, TypeError, r"mask must hold booleans, got dtype float64"),
    ({"mask": lambda _: np.ones(7, bool)}, ValueError, r"mask must have shape \(7, 6\), got \(7,\)"),
    ({"mask": lambda _: np.zeros((7, 6), bool)}, ValueError, r"mask must choose at least one step"),
]


def _call(core, kind, name, **spoilt):
    p = gated_problem(kind, 341, B=6)
    arguments = {"params": p.params(core), "x": p.x, **p.start()}
    if name != "forward":
        arguments["targets"] = p.targets
    for argument, spoil in spoilt.items():
        arguments[argument] = spoil(arguments.get(argument))
    return lambda: function(core, kind, name)(**arguments)


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_are_of_the_cell_and_of_one_type(core, kind):
    wanted = "an LSTMParams" if is_lstm(kind) else "a GRUParams"
    raises(TypeError, f"^params must be {wanted}, got tuple$", _call(core, kind, "bptt", params=tuple))
    p = gated_problem(kind, 341).params(core)
    for field in p._fields[1:]:
        if getattr(p, field) is not None:
            message = rf"^params\.{field} must have dtype float64, like the parameters, got float32$"
            single = {field: getattr(p, field).astype(np.float32)}
            raises(TypeError, message, _call(core, kind, "bptt", params=lambda p: p._replace(**single)))  # noqa: B023


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PASSES)
def test_arguments_of_the_passes(core, kind, name):
    _call(core, kind, name)()
    for spoil, error, message in SPOILT_PARAMS:
        raises(error, message, _call(core, kind, name, params=spoil))
    for spoil, error, message in SPOILT_X:
        raises(error, message, _call(core, kind, name, x=spoil))
    for state in ("h0", "c0") if is_lstm(kind) else ("h0",):
        for spoil, error, message in SPOILT_STATE:
            raises(error, message.format(state), _call(core, kind, name, **{state: spoil}))
    if name != "forward":
        for spoilt, error, message in SPOILT_REST:
            raises(error, message, _call(core, kind, name, **spoilt))


OPTIONAL = [
    ("peephole", "peepholes", lambda a: a[:2], ValueError, r"\(3, 5\), got \(2, 5\)"),
    ("after", "b_hn", lambda a: a[:4], ValueError, r"\(5,\), got \(4,\)"),
    ("after", "b_hn", lambda a: with_entry(a, np.nan), ValueError, r"finite, got nan"),
]


@pytest.mark.parametrize(("kind", "field", "spoil", "error", "message"), OPTIONAL)
def test_optional_parameters(core, kind, field, spoil, error, message):
    call = _call(core, kind, "bptt", params=lambda p: p._replace(**{field: spoil(getattr(p, field))}))
    raises(error, rf"params\.{field} must .*{message}", call)


@pytest.mark.parametrize("make", ["init_lstm", "init_gru"])
def test_arguments_of_init(core, make):
    rng = np.random.default_rng(0)
    init = getattr(core.gated, make)
    good = {"n": 3, "m": 5, "k": 4, "rng": rng}
    for spoilt, error, message in [
        ({"n": 0}, ValueError, r"n must be at least 1, got 0"),
        ({"m": 2.5}, TypeError, r"m must be an integer, got 2\.5"),
        ({"k": -1}, ValueError, r"k must be at least 1, got -1"),
        ({"rho": -0.1}, ValueError, r"rho must be a finite number ≥ 0, got -0\.1"),
        ({"rng": 3}, TypeError, r"rng must be a numpy\.random\.Generator .* got 3"),
        ({"dtype": np.int64}, TypeError, r"dtype must be float64 or float32, got int64"),
    ]:
        raises(error, message, lambda spoilt=spoilt: init(**good | spoilt))
    if make == "init_lstm":
        message = r"forget_bias must be a finite number, got nan"
        raises(ValueError, message, lambda: init(**good, forget_bias=np.nan))
    else:
        message = r"reset must be one of after, before, got 'during'"
        raises(ValueError, message, lambda: init(**good, reset="during"))
