"""Chapter 8: learning by gradient descent."""

from math import ceil, exp, log, sqrt

from rnn_exercises.kinds import (
    Before,
    Choice,
    Draw,
    Exercise,
    Formula,
    Mistake,
    Number,
    Option,
    Order,
)

__all__ = ["EXERCISES"]


def _by_hand(d: Draw, step: float) -> float:
    """Return the loss when the correct class's logit is so much above the others."""
    return log(1 + (d["k"] - 1) * exp(-step))


HAND = Exercise(
    "ex-08-hand",
    printed={"k": 2, "eta": 1},
    draw=lambda rng: {"k": int(rng.integers(2, 9)), "eta": round(rng.uniform(0.5, 2), 1)},
    questions=(
        Number(
            "There are k = [[k]] classes and one step, all parameters are zero, and η = [[eta]]. Which decrease of the loss "
            "does {prf:ref}`thm-8-first-order` predict to first order?",
            answer=lambda d: d["eta"] * (d["k"] - 1) / d["k"],
            mistakes=(
                Mistake(
                    lambda d: d["eta"] * (1 - 1 / d["k"]) ** 2,
                    "This is the square of one entry. $\\|\\mathbf{g}\\|^2$ adds up the squares of all.",
                ),
                Mistake(
                    lambda d: d["eta"] * sqrt((d["k"] - 1) / d["k"]),
                    "This is η times the length of the gradient. To first order it is the *squared* length that counts.",
                ),
            ),
            otherwise="All logits are zero, so $\\mathbf{y}$ is uniform. Take $\\mathbf{g} = \\mathbf{y} - \\mathbf{e}_c$ and "
            "$\\eta\\|\\mathbf{g}\\|^2$.",
            spellings=("1/2",),
        ),
        Number(
            "And by how much does the step really lower it?",
            answer=lambda d: log(d["k"]) - _by_hand(d, d["eta"]),
            mistakes=(
                Mistake(lambda d: _by_hand(d, d["eta"]), "This is the new loss. Take it from the old one."),
                Mistake(
                    lambda d: log(d["k"]) - _by_hand(d, -d["eta"]),
                    "The step went *along* the gradient, and the loss has risen.",
                ),
                Mistake(
                    lambda d: log(d["k"]) - _by_hand(d, d["eta"] * (1 - 1 / d["k"])),
                    "Only the correct class's bias has moved here. The others go down.",
                ),
            ),
            otherwise="Compute the new biases, then $-\\log$ of the correct class's probability, before and after.",
            spellings=("log(2) - log(1 + exp(-1))",),
        ),
        Choice(
            "Why is the true decrease smaller?",
            options=(
                Option(
                    "The loss is convex in $\\mathbf{b}_y$, so it lies above its tangent.",
                    "First order is the tangent: on the way the slope becomes less steep.",
                    right=True,
                ),
                Option(
                    "The other four parameters did not move.",
                    "Their gradients are zero, so they have no share in the first-order decrease either.",
                ),
                Option(
                    "The step is longer than $2/\\Lambda$.",
                    "It is not: the second derivatives with respect to $\\mathbf{b}_y$ are at most ½ in any direction.",
                ),
                Option(
                    "Minibatches are noisy.",
                    "There is one sequence, and nothing is drawn at random.",
                ),
            ),
        ),
    ),
    hints=(
        "What does softmax make of equal logits?",
        "Which gradients are zero if the state and $\\mathbf{W}_{yh}$ are?",
    ),
)

