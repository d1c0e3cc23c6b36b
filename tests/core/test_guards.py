"""Guards, one by one: what each refuses or converts, by itself, so that none can go unseen."""

import math

import numpy as np
import pytest

from .oracles import assert_close, problem
from .oracles_gated import gated_problem
from .spoilt import raises, works


def test_masked_arrays_are_refused_and_other_subclasses_are_plain(core):
    p = problem(541, B=6)
    masked = np.ma.array(p.x, mask=p.x > 1)
    message = r"x must not be masked, since its hidden values would count: pass its filled\(\) values"
    raises(TypeError, message, lambda: core.forward(p.params(core), masked))
    raises(TypeError, message, lambda: core.forward(p.params(core), list(masked)))
    params = p.params(core)
    for field in params._fields:
        hidden = params._replace(**{field: np.ma.array(getattr(params, field))})
        raises(TypeError, rf"params\.{field} must not be masked", lambda bad=hidden: core.forward(bad, p.x))

    class Sub(np.ndarray):
        pass

    expected = core.bptt(params, p.x, p.targets)[1]
    found = core.bptt(core.RNNParams(*(a.view(Sub) for a in params)), p.x.view(Sub), p.targets.view(Sub))[1]
    for one, other in zip(found, expected, strict=True):
        assert type(one) is np.ndarray
        np.testing.assert_array_equal(one, other)


def test_lists_take_the_type_that_is_wanted_and_arrays_must_have_it(core):
    p = problem(542, B=6, dtype=np.float32)
    params = p.params(core)
    whole = np.rint(p.x).tolist()  # floats
    integers = [[[int(v) for v in row] for row in step] for step in whole]
    expected = core.forward(params, np.rint(p.x)).o
    assert expected.dtype == np.float32
    for x in (whole, integers):
        found = works(lambda x=x: core.forward(params, x).o)
        np.testing.assert_array_equal(found, expected)
    message = "x must have dtype float32, like the parameters, got float64"
    raises(TypeError, message, lambda: core.forward(params, p.x.astype(float)))
    raises(TypeError, "x must have dtype .* got int64", lambda: core.forward(params, p.x.astype(int)))
    raises(
        ValueError, "x must be an array, or lists of equal length", lambda: core.forward(params, [[1.0], []])
    )


def test_what_cannot_become_an_array_is_refused_by_name(core):
    class Stubborn:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("call detach() first")

    p = problem(543)
    raises(TypeError, "x must be an array", lambda: core.forward(p.params(core), Stubborn()))
    raises(TypeError, "W must be an array", lambda: core.spectral_norm(Stubborn()))


def test_numbers(core):
    for bad in (True, np.True_, np.array([1.0]), np.array(True), np.ma.masked, "1", 1j, None, [1.0]):
        raises(TypeError, "gain must be a number, got", lambda bad=bad: core.tanh_with_gain(bad))
        raises(TypeError, "m must be an integer, got", lambda bad=bad: _draw(core, m=bad))
    for huge in (10**400, 10**5000):
        raises(
            ValueError, "gain must be a finite number ≥ 0, got", lambda huge=huge: core.tanh_with_gain(huge)
        )
        raises(ValueError, "m must be at most 2147483647, got", lambda huge=huge: _draw(core, m=huge))
    raises(ValueError, "m must be at most 2147483647, got 2147483648", lambda: _draw(core, m=2**31))
    assert core.tanh_with_gain(np.array(2)).gamma == 2.0
    assert type(core.tanh_with_gain(np.float32(2)).gamma) is float
    assert _draw(core, m=np.array(5)).W_hh.shape == (5, 5)
    raises(ValueError, "order must be at most 10000", lambda: core.markov_parameter_count(10_001, 2))


def _draw(core, **changed):
    return core.init_params(**{"n": 3, "m": 5, "k": 4, "rng": np.random.default_rng(0)} | changed)


