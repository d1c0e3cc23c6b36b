"""How the parameters of a stack are drawn, and bad input to the stack."""

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_residual import named, stack_problem
from .samples import within_standard_errors
from .spoilt import raises, with_entry


def test_drawn_stacks(core):
    n, m, k, depth = 30, 50, 40, 3
    draw = core.residual.init_stack
    params = draw(n, m, k, depth, rho=0.7, rng=np.random.default_rng(91))
    assert len(params.layers) == depth
    for matrix, shape in (
        (params.W_in, (m, n)),
        (params.W_yh, (k, m)),
        *((layer.W_hx, (m, m)) for layer in params.layers),
    ):
        assert matrix.shape == shape
        within_standard_errors(matrix.reshape(-1), 0.0)
        within_standard_errors(matrix.reshape(-1) ** 2, 1 / shape[1])
    for layer in params.layers:
        assert_close(layer.W_hh.T @ layer.W_hh, 0.49 * np.eye(m))
        assert layer.b_h.shape == (m,)
        assert not layer.b_h.any()
    assert params.b_y.shape == (k,)
    assert not params.b_y.any()
    for one, other in ((params.layers[0], params.layers[1]), (params.layers[1], params.layers[2])):
        assert abs(np.vdot(one.W_hx, other.W_hx)) < 4.5
        assert abs(np.vdot(one.W_hh, other.W_hh)) < 4.5
    same, other = (draw(n, m, k, depth, rho=0.7, rng=np.random.default_rng(seed)) for seed in (91, 92))
    for name, array in named(params).items():
        np.testing.assert_array_equal(named(same)[name], array)
    assert not np.allclose(other.W_in, params.W_in)
    single = draw(n, m, k, depth, rho=0.7, rng=np.random.default_rng(91), dtype=np.float32)
    for name, array in named(single).items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, named(params)[name], rtol=1e-6)
    for layer in draw(n, m, k, 2, rng=np.random.default_rng(94)).layers:
        assert_close(layer.W_hh.T @ layer.W_hh, 0.81 * np.eye(m))  # ρ = 0.9, if nothing else is said
    identity = draw(n, m, k, 2, rho=0.3, recurrent="identity", rng=np.random.default_rng(93))
    for layer in identity.layers:
        np.testing.assert_array_equal(layer.W_hh, 0.3 * np.eye(m))


def first_layer(p, **changes):
    return p._replace(layers=(p.layers[0]._replace(**changes), *p.layers[1:]))


def second_layer(p, **changes):
    return p._replace(layers=(p.layers[0], p.layers[1]._replace(**changes)))


SPOILT_PARAMS = [
    (lambda p: tuple(p), TypeError, r"params must be a StackParams, got tuple"),
    (lambda p: p._replace(layers=()), TypeError, r"params\.layers must be a tuple of at least .* got \(\)"),
    (lambda p: p._replace(layers=list(p.layers)), TypeError, r"params\.layers must be a tuple of at least"),
    (lambda p: p._replace(layers=(tuple(p.layers[0]),)), TypeError, r"params\.layers must be a tuple of"),
    (lambda p: second_layer(p, W_hh=[1.0]), ValueError, r"params\.layers\[1\]\.W_hh .*got \(1,\)"),
    (lambda p: p._replace(W_yh=None), TypeError, r"params\.W_yh must have dtype .*, got object"),
    (lambda p: p._replace(W_yh=p.W_yh[:0]), ValueError, r"params\.W_yh .* \(k, m\).* got \(0, 5\)"),
    (lambda p: p._replace(b_y=p.b_y[:3]), ValueError, r"params\.b_y .* \(4,\), got \(3,\)"),
    (lambda p: p._replace(W_in=p.W_in[:4]), ValueError, r"params\.W_in .* \(5, n\).* got \(4, 3\)"),
    (lambda p: p._replace(W_in=p.W_in.astype(np.float32)), TypeError, r"params\.W_in .* got float32"),
    (lambda p: first_layer(p, W_hx=p.layers[0].W_hx[:, :3]), ValueError, r"\[0\]\.W_hx .*got \(5, 3\)"),
    (lambda p: second_layer(p, W_hx=p.layers[1].W_hx[:, :3]), ValueError, r"\[1\]\.W_hx .*got \(5, 3\)"),
    (lambda p: second_layer(p, W_hh=p.layers[1].W_hh[:4]), ValueError, r"layers\[1\]\.W_hh .*got \(4, 5\)"),
    (lambda p: second_layer(p, b_h=p.layers[1].b_h[:4]), ValueError, r"layers\[1\]\.b_h .* got \(4,\)"),
    (lambda p: second_layer(p, b_h=with_entry(p.layers[1].b_h, np.nan)), ValueError,
     r"layers\[1\]\.b_h must be finite, got nan at index \(0,\)"),
    (lambda p: p._replace(W_in=with_entry(p.W_in, np.inf)), ValueError, r"params\.W_in must be finite"),
    (lambda p: p._replace(b_y=p.b_y.astype(np.float32)), TypeError, r"params\.b_y .* float64.* got float32"),
    *(
        (lambda p, name=name: second_layer(p, **{name: getattr(p.layers[1], name).astype(np.float32)}),
         TypeError, rf"params\.layers\[1\]\.{name} must have dtype float64, .* got float32")
        for name in ("W_hx", "W_hh", "b_h")
    ),
]  # fmt: skip


