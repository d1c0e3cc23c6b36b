"""Markov models: counts by hand, probabilities that sum to one, the true source recovered."""

import inspect
import re

import numpy as np
import pytest

from rnn_core.markov import (
    CountTable,
    MarkovModel,
    fit_markov,
    markov_conditional,
    markov_log_probs,
    markov_parameter_count,
    sample_markov,
    unseen_contexts,
)

from .spoilt import raises

TEXT = np.random.default_rng(0).integers(0, 4, 300) * np.random.default_rng(1).integers(0, 2, 300)
K = 4


def brute_force(codes, k, order, smoothing, alpha, context, symbol):
    """Textbook definitions with string-like scans; no table."""
    context = list(context)[max(0, len(context) - order) :] if order else []

    def count(window):
        return sum(list(codes[i : i + len(window)]) == window for i in range(len(codes) - len(window) + 1))

    def continued(window):
        return [count([*window, s]) for s in range(k)]

    if smoothing == "additive":
        c = continued(context)
        return (c[symbol] + alpha) / (sum(c) + alpha * k)
    p = 1 / k
    for length in range(len(context) + 1):
        c = continued(context[len(context) - length :])
        D = sum(x > 0 for x in c)
        if sum(c):
            p = (c[symbol] + D * p) / (sum(c) + D)
    return p


@pytest.mark.parametrize("smoothing", ["additive", "backoff"])
@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_probabilities_are_the_textbooks(order, smoothing):
    model = fit_markov(TEXT, K, order, smoothing=smoothing, alpha=0.3)
    rng = np.random.default_rng(2)
    for _ in range(8):
        context = rng.integers(0, K, rng.integers(0, 6))
        expected = [brute_force(TEXT, K, order, smoothing, 0.3, context, s) for s in range(K)]
        np.testing.assert_allclose(markov_conditional(model, context), expected, rtol=1e-12)
        np.testing.assert_allclose(sum(expected), 1.0, rtol=1e-12)


@pytest.mark.parametrize("smoothing", ["additive", "backoff"])
def test_log_probs_of_a_text_are_the_conditionals_one_by_one(smoothing):
    model = fit_markov(TEXT, K, 3, smoothing=smoothing)
    other = np.random.default_rng(3).integers(0, K, 25)
    expected = [np.log(markov_conditional(model, other[:t])[other[t]]) for t in range(25)]
    np.testing.assert_allclose(markov_log_probs(model, other), expected, rtol=1e-12)


def test_a_first_order_source_is_recovered_and_its_cross_entropy_is_its_entropy_rate():
    P = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.5, 0.1, 0.4]])
    rng = np.random.default_rng(4)
    text = [0]
    for u in rng.random(60_000):
        text.append(int(np.searchsorted(np.cumsum(P[text[-1]]), u)))
    pi = np.linalg.matrix_power(P, 200)[0]
    rate = -np.sum(pi[:, None] * P * np.log(P))
    model = fit_markov(np.array(text), 3, 1)
    for s in range(3):
        np.testing.assert_allclose(markov_conditional(model, [s]), P[s], atol=0.02)
    assert -markov_log_probs(model, np.array(text)).mean() == pytest.approx(rate, abs=0.01)
    blind = fit_markov(np.array(text), 3, 0)
    assert -markov_log_probs(blind, np.array(text)).mean() > rate + 0.1


def test_unseen_contexts_are_counted():
    model = fit_markov(np.array([0, 1, 2, 0, 1, 3]), K, 2)
    # Contexts of the new text: (0,1) seen, (1,3) seen but never continued, (3,0) unseen.
    assert unseen_contexts(model, np.array([0, 1, 3, 0, 1])) == pytest.approx(2 / 3)
    assert unseen_contexts(fit_markov(TEXT, K, 0), TEXT) == 0.0


