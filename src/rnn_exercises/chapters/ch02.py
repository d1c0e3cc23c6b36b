"""Chapter 2: a history of recurrent networks."""

from math import asin, erfc, log, log10, pi, sqrt

import numpy as np

from rnn_exercises.kinds import Before, Choice, Draw, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]

PARITY = Exercise(
    "ex-02-parity",
    questions=(
        Choice(
            "Let $p$ be the old parity and $x$ the new bit. One unit says whether $p + x \\ge 1$, another whether $p + x \\ge 2$. "
            "With which weights of these two, and which threshold, does a third unit give the new parity?",
            options=(
                Option(
                    "Weights 1 and 1, threshold 1",
                    "This is on for $p = x = 1$ as well, where the new parity is 0.",
                ),
                Option(
                    "Weights 1 and −1, threshold 0",
                    "A sum of 0 reaches the threshold 0, so this unit is always on.",
                ),
                Option(
                    "Weights 1 and −1, threshold 1",
                    "It is on exactly if the first is on and the second is off, that is, if $p + x = 1$.",
                    right=True,
                ),
                Option(
                    "Weights −1 and 1, threshold 1",
                    "For this the second unit would have to be on and the first off, and that never happens.",
                ),
            ),
        ),
        Number(
            "Now take units of 1943: each answers one tick after its inputs. How many ticks after a bit can the next one come, at the "
            "earliest, so that the net gives the parity?",
            answer=lambda d: 1 + 1,  # through the first two units, side by side, and through the third
            mistakes=(
                Mistake(
                    lambda d: 1, "After one tick the first two units have answered, and the third has not."
                ),
                Mistake(
                    lambda d: 3,
                    "There are three units, but two of them answer at the same tick.",
                ),
            ),
            otherwise="Follow a signal once around the circle: from the new bit to the fed-back parity.",
            tolerance=0,
            unit="ticks",
        ),
        Choice(
            "Why can no window of fixed length do what this net does?",
            options=(
                Option(
                    "Because parity is not linear.",
                    "A feedforward network with hidden units computes the parity of its window. It is the length that stops it.",
                ),
                Option(
                    "Because threshold units have no derivative.",
                    "That is about training. Here nobody trains: the question is what can be computed.",
                ),
                Option(
                    "Because the first bit counts as much as the last.",
                    "Change it, and the parity of everything since changes. A window forgets it sooner or later.",
                    right=True,
                ),
            ),
        ),
    ),
    hints=(
        "The new parity is the exclusive or of the old one and the bit: one of them, but not both.",
        "Write down what the first two units say for $p + x = 0, 1, 2$.",
    ),
)


def _share_wrong(mean: float, deviation: float) -> float:
    """Return the probability that a normal number is negative."""
    return erfc(mean / (deviation * sqrt(2))) / 2


def _deviation(r: float, m: float) -> float:
    return sqrt((r - 1) * (m - 1)) / m


CAPACITY = Exercise(
    "ex-02-capacity",
    printed={"r": 20, "m": 100},
    draw=lambda rng: {"r": int(rng.integers(10, 40)), "m": int(rng.integers(8, 15)) * 10},
    questions=(
        Formula(
            "What is the variance of the number in (a)? Write it in `r` and `m`.",
            variables={"r": (3, 40), "m": (40, 150)},
            answer="(r - 1)*(m - 1)/m^2",
            mistakes=(
                Mistake(
                    "r*(m - 1)/m^2",
                    "The pattern that is being recalled does not disturb itself: it gives the mean.",
                ),
                Mistake(
                    "(r - 1)*(m - 1)/m",
                    "The sum has the factor $\\frac1m$ before it. In a variance a factor is squared.",
                ),
                Mistake("sqrt((r - 1)*(m - 1))/m", "This is the standard deviation."),
                Mistake(
                    "(r - 1)/m",
                    "Nearly. A unit has no weight to itself, so there are $m - 1$ products for each pattern, not $m$.",
                ),
            ),
            otherwise="$\\frac1m$ times a sum of independent signs: how many are there? The variance of a sign is 1.",
            spellings=("(r-1)/m - (r-1)/m^2", "(r-1)*(1-1/m)/m"),
        ),
        Number(
            "Store [[r]] patterns in [[m]] units. If the number were normally distributed, which share of the units would be wrong?",
            answer=lambda d: _share_wrong(1 - 1 / d["m"], _deviation(d["r"], d["m"])),
            mistakes=(
                Mistake(
                    lambda d: 2 * _share_wrong(1 - 1 / d["m"], _deviation(d["r"], d["m"])),
                    "This counts both tails. A number that is much too *large* does no harm: its sign is right.",
                ),
                Mistake(
                    lambda d: _share_wrong(1 - 1 / d["m"], _deviation(d["r"], d["m"]) ** 2),
                    "Here the mean was divided by the variance. Divide it by the standard deviation.",
                ),
                Mistake(
                    lambda d: _share_wrong(1 - 1 / d["m"], _deviation(d["r"] + 1, d["m"])),
                    "Here all the patterns disturb. The one in which the network is does not: it gives the mean.",
                ),
                Mistake(
                    lambda d: _share_wrong(1 - 1 / d["m"], _deviation(d["r"], d["m"]) / sqrt(2)),
                    "The argument of erfc has a $\\sqrt2$ in its denominator.",
                ),
            ),
            otherwise="A unit is wrong if the number is negative. By how many standard deviations is its mean above 0? In Python, "
            "`math.erfc` gives the rest.",
        ),
    ),
    hints=(
        "Split the field into what pattern 1 gives and what the others give.",
        "Pairwise independent signs: their variances add. Then ask how probable a negative number is.",
    ),
)

