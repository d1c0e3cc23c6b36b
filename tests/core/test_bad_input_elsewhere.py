"""Bad input to all but the engine: each error names the argument, what was expected and what came."""

import numpy as np
import pytest

from .spoilt import Good, raises, with_entry

# One line for each way to be wrong: c is the package, g holds arguments that are right.
CASES = [
    # jacobian
    (
        lambda c, g: c.step_jacobians(tuple(g.params), g.trace),
        TypeError,
        r"params must be an RNNParams, got tuple",
    ),
    (lambda c, g: c.step_jacobians(g.params, g.trace.h), TypeError, r"trace must .*forward.* got ndarray"),
    (
        lambda c, g: c.step_jacobians(c.init_params(3, 4, 2, rng=g.rng), g.trace),
        ValueError,
        r"trace\.h must have 4 hidden units.* got 5",
    ),
    (lambda c, g: c.product_log_norms(g.J[0, 0]), ValueError, r"J must have shape .* got \(5, 5\)"),
    (lambda c, g: c.product_log_norms(g.J[..., :4]), ValueError, r"J must have shape .* got \(7, 6, 5, 4\)"),
    (lambda c, g: c.product_log_norms(g.J[:0]), ValueError, r"J must have shape .* got \(0, 6, 5, 5\)"),
    (
        lambda c, g: c.product_log_norms(g.J + 0j),
        TypeError,
        r"J must hold real numbers, got dtype complex128",
    ),
    (
        lambda c, g: c.product_log_norms(with_entry(g.J, np.nan)),
        ValueError,
        r"J must be finite, got nan at index",
    ),
    (lambda c, g: c.product_log_norms(g.J, start=8), ValueError, r"start must be between 0 and T = 7, got 8"),
    (lambda c, g: c.product_log_norms(g.J, start=-1), ValueError, r"start must be at least 0, got -1"),
    (lambda c, g: c.product_log_norms(g.J, start=1.0), TypeError, r"start must be an integer, got 1\.0"),
    (
        lambda c, g: c.lyapunov_exponents(g.J),
        ValueError,
        r"J must have shape \(T, m, m\), got \(7, 6, 5, 5\)",
    ),
    (
        lambda c, g: c.lyapunov_exponents(with_entry(g.J[:, 0], np.inf)),
        ValueError,
        r"J must be finite, got inf",
    ),
    (lambda c, g: c.lyapunov_exponents(g.J[:, 0], 7), ValueError, r"discard must be below T = 7, got 7"),
    (lambda c, g: c.lyapunov_exponents(g.J[:, 0], -1), ValueError, r"discard must be at least 0, got -1"),
    (lambda c, g: c.lyapunov_exponents(g.J[:, 0], "1"), TypeError, r"discard must be an integer, got '1'"),
    (lambda c, g: c.decay_rate(g.log_norm[1:]), ValueError, r"log_norm must .* start with 0.* got"),
    (lambda c, g: c.decay_rate(g.log_norm[None]), ValueError, r"log_norm must be \(T\+1,\).* got"),
    (lambda c, g: c.decay_rate(np.array([0.0, np.nan])), ValueError, r"log_norm must .* no NaN, got"),
    (lambda c, g: c.lag_below(g.log_norm[:1]), ValueError, r"log_norm must .* got"),
    (lambda c, g: c.lag_below(g.log_norm, 0.0), ValueError, r"fraction must be in \(0, 1\], got 0\.0"),
    (lambda c, g: c.lag_below(g.log_norm, 1.5), ValueError, r"fraction must be in \(0, 1\], got 1\.5"),
    (lambda c, g: c.lag_below(g.log_norm, np.nan), ValueError, r"fraction must be a finite number, got nan"),
    (lambda c, g: c.lag_below(g.log_norm, "1"), TypeError, r"fraction must be a number, got '1'"),
    # params
    (lambda c, g: c.init_params(0, 5, 4, rng=g.rng), ValueError, r"n must be at least 1, got 0"),
    (lambda c, g: c.init_params(3, -5, 4, rng=g.rng), ValueError, r"m must be at least 1, got -5"),
    (lambda c, g: c.init_params(3, 5, 4.0, rng=g.rng), TypeError, r"k must be an integer, got 4\.0"),
    (lambda c, g: c.init_params(3, 5, 4, rho=-0.1, rng=g.rng), ValueError, r"rho must be .* ≥ 0, got -0\.1"),
    (
        lambda c, g: c.init_params(3, 5, 4, rho=np.inf, rng=g.rng),
        ValueError,
        r"rho must be a finite .* got inf",
    ),
    (lambda c, g: c.init_params(3, 5, 4, rho="1", rng=g.rng), TypeError, r"rho must be a number, got '1'"),
    (
        lambda c, g: c.init_params(3, 5, 4, recurrent="diagonal", rng=g.rng),
        ValueError,
        r"recurrent must be one of orthogonal, .* got 'diagonal'",
    ),
    (
        lambda c, g: c.init_params(3, 5, 4, rng=7),
        TypeError,
        r"rng must be a numpy\.random\.Generator.* got 7",
    ),
    (
        lambda c, g: c.init_params(3, 5, 4, rng=g.rng, dtype=np.float16),
        TypeError,
        r"dtype must be float64 or float32, got float16",
    ),
    (
        lambda c, g: c.recurrent_matrix("nonnormal", 5, 1.0, rng=g.rng, strength=-1.0),
        ValueError,
        r"strength must be .* ≥ 0, got -1\.0",
    ),
    (
        lambda c, g: c.recurrent_matrix("diag", 5, 1.0, rng=g.rng),
        ValueError,
        r"kind must be one of .* got 'diag'",
    ),
    (
        lambda c, g: c.recurrent_matrix("identity", 0, 1.0, rng=g.rng),
        ValueError,
        r"m must be at least 1, got 0",
    ),
    (
        lambda c, g: c.recurrent_matrix("gaussian", 5, np.nan, rng=g.rng),
        ValueError,
        r"rho must be .* got nan",
    ),
    (lambda c, g: c.recurrent_matrix("gaussian", 5, 1.0, rng=np.random), TypeError, r"rng must be a numpy"),
    (lambda c, g: c.nonnormal_parts(0, rng=g.rng), ValueError, r"m must be at least 1, got 0"),
    (lambda c, g: c.nonnormal_parts(4, rng=None), TypeError, r"rng must be a numpy.* got None"),
    # activations
    (lambda c, g: c.tanh_with_gain(-1), ValueError, r"gain must be a finite number ≥ 0, got -1"),
    (lambda c, g: c.tanh_with_gain("2"), TypeError, r"gain must be a number, got '2'"),
    (lambda c, g: c.linear(np.inf), ValueError, r"slope must be a finite number ≥ 0, got inf"),
    (lambda c, g: c.relu(np.nan), ValueError, r"slope must be a finite number ≥ 0, got nan"),
    (lambda c, g: c.relu(None), TypeError, r"slope must be a number, got None"),
    # descent
    (lambda c, g: c.sgd_step(g.params, g.params, 0.0), ValueError, r"learning_rate must be .* > 0, got 0\.0"),
    (
        lambda c, g: c.sgd_step(g.params, g.params, -0.1),
        ValueError,
        r"learning_rate must be .* > 0, got -0\.1",
    ),
    (lambda c, g: c.sgd_step(g.params, g.params, np.nan), ValueError, r"learning_rate must be .* got nan"),
    (
        lambda c, g: c.sgd_step(tuple(g.params), g.params),
        TypeError,
        r"params must be a NamedTuple of arrays, such as RNNParams, got tuple",
    ),
    (
        lambda c, g: c.sgd_step(g.params, list(g.params)),
        TypeError,
        r"grads must be of type RNNParams, like params, got list",
    ),
    (
        lambda c, g: c.sgd_step(g.params, c.RNNParams(*(a.astype(np.float32) for a in g.params))),
        TypeError,
        r"grads must have dtype float64, .* got float32",
    ),
    (
        lambda c, g: c.sgd_step(g.params, c.init_params(2, 5, 4, rng=g.rng)),
        ValueError,
        r"grads\.W_hx must have shape \(5, 3\), got \(5, 2\)",
    ),
    (
        lambda c, g: c.sgd_step(g.params, g.params._replace(b_h=with_entry(g.params.b_h, np.nan))),
        ValueError,
        r"grads\.b_h must be finite, got nan",
    ),
    (lambda c, g: c.clip_by_global_norm(g.params, 0), ValueError, r"max_norm must be .* > 0, got 0"),
    (
        lambda c, g: c.clip_by_global_norm(g.params, np.inf),
        ValueError,
        r"max_norm must be a finite .* got inf",
    ),
    (
        lambda c, g: c.clip_by_global_norm(g.x),
        TypeError,
        r"grads must be a NamedTuple of arrays, such as RNNParams, got ndarray",
    ),
    (
        lambda c, g: c.train(g.params, [], optimizer="sgdm"),
        ValueError,
        r"optimizer must be one of sgd, adam, got 'sgdm'",
    ),
    (
        lambda c, g: c.train(c.Batch(g.x, g.targets), []),
        TypeError,
        r"gradient must be given unless params is an RNNParams, got params of type Batch",
    ),
    (lambda c, g: c.train(g.params, []), ValueError, r"batches must hold at least one batch, got none"),
    (lambda c, g: c.train(g.params, [], learning_rate=-1), ValueError, r"learning_rate must be .* got -1"),
    (lambda c, g: c.train(g.params, [], clip=-1.0), ValueError, r"clip must be .* > 0, got -1\.0"),
    (lambda c, g: c.train(g.params, [(g.x, g.targets + 9)]), ValueError, r"targets must be in \[0, k\)"),
    # text
    (lambda c, g: c.Vocabulary.of(""), ValueError, r"text must hold at least one character, got ."),
    (
        lambda c, g: c.Vocabulary(("a", "b", "a")),
        ValueError,
        r"symbols must be distinct.* got \('a', 'b', 'a'\)",
    ),
    (
        lambda c, g: c.Vocabulary(("a", "b")).decode([2]),
        ValueError,
        r"codes must be integers in \[0, 2\), got",
    ),
    (
        lambda c, g: c.Vocabulary(("a", "b")).decode([-1]),
        ValueError,
        r"codes must be integers in \[0, 2\), got",
    ),
    (
        lambda c, g: c.Vocabulary(("a", "b")).decode([0.0]),
        ValueError,
        r"codes must be integers in \[0, 2\), got",
    ),
    (
        lambda c, g: c.Vocabulary(("a", "b")).decode([[0]]),
        ValueError,
        r"codes must have shape \(N,\), got \(1, 1\)",
    ),
    (lambda c, g: c.one_hot([0, 5], 5), ValueError, r"codes must be in \[0, k\) with k = 5, got 0 to 5"),
    (lambda c, g: c.one_hot([-1, 2], 5), ValueError, r"codes must be in \[0, k\) with k = 5, got -1 to 2"),
    (lambda c, g: c.one_hot([0.0], 5), TypeError, r"codes must be integers, got dtype float64"),
    (lambda c, g: c.one_hot([0], 0), ValueError, r"k must be at least 1, got 0"),
    (
        lambda c, g: c.one_hot([0], 5, dtype=np.int64),
        TypeError,
        r"dtype must be float64 or float32, got int64",
    ),
    (lambda c, g: c.next_symbol_pair([3], 5), ValueError, r"codes must have shape .* got \(1,\)"),
    (lambda c, g: c.next_symbol_pair(np.zeros((3, 2, 2), int), 5), ValueError, r"codes .* got \(3, 2, 2\)"),
    (
        lambda c, g: _batches(g, T=20),
        ValueError,
        r"codes must have shape \(N,\) with N > T = 20, got \(20,\)",
    ),
    (lambda c, g: _batches(g, T=0), ValueError, r"T must be at least 1, got 0"),
    (lambda c, g: _batches(g, B=0), ValueError, r"B must be at least 1, got 0"),
    (lambda c, g: _batches(g, updates=-2), ValueError, r"updates must be at least 1, got -2"),
    (lambda c, g: _batches(g, rng=0), TypeError, r"rng must be a numpy.* got 0"),
    (lambda c, g: _batches(g, codes=g.codes * 1.0), TypeError, r"codes must be integers, got dtype float64"),
    (lambda c, g: _batches(g, k=4), ValueError, r"codes must be in \[0, k\) with k = 4, got 0 to 4"),
    (lambda c, g: _batches(g, dtype=int), TypeError, r"dtype must be float64 or float32, got int64"),
]