def test_the_number_of_parameters_is_exact():
    assert markov_parameter_count(0, 27) == 26
    assert markov_parameter_count(3, 27) == 27**3 * 26
    assert markov_parameter_count(40, 50) == 50**40 * 49


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: fit_markov(TEXT, 3, 1), ValueError, r"codes must be in \[0, k\) with k = 3, got 0 to 3"),
        (lambda: fit_markov(TEXT * 1.0, K, 1), TypeError, "codes must be integers, got dtype float64"),
        (lambda: fit_markov(TEXT[:2], K, 2), ValueError, "codes must have shape"),
        (lambda: fit_markov(TEXT, K, -1), ValueError, "order must be at least 0, got -1"),
        (lambda: fit_markov(TEXT, K, 40), ValueError, r"order must keep k\^\(order\+1\) below 2\^63"),
        (
            lambda: fit_markov(TEXT, K, 1, smoothing="magic"),
            ValueError,
            "smoothing must be one of .* got 'magic'",
        ),
        (lambda: fit_markov(TEXT, K, 1, alpha=0.0), ValueError, "alpha must be a finite number > 0, got 0.0"),
        (lambda: markov_conditional(fit_markov(TEXT, K, 1), [4]), ValueError, "context must be in"),
        (
            lambda: sample_markov(fit_markov(TEXT, K, 1), 5, rng=7),
            TypeError,
            "rng must be a numpy.random.Generator",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize("order", [0, 1, 3])
def test_the_tables_count_all_windows(order):
    """Each window as a number in base k, how often it occurs, and what follows it."""
    text = [0, 2, 1, 3, 2, 1, 3, 3, 0, 2, 1, 0]
    model = fit_markov(text, 5, order, smoothing="additive", alpha=0.5)
    assert (model.order, model.k, model.smoothing, model.alpha) == (order, 5, "additive", 0.5)
    assert type(model.tables) is tuple
    assert len(model.tables) == order + 2
    for length, table in enumerate(model.tables):
        seen = [tuple(text[i : i + length]) for i in range(len(text) - length + 1)]
        distinct = sorted(set(seen))
        # What is longer than a context is not asked for what follows.
        after = {
            w: [] if length > order else [text[i + length] for i in range(len(seen) - 1) if seen[i] == w]
            for w in distinct
        }
        assert table.windows.tolist() == [int("0" + "".join(map(str, w)), 5) for w in distinct]
        assert table.counts.tolist() == [seen.count(w) for w in distinct]
        assert table.followers.tolist() == [len(set(after[w])) for w in distinct]
        assert table.totals.tolist() == [len(after[w]) for w in distinct]
        assert {array.dtype for array in table} == {np.dtype(np.int64)}


def test_windows_are_counted_exactly_up_to_the_largest_integers():
    """Windows that differ in the last symbol alone are two, where a float would hold them for one."""
    text = [1] * 62 + [0] + [1] * 61 + [0, 0]
    model = fit_markov(text, 2, 61)
    assert model.tables[-1].windows[-1] == 2**62 - 1
    assert model.tables[-1].windows[-2] == 2**62 - 2
    sentence = r"^order must keep k\^\(order\+1\) below 2\^63, got k = 2 and order = 62$"
    raises(ValueError, sentence, lambda: fit_markov(text, 2, 62))


class Listening(np.random.Generator):
    """A generator whose choices are given, and which remembers what it was to choose from."""

    def __init__(self, choices):
        super().__init__(np.random.PCG64(0))
        self.choices, self.asked = iter(choices), []

    def choice(self, k, *, p):
        assert k == len(p)
        self.asked.append(p)
        return next(self.choices)


@pytest.mark.parametrize("start", [(), (3,), (0, 2, 0, 1, 0)])
@pytest.mark.parametrize("order", [0, 1, 3])
def test_each_symbol_is_drawn_given_those_before_it(order, start):
    drawn = [2, 0, 0, 3, 1, 0, 2]
    rng = Listening(drawn)
    found = sample_markov(fit_markov(TEXT[:60], K, order), 7, rng=rng, start=start)
    assert (found.tolist(), found.dtype, found.base) == (drawn, np.int64, None)
    for t, p in enumerate(rng.asked):
        context = [*start, *drawn[:t]]
        expected = [brute_force(TEXT[:60], K, order, "backoff", 1.0, context, s) for s in range(K)]
        np.testing.assert_allclose(p, expected, rtol=1e-12)


@pytest.mark.parametrize("smoothing", ["additive", "backoff"])
def test_a_text_may_be_shorter_than_a_context(smoothing):
    model = fit_markov(TEXT[:60], K, 3, smoothing=smoothing)
    for text in ([2], [2, 0], [0, 1, 0], [1, 0, 0, 3]):
        expected = [
            np.log(brute_force(TEXT[:60], K, 3, smoothing, 1.0, text[:t], text[t])) for t in range(len(text))
        ]
        np.testing.assert_allclose(markov_log_probs(model, text), expected, rtol=1e-12)
    shortest = fit_markov([2, 0, 1], K, 2)  # one context, and what follows it
    np.testing.assert_allclose(
        markov_conditional(shortest, [2, 0]),
        [brute_force([2, 0, 1], K, 2, "backoff", 1, [2, 0], s) for s in range(K)],
    )
    assert unseen_contexts(shortest, [2, 0, 3]) == 0.0
    assert unseen_contexts(shortest, [0, 2, 3]) == 1.0


def test_defaults():
    parameters = inspect.signature(fit_markov).parameters
    assert (parameters["smoothing"].default, parameters["alpha"].default) == ("backoff", 1.0)
    assert inspect.signature(sample_markov).parameters["start"].default == ()
    model = fit_markov(TEXT, K, 1)
    assert (model.smoothing, model.alpha) == ("backoff", 1.0)


MODEL = fit_markov(TEXT, K, 2)
TABLE = MODEL.tables[1]


def _sample(model=MODEL, length=3, **changed):
    return sample_markov(model, length, **{"rng": np.random.default_rng(6)} | changed)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: markov_parameter_count(-1, 3), ValueError, "order must be at least 0, got -1"),
        (lambda: markov_parameter_count(10_001, 3), ValueError, "order must be at most 10000, got 10001"),
        (lambda: markov_parameter_count(2, 0), ValueError, "k must be at least 1, got 0"),
        (lambda: fit_markov(TEXT, 0, 2), ValueError, "k must be at least 1, got 0"),
        (lambda: fit_markov(TEXT, K, 10_001), ValueError, "order must be at most 10000, got 10001"),
        (lambda: fit_markov([0, 1], K, 2), ValueError, "codes must have shape (N,) with N ≥ 3, got (2,)"),
        (
            lambda: fit_markov([[0, 1], [1, 1]], K, 1),
            ValueError,
            "codes must have shape (N,) with N ≥ 2, got (2, 2)",
        ),
        (
            lambda: fit_markov(TEXT, K, 2, smoothing="magic"),
            ValueError,
            "smoothing must be one of additive, backoff, got 'magic'",
        ),
        (
            lambda: fit_markov(TEXT, K, 2, alpha=0.0),
            ValueError,
            "alpha must be a finite number > 0, got 0.0",
        ),
        (
            lambda: markov_conditional(MODEL, [[1]]),
            ValueError,
            "context must have shape (N,) with N ≥ 0, got (1, 1)",
        ),
        (
            lambda: markov_conditional(MODEL, [4]),
            ValueError,
            "context must be in [0, k) with k = 4, got 4 to 4",
        ),
        (lambda: markov_log_probs(MODEL, []), ValueError, "codes must have shape (N,) with N ≥ 1, got (0,)"),
        (lambda: markov_log_probs(MODEL, [0.5]), TypeError, "codes must be integers, got dtype float64"),
        (
            lambda: unseen_contexts(MODEL, [1, 2]),
            ValueError,
            "codes must have shape (N,) with N ≥ 3, got (2,)",
        ),
        (
            lambda: unseen_contexts(MODEL, [1, 2, 4]),
            ValueError,
            "codes must be in [0, k) with k = 4, got 1 to 4",
        ),
        (lambda: _sample(length=0), ValueError, "length must be at least 1, got 0"),
        (
            lambda: _sample(rng=7),
            TypeError,
            "rng must be a numpy.random.Generator (np.random.default_rng(seed)), got 7",
        ),
        (lambda: _sample(start=3), ValueError, "start must have shape (N,) with N ≥ 0, got ()"),
        (lambda: _sample(start=[4]), ValueError, "start must be in [0, k) with k = 4, got 4 to 4"),
    ],
)
def test_bad_arguments_are_refused_word_for_word(call, error, sentence):
    raises(error, f"^{re.escape(sentence)}$", call)