WINDOW = Exercise(
    "ex-02-window",
    questions=(
        Number(
            "With which probability is the next bit the exclusive or of the last two?",
            answer=lambda d: 1 / 3 + 2 / 3 * 1 / 2,
            mistakes=(
                Mistake(
                    lambda d: 1 / 3,
                    "In a third of the cases it is so for sure. In the others it is so by chance, half of the time.",
                ),
                Mistake(
                    lambda d: 1 / 2,
                    "This would hold if the next bit were always a coin. At one of three positions it is not.",
                ),
            ),
            otherwise="Go through the three positions: how probable is it at each?",
            spellings=("2/3", "0.6667"),
        ),
        Number(
            "What is the smallest possible expected loss per bit, in nats?",
            answer=lambda d: -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3)),
            mistakes=(
                Mistake(
                    lambda d: log(2),
                    "So much a model pays that sees one bit. Two bits say something: use the probability above.",
                ),
                Mistake(
                    lambda d: 2 / 3 * log(2),
                    "This needs the position in the group. This model does not know when it may be sure.",
                ),
                Mistake(
                    lambda d: -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3)) / log(2),
                    "This is in bits. Nats need the natural logarithm.",
                ),
                Mistake(
                    lambda d: -log(2 / 3),
                    "This is the price if the exclusive or comes. When it does not come, the model pays more.",
                ),
            ),
            otherwise="The best prediction is the true probability, and it costs its entropy: {prf:ref}`prop-2-memoryless`.",
            spellings=("log(3)-2/3*log(2)",),
        ),
        Number(
            "Another model sees the position in the group and no bit. What is its smallest expected loss per bit, in nats?",
            answer=lambda d: log(2),
            mistakes=(
                Mistake(
                    lambda d: 2 / 3 * log(2),
                    "The third bit costs nothing only for one who has the two bits before it.",
                ),
                Mistake(
                    lambda d: -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3)),
                    "This is the loss of the window of two bits. The position alone says less.",
                ),
            ),
            otherwise="How is each bit distributed, if you know its position and nothing else?",
            spellings=("log(2)", "0.693"),
        ),
    ),
    hints=(
        "At each position the last two bits are a pair of fair coins. Do they tell the position?",
        "Average over the three positions first, then take the entropy.",
    ),
)


def _shapes(rng: np.random.Generator) -> Draw:
    n, m, steps = rng.permutation(np.arange(2, 13))[:3]
    return {"n": int(n), "m": int(m), "T": int(steps)}