def test_dtypes_words_and_flags(core):
    for bad in (None, "float16", "float65", int, object, 1.5, {"a": 1.0}):
        raises(TypeError, "dtype must be float64 or float32, got", lambda bad=bad: _draw(core, dtype=bad))
    for good in (np.float32, "float32", "f4", np.dtype("f4")):
        assert _draw(core, dtype=good).W_hh.dtype == np.float32
    for bad in (["orthogonal"], None, np.array(["orthogonal"])):
        raises(TypeError, "recurrent must be one of orthogonal, ", lambda bad=bad: _draw(core, recurrent=bad))
    p = problem(544, B=6)
    stack = core.residual.init_stack(3, 5, 4, 2, rng=np.random.default_rng(0))
    for bad in ("no", 0, None):
        message = "skip must be True or False"
        raises(TypeError, message, lambda bad=bad: core.residual.stack_forward(stack, p.x, skip=bad))


@pytest.mark.parametrize("n", [25, 400])
def test_the_scale_of_the_input_weights_is_what_the_docstring_says(core, n):
    """One-hot inputs give pre-activations of standard deviation n^(−1/2), entries of order one give 1."""
    params = core.init_params(n, 4000, 1, rho=0.0, recurrent="identity", rng=np.random.default_rng(545))
    one_hot = core.forward(params, np.eye(n)[[3]]).a
    of_order_one = core.forward(params, np.random.default_rng(546).choice([-1.0, 1.0], (1, n))).a
    # The standard deviation of 4000 draws is known to 1/√8000, of which this is 4.5 times.
    assert one_hot.std() == pytest.approx(n**-0.5, rel=0.05)
    assert of_order_one.std() == pytest.approx(1.0, rel=0.05)


def test_lyapunov_exponents_of_singular_factors(core):
    """As the docstring says: −inf where arithmetic gives zero, a rounding error's logarithm elsewhere."""
    zero = np.diag([2.0, 0.0])
    assert core.lyapunov_exponents(np.stack([zero] * 4)).tolist() == [math.log(2.0), -math.inf]
    singular = np.stack([np.array([[1.0, -1.0], [1.0, -1.0]])] * 10)
    assert core.lyapunov_exponents(singular)[1] < -30  # −inf or not: it depends on the BLAS kernel


def test_decay_rates_and_lags(core):
    raises(
        TypeError, "log_norm must hold real numbers, got dtype complex128", lambda: core.decay_rate([0, 1j])
    )
    raises(TypeError, "log_norm must hold real numbers", lambda: core.decay_rate(["0", "1"]))
    raises(ValueError, "log_norm must be .* or −inf", lambda: core.decay_rate([0.0, np.inf]))
    assert core.decay_rate([0.0, -np.inf]) == 0.0
    assert core.lag_below([0, -1, -9]) == 2
    raises(TypeError, "lag must hold integers, got dtype float64", lambda: core.norm_bound(1.0, 1.0, [0.5]))


def test_traces_of_other_networks_are_refused(core):
    p = problem(547, B=6)
    params = p.params(core)
    trace = core.forward(params, p.x)
    for change, error, message in (
        (
            {"h": trace.h[..., :4]},
            ValueError,
            r"trace\.h must have 5 hidden units, like the parameters, got 4",
        ),
        ({"h": trace.h[0, 0]}, ValueError, r"trace\.h must have shape"),
        ({"h": trace.h[:1]}, ValueError, r"trace\.h must hold the states of at least one step"),
        ({"h": trace.h * np.nan}, ValueError, r"trace\.h must be finite"),
        ({"activation": "tanh"}, TypeError, r"trace\.activation must be an Activation, got 'tanh'"),
    ):
        bad = trace._replace(**change)
        raises(error, message, lambda bad=bad: core.step_jacobians(params, bad))


