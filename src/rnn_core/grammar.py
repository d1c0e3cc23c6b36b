"""A small probabilistic grammar in which subject and verb agree across a clause, with its exact entropy rate.

The grammar is a finite automaton: in each state it emits one word with known probabilities, and state and
word together decide the next state. What comes next depends on the whole past through the state alone, so
the entropy rate is Σ_s π(s) H(word | s) with π the stationary distribution, and no model can lose less.
"""

from typing import Any, NamedTuple

import numpy as np

from ._checks import Array, as_array, float_array, generator, positive_int, shown

__all__ = ["Grammar", "agreement_grammar", "entropy_rate", "sample_grammar", "stationary_distribution"]


class Grammar(NamedTuple):
    """A probabilistic automaton whose next state is decided by state and word.

    Attributes
    ----------
    words : tuple of str
        The k words; a word's index is its code.
    probabilities : (S, k) array
        Row s is the distribution of the next word in state s.
    successor : (S, k) array of int
        The state after word w in state s; −1 where the word has probability zero.
    start : int
        The state at the beginning of a sentence.
    """

    words: tuple[str, ...]
    probabilities: Array
    successor: Array
    start: int


def read_grammar(grammar: Any) -> Grammar:
    """Return a grammar whose parts fit together, or say what is wrong with it."""
    if not isinstance(grammar, Grammar):
        raise TypeError(f"grammar must be a Grammar, got {type(grammar).__name__}")
    words = grammar.words
    if not (isinstance(words, tuple | list) and words and all(isinstance(word, str) for word in words)):
        raise TypeError(f"grammar.words must be a tuple of at least one str, got {shown(words)}")
    p = float_array("grammar.probabilities", grammar.probabilities, ("S", len(words)))
    if p.min() < 0.0 or not np.allclose(p.sum(axis=1), 1.0):
        raise ValueError("grammar.probabilities must be ≥ 0 and sum to 1 in each row")
    successor = as_array("grammar.successor", grammar.successor)
    if successor.dtype.kind not in "iu":
        raise TypeError(f"grammar.successor must be integers, got dtype {successor.dtype}")
    if successor.shape != p.shape:
        raise ValueError(f"grammar.successor must have shape {p.shape}, got {successor.shape}")
    reached = successor[p > 0]
    if reached.min() < 0 or reached.max() >= len(p):
        raise ValueError(
            f"grammar.successor must be in [0, S) with S = {len(p)} where a word is possible, "
            f"got {reached.min()} to {reached.max()}"
        )
    start = positive_int("grammar.start", grammar.start, least=0, most=len(p) - 1)
    return Grammar(tuple(words), p, successor, start)


_NOUNS = {"one": ("dog", "cat"), "many": ("dogs", "cats")}
_VERBS = {"one": ("runs", "sleeps"), "many": ("run", "sleep")}
_ADJECTIVES = ("old", "small")
_PREPOSITIONS = ("near", "behind")


def agreement_grammar() -> Grammar:
    """Sentences such as "the dog near the old cats sleeps .", with one adjective or more.

    The verb agrees with the subject, five words or more before it; the noun in between agrees with nothing.

    Returns
    -------
    Grammar
        With 14 words. `entropy_rate` gives the loss per word below which no model can get.
    """
    # For each state its arcs: words (equally likely among themselves), their total probability, next state.
    Arc = tuple[tuple[str, ...], float, str]
    arcs: dict[str, list[Arc]] = {
        "start": [(("the",), 1.0, "subject")],
        "subject": [(_NOUNS["one"], 0.5, "preposition, one"), (_NOUNS["many"], 0.5, "preposition, many")],
        "stop": [((".",), 1.0, "start")],
    }
    # From the subject to the verb the state carries the number along: this is the memory that is asked for.
    for number in ("one", "many"):
        arcs |= {
            f"preposition, {number}": [(_PREPOSITIONS, 1.0, f"article, {number}")],
            f"article, {number}": [(("the",), 1.0, f"adjective, {number}")],
            f"adjective, {number}": [(_ADJECTIVES, 1.0, f"noun, {number}")],
            f"noun, {number}": [
                (_ADJECTIVES, 0.2, f"noun, {number}"),
                (_NOUNS["one"] + _NOUNS["many"], 0.8, f"verb, {number}"),
            ],
            f"verb, {number}": [(_VERBS[number], 1.0, "stop")],
        }
    words = tuple(dict.fromkeys(word for state in arcs.values() for arc in state for word in arc[0]))
    states = list(arcs)
    probabilities = np.zeros((len(states), len(words)))
    successor = np.full((len(states), len(words)), -1)
    for s, state in enumerate(arcs.values()):
        for emitted, probability, target in state:
            columns = [words.index(word) for word in emitted]
            probabilities[s, columns] = probability / len(emitted)
            successor[s, columns] = states.index(target)
    return Grammar(words, probabilities, successor, states.index("start"))


def stationary_distribution(grammar: Grammar) -> Array:
    """The long-run fraction π(s) of time in each state: the solution of π = πP that sums to one.

    Parameters
    ----------
    grammar : Grammar
        An automaton in which every state can be reached from every other.

    Returns
    -------
    (S,) array
        Probabilities.
    """
    grammar = read_grammar(grammar)
    S = len(grammar.probabilities)
    transition = np.zeros((S, S))
    for s, w in zip(*np.nonzero(grammar.probabilities), strict=True):
        transition[s, grammar.successor[s, w]] += grammar.probabilities[s, w]
    equations = np.vstack([transition.T - np.eye(S), np.ones(S)])
    solution: Array = np.linalg.lstsq(equations, np.append(np.zeros(S), 1.0), rcond=None)[0]
    return solution


def entropy_rate(grammar: Grammar) -> float:
    """Σ_s π(s) H(word | s), in nats per word: the least mean loss of any model that sees the whole past."""
    p = read_grammar(grammar).probabilities
    entropies = -np.sum(p * np.log(np.where(p > 0, p, 1.0)), axis=1)
    return float(stationary_distribution(grammar) @ entropies)


def sample_grammar(grammar: Grammar, length: int, *, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw words, beginning with the start of a sentence.

    Parameters
    ----------
    grammar : Grammar
        The source.
    length : int
        Words to draw, at least 1.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    codes : (length,) array of int
        The words.
    states : (length,) array of int
        The state in which each word was drawn; it fixes the true distribution of that word.
    """
    grammar, length, rng = read_grammar(grammar), positive_int("length", length), generator(rng)
    cumulative = np.cumsum(grammar.probabilities, axis=1)
    codes, states = np.empty(length, np.int64), np.empty(length, np.int64)
    state = grammar.start
    for t, u in enumerate(rng.random(length)):
        # Rounding can leave the last cumulative sum a little below one, hence its product with u.
        word = int(np.searchsorted(cumulative[state], u * cumulative[state, -1], side="right"))
        codes[t], states[t] = word, state
        state = grammar.successor[state, word]
    return codes, states
