"""Chapter 4: models of sequences and of language."""

from math import log, pi

import numpy as np

from rnn_core import markov_parameter_count
from rnn_exercises.kinds import Choice, Draw, Exercise, Formula, Mistake, Number, Option

__all__ = ["EXERCISES"]


def _pair_table(rng: np.random.Generator) -> Draw:
    """Draw four probabilities in per cent."""
    cuts = np.sort(rng.choice(np.arange(1, 20), size=3, replace=False)) * 5
    shares = np.diff(np.concatenate([[0], cuts, [100]]))
    return dict(zip("abcd", map(int, shares), strict=True))


REVERSE = Exercise(
    "ex-04-reverse",
    printed={"a": 40, "b": 10, "c": 20, "d": 30},
    draw=_pair_table,
    questions=(
        Choice(
            "Which of these agree in both directions, for every $P$ and $\\mathbf{x}$?",
            several=True,
            options=(
                Option(
                    "the first factors",
                    "One is the probability of a first symbol, the other of a last one.",
                ),
                Option(
                    "the products of the factors",
                    "Both are $P(\\mathbf{x})$: it is {prf:ref}`thm-4-chain`, once for the sequence read backwards.",
                    right=True,
                ),
                Option(
                    "the entropies of the factors, term by term",
                    "Already the first ones differ, unless the first and the last symbol happen to be equally uncertain.",
                ),
                Option(
                    "the sums of the entropies",
                    "Both are $H(P)$, by the formula in the proof of {prf:ref}`thm-4-floor` with $Q = P$.",
                    right=True,
                ),
                Option(
                    "the distributions of the sequences that are drawn symbol by symbol",
                    "Both are $P$: from right to left it is ancestral sampling of the sequence read backwards.",
                    right=True,
                ),
            ),
        ),
        Number(
            "Two symbols, two places, in per cent: P(0, 0) = [[a]], P(0, 1) = [[b]], P(1, 0) = [[c]], P(1, 1) = [[d]]. Read from right to "
            "left, what is the *second* factor of P(0, 1)?",
            answer=lambda d: d["b"] / (d["b"] + d["d"]),
            mistakes=(
                Mistake(
                    lambda d: d["b"] / (d["a"] + d["b"]),
                    "This is the second factor from left to right: the last symbol, given the first.",
                ),
                Mistake(
                    lambda d: d["b"] / 100,
                    "This is the product of both factors. Divide it by the first one.",
                ),
                Mistake(
                    lambda d: (d["b"] + d["d"]) / 100,
                    "This is the first factor, the probability of the last symbol.",
                ),
                Mistake(
                    lambda d: (d["a"] + d["b"]) / 100,
                    "This is the probability of the first symbol. From right to left it comes second, and under a condition.",
                ),
            ),
            otherwise="It is the probability that the first symbol is 0, given that the last one is 1.",
            spellings=("10/(10+30)", "25 %"),
        ),
    ),
    hints=(
        "Read the sequence backwards, and apply {prf:ref}`thm-4-chain`.",
        "From right to left the last symbol has no condition, and the first symbol has all the others as its condition.",
    ),
)


def _smallest_order(symbols: float, parameters: int) -> int:
    order = 0
    while markov_parameter_count(order, int(symbols)) <= parameters:
        order += 1
    return order


def _largest_order(symbols: float, windows: float) -> int:
    """Return the largest order with at most so many contexts."""
    order = 0
    while int(symbols) ** (order + 1) <= windows:
        order += 1
    return order


COUNT = Exercise(
    "ex-04-count",
    printed={"V": 27, "power": 9, "text": 11, "times": 100},
    draw=lambda rng: {
        "V": int(rng.integers(15, 60)),
        "power": int(rng.integers(6, 13)),
        "text": int(rng.integers(9, 14)),
        "times": int(rng.choice([50, 100, 200, 500])),
    },
    questions=(
        Number(
            "An alphabet has [[V]] symbols. Which is the smallest order whose conditionals have more free parameters than 1 followed by "
            "[[power]] zeros?",
            answer=lambda d: _smallest_order(d["V"], 10 ** int(d["power"])),
            mistakes=(
                Mistake(
                    lambda d: _largest_order(d["V"], 10 ** d["power"]) + 1,
                    "These are the contexts. Each of them has a probability vector of its own, with $V - 1$ free entries.",
                ),
                Mistake(
                    lambda d: _smallest_order(d["V"], 10 ** int(d["power"])) - 1,
                    "The model of this order has not yet more parameters than that.",
                ),
            ),
            otherwise="By {prf:ref}`prop-4-count` there are $V^\\tau(V - 1)$. Try τ = 1, 2, 3, … or take logarithms.",
            tolerance=0,
        ),
        Number(
            "A library holds 1 followed by [[text]] zeros of characters. Up to which order could each context have been seen [[times]] times, if "
            "all were equally frequent?",
            answer=lambda d: _largest_order(d["V"], 10 ** d["text"] / d["times"]),
            mistakes=(
                Mistake(
                    lambda d: _largest_order(d["V"], 10 ** d["text"]),
                    "Up to this order each context could have been seen once.",
                ),
                Mistake(
                    lambda d: _largest_order(d["V"], 10 ** d["text"] / d["times"]) - 1,
                    "These are windows of τ + 1 symbols, the context and what follows it. Asked is how often the *context* was seen.",
                ),
            ),
            otherwise="There are $V^\\tau$ contexts. How many characters does it take to see each of them so often?",
            tolerance=0,
        ),
    ),
    hints=(
        "How many contexts of τ symbols are there, and how many free numbers belong to each?",
        "An order is a whole number: once you have to round up, once down.",
    ),
)