TWO = Exercise(
    "ex-08-two",
    printed={"kappa": 100},
    draw=lambda rng: {"kappa": int(rng.integers(2, 41)) * 10},
    questions=(
        Number(
            "$f(u, v) = \\tfrac12(u^2 + \\kappa v^2)$ with κ = [[kappa]]. Below which learning rate does gradient descent "
            "come down from every start?",
            answer=lambda d: 2 / d["kappa"],
            mistakes=(
                Mistake(
                    lambda d: 1 / d["kappa"],
                    "At this rate $v$ is done in one step. Larger rates still come down: $v$ jumps from side to side and "
                    "shrinks.",
                ),
                Mistake(
                    lambda d: 2.0, "This is the border for $u$. The steeper coordinate flies off long before."
                ),
            ),
            otherwise="Each step multiplies $v$ by $1 - \\eta\\kappa$. When is this between −1 and 1?",
            tolerance=0.001,
            spellings=("2/100",),
        ),
        Number(
            "With η = 1/κ and the same κ, after how many steps are both at most 1 % of their first values?",
            answer=lambda d: ceil(log(0.01) / log(1 - 1 / d["kappa"])),
            mistakes=(
                Mistake(
                    lambda d: ceil(log(0.01) / log(1 - 1 / d["kappa"])) - 1,
                    "One step before, $u$ is still above 1 %: round up.",
                ),
                Mistake(lambda d: 1, "After one step $v$ is done. What about $u$?"),
                Mistake(
                    lambda d: ceil(round(0.99 * d["kappa"], 9)),
                    "This takes the same amount away in each step. It is the same *share*.",
                ),
                Mistake(
                    lambda d: ceil(d["kappa"] * log(100)),
                    "Here $1 - 1/\\kappa$ was taken for $e^{-1/\\kappa}$, which is a little larger. Use the exact factor.",
                ),
            ),
            otherwise="The slower coordinate is $u$, which keeps the share $1 - 1/\\kappa$ in each step.",
            tolerance=0,
            unit="steps",
            spellings=("459 steps",),
        ),
        Formula(
            "Which rate makes the slower of the two factors as small as possible? Write it in `kappa`.",
            variables={"kappa": (5.0, 200.0)},
            answer="2/(1 + kappa)",
            mistakes=(
                Mistake("2/kappa", "Here $v$ only changes its sign and never shrinks."),
                Mistake(
                    "1/kappa",
                    "Here $v$ is done at once and $u$ is slow. A longer step helps $u$ and costs $v$ little.",
                ),
                Mistake(
                    "1/(1 + kappa)",
                    "Here both factors are positive, and that of $u$ is the larger one: go on.",
                ),
                Mistake("1/sqrt(kappa)", "For large κ this is far beyond the border, and $v$ flies off."),
            ),
            otherwise="The larger of $|1 - \\eta|$ and $|1 - \\kappa\\eta|$ is smallest where the two are equal.",
        ),
    ),
    hints=(
        "The coordinates do not mix. What does one step do to each?",
        "For (c) draw $|1 - \\eta|$ and $|1 - \\kappa\\eta|$ over η.",
    ),
)


def _turned(M: float, P: float) -> float:
    """Return the cosine between (M, 1, ..., 1), P entries long, and (1, ..., 1)."""
    return (M + P - 1) / sqrt(P * (M**2 + P - 1))