def _batches(g, **keywords):
    """Every argument is checked when the batches are asked for, not when the first one is drawn."""
    arguments = {"codes": g.codes, "k": 5, "T": 4, "B": 3, "updates": 2, "rng": g.rng} | keywords
    return g.core.next_symbol_batches(arguments.pop("codes"), arguments.pop("k"), **arguments)


@pytest.mark.parametrize(("call", "error", "message"), CASES, ids=range(len(CASES)))
def test_the_error_names_argument_expectation_and_value(core, call, error, message):
    raises(error, message, lambda: call(core, Good(core)))


@pytest.mark.parametrize("name", ["norm_bound", "log_norm_bound"])
def test_arguments_of_the_bound(core, name):
    bound = getattr(core, name)
    raises(ValueError, r"gamma must be a finite number ≥ 0, got -1", lambda: bound(-1, 1.0, 3))
    raises(ValueError, r"rho must be a finite number ≥ 0, got inf", lambda: bound(1.0, np.inf, 3))
    raises(TypeError, r"rho must be a number, got None", lambda: bound(1.0, None, 3))
    raises(ValueError, r"lag must hold integers ≥ 0, got -1", lambda: bound(1.0, 1.0, -1))
    raises(TypeError, r"lag must hold integers, got dtype float64", lambda: bound(1.0, 1.0, 1.5))