def test_an_activation_is_checked_when_it_is_made(core):
    good = {"name": "mine", "gamma": 1.0, "value": np.tanh, "slope": np.cos}
    for change, error, message in (
        ({"name": 3}, TypeError, "name must be a str, got 3"),
        ({"gamma": -1.0}, ValueError, "gamma must be a finite number ≥ 0"),
        ({"value": "tanh"}, TypeError, "value must be a function, got 'tanh'"),
        ({"slope": None}, TypeError, "slope must be a function, got None"),
    ):
        raises(error, message, lambda change=change: core.Activation(**good | change))


# --- Weights from elsewhere -------------------------------------------------------------------------


def test_weights_as_lists(core):
    """Lists of two biases add up as numbers do, and are not joined."""
    g = core.gated
    for kind, name in (("lstm", "lstm"), ("after", "gru")):
        params = gated_problem(kind, 548).params(core)
        for library in ("torch", "keras"):
            weights = getattr(g, f"{name}_to_{library}")(params)
            if library == "torch":  # neither bias is zero
                weights["bias_ih"], weights["bias_hh"] = (
                    weights["bias_ih"] - 0.25,
                    weights["bias_hh"] + 0.25,
                )
            convert = getattr(g, f"{name}_from_{library}")
            listed = convert(**{key: array.tolist() for key, array in weights.items()})
            for one, other in zip(listed, convert(**weights), strict=True):
                assert (one is None) == (other is None)
                if one is not None:
                    assert one.dtype == np.float64
                    np.testing.assert_array_equal(one, other)


def test_the_configuration_of_a_keras_layer(core):
    g = core.gated
    lstm = g.lstm_to_keras(gated_problem("lstm", 549).params(core))
    gru = g.gru_to_keras(gated_problem("after", 549).params(core))
    before = g.gru_to_keras(gated_problem("before", 549).params(core))
    config = {
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "go_backwards": False,
    }
    g.lstm_from_keras(**lstm, config=config)
    g.lstm_from_keras(**lstm, config={"activation": "tanh", "recurrent_activation": "sigmoid"})
    g.gru_from_keras(**gru, config=config | {"reset_after": True})
    g.gru_from_keras(**before, config=config | {"reset_after": False})
    for convert, weights, change, message in (
        (
            g.lstm_from_keras,
            lstm,
            {"recurrent_activation": "hard_sigmoid"},
            "recurrent_activation = 'sigmoid', got 'h",
        ),
        (g.lstm_from_keras, lstm, {"activation": "relu"}, "activation = 'tanh', got 'relu'"),
        (g.gru_from_keras, gru, {"go_backwards": True}, "go_backwards = False, got True"),
        (g.gru_from_keras, gru, {"reset_after": False}, "reset_after = True, got False"),
        (g.gru_from_keras, before, {"reset_after": True}, "reset_after = False, got True"),
    ):
        bad = config | change
        raises(ValueError, f"config must have {message}", lambda: convert(**weights, config=bad))  # noqa: B023
    for wrong, got in (("tanh", "'tanh'"), ({}, "{}"), ({"activation": "tanh"}, "{'activation': 'tanh'}")):
        message = rf"^config must be what get_config\(\) of the layer returns, got {got}$"
        raises(TypeError, message, lambda: g.lstm_from_keras(**lstm, config=wrong))  # noqa: B023


# --- Tasks, grammar, text ----------------------------------------------------------------------------


