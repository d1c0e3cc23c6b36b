"""Chapter 8, study: a training looked at closely."""

from math import exp, log

from rnn_exercises.kinds import Choice, Exercise, Mistake, Number, Option

__all__ = ["EXERCISES"]


def _share(count: float, power: float, copies: float) -> float:
    """Return the share of a text that is `count` times as probable as each of `copies` others, all to a power."""
    return 1 / (1 + copies / exp(power * log(count)))


TEMPER = Exercise(
    "ex-08-temper",
    printed={"n": 4, "temperature": 0.5},
    draw=lambda rng: {
        "n": int(rng.integers(2, 11)),
        "temperature": float(rng.choice([0.25, 0.4, 0.5, 0.8, 2, 4])),
    },
    questions=(
        Number(
            "The first symbol is a or b, equally likely. After a, [[n]] symbols are equally likely, after b "
            "there is one. Each *symbol* is drawn at temperature "
            "[[temperature]]. With which probability does the text begin with b?",
            answer=lambda d: 0.5,
            mistakes=(
                Mistake(
                    lambda d: _share(d["n"], 1 / d["temperature"], d["n"]),
                    "This is the answer for whole texts. The first draw does not know what will follow.",
                ),
                Mistake(
                    lambda d: 0.5 ** (1 / d["temperature"]),
                    "This is the power of ½. After taking powers divide by their sum.",
                ),
            ),
            otherwise="Which two probabilities are there at the first draw, and what does the temperature make of them?",
            spellings=("1/2", "50 %"),
        ),
        Number(
            "Now the *texts* are drawn, with probabilities proportional to $P(\\text{text})^{1/\\vartheta}$, at the same "
            "temperature. With which probability does the text begin with b?",
            answer=lambda d: _share(d["n"], 1 / d["temperature"], d["n"]),
            mistakes=(
                Mistake(
                    lambda d: _share(d["n"], 1 / d["temperature"], 1),
                    "This compares with one text that begins with a. Add up all of them.",
                ),
                Mistake(
                    lambda d: _share(d["n"], d["temperature"], d["n"]),
                    "The exponent is $1/\\vartheta$, not $\\vartheta$.",
                ),
                Mistake(
                    lambda d: 0.5,
                    "This is the answer symbol by symbol, and the one at temperature 1.",
                ),
            ),
            otherwise="List the texts with their probabilities, raise each to the power $1/\\vartheta$, and divide by the "
            "sum.",
            spellings=("4/5", "80 %"),
        ),
        Choice(
            "Below temperature 1 whole texts begin with b more often. Why?",
            options=(
                Option(
                    "A cold draw of texts prefers the most probable text, and that one begins with b.",
                    "After a the probability is spread over several texts, and each of them loses by the power.",
                    right=True,
                ),
                Option(
                    "Drawn symbol by symbol, too, b is the more probable first symbol at a low temperature.",
                    "The first symbols are equally likely, and no temperature changes that for a draw symbol by symbol.",
                ),
                Option(
                    "More texts begin with b.",
                    "It is the other way round: after a there are several, after b there is one.",
                ),
            ),
        ),
    ),
    hints=(
        "Tempering replaces each $p_i$ by a number proportional to $p_i^{1/\\vartheta}$.",
        "For (b) count: how many texts begin with a, and how probable is each?",
    ),
)

EXERCISES = (TEMPER,)