BLOCKS = Exercise(
    "ex-04-blocks",
    printed={"V": 14, "tau": 2},
    draw=lambda rng: {"V": int(rng.integers(3, 21)), "tau": int(rng.integers(2, 5))},
    questions=(
        Choice(
            "Why is $\\mathbf{z}$ Markov of order 1?",
            options=(
                Option(
                    "Because of the past only $\\mathbf{z}_t$ matters for $x_{t+1}$.",
                    "This is the Markov property of $\\mathbf{x}$. And $\\mathbf{z}_t$ and $x_{t+1}$ together determine $\\mathbf{z}_{t+1}$.",
                    right=True,
                ),
                Option(
                    "Because a block contains the whole past.",
                    "It contains the last τ symbols. That this is enough is the hypothesis on $\\mathbf{x}$.",
                ),
                Option(
                    "Because neighbouring blocks have no symbol in common.",
                    "They have τ − 1 symbols in common: the window moves by one symbol.",
                ),
            ),
        ),
        Formula(
            "How many free parameters has this model of order 1 over blocks? Write it in `V` and `tau`.",
            variables={"V": (3, 9), "tau": (1.5, 3.5)},
            answer="V^tau*(V - 1)",
            mistakes=(
                Mistake(
                    "V^tau*(V^tau - 1)",
                    "So many has a general model over blocks. Here most steps are impossible: the new block must continue the old one.",
                ),
                Mistake(
                    "V^(tau + 1)",
                    "These are the entries that may differ from zero. Each row sums to one.",
                ),
                Mistake("V^tau", "This is the number of blocks, that is, of rows."),
                Mistake(
                    "V*(V - 1)",
                    "This is a model of order 1 over symbols. There is a row for every block.",
                ),
            ),
            otherwise="How many blocks can follow a block? One entry of each row is fixed by the sum.",
            spellings=("V**(tau+1) - V**tau",),
        ),
        Number(
            "For V = [[V]] and τ = [[tau]]: how many entries of the matrix of steps can be above zero?",
            answer=lambda d: d["V"] ** (d["tau"] + 1),
            mistakes=(
                Mistake(
                    lambda d: d["V"] ** (2 * d["tau"]),
                    "These are all entries. A block can be followed by those only that continue it.",
                ),
                Mistake(
                    lambda d: d["V"] ** d["tau"] * (d["V"] - 1),
                    "These are the free parameters. In each row one more entry is above zero: the one that the sum fixes.",
                ),
                Mistake(lambda d: d["V"] ** d["tau"], "This is the number of rows."),
            ),
            otherwise="Count the rows, and in each row the blocks that can follow.",
            tolerance=0,
            spellings=("2744", "14^3"),
        ),
    ),
    hints=(
        "Write down a block and one that can follow it. Which symbols are the same?",
        "A row has as many entries above zero as there are symbols to come next.",
    ),
)


def _doubt(p: float) -> float:
    """Return the entropy of a coin."""
    return -p * log(p) - (1 - p) * log(1 - p)