SPOILT_REST = [
    ("x", lambda x: x[..., :2], ValueError, r"x must have shape \(T, B, 3\).* got \(7, 6, 2\)"),
    ("x", lambda x: x[:0], ValueError, r"x must have shape .* at least 1, got \(0, 6, 3\)"),
    ("x", lambda x: x.astype(np.float32), TypeError, r"x must have dtype float64, like the parameters"),
    ("x", lambda x: with_entry(x, np.nan), ValueError, r"x must be finite, got nan at index \(0, 0, 0\)"),
    ("h0", lambda h: h[0], ValueError, r"h0 must have shape \(2, 6, 5\), got \(6, 5\)"),
    ("h0", lambda h: h[:, :5], ValueError, r"h0 must have shape \(2, 6, 5\), got \(2, 5, 5\)"),
    ("h0", lambda h: h.astype(np.float32), TypeError, r"h0 must have dtype float64, .* got float32"),
    ("h0", lambda h: with_entry(h, np.inf), ValueError, r"h0 must be finite, got inf at index"),
    ("activation", lambda _: "tanh", TypeError, r"activation must be an Activation, got 'tanh'"),
    ("targets", lambda c: c.astype(float), TypeError, r"targets must be integers, got dtype float64"),
    ("targets", lambda c: c[:-1], ValueError, r"targets must have shape \(7, 6\), got \(6, 6\)"),
    ("targets", lambda c: with_entry(c, 4), ValueError, r"targets must be in \[0, k\) with k = 4, got 4"),
    ("lengths", lambda n: n + 1, ValueError, r"lengths must be in 1\.\.T = 7, got \[8"),
    ("lengths", lambda n: n[:5], ValueError, r"lengths must have shape \(6,\), got \(5,\)"),
    ("mask", lambda m: m * 1, TypeError, r"mask must hold booleans, got dtype int64"),
    ("mask", lambda m: m[0], ValueError, r"mask must have shape \(7, 6\), got \(6,\)"),
    ("mask", lambda m: ~m, ValueError, r"mask must choose at least one step"),
]


@pytest.mark.parametrize("name", ["stack_forward", "stack_bptt", "stack_backpropagate"])
def test_bad_input_of_the_stack(core, name):
    p = stack_problem(94, B=6, depth=2)
    good = {"params": p.params(core), "x": p.x, "h0": p.theta["h0"], "activation": core.TANH}
    if name != "stack_forward":
        good |= {"targets": p.targets, "lengths": np.array([7, 2, 5, 1, 3, 6]), "mask": np.ones((7, 6), bool)}

    def call(**spoilt):
        return getattr(core.residual, name)(**(good | spoilt))

    call()
    for spoil, error, message in SPOILT_PARAMS:
        raises(error, message, lambda spoil=spoil: call(params=spoil(good["params"])))
    for argument, spoil, error, message in SPOILT_REST:
        if argument in good:
            spoilt = {argument: spoil(good[argument])}
            raises(error, message, lambda spoilt=spoilt: call(**spoilt))
    wide = stack_problem(94, B=6, depth=2, W_in=False).params(core)
    message = r"params\.W_in must be given for skip connections unless n = m, got 3 and 5"
    raises(ValueError, message, lambda: call(params=wide))
    call(params=wide, skip=False)
    # The first layer is the one that says how wide x is; its own faults come before that.
    short, single = (
        first_layer(wide, W_hx=change(wide.layers[0].W_hx)) for change in (lambda W: W[:4], np.float32)
    )
    message = r"^params\.layers\[0\]\.W_hx must have shape \(5, n\), .* got \(4, 3\)"
    raises(ValueError, message, lambda: call(params=short))
    message = r"^params\.layers\[0\]\.W_hx must have dtype float64, .* got float32"
    raises(TypeError, message, lambda: call(params=single))


BAD_DRAWS = [
    ({"n": 0}, ValueError, r"n must be at least 1, got 0"),
    ({"m": 0}, ValueError, r"m must be at least 1, got 0"),
    ({"k": 2.0}, TypeError, r"k must be an integer, got 2\.0"),
    ({"depth": 0}, ValueError, r"depth must be at least 1, got 0"),
    ({"rho": -0.1}, ValueError, r"rho must be a finite number ≥ 0, got -0\.1"),
    ({"recurrent": "banded"}, ValueError, r"recurrent must be one of .* got 'banded'"),
    ({"rng": 7}, TypeError, r"rng must be a numpy.random.Generator .* got 7"),
    ({"dtype": int}, TypeError, r"dtype must be float64 or float32, got int64"),
]


@pytest.mark.parametrize(("spoilt", "error", "message"), BAD_DRAWS, ids=range(len(BAD_DRAWS)))
def test_bad_input_of_a_draw(core, spoilt, error, message):
    good = {"n": 3, "m": 5, "k": 4, "depth": 2, "rng": np.random.default_rng(0)}
    raises(error, message, lambda: core.residual.init_stack(**(good | spoilt)))