@pytest.mark.parametrize("name", ["spectral_norm", "spectral_radius"])
def test_arguments_of_norm_and_radius(core, name):
    function = getattr(core, name)
    W = np.random.default_rng(212).normal(size=(4, 4))
    raises(ValueError, r"W must be a square matrix, got shape \(4, 3\)", lambda: function(W[:, :3]))
    raises(ValueError, r"W must be a square matrix, got shape \(4,\)", lambda: function(W[0]))
    raises(ValueError, r"W must be a square matrix, got shape \(0, 0\)", lambda: function(W[:0, :0]))
    raises(
        ValueError, r"W must be finite, got nan at index \(0, 0\)", lambda: function(with_entry(W, np.nan))
    )
    raises(TypeError, r"W must hold real numbers, got dtype complex128", lambda: function(1j * W))
    raises(TypeError, r"W must hold real numbers, got dtype object", lambda: function(W.astype(object)))


def test_numbers_so_large_that_their_squares_overflow_are_finite(core):
    """The check for NaN and infinity must not refuse what is neither."""
    large = np.diag([1e200, 1e180])
    assert core.spectral_norm(large) == pytest.approx(1e200, rel=1e-14)
    log_norm = core.product_log_norms(np.stack([large] * 3), start=0)
    np.testing.assert_allclose(log_norm, np.arange(4) * 200 * np.log(10), rtol=1e-14)