ENTRIES = Exercise(
    "ex-08-entries",
    printed={"P": 50, "M": 20},
    draw=lambda rng: {"P": int(rng.integers(10, 61)), "M": int(rng.integers(5, 31))},
    questions=(
        Number(
            "A gradient has [[P]] entries: the first is [[M]], all others are 1. Each entry is cut to $[-1, 1]$. What is the "
            "cosine of the angle by which this turns it?",
            answer=lambda d: _turned(d["M"], d["P"]),
            mistakes=(
                Mistake(
                    lambda d: 1 / sqrt(d["P"]),
                    "This is the bound, which is only approached when the first entry grows without limit.",
                ),
                Mistake(
                    lambda d: d["M"] / sqrt(d["P"] * (d["M"] ** 2 + d["P"] - 1)),
                    "The product of the two vectors has a term for each entry, the ones too.",
                ),
                Mistake(
                    lambda d: (d["M"] + d["P"] - 1) / (d["P"] * sqrt(d["M"] ** 2 + d["P"] - 1)),
                    "The vector of ones is $\\sqrt P$ long, not $P$.",
                ),
            ),
            otherwise="The cut gradient has all entries 1. Divide the product of the two vectors by both lengths.",
        ),
        Order(
            "Put the proof of (a) into order.",
            steps=(
                "Divide by $c$ and drop the signs, so that $c = 1$ and all entries are non-negative.",
                "If no entry is above 1, the cosine is 1. Otherwise let $A \\ge 1$ be the sum of the entries above 1, and $R$ "
                "the sum of the squares of the others.",
                "The cut entries above 1 have become 1, so $\\mathbf{u}^\\top\\mathbf{g} = A + R$.",
                "$\\|\\mathbf{g}\\|^2 \\le A^2 + R \\le (A + R)^2$, so $\\mathbf{u}^\\top\\mathbf{g} \\ge \\|\\mathbf{g}\\|$.",
                "Divide by $\\|\\mathbf{u}\\| \\le \\sqrt P$ and by $\\|\\mathbf{g}\\|$.",
            ),
            rules=(
                Before(0, 1, '"Above 1" makes sense after the division by $c$.'),
                Before(1, 2, "First name $A$ and $R$."),
                Before(2, 3, "The conclusion for the product needs that it is $A + R$."),
                Before(3, 4, "The cosine comes last: it is the product divided by both lengths."),
            ),
        ),
        Choice(
            "The cosine is positive. What follows for a step along $-\\mathbf{u}$?",
            options=(
                Option(
                    "A short enough step lowers the loss.",
                    "To first order the loss changes by $-\\eta\\,\\mathbf{g}^\\top\\mathbf{u} < 0$.",
                    right=True,
                ),
                Option(
                    "Every step lowers the loss, however long it is.",
                    "The cosine says how the loss begins to change. Too long a step can climb, "
                    "{prf:ref}`exa-8-quadratic`.",
                ),
                Option(
                    "It lowers the loss as much as a step of the same length along $-\\mathbf{g}$.",
                    "To first order it lowers it by the cosine times as much.",
                ),
                Option(
                    "Nothing: only $-\\mathbf{g}$ leads down.",
                    "Every direction at less than 90° to $-\\mathbf{g}$ leads down at first.",
                ),
            ),
        ),
    ),
    hints=(
        "Cutting does not change the sign of any entry.",
        "For (b) make one entry much longer than all others.",
    ),
)

REPLACEMENT = Exercise(
    "ex-08-replacement",
    printed={"N": 8, "B": 3},
    draw=lambda rng: {"N": int(rng.integers(7, 26)), "B": int(rng.integers(2, 7))},
    questions=(
        Number(
            "Of N = [[N]] sequences B = [[B]] different ones are drawn. What is the mean squared error of their mean "
            "gradient, as a multiple of $\\sigma^2$?",
            answer=lambda d: (d["N"] - d["B"]) / (d["B"] * (d["N"] - 1)),
            mistakes=(
                Mistake(
                    lambda d: 1 / d["B"], "This is the noise *with* replacement, {prf:ref}`prop-8-minibatch`."
                ),
                Mistake(
                    lambda d: (d["N"] - d["B"]) / (d["B"] * d["N"]),
                    "The divisor is $N - 1$: for $B = 1$ the noise must be $\\sigma^2$, as with replacement.",
                ),
                Mistake(
                    lambda d: (d["N"] - d["B"]) / (d["N"] - 1),
                    "This is the factor by which the noise is smaller than with replacement.",
                ),
            ),
            otherwise="Put the numbers into the formula of the exercise. Check it at $B = 1$ and at $B = N$.",
        ),
        Number(
            "And what is $\\mathbb{E}\\,\\mathbf{u}_b^\\top\\mathbf{u}_{b'}$ for two different draws, as a multiple of "
            "$\\sigma^2$?",
            answer=lambda d: -1 / (d["N"] - 1),
            mistakes=(
                Mistake(lambda d: 0.0, "This would be so with replacement, where the draws are independent."),
                Mistake(
                    lambda d: -1 / d["N"],
                    "There are $N - 1$ others to draw from, not $N$: the first cannot come again.",
                ),
            ),
            otherwise="The pair is uniform over $N(N - 1)$ pairs. Since $\\sum_i\\mathbf{v}_i = 0$, what is the sum of "
            "$\\mathbf{v}_i^\\top\\mathbf{v}_j$ over $i \\ne j$?",
        ),
        Order(
            "Put the proof into order.",
            steps=(
                "Expand the square: $\\frac1{B^2}\\sum_{b,b'}\\mathbb{E}\\,\\mathbf{u}_b^\\top\\mathbf{u}_{b'}$.",
                "For $b \\ne b'$ the pair is uniform over the ordered pairs of different sequences.",
                "$\\sum_{i \\ne j}\\mathbf{v}_i^\\top\\mathbf{v}_j = \\|\\sum_i\\mathbf{v}_i\\|^2 - \\sum_i\\|\\mathbf{v}_i\\|^2 "
                "= -N\\sigma^2$.",
                "So each of the $B(B-1)$ mixed terms is $-\\sigma^2/(N-1)$.",
                "With the $B$ terms $\\sigma^2$ for $b = b'$ the sum is $\\frac{\\sigma^2}{B}\\cdot\\frac{N-B}{N-1}$.",
            ),
            rules=(
                Before(0, 4, "The final sum is the expanded square: expand it first."),
                Before(1, 3, "Why is the mixed term a mean over pairs? Say how the pair is distributed."),
                Before(2, 3, "The mixed term is this sum, divided by the number of pairs."),
                Before(3, 4, "The final sum needs the mixed terms."),
            ),
        ),
    ),
    hints=(
        "In the proof of {prf:ref}`prop-8-minibatch`, which terms change?",
        "The deviations $\\mathbf{v}_i$ sum to zero. So if one is drawn, the others lean the other way.",
    ),
)