GOLDEN = Exercise(
    "ex-04-golden",
    printed={"p": 0.5},
    draw=lambda rng: {"p": round(rng.uniform(0.2, 0.8), 2)},
    questions=(
        Number(
            "State A says 0 and stays with probability [[p]], and otherwise says 1 and goes to B; B always says 0 and returns to A. What is the entropy "
            "rate, in nats per symbol?",
            answer=lambda d: _doubt(d["p"]) / (2 - d["p"]),
            mistakes=(
                Mistake(
                    lambda d: _doubt(d["p"]),
                    "So it would be if A chose at every step. In B nothing is uncertain.",
                ),
                Mistake(
                    lambda d: _doubt(d["p"]) / 2,
                    "Here both states are taken to be equally frequent. Solve $\\pi(A) = p\\,\\pi(A) + \\pi(B)$.",
                ),
                Mistake(
                    lambda d: _doubt(d["p"]) / (2 - d["p"]) / log(2),
                    "This is in bits.",
                ),
            ),
            otherwise="By {prf:ref}`thm-4-rate`: the share of time in A, times the entropy of its choice.",
            spellings=("2/3*log(2)",),
        ),
        Number(
            "And what is $h_0$ of this source, in nats?",
            answer=lambda d: _doubt(1 / (2 - d["p"])),
            mistakes=(
                Mistake(
                    lambda d: log(2),
                    "So it would be if 0 and 1 were equally frequent.",
                ),
                Mistake(
                    lambda d: _doubt(d["p"]) / (2 - d["p"]),
                    "This is the rate, which is $h_1$ here. Without any context one does not know the state.",
                ),
                Mistake(
                    lambda d: _doubt(1 / (2 - d["p"])) / log(2),
                    "This is in bits.",
                ),
            ),
            otherwise="How frequent is the symbol 1, if nothing before it is known? It is said exactly when B comes next.",
            spellings=("log(3)-2/3*log(2)",),
        ),
        Choice(
            "Which of the two sources of the exercise is Markov?",
            options=(
                Option(
                    "Both of order 1: each has two states.",
                    "The states form a Markov chain. The question is whether the last *symbols* show the state.",
                ),
                Option(
                    "The first of order 1; the second of no order.",
                    "In the first the last symbol shows the state. In the second a window full of 1s, however long, does not.",
                    right=True,
                ),
                Option(
                    "The first of order 1; the second of order 2, since its 1s come in pairs.",
                    "After a window 1, 1 of the second source: is the number of 1s since the last 0 even?",
                ),
                Option(
                    "Neither: the state is hidden.",
                    "In the first source it is not: after 1 it is B, after 0 it is A.",
                ),
            ),
        ),
    ),
    hints=(
        "How often is the automaton in A? Write down what flows into A.",
        "Can you tell the state from the last symbol? From the last two?",
    ),
)

END = Exercise(
    "ex-04-end",
    printed={"n": 10, "s": 20, "c": 1},
    draw=lambda rng: {
        "n": int(rng.integers(5, 30)),
        "s": int(rng.integers(4, 30)),
        "c": int(rng.integers(1, 13)),
    },
    questions=(
        Number(
            "Let e = 1/[[n]] at every place. What is the probability of all texts that end at one of the first [[s]] places?",
            answer=lambda d: 1 - (1 - 1 / d["n"]) ** d["s"],
            mistakes=(
                Mistake(
                    lambda d: d["s"] / d["n"],
                    "Here the probabilities of ending were added as if every text reached every place.",
                ),
                Mistake(
                    lambda d: (1 - 1 / d["n"]) ** d["s"],
                    "This is the probability of *not* having ended.",
                ),
                Mistake(
                    lambda d: (1 - 1 / d["n"]) ** (d["s"] - 1) / d["n"],
                    "This is the probability of ending at the last of these places exactly.",
                ),
            ),
            otherwise="How probable is it that a text has not ended yet?",
            spellings=("1-0.9^20",),
        ),
        Number(
            "Now let e = 1/(t + [[c]])² at place t = 1, 2, 3, … What is the sum of the probabilities of all finite texts?",
            answer=lambda d: 1 / (d["c"] + 1),
            mistakes=(
                Mistake(
                    lambda d: 1.0,
                    "So it is whenever no text can go on for ever. Here the chance to end fades so fast that some do.",
                ),
                Mistake(
                    lambda d: pi**2 / 6 - sum(1 / j**2 for j in range(1, int(d["c"]) + 1)),
                    "This is the sum of all e. But a text can end at a place only if it has reached it.",
                ),
                Mistake(
                    lambda d: 1 / (d["c"] + 1) ** 2,
                    "This is the probability of ending at the first place.",
                ),
            ),
            otherwise="Write $1 - e_t$ as a fraction, multiply the first few, and see what cancels.",
            spellings=("1/2", "0.5"),
        ),
        Choice(
            "Why does a recurrent network with softmax lose nothing to endless texts?",
            options=(
                Option(
                    "Because the outputs of softmax sum to one at every step.",
                    "So do the predictions in the case that you have just computed. The trouble is over infinitely many steps.",
                ),
                Option(
                    "Because the outputs of softmax are above zero.",
                    "So are all e above. Positive is not enough: they must not tend to zero too fast.",
                ),
                Option(
                    "Because the probability of “end” stays above a fixed ε > 0.",
                    "The loss of a step is bounded, {prf:ref}`prop-bounded-loss`, with the same bound at each step. So after $s$ places a text goes on with a probability of at most $(1 - \\varepsilon)^s$.",
                    right=True,
                ),
                Option(
                    "Because by {prf:ref}`thm-4-chain` (b) any conditionals give a distribution.",
                    "That is about texts of one fixed length. There nothing can go on for ever.",
                ),
            ),
        ),
    ),
    hints=(
        "A text has not ended after $s$ places with probability $\\prod_{t \\le s}(1 - e_t)$.",
        "$1 - \\frac{1}{(t+1)^2} = \\frac{t\\,(t+2)}{(t+1)^2}$: multiply the first three.",
    ),
)

EXERCISES = (REVERSE, COUNT, BLOCKS, GOLDEN, END)