def test_no_checker_takes_the_batch_of_another_task(core):
    """Batches of one size everywhere, so that neither T nor B tells them apart."""
    t = core.tasks
    rng = np.random.default_rng(550)
    reber = t.embedded_reber(5, rng=rng)
    T = len(reber.x)
    batches = {
        "adding": t.adding(T, 5, rng=rng),
        "copy": t.copy_memory(T - 4, 5, 4, 2, rng=rng),
        "temporal_order": t.temporal_order(max(T, 10), 5, rng=rng),
        "reber": reber,
    }
    five_symbols = t.copy_memory(T - 4, 5, 5, 2, rng=rng)
    for name, width in (("adding", 1), ("copy", 5), ("temporal_order", 4), ("reber", 7)):
        errors = getattr(t, f"{name}_errors")
        for other, batch in (*batches.items(), ("five symbols", five_symbols)):
            for size in {width, batch.x.shape[-1], batch.x.shape[-1] - 1} - {0}:
                o = rng.normal(size=(*batch.x.shape[:2], size))
                if other == name or (name == "copy" and other == "five symbols"):
                    continue
                raises((TypeError, ValueError), "batch", lambda: errors(o, batch))  # noqa: B023
    raises(
        ValueError,
        r"batch\.x must be one-hot",
        lambda: t.copy_errors(np.zeros((T, 5, 5)), batches["copy"]._replace(x=batches["copy"].x * 0)),
    )
    illegal = reber._replace(x=np.roll(reber.x, 1, axis=-1))
    raises(ValueError, r"batch\.x must hold strings of the grammar, got", lambda: t.reber_legal(illegal))
    late = batches["adding"]._replace(mask=np.roll(batches["adding"].mask, 1, axis=0))
    raises(
        ValueError, "batch.mask must choose the last step", lambda: t.adding_errors(np.zeros((T, 5, 1)), late)
    )


def test_grammars_and_models_that_do_not_fit_together(core):
    grammar = core.agreement_grammar()
    half = grammar._replace(probabilities=grammar.probabilities / 2)
    raises(ValueError, "grammar.probabilities must be ≥ 0 and sum to 1", lambda: core.entropy_rate(half))
    lost = grammar._replace(successor=grammar.successor * 0 - 1)
    raises(ValueError, r"grammar.successor must be in \[0, S\)", lambda: core.stationary_distribution(lost))
    raises(TypeError, "grammar must be a Grammar, got tuple", lambda: core.entropy_rate(tuple(grammar)))
    rng = np.random.default_rng(551)
    model = core.fit_markov(np.arange(40) % 3, 3, 2)
    raises(
        TypeError,
        "start must be integers, got dtype float64",
        lambda: core.sample_markov(model, 3, rng=rng, start=[0.9]),
    )
    assert core.sample_markov(model, 3, rng=rng, start=[0, 1]).tolist() == [2, 0, 1]
    short = model._replace(tables=model.tables[:-1])
    raises(ValueError, "model.tables must hold order", lambda: core.markov_conditional(short, [0]))
    raises(TypeError, "model must be a MarkovModel", lambda: core.markov_log_probs(None, [0]))


def test_a_byte_order_mark_is_no_symbol(core, tmp_path):
    path = tmp_path / "marked.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "naïve\r\n".encode())
    assert core.read_text(path) == "naïve\n"
    for encoding, source in (("latin-1", "WINDOWS-1252"), ("utf-16", "UTF-16")):
        path.write_text("naïve", encoding=encoding)
        message = rf"(?s)path must name a UTF-8 text file, got .*marked\.txt.*iconv -f {source} -t UTF-8"
        raises(ValueError, message, lambda: core.read_text(path))
    for bad in (3, None, True, b"name", ""):
        raises(TypeError, "path must be a path, got", lambda bad=bad: core.read_text(bad))


def test_words_are_refused_in_a_sentence(core):
    raises(
        TypeError,
        r"text must be a str, whose characters are the symbols, got \['the', 'dog'\]; words have to be",
        lambda: core.Vocabulary.of(["the", "dog"]),
    )
    raises(ValueError, "symbols must be single characters, words", lambda: core.Vocabulary(("the", "dog")))
    raises(TypeError, "symbols must be a tuple of characters, got 'ab'", lambda: core.Vocabulary("ab"))
    raises(TypeError, "text must be a str", lambda: core.Vocabulary.of("ab").encode(["a", "b"]))
    assert core.Vocabulary(["b", "a"]).symbols == ("b", "a")


def test_codes_become_targets_of_one_type(core):
    x, targets = core.next_symbol_pair(np.array([0, 2, 1], np.int8), 3)
    assert targets.dtype == np.int64
    assert_close(x, np.eye(3)[[0, 2]])