TRUNCATED = Exercise(
    "ex-02-truncated",
    printed={"n": 3, "m": 5, "T": 7},
    draw=_shapes,
    questions=(
        Choice(
            "The loss of step 7 is differentiated with truncation to one step. What is the gradient for $\\mathbf{W}_{hx}$?",
            options=(
                Option(
                    "$\\delta\\,\\mathbf{x}^{(7)\\top} + \\delta'\\,\\mathbf{x}^{(6)\\top}$, for it goes one step back",
                    "The window of one step is step 7 itself. What is before it counts as given.",
                ),
                Option(
                    "A sum of seven products, of which the older ones are small",
                    "The full gradient is a sum of seven. Truncation drops the older ones, whatever their size.",
                ),
                Option(
                    "Zero, for $\\mathbf{h}^{(6)}$ is held fixed",
                    "The old state is fixed. The matrix is still used at step 7 itself.",
                ),
                Option(
                    "$\\delta\\,\\mathbf{x}^{(7)\\top}$ with a vector δ",
                    "$\\mathbf{h}^{(6)}$ is held fixed, so the matrix enters through $\\mathbf{W}_{hx}\\mathbf{x}^{(7)}$ only.",
                    right=True,
                ),
            ),
        ),
        Number(
            "A network has [[n]] inputs and [[m]] units, reads [[T]] steps and is scored at the last. What is the largest rank that the "
            "*full* gradient for W_hx can have?",
            answer=lambda d: min(d["n"], d["m"], d["T"]),
            mistakes=(
                Mistake(
                    lambda d: d["T"],
                    "It is a sum of so many products of rank one. But a matrix has no larger rank than it has rows, or columns.",
                ),
                Mistake(lambda d: 1, "This is the rank of the truncated gradient: one product."),
                Mistake(lambda d: d["n"] * d["m"], "This is the number of its entries."),
            ),
            otherwise="It is a sum of products of a vector and an input, one for each step, and it has as many rows as units and as "
            "many columns as inputs.",
            tolerance=0,
        ),
        Choice(
            "The network of the exclusive or, trained with the truncated gradient, ends well below log 2 from each start, and well above "
            "what the full gradient reaches. Why?",
            options=(
                Option(
                    "Training uses what the state happens to hold, and teaches no earlier step what to keep.",
                    "The state holds something of earlier inputs even untrained, for truncation cuts the gradient and not the state. But no term of the gradient goes through an earlier step.",
                    right=True,
                ),
                Option(
                    "The truncated gradient is smaller, so training is slower; with more updates it reaches the same.",
                    "Nearly all its updates were clipped to the same length. It is the direction that lacks terms.",
                ),
                Option(
                    "With truncation the network forgets the earlier inputs.",
                    "It computes its state as before. Only the derivative treats the old state as given.",
                ),
            ),
        ),
    ),
    hints=(
        "What is held fixed, and where does $\\mathbf{W}_{hx}$ still enter?",
        "A product of a column and a row has rank one. How many products are added?",
    ),
)


def _bias(gate: float) -> float:
    return log(gate / (1 - gate))


GATE = Exercise(
    "ex-02-gate",
    printed={"f": 0.9, "steps": 1000},
    draw=lambda rng: {"f": round(rng.uniform(0.6, 0.97), 2), "steps": int(rng.integers(2, 50)) * 100},
    questions=(
        Number(
            "After how many steps is half of the entry left, if f = [[f]]? It need not be a whole number.",
            answer=lambda d: log(2) / -log(d["f"]),
            mistakes=(
                Mistake(
                    lambda d: -1 / log(d["f"]),
                    "After so many steps a share of 1/e is left, about 37 %, not a half.",
                ),
                Mistake(
                    lambda d: 0.5 / (1 - d["f"]),
                    "Here each step takes away the same amount. It takes away the same *share*.",
                ),
                Mistake(
                    lambda d: log10(2) / -log(d["f"]),
                    "Two kinds of logarithms are mixed: one to base 10, one to base e.",
                ),
            ),
            otherwise="After $l$ steps $f^l$ is left. Set this equal to a half.",
            unit="steps",
            spellings=("log(0.5)/log(0.9)", "log2(0.5)/log2(0.9)"),
        ),
        Number(
            "Which bias b of the gate keeps half of the entry for [[steps]] steps, if the rest of the gate's argument is zero?",
            answer=lambda d: _bias(2 ** (-1 / d["steps"])),
            mistakes=(
                Mistake(
                    lambda d: 2 ** (-1 / d["steps"]),
                    "This is the gate f. Which number does the logistic function map to it?",
                ),
                Mistake(
                    lambda d: -_bias(2 ** (-1 / d["steps"])),
                    "With this bias the gate is nearly closed: it keeps almost nothing. Look at the sign.",
                ),
                Mistake(
                    lambda d: _bias(1 - 1 / d["steps"]),
                    "At each step this gate loses one part in as many as there are steps. After all of them a share of about 1/e is left, not a half.",
                ),
                Mistake(
                    lambda d: log10(2 ** (-1 / d["steps"]) / (1 - 2 ** (-1 / d["steps"]))),
                    "The logistic function is made with e: take the natural logarithm.",
                ),
            ),
            otherwise="First find f from $f^l = \\frac12$ with $l$ the number of steps. Then solve $f = 1/(1 + e^{-b})$ for $b$; keep many "
            "digits of $1 - f$.",
            spellings=("log(2^(-1/1000)/(1-2^(-1/1000)))", "-log(2^(1/1000)-1)"),
        ),
        Choice(
            "Why is the bias of the forget gate often started at a positive value?",
            options=(
                Option(
                    "So that not half of the memory is lost at every step.",
                    "With bias zero, and the rest of its argument zero, the gate is ½: what was stored ten steps ago is then down to a thousandth.",
                    right=True,
                ),
                Option(
                    "So that the gate is above 1 and the memory grows.",
                    "The logistic function is always below 1. A gate can keep, it cannot enlarge.",
                ),
                Option(
                    "So that more of the new input is written.",
                    "That is the other gate's part. This one says how much of the *old* is kept.",
                ),
            ),
        ),
    ),
    hints=(
        "What is left after $l$ steps with the constant gate $f$?",
        "The inverse of $f = 1/(1 + e^{-b})$ is $b = \\log\\frac{f}{1-f}$.",
    ),
)