def _with_table(**changed):
    return {"tables": (MODEL.tables[0], TABLE._replace(**changed), *MODEL.tables[2:])}


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"order": -1}, ValueError, "model.order must be at least 0, got -1"),
        ({"order": 10_001}, ValueError, "model.order must be at most 10000, got 10001"),
        ({"k": 0}, ValueError, "model.k must be at least 1, got 0"),
        ({"smoothing": 3}, TypeError, "model.smoothing must be one of additive, backoff, got 3"),
        ({"alpha": 0.0}, ValueError, "model.alpha must be a finite number > 0, got 0.0"),
        ({"tables": [3]}, TypeError, "model.tables must be a tuple of CountTable, got [3]"),
        ({"tables": (3,)}, TypeError, "model.tables must be a tuple of CountTable, got (3,)"),
        (
            {"tables": list(MODEL.tables)},
            TypeError,
            "model.tables must be a tuple of CountTable, got an object of type list",
        ),
        ({"order": 1}, ValueError, "model.tables must hold order + 2 = 3 tables, got 4"),
        ({"order": 3}, ValueError, "model.tables must hold order + 2 = 5 tables, got 4"),
        (
            _with_table(windows=[0, 1]),
            TypeError,
            "model.tables[1].windows must be (N,) integers, got [0, 1]",
        ),
        (
            _with_table(counts=np.array([0.5, 2.0])),
            TypeError,
            "model.tables[1].counts must be (N,) integers, got array([0.5, 2. ])",
        ),
        (
            _with_table(totals=np.array([[3, 2]])),
            TypeError,
            "model.tables[1].totals must be (N,) integers, got array([[3, 2]])",
        ),
        (
            _with_table(windows=TABLE.windows[:0]),
            TypeError,
            "model.tables[1].windows must be (N,) integers, got array([], dtype=int64)",
        ),
        (
            _with_table(followers=TABLE.followers[:3]),
            ValueError,
            "model.tables[1].followers must be as long as windows, got 3",
        ),
    ],
)
def test_a_model_whose_parts_do_not_fit_together(change, error, sentence):
    bad = MODEL._replace(**change)
    for call in (
        lambda: markov_conditional(bad, [0]),
        lambda: markov_log_probs(bad, [0, 1]),
        lambda: unseen_contexts(bad, [0, 1, 2]),
        lambda: _sample(bad),
    ):
        raises(error, f"^{re.escape(sentence)}$", call)


def test_a_model_is_one(core):
    message = "^model must be a MarkovModel, what fit_markov returns, got tuple$"
    raises(TypeError, message, lambda: markov_conditional(tuple(MODEL), [0]))
    # As another program may have kept it.
    kept = MarkovModel(
        np.int16(2),
        np.int8(K),
        tuple(CountTable(*(array.astype(np.uint16) for array in table)) for table in MODEL.tables),
        "backoff",
        np.float32(1.0),
    )
    context = [1, 0]
    np.testing.assert_array_equal(markov_conditional(kept, context), markov_conditional(MODEL, context))
