"""Chapter 4, study: how long a memory pays off."""

from math import log

import numpy as np

from rnn_exercises.kinds import Choice, Draw, Exercise, Formula, Mistake, Number, Option

__all__ = ["EXERCISES"]


def _counts(rng: np.random.Generator) -> Draw:
    total = int(rng.integers(10, 100))
    return {
        "n": total,
        "w": int(rng.integers(1, total)),
        "V": int(rng.integers(20, 100)),
        "alpha": float(rng.choice([0.5, 2, 3, 4])),
    }


ADDITIVE = Exercise(
    "ex-04-additive",
    printed={"n": 40, "w": 12, "V": 73, "alpha": 0.5},
    draw=_counts,
    questions=(
        Number(
            "A context was followed by something [[n]] times, and [[w]] times by w. With V = [[V]] and α = [[alpha]], how probable is w after it?",
            answer=lambda d: (d["w"] + d["alpha"]) / (d["n"] + d["alpha"] * d["V"]),
            mistakes=(
                Mistake(
                    lambda d: d["w"] / d["n"],
                    "This is the count alone, without smoothing.",
                ),
                Mistake(
                    lambda d: (d["w"] + d["alpha"]) / (d["n"] + d["alpha"]),
                    "Every one of the $V$ symbols gets α more, so the sum grows by $\\alpha V$. These numbers sum to more than one.",
                ),
                Mistake(
                    lambda d: (d["w"] + d["alpha"]) / (d["n"] + d["V"]),
                    "Each count grows by α, not by 1, so their sum grows by $\\alpha V$.",
                ),
            ),
            otherwise="Add α to each count, also to those that are zero, and divide by the sum of all.",
            spellings=("(12+0.5)/(40+0.5*73)",),
        ),
        Formula(
            "Which weight λ has the count in the mean of (a)? Write it in `n` (for $n(c)$), `alpha` and `V`.",
            variables={"n": (5, 80), "alpha": (0.1, 3), "V": (10, 90)},
            answer="n/(n + alpha*V)",
            mistakes=(
                Mistake("n/(n + alpha)", "Every one of the $V$ symbols gets α more."),
                Mistake(
                    "alpha*V/(n + alpha*V)",
                    "This is the weight of the uniform guess, 1 − λ. Often seen contexts should trust their counts.",
                ),
                Mistake("n/(n + V)", "This is right for α = 1 only."),
            ),
            otherwise="Split $\\frac{n(cw) + \\alpha}{n(c) + \\alpha V}$ into two fractions, and write the first as λ times $n(cw)/n(c)$.",
            spellings=("1/(1 + alpha*V/n)", "1 - alpha*V/(n + alpha*V)"),
        ),
        Choice(
            "In the test text some symbol is new after a context that was seen. Where does the held-out loss go for α → ∞, and for α → 0?",
            options=(
                Option(
                    "To log V, and to the loss of plain counting, which is finite.",
                    "Plain counting gives the new window the probability 0. What does one such window cost?",
                ),
                Option(
                    "To infinity at both ends.",
                    "For α → ∞ the counts no longer matter, and the uniform guess costs a finite amount.",
                ),
                Option(
                    "To log V, and to infinity.",
                    "So if some α between does better than $\\log V$, the best one is at no end, if the range is wide enough.",
                    right=True,
                ),
                Option(
                    "To the entropy of the characters' frequencies, and to infinity.",
                    "For α → ∞ not even the frequencies of the characters are left: every symbol gets 1/V.",
                ),
            ),
        ),
    ),
    hints=(
        "Additive smoothing: as if each window had been seen α more times.",
        "For (b) let λ tend to 0, and then to 1.",
    ),
)


def _doubt(q: float) -> float:
    """Return the entropy of a coin."""
    return -q * log(q) - (1 - q) * log(1 - q)


def _above_floor(q: float, power: float, *, doubt: float = 1.0) -> float:
    """Return the relative excess if the subject is out of sight with probability q to some power."""
    choices = 6 * log(2) + (log(2) + doubt * _doubt(q)) / (1 - q)
    return log(2) / choices * float(q**power)


CLAUSE = Exercise(
    "ex-04-clause",
    printed={"q": 0.5, "tau": 5},
    draw=lambda rng: {"q": round(rng.uniform(0.1, 0.8), 2), "tau": int(rng.integers(5, 8))},
    questions=(
        Formula(
            "What is the mean length of a sentence? Write it in `q`.",
            variables={"q": (0.1, 0.9)},
            answer="8 + q/(1 - q)",
            mistakes=(
                Mistake(
                    "8 + 1/(1 - q)",
                    "These are all adjectives of a sentence. The first is among the 8 words already.",
                ),
                Mistake("8 + q", "A second adjective can be followed by a third, and so on."),
                Mistake(
                    "8 + (1 - q)/q",
                    "This would be right if $q$ were the probability that *no* adjective follows.",
                ),
            ),
            otherwise="8 words, and the further adjectives: $q + q^2 + q^3 + \\dots$ on average.",
            spellings=("(8 - 7*q)/(1 - q)", "7 + 1/(1 - q)"),
        ),
        Number(
            "For q = [[q]]: by which share of h does the loss of the best model of order [[tau]] exceed the entropy rate h?",
            answer=lambda d: _above_floor(d["q"], d["tau"] - 4),
            mistakes=(
                Mistake(
                    lambda d: _above_floor(d["q"], d["tau"] - 5),
                    "Off by one: with order 4 the subject is always out of sight, with order 5 only if one more adjective follows.",
                ),
                Mistake(
                    lambda d: _above_floor(d["q"], d["tau"]),
                    "A window of four words never reaches the subject. Only the words beyond these four can help.",
                ),
                Mistake(
                    lambda d: _above_floor(d["q"], d["tau"] - 4, doubt=0),
                    "In the rate something is missing: after each adjective it is uncertain whether one more follows.",
                ),
                Mistake(
                    lambda d: _above_floor(d["q"], d["tau"] - 4) * (8 + d["q"] / (1 - d["q"])),
                    "The price of log 2 is paid once in a sentence. The rate is per word.",
                ),
            ),
            otherwise="The excess is $\\frac{\\log 2}{\\ell}\\,q^{\\tau - 4}$, and $h$ is what the choices of a sentence cost, over ℓ. The length "
            "cancels.",
            spellings=("5 %", "0.05"),
        ),
        Choice(
            "For order 5 the share grows with q at first. Why does it come back down for q near 1?",
            options=(
                Option(
                    "Because long clauses bring the subject back into the window.",
                    "They move it away: with order 5 it is out of sight with probability $q$.",
                ),
                Option(
                    "Because nothing is uncertain any more for q near 1.",
                    "That one more adjective follows is nearly sure then. Which one is not.",
                ),
                Option(
                    "Because the verb can then be told from the adjectives.",
                    "The adjectives say nothing about the number. With the subject out of sight the verb costs log 2 more, for every q.",
                ),
                Option(
                    "Because the price, log 2 for a verb, is spread over ever more words.",
                    "Each adjective has an uncertainty of its own. So the excess per word tends to 0, and the rate does not.",
                    right=True,
                ),
            ),
        ),
    ),
    hints=(
        "List the choices of a sentence, and what each costs: subject, noun, preposition, verb, adjectives, and whether one more follows.",
        "With order τ the subject is out of sight if there are more than τ − 5 further adjectives.",
    ),
)

EXERCISES = (ADDITIVE, CLAUSE)
