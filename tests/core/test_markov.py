"""Markov models: counts by hand, probabilities that sum to one, the true source recovered."""

import numpy as np
import pytest

from rnn_core.markov import (
    fit_markov,
    markov_conditional,
    markov_log_probs,
    markov_parameter_count,
    sample_markov,
    unseen_contexts,
)

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


def test_samples_have_the_models_frequencies():
    model = fit_markov(TEXT, K, 1)
    drawn = sample_markov(model, 20_000, rng=np.random.default_rng(5), start=[2])
    for s in range(K):
        after = drawn[1:][drawn[:-1] == s]
        frequency = np.bincount(after, minlength=K) / len(after)
        np.testing.assert_allclose(frequency, markov_conditional(model, [s]), atol=0.05)


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