def _halved(curvature: float, edge: float) -> float:
    """Return the first of 8, 4, 2, ... that is at most edge/curvature."""
    rate = 8.0
    while rate > edge / curvature:
        rate /= 2
    return rate


BACKTRACKING = Exercise(
    "ex-08-backtracking",
    printed={"curvature": 5},
    draw=lambda rng: {"curvature": int(rng.integers(3, 60))},
    questions=(
        Number(
            "Let $\\mathcal{L} = \\tfrac12\\Lambda\\theta^2$ with Λ = [[curvature]] and $\\theta \\ne 0$. Backtracking starts "
            "at η = 8. Where does it end?",
            answer=lambda d: _halved(d["curvature"], 1),
            mistakes=(
                Mistake(
                    lambda d: _halved(d["curvature"], 2),
                    "This rate does not raise the loss, but it lowers it by less than $\\tfrac12\\eta\\|\\mathbf{g}\\|^2$, and "
                    "is refused.",
                ),
                Mistake(
                    lambda d: 1 / d["curvature"],
                    "This is the largest rate that would be taken. Halving from 8 does not meet it.",
                ),
                Mistake(
                    lambda d: 1 / (2 * d["curvature"]),
                    "This is the lower bound of (b). The rate that is found is one of 8, 4, 2, …",
                ),
            ),
            otherwise="One step multiplies θ by $1 - \\eta\\Lambda$. For which η is the condition met? Then halve from 8 until "
            "it is.",
            spellings=("1/8",),
        ),
        Choice(
            "Why does it end, if $\\mathbf{g} \\ne 0$?",
            options=(
                Option(
                    "Below some $\\eta_0 > 0$ every rate meets the condition, and halving gets there.",
                    "{prf:ref}`thm-8-first-order` with $c = \\tfrac12$. It needs differentiability at θ and nothing else.",
                    right=True,
                ),
                Option(
                    "Halving leads to η = 0, where the condition holds.",
                    "It never gets to 0. And near 0 the condition could fail, if the loss had a kink.",
                ),
                Option(
                    "Every gradient is Lipschitz continuous on a segment.",
                    "Not every one. And (a) does not need it: only (b) does.",
                ),
                Option(
                    "The loss cannot fall below 0.",
                    "That bounds how much many steps can gain together. It does not make one step meet the condition.",
                ),
            ),
        ),
        Choice(
            "Which conclusion in (b) is right, for a Λ-Lipschitz gradient?",
            options=(
                Option(
                    "A rate that was refused is above $1/\\Lambda$, so its half is above $1/(2\\Lambda)$.",
                    "By {prf:ref}`thm-8-descent` no rate up to $1/\\Lambda$ is refused.",
                    right=True,
                ),
                Option(
                    "A rate that was taken is at most $1/\\Lambda$.",
                    "It may be larger: the lemma is a guarantee, and the loss can fall where it promises nothing.",
                ),
                Option(
                    "A rate that was refused is above $2/\\Lambda$.",
                    "From $1/\\Lambda$ to $2/\\Lambda$ the loss falls, but perhaps by less than the condition asks.",
                ),
            ),
        ),
    ),
    hints=(
        "Compare the condition with the two theorems: which of them promises it, and for which η?",
        "$1 - \\Lambda\\eta/2 \\ge \\tfrac12$.",
    ),
)


