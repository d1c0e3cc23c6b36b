"""The explorer of a window on the agreement grammar: how far back one must look to choose the verb."""

from itertools import product

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, integer, number
from . import figure

__all__ = ["WindowExplorer"]

ADJECTIVES = ("old", "small")
ONE, MANY = ("dog", "cat"), ("dogs", "cats")
VERBS = (("runs", "sleeps"), ("run", "sleep"))
LONGEST = 14  # words of a window


class WindowExplorer(Explorer):
    """A sentence of the agreement grammar, and a reader who sees its last words only.

    The grammar is `rnn_core.agreement_grammar` with two of its probabilities to choose. The reader knows it
    and predicts the verb from the window. The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    tau : int
        Words that the reader sees, in 2..14.
    adjectives : int
        Adjectives before the second noun, in 1..9.
    subject : {"dog", "dogs"}
        The subject, with which the verb agrees.
    noun : {"cat", "cats"}
        The second noun, right before the verb.
    q : float
        Probability that one more adjective follows, in [0.05, 0.9]; 0.2 in `rnn_core.agreement_grammar`.
    clue : float
        Probability that the second noun has the number of the subject, in [0.05, 0.95]; there 0.5.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "window"
    SETTINGS = ("tau", "adjectives", "subject", "noun", "q", "clue")
    QUESTION = "How far back must you look to choose run or runs?"
    INSTRUCTION = "Put in adjectives: each moves the subject one word back. Then widen the window."

    tau = integer(5, 2, LONGEST)
    adjectives = integer(2, 1, 9)
    subject = traitlets.Enum(("dog", "dogs"), "dog").tag(sync=True)
    noun = traitlets.Enum(("cat", "cats"), "cats").tag(sync=True)
    q = number(0.2, 0.05, 0.9)
    clue = number(0.5, 0.05, 0.95)

    @property
    def grammar(self) -> rnn_core.Grammar:
        """`rnn_core.agreement_grammar` with the probabilities `q` and `clue`."""
        grammar = rnn_core.agreement_grammar()
        words, p = grammar.words, grammar.probabilities.copy()
        columns = [[words.index(word) for word in group] for group in (ADJECTIVES, ONE, MANY)]
        for state in np.flatnonzero((p[:, columns[0] + columns[1]] > 0).all(axis=1)):
            noun = columns[1][0]
            verb = p[
                grammar.successor[state, noun]
            ]  # of the state after it, which knows the subject's number
            same = columns[1] if verb[words.index("runs")] > 0 else columns[2]
            other = columns[2] if same is columns[1] else columns[1]
            p[state, columns[0]] = self.q / 2
            p[state, same] = (1 - self.q) * self.clue / 2
            p[state, other] = (1 - self.q) * (1 - self.clue) / 2
        return grammar._replace(probabilities=p)

    @property
    def words(self) -> list[str]:
        """The words before the verb."""
        return _sentence(self.subject, self.adjectives, self.noun)

    @property
    def whole(self) -> np.ndarray:
        """Probability of a singular and of a plural verb after all words: (2,)."""
        grammar = self.grammar
        start = np.eye(len(grammar.probabilities))[grammar.start]
        return _verb(grammar, start, self.words)

    @property
    def window(self) -> np.ndarray:
        """Probability of a singular and of a plural verb after the last `tau` words: (2,)."""
        grammar = self.grammar
        # A window longer than the sentence reaches into those before, which tell nothing of this one.
        return _verb(grammar, rnn_core.stationary_distribution(grammar), self.words[-self.tau :])

    @property
    def right(self) -> np.ndarray:
        """Share of all sentences whose verb's number the best reader of 2, …, 14 words finds: (13,)."""
        grammar = self.grammar
        prior = rnn_core.stationary_distribution(grammar)
        shares = np.zeros(LONGEST - 1)
        for i, tau in enumerate(range(2, LONGEST + 1)):
            for subject, noun, count in product(("dog", "dogs"), ("cat", "cats"), range(1, tau + 1)):
                # With τ adjectives or more the window is full of them: the last stands for all others.
                amount = self.q ** (count - 1) * (1.0 if count == tau else 1 - self.q)
                alike = subject.endswith("s") == noun.endswith("s")
                share = 0.5 * amount * (self.clue if alike else 1 - self.clue)
                seen = _sentence(subject, count, noun)[-tau:]
                shares[i] += share * _verb(grammar, prior, seen).max()
        return shares

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)


def _sentence(subject: str, adjectives: int, noun: str) -> list[str]:
    """Write a sentence up to its verb."""
    return ["the", subject, "near", "the", *(ADJECTIVES[i % 2] for i in range(adjectives)), noun]


def _verb(grammar: rnn_core.Grammar, belief: np.ndarray, seen: list[str]) -> np.ndarray:
    """Probability of a singular and of a plural verb after some words, from a belief of the first state."""
    for word in seen:
        code = grammar.words.index(word)
        possible = np.flatnonzero(belief * grammar.probabilities[:, code] > 0)
        after = np.zeros(len(belief))
        np.add.at(
            after,
            grammar.successor[possible, code],
            belief[possible] * grammar.probabilities[possible, code],
        )
        belief = after / after.sum()
    following = belief @ grammar.probabilities
    return np.array([sum(following[grammar.words.index(verb)] for verb in group) for group in VERBS])
