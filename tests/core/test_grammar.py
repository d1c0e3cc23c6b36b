"""The grammar: agreement holds, the entropy rate is exact, and the gap is wider than short memories."""

import numpy as np
import pytest

from rnn_core.grammar import (
    agreement_grammar,
    entropy_rate,
    read_grammar,
    sample_grammar,
    stationary_distribution,
)
from rnn_core.markov import fit_markov, markov_log_probs

GRAMMAR = agreement_grammar()


def sentences(length=20_000):
    codes, _ = sample_grammar(GRAMMAR, length, rng=np.random.default_rng(0))
    text = " ".join(GRAMMAR.words[c] for c in codes)
    return [sentence.split() for sentence in text.split(" .")[:-1]]


def test_every_verb_agrees_with_its_subject_and_not_with_the_nearest_noun():
    disagreeing_neighbours = 0
    for sentence in sentences():
        plural = sentence[1].endswith("s")
        assert sentence[-1].endswith("s") is not plural
        assert len(sentence) - 2 >= 5
        disagreeing_neighbours += sentence[-2].endswith("s") is not plural
    assert disagreeing_neighbours > 500


def test_distributions_sum_to_one_and_lead_somewhere():
    np.testing.assert_allclose(GRAMMAR.probabilities.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_array_equal(GRAMMAR.successor >= 0, GRAMMAR.probabilities > 0)


def test_the_entropy_rate_is_that_of_a_sentence_over_its_mean_length():
    # A sentence has 8 words and a geometric number of further adjectives, 1/4 on average. Its choices:
    # subject 4, preposition 2, adjectives 2 each, noun 4, verb 2, and whether to add an adjective.
    more = 0.2
    stop = -(more * np.log(more) + (1 - more) * np.log(1 - more)) / (1 - more)
    bits = np.log(4) + np.log(2) + np.log(2) * (1 + 0.25) + stop + np.log(4) + np.log(2)
    assert entropy_rate(GRAMMAR) == pytest.approx(bits / (8 + 0.25), rel=1e-12)


def test_the_stationary_distribution_is_the_long_run_frequency():
    _, states = sample_grammar(GRAMMAR, 100_000, rng=np.random.default_rng(1))
    pi = stationary_distribution(GRAMMAR)
    np.testing.assert_allclose(np.bincount(states, minlength=len(pi)) / len(states), pi, atol=5e-3)


def test_the_surprise_of_the_true_source_is_the_entropy_rate():
    codes, states = sample_grammar(GRAMMAR, 100_000, rng=np.random.default_rng(2))
    surprise = -np.log(GRAMMAR.probabilities[states, codes])
    assert surprise.mean() == pytest.approx(entropy_rate(GRAMMAR), abs=0.01)


def test_no_short_memory_comes_within_ten_percent():
    codes, _ = sample_grammar(GRAMMAR, 60_000, rng=np.random.default_rng(3))
    for order in range(4):
        model = fit_markov(codes[:50_000], len(GRAMMAR.words), order)
        assert -markov_log_probs(model, codes[50_000:]).mean() > 1.1 * entropy_rate(GRAMMAR)


def test_the_grammar_is_that_of_the_documentation():
    grammar = agreement_grammar()
    words = " ".join(sorted(grammar.words))
    assert words == ". behind cat cats dog dogs near old run runs sleep sleeps small the"
    np.testing.assert_array_equal(grammar.successor == -1, grammar.probabilities == 0)
    assert grammar.words[grammar.probabilities[int(grammar.start)].argmax()] == "the"


def test_states_are_counted_from_zero_to_the_last():
    S = len(GRAMMAR.probabilities)
    assert read_grammar(GRAMMAR._replace(start=S - 1)).start == S - 1
    with pytest.raises(ValueError, match=rf"grammar.start must be at most {S - 1}, got {S}"):
        read_grammar(GRAMMAR._replace(start=S))
    for beyond in (S, S + 1):
        successor = np.where(GRAMMAR.successor == S - 1, beyond, GRAMMAR.successor)
        assert (successor == beyond).any()
        with pytest.raises(ValueError, match=rf"in \[0, S\) with S = {S} .* to {beyond}"):
            read_grammar(GRAMMAR._replace(successor=successor))


def test_words_are_a_tuple_or_are_shown_in_the_error():
    assert read_grammar(GRAMMAR._replace(words=list(GRAMMAR.words))).words == GRAMMAR.words
    with pytest.raises(TypeError, match=r"at least one str, got \('a', 3\)"):
        read_grammar(GRAMMAR._replace(words=("a", 3)))