def _entropy(d: Draw) -> float:
    """Return the entropy of three counts, in nats."""
    counts = [d[name] for name in ("a", "b", "c")]
    return -sum(n / sum(counts) * log(n / sum(counts)) for n in counts)


ZERO = Exercise(
    "ex-08-zero",
    printed={"a": 5, "b": 3, "c": 2},
    draw=lambda rng: {
        "a": int(rng.integers(5, 13)),
        "b": int(rng.integers(2, 6)),
        "c": int(rng.integers(1, 4)),
    },
    questions=(
        Order(
            "Put the induction of (a) into order, for $\\mathbf{h}^{(0)} = \\mathbf{0}$.",
            steps=(
                "Suppose that before an update the three matrices and $\\mathbf{b}_h$ are zero.",
                "Then all states are zero, and (9) is zero.",
                "Both terms of (10) have a factor that is zero, so all $\\delta^{(t)}$ are zero.",
                "So (7), (8) and $\\partial\\mathcal{L}/\\partial\\mathbf{b}_h$ are zero.",
                "After the update the three matrices and $\\mathbf{b}_h$ are zero again.",
            ),
            rules=(
                Before(0, 1, "The states are zero because the parameters are."),
                Before(0, 2, "(10) vanishes because both of its matrices are zero: suppose this first."),
                Before(2, 3, "(7), (8) and the gradient of the hidden bias are made of the δ."),
                Before(1, 4, "$\\mathbf{W}_{yh}$ stays because (9) is zero."),
                Before(3, 4, "The other three stay because their gradients are zero."),
            ),
        ),
        Number(
            "There are three classes, and in the batch they are the target [[a]], [[b]] and [[c]] times. To which loss per "
            "symbol, in nats, does gradient descent converge at best?",
            answer=_entropy,
            mistakes=(
                Mistake(
                    lambda d: log(3),
                    "This is the loss at the start. The output bias can move, and learns how frequent the classes are.",
                ),
                Mistake(lambda d: _entropy(d) / log(2), "This is in bits."),
                Mistake(
                    lambda d: -log(d["a"] / (d["a"] + d["b"] + d["c"])),
                    "This is the loss of one class alone. Take the mean over all targets.",
                ),
            ),
            otherwise="The prediction is the same at every step. Which one is the best, and what does it cost on average? "
            "{prf:ref}`thm-gibbs`.",
            unit="nats",
        ),
        Choice(
            "Now $\\mathbf{W}_{yh}$ alone is random, and the data are generic. Which parameters move in the *first* step?",
            options=(
                Option(
                    "$\\mathbf{W}_{hx}$",
                    "$\\delta^{(t)} = \\mathbf{W}_{yh}^\\top\\,\\partial\\mathcal{L}/\\partial\\mathbf{o}^{(t)}$ is not zero, and "
                    "in (7) it meets the inputs.",
                    right=True,
                ),
                Option(
                    "$\\mathbf{W}_{hh}$", "In (8) δ meets the states, and they are zero in the first step."
                ),
                Option(
                    "$\\mathbf{W}_{yh}$",
                    "In (9) the gradients of the logits meet the states, and they are zero.",
                ),
                Option(
                    "$\\mathbf{b}_h$", "Its gradient is the sum of the δ, which are not zero now.", right=True
                ),
                Option(
                    "$\\mathbf{b}_y$",
                    "Its gradient is the sum of $\\mathbf{y}^{(t)} - \\mathbf{e}_{c^{(t)}}$; no state is needed.",
                    right=True,
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "Go through (7) to (10): which factor is zero in each?",
        "For (c): the states are zero in the first step. Which gradients need a state?",
    ),
)

FLOOR = Exercise(
    "ex-08-floor",
    printed={"eta": 0.1, "sigma": 2},
    draw=lambda rng: {"eta": round(rng.uniform(0.1, 1.6), 1), "sigma": int(rng.integers(2, 6))},
    questions=(
        Number(
            "Let η = [[eta]], and let the noise have the standard deviation [[sigma]]. To which number does the variance of "
            "$\\theta_s$ tend?",
            answer=lambda d: d["eta"] * d["sigma"] ** 2 / (2 - d["eta"]),
            mistakes=(
                Mistake(
                    lambda d: d["eta"] ** 2 * d["sigma"] ** 2,
                    "This is the noise of one step. What is left of the earlier ones comes on top.",
                ),
                Mistake(
                    lambda d: d["eta"] * d["sigma"] ** 2,
                    "Here the old variance is multiplied by $1 - \\eta$. When a number is multiplied by $1 - \\eta$, its "
                    "variance is multiplied by the square.",
                ),
                Mistake(
                    lambda d: d["eta"] * d["sigma"] ** 2 / 2,
                    "This is what it is near for small η. The fixed point can be solved exactly.",
                ),
                Mistake(
                    lambda d: d["eta"] * d["sigma"] / (2 - d["eta"]),
                    "Given is the standard deviation of the noise: square it.",
                ),
            ),
            otherwise="The variances obey $v \\leftarrow (1 - \\eta)^2 v + \\eta^2\\sigma^2$. Where does this stand still?",
        ),
        Formula(
            "With $\\eta_s = 1/(s+1)$, what is the variance of $\\theta_s$ for $s \\ge 1$? Write it in `sigma` and `s`.",
            variables={"sigma": (0.6, 3.0), "s": (2.0, 40.0)},
            answer="sigma^2/s",
            mistakes=(
                Mistake(
                    "sigma^2/(s + 1)",
                    "$\\theta_s$ is made of the noises $\\xi_0$ to $\\xi_{s-1}$: count them.",
                ),
                Mistake(
                    "sigma^2",
                    "This is the variance of one $\\xi$. That of the sum $s\\,\\theta_s$ is $s\\sigma^2$; by what is it "
                    "divided?",
                ),
                Mistake(
                    "sigma^2/s^2",
                    "Dividing by $s$ divides the variance by $s^2$, but the sum of $s$ noises has $s$ of them.",
                ),
            ),
            otherwise="Show that $s\\,\\theta_s = -(\\xi_0 + \\dots + \\xi_{s-1})$.",
            spellings=("sigma*sigma/s",),
        ),
        Choice(
            "With $\\eta_s = \\tfrac12(s+1)^{-2}$ the mean stops at 0.36 times the start. What is it that fails?",
            options=(
                Option(
                    "$\\sum_s\\eta_s = \\infty$",
                    "The rates have a finite sum, so the product of the factors $1 - \\eta_s$ stays above zero: the start is "
                    "never forgotten.",
                    right=True,
                ),
                Option(
                    "$\\sum_s\\eta_s^2 < \\infty$",
                    "This holds. It is about the noise, and the mean does not contain any.",
                ),
                Option("$\\eta_s < 2$", "This holds for every $s$: the largest rate is ½."),
                Option(
                    "The noise is too strong.",
                    "The noise has mean zero, so the mean of $\\theta_s$ is the same without it.",
                ),
            ),
        ),
    ),
    hints=(
        "$\\xi_s$ is independent of $\\theta_s$. So how do their variances combine?",
        "For (c) multiply the recursion by $s + 1$.",
    ),
)

EXERCISES = (HAND, TWO, ENTRIES, REPLACEMENT, BACKTRACKING, ZERO, FLOOR)