SERIES = Exercise(
    "ex-02-series",
    printed={"c": 0.5},
    draw=lambda rng: {"c": round(rng.uniform(0.2, 0.95), 2)},
    questions=(
        Order(
            "Put the proof of (a) into order.",
            steps=(
                "$4u(1-u) = \\sin^2(\\pi v)$, by the formula for the double angle.",
                "So the map takes $v$ to $v' = 2v$ if $v \\le \\frac12$, and to $v' = 2 - 2v$ otherwise.",
                "The symbol is “above” exactly if $v > \\frac12$.",
                "On each half the map is linear and takes the half onto $[0, 1]$: given the first symbol, $v'$ is again uniform.",
                "By induction, whatever the symbols so far, the next one is above or below with probability $\\frac12$ each.",
            ),
            rules=(
                Before(0, 1, "How $v$ moves comes from how $u = \\sin^2(\\pi v/2)$ moves."),
                Before(1, 3, "That the map is linear on each half can be said once the map of $v$ is known."),
                Before(
                    2,
                    3,
                    "To speak of what is known, given the first symbol, one must know what the symbol says about $v$.",
                ),
                Before(3, 4, "The induction needs its step: after one symbol everything is as at the start."),
            ),
        ),
        Number(
            "Now the network sees u. What is the smallest u whose successor 4u(1 − u) is at least [[c]]?",
            answer=lambda d: (1 - sqrt(1 - d["c"])) / 2,
            mistakes=(
                Mistake(
                    lambda d: d["c"] / 4,
                    "Here the factor $1 - u$ was left out.",
                ),
                Mistake(
                    lambda d: (1 + sqrt(1 - d["c"])) / 2,
                    "This is the largest one: the equation has two solutions.",
                ),
                Mistake(
                    lambda d: asin(sqrt(d["c"])) / pi,
                    "This is the place in terms of $v$. Put it into $u = \\sin^2(\\pi v/2)$.",
                ),
            ),
            otherwise="Solve the quadratic equation, or find $v$ with $\\sin^2(\\pi v)$ equal to the level and go back to $u$.",
            spellings=("sin(pi/8)^2", "(2-sqrt(2))/4"),
        ),
        Choice(
            "Trained on the values u, the network comes far below log 2. Which part of this is due to the recurrence?",
            options=(
                Option(
                    "All of it: it is a sequence, and a sequence needs memory.",
                    "Does the next symbol depend on anything but the value that is being read?",
                ),
                Option(
                    "Nothing: the next symbol is a function of the value that is being read.",
                    "With $\\mathbf{W}_{hh} = 0$ the loss is as small.",
                    right=True,
                ),
                Option(
                    "Nothing: the symbols are fair coin flips, so no model can be below log 2.",
                    "They are, for one who sees symbols only. The value says more than all symbols up to it.",
                ),
            ),
        ),
    ),
    hints=(
        "Write $u = \\sin^2(\\pi v/2)$, and follow $v$ instead of $u$.",
        "What does the network see at a step, and what has it to predict from that?",
    ),
)

EXERCISES = (PARITY, CAPACITY, WINDOW, TRUNCATED, GATE, SERIES)
