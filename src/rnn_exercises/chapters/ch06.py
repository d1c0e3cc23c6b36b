"""Chapter 6: backpropagation through time."""

from math import hypot

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

INPUT = Exercise(
    "ex-06-1",
    printed={"a": 0.5, "b": -1.2, "d1": 0.8, "d2": -0.4},
    draw=lambda rng: {
        name: round(rng.uniform(0.2, 1.5) * rng.choice([-1, 1]), 1) for name in ("a", "b", "d1", "d2")
    },
    questions=(
        Choice(
            "Which arrows leave the input $\\mathbf{x}^{(t)}$ in the unrolled graph?",
            options=(
                Option(
                    "One, to $\\mathbf{a}^{(t)}$",
                    "By [(1)](#eq-1). Everything else is reached through $\\mathbf{a}^{(t)}$.",
                    right=True,
                ),
                Option(
                    "One, to $\\mathbf{h}^{(t)}$",
                    "Between them stands $\\mathbf{a}^{(t)}$, from which $\\mathbf{h}^{(t)}$ is computed.",
                ),
                Option(
                    "One to each state from step $t$ on",
                    "It *reaches* all of them, but an arrow leads only to what is computed directly from it.",
                ),
                Option(
                    "Two, to $\\mathbf{a}^{(t)}$ and to the loss of its step",
                    "The loss of the step is computed from the logits and the target, not from the input.",
                ),
            ),
        ),
        Number(
            "A network has one input and two units. $\\mathbf{W}_{hx}$ is the column ([[a]], [[b]]), and $\\delta^{(t)}$ is "
            "([[d1]], [[d2]]). The slopes at this step are 0.64 and 0.36. What is $\\partial\\mathcal{L}/\\partial x^{(t)}$?",
            answer=lambda d: d["a"] * d["d1"] + d["b"] * d["d2"],
            mistakes=(
                Mistake(
                    lambda d: 0.64 * d["a"] * d["d1"] + 0.36 * d["b"] * d["d2"],
                    "The slopes are in $\\delta^{(t)}$ already: it is the gradient with respect to $\\mathbf{a}^{(t)}$, "
                    "[(6)](#eq-6).",
                ),
                Mistake(
                    lambda d: d["a"] * d["d1"],
                    "The input reaches both units. Add the two contributions.",
                ),
                Mistake(
                    lambda d: (d["a"] + d["b"]) * (d["d1"] + d["d2"]),
                    "Each weight meets the δ of its own unit only.",
                ),
            ),
            otherwise="One arrow, with the Jacobian $\\mathbf{W}_{hx}$: by {prf:ref}`lem-6-chain` its transpose times "
            "$\\delta^{(t)}$.",
            spellings=("0.5*0.8 + 1.2*0.4",),
        ),
    ),
    hints=(
        "Into what does $\\mathbf{x}^{(t)}$ enter directly?",
        "{prf:ref}`lem-6-chain`: for each arrow the transposed Jacobian times the gradient at its head.",
    ),
)

TESTS = Exercise(
    "ex-06-2",
    questions=(
        Choice(
            "In setting (c), which gradient shows the mistake?",
            options=(
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{b}_h$",
                    "It is $\\sum_t\\delta^{(t)}$: no state and no input stands beside it.",
                    right=True,
                ),
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{W}_{hx}$",
                    "In [(7)](#eq-7) every $\\delta^{(t)}$ is multiplied by an input, and they are zero here.",
                ),
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{b}_y$",
                    "It contains no $\\delta^{(t)}$, so no mistake in (10) can reach it.",
                ),
                Option("None of the five", "One of them is a sum of the $\\delta^{(t)}$ themselves."),
            ),
        ),
        Number(
            "Let $\\mathbf{h}^{(0)} = \\mathbf{0}$, and all else generic, inputs too. What is the smallest $T$ for which the "
            "program's $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{hh}$ is wrong?",
            answer=lambda d: 3,
            mistakes=(
                Mistake(
                    lambda d: 2,
                    "$\\delta^{(1)}$ is wrong then. But in [(8)](#eq-8) it meets $\\mathbf{h}^{(0)}$, which is zero.",
                ),
                Mistake(
                    lambda d: 1,
                    "With one step $\\delta^{(1)}$ comes from (6) and the output alone, and is right.",
                ),
            ),
            otherwise="Which of the $\\delta^{(t)}$ does (10) touch, and which of the states that they meet in "
            "[(8)](#eq-8) are not zero?",
            tolerance=0,
        ),
        Choice(
            "Which of these tests can fail for a program that uses (10) as printed? All numbers that are not named are "
            "generic.",
            options=(
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{W}_{hx}$ with $T = 2$",
                    "$\\delta^{(1)}$ lacks its direct term, and it meets an input that is not zero.",
                    right=True,
                ),
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{W}_{hx}$ with $T = 1$",
                    "It needs $\\delta^{(1)}$ alone, which comes from (6) and the output.",
                ),
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{W}_{yh}$ with $T = 100$",
                    "[(9)](#eq-9) contains no $\\delta^{(t)}$, however long the sequence is.",
                ),
                Option(
                    "$\\partial\\mathcal{L}/\\partial\\mathbf{b}_h$ with $T = 2$ and $\\mathbf{h}^{(0)} = \\mathbf{0}$",
                    "No state stands beside $\\delta^{(1)}$ there, so the mistake comes through.",
                    right=True,
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "Which $\\delta^{(t)}$ does the program get right in any case?",
        "In the formula of each gradient, what stands beside $\\delta^{(t)}$, if $\\delta^{(t)}$ is there at all?",
    ),
)


def _pencil(d: Draw, slope: float = 1.0, direct: bool = True, before: float = 1.0) -> float:
    """Return the gradient of the pencil network's recurrent weight, over w, by (10) or a wrong form of it."""
    first, second = (0.75 - (d[name] == 0) for name in ("c1", "c2"))
    last = 0.75 * second
    return 0.75 * (d["v"] * last * slope + first * direct) * before + last / 2


TARGET = Exercise(
    "ex-06-3",
    printed={"v": 2, "c1": 0, "c2": 0},
    draw=lambda rng: {
        "v": float(rng.choice([0.5, 1, 1.5, 2, 3, 4, 5])),
        "c1": int(rng.integers(0, 2)),
        "c2": int(rng.integers(0, 2)),
    },
    questions=(
        Number(
            "Take the pencil network with the recurrent weight [[v]], the inputs chosen such that both states are ½ as "
            "before, and the targets [[c1]] and [[c2]]. What is $\\partial\\mathcal{L}/\\partial W_{hh}$, as a multiple of "
            "$w$?",
            answer=_pencil,
            mistakes=(
                Mistake(
                    lambda d: _pencil(d, slope=0.75, direct=False),
                    "This is what (10) as printed gives: no direct term, and the slope twice.",
                ),
                Mistake(
                    lambda d: _pencil(d, direct=False),
                    "The loss of step 1 depends on $h^{(1)}$ too: its direct term is missing in "
                    "$\\partial\\mathcal{L}/\\partial h^{(1)}$.",
                ),
                Mistake(
                    lambda d: _pencil(d, before=0.5),
                    "[(8)](#eq-8) takes the state *before* the step: $\\delta^{(1)}$ meets $h^{(0)} = 1$.",
                ),
            ),
            otherwise="Go down the table of the section: both probabilities are (¾, ¼), both slopes ¾. Which entries does "
            "another target change?",
            spellings=("-9/16",),
        ),
        Choice(
            "The exercise as the book prints it, with $W_{hh} = 2$ and both targets 0: does (10) as printed get the sign "
            "right?",
            options=(
                Option(
                    "Yes, because both losses now pull $h^{(1)}$ the same way.",
                    "The first loss is still missing, but the second has the same sign. The size is wrong.",
                    right=True,
                ),
                Option(
                    "Yes, because it sees that the first target has changed.",
                    "It gives $-\\tfrac{39}{128}w$ for either first target: without direct terms the first loss does not "
                    "enter.",
                ),
                Option(
                    "Yes, and the size as well.",
                    "The printed form gives $-\\tfrac{39}{128}w$. Compare this with your number.",
                ),
                Option(
                    "No, it is wrong as before.",
                    "The printed form gives the same number as before. Has the sign of the true gradient stayed?",
                ),
            ),
        ),
    ),
    hints=(
        "States, slopes and probabilities are as before. Which $\\mathbf{y}^{(t)} - \\mathbf{e}_{c^{(t)}}$ change?",
        "$\\partial\\mathcal{L}/\\partial h^{(1)} = W_{hh}\\,\\delta^{(2)}$ plus the direct term; then times ¾; then [(8)](#eq-8).",
    ),
)

LAST = Exercise(
    "ex-06-4",
    printed={"v": 1.5, "s": 0.5, "delta": 0.4, "T": 4},
    draw=lambda rng: {
        "v": round(rng.uniform(0.6, 1.8), 1),
        "s": round(rng.uniform(0.4, 0.9), 1),
        "delta": round(rng.uniform(0.1, 0.9), 1),
        "T": int(rng.integers(3, 8)),
    },
    questions=(
        Order(
            "Put the derivation into order.",
            steps=(
                "For $t < T$ the logits $\\mathbf{o}^{(t)}$ do not influence $\\mathcal{L}^{(T)}$.",
                "So $\\partial\\mathcal{L}/\\partial\\mathbf{o}^{(t)} = \\mathbf{0}$ for these $t$.",
                "In (10) only $\\partial\\mathcal{L}/\\partial\\mathbf{h}^{(t-1)} = \\mathbf{W}_{hh}^\\top\\delta^{(t)}$ is left.",
                "Put this into (6) at step $t - 1$, which multiplies it by the slope there.",
                "$\\delta^{(t-1)} = (\\mathbf{W}_{hh}^\\top\\delta^{(t)}) \\circ (1 - \\tanh^2(\\mathbf{a}^{(t-1)}))$.",
            ),
            rules=(
                Before(0, 1, "The gradient is zero because nothing depends on these logits: say this first."),
                Before(1, 2, "The direct term can go once its gradient is known to be zero."),
                Before(2, 3, "(6) needs the gradient of the state, which (10) gives."),
                Before(3, 4, "The recursion for δ is what comes out in the end."),
            ),
        ),
        Number(
            "One unit with the recurrent weight [[v]] has the slope [[s]] at every step, and the loss stands at the last of "
            "[[T]] steps only. There δ is [[delta]]. What is $\\delta^{(1)}$?",
            answer=lambda d: d["delta"] * (d["v"] * d["s"]) ** (d["T"] - 1),
            mistakes=(
                Mistake(
                    lambda d: d["delta"] * (d["v"] * d["s"]) ** d["T"],
                    "One step too many: from the last step back to the first there are $T - 1$.",
                ),
                Mistake(
                    lambda d: d["delta"] * (d["v"] * d["s"] ** 2) ** (d["T"] - 1),
                    "Here the slope is applied twice in each step back, as (10) in print and (6) together do.",
                ),
                Mistake(
                    lambda d: d["delta"] * d["v"] ** (d["T"] - 1),
                    "The slopes are missing: the gradient of a state becomes a δ by (6).",
                ),
            ),
            otherwise="Each step back multiplies by the weight and by the slope. How many steps back are there?",
            spellings=("0.4*0.75^3",),
        ),
        Choice(
            "Which formula is the recursion for δ?",
            options=(
                Option(
                    "The right side of (10) as printed, read as a gradient with respect to $\\mathbf{a}^{(t-1)}$, for the "
                    "last loss alone",
                    "The slope leads from $\\mathbf{h}^{(t-1)}$ to $\\mathbf{a}^{(t-1)}$, and the last loss has no direct term "
                    "before the last step.",
                    right=True,
                ),
                Option(
                    "(10) as printed, as it stands",
                    "Its left side is the gradient with respect to $\\mathbf{h}^{(t-1)}$. That one has no slope in it yet.",
                ),
                Option(
                    "The corrected (10)",
                    "That one gives the gradient of a state and contains no slope.",
                ),
                Option(
                    "(6)",
                    "(6) stays within one step, from the state to its pre-activation. Here the step changes.",
                ),
            ),
        ),
    ),
    hints=(
        "Which losses does $\\mathbf{o}^{(t)}$ reach, for $t < T$?",
        "Put what is left of (10) into (6).",
    ),
)

TRANSPOSE = Exercise(
    "ex-06-5",
    printed={"p": 0.5, "q": 1.2, "r": -0.7, "s": 0.9, "d1": 0.6, "d2": -0.4},
    draw=lambda rng: {
        name: round(rng.uniform(0.2, 1.5) * rng.choice([-1, 1]), 1)
        for name in ("p", "q", "r", "s", "d1", "d2")
    },
    questions=(
        Number(
            "$\\mathbf{W}_{hh}$ has the rows ([[p]], [[q]]) and ([[r]], [[s]]), and $\\delta^{(t)}$ is ([[d1]], [[d2]]). What "
            "is the *first* entry of the message that [(10)](#eq-10) sends back to step $t - 1$, without the direct term?",
            answer=lambda d: d["p"] * d["d1"] + d["r"] * d["d2"],
            mistakes=(
                Mistake(
                    lambda d: round(d["p"] * d["d1"] + d["q"] * d["d2"], 2),  # may be zero
                    "This is $\\mathbf{W}_{hh}\\delta^{(t)}$, with the transpose forgotten. On the way back unit 1 collects "
                    "what it sent out, and that is its *column*.",
                ),
                Mistake(
                    lambda d: d["q"] * d["d1"] + d["s"] * d["d2"],
                    "This is the second entry, made with the second column.",
                ),
                Mistake(
                    lambda d: d["p"] * d["d1"],
                    "Unit 1 also acted on unit 2, and that message comes back too.",
                ),
            ),
            otherwise="The entry is the first *column* of $\\mathbf{W}_{hh}$ times $\\delta^{(t)}$.",
        ),
        Choice(
            "For which recurrent matrices can a test not notice the forgotten transpose?",
            options=(
                Option("0.9 times the identity", "It is its own transpose.", right=True),
                Option(
                    "A symmetric matrix without a zero entry",
                    "It is its own transpose; the zeros do not matter.",
                    right=True,
                ),
                Option(
                    "A rotation of the plane by 30°",
                    "The transpose of an orthogonal matrix is its inverse: it turns the other way.",
                ),
                Option(
                    "A shift: unit 1 to unit 2, unit 2 to unit 3, unit 3 to unit 1",
                    "The transpose shifts the other way round.",
                ),
                Option(
                    "A generic triangular matrix",
                    "The transpose has its entries on the other side of the diagonal.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "On which matrices do $\\mathbf{W}$ and $\\mathbf{W}^\\top$ agree?",
        "In the forward pass row $i$ says what unit $i$ takes. Which numbers say what unit $i$ gives?",
    ),
)

SIGMOID = Exercise(
    "ex-06-6",
    questions=(
        Formula(
            "What is the slope of the sigmoid at a unit whose state is $h$? Write it in `h`.",
            variables={"h": (0.05, 0.95)},
            answer="h*(1 - h)",
            mistakes=(
                Mistake("1 - h^2", "This is the slope of tanh."),
                Mistake(
                    "exp(-h)/(1 + exp(-h))^2",
                    "This puts $h$ where the pre-activation belongs: it is $\\sigma'(h)$, and we need $\\sigma'(a)$ with "
                    "$h = \\sigma(a)$.",
                ),
                Mistake(
                    "1 - h",
                    "One factor is missing. This is $\\sigma'(a)/\\sigma(a)$, the derivative of $\\log\\sigma(a)$.",
                ),
            ),
            otherwise="Differentiate $1/(1 + e^{-a})$, and find $h$ and $1 - h$ in the result.",
            spellings=("h - h^2", "0.25 - (h - 0.5)**2"),
        ),
        Choice(
            "Which of the equations (6) to (10) change?",
            options=(
                Option("(6)", "It contains the slope of the activation.", right=True),
                Option("(7)", "It multiplies δ by inputs; where the δ come from does not matter to it."),
                Option(
                    "(8)",
                    "It contains the states, which have other values now. The equation stays as it is.",
                ),
                Option("(9)", "From the state to the logits there is no activation."),
                Option(
                    "(10), as corrected",
                    "From $\\mathbf{a}^{(t)}$ back to $\\mathbf{h}^{(t-1)}$ there is only a matrix. Its printed form, with a "
                    "slope, would change.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "On which arrow of the unrolled graph does the activation sit?",
        "$1 - \\sigma(a) = e^{-a}/(1 + e^{-a})$.",
    ),
)

TWO_RUNS = Exercise(
    "ex-06-7",
    printed={"N": 57, "a": 3, "b": 4},
    draw=lambda rng: {
        "N": int(rng.integers(20, 2000)),
        "a": int(rng.integers(2, 10)),
        "b": int(rng.integers(2, 10)),
    },
    questions=(
        Number(
            "The network has [[N]] parameters. How many runs does this check take, besides the program that is tested?",
            answer=lambda d: 2,
            mistakes=(
                Mistake(
                    lambda d: 2 * d["N"],
                    "This is what central differences take, entry by entry. Here all entries move together.",
                ),
                Mistake(lambda d: 3, "The quotient needs the loss on both sides of θ, but not at θ itself."),
            ),
            otherwise="How often does the quotient call for the loss?",
            tolerance=0,
        ),
        Number(
            "A program gets two entries of the gradient wrong, one by [[a]] and one by [[b]]; all others are right. What is "
            "the standard deviation of $(g - \\nabla\\mathcal{L})^\\top v$?",
            answer=lambda d: hypot(d["a"], d["b"]),
            mistakes=(
                Mistake(
                    lambda d: d["a"] + d["b"],
                    "Variances of independent numbers add up, standard deviations do not.",
                ),
                Mistake(lambda d: d["a"] ** 2 + d["b"] ** 2, "This is the variance."),
                Mistake(
                    lambda d: 0.0,
                    "This is the mean. If it were the deviation, the check would never notice anything.",
                ),
            ),
            otherwise="It is a sum of independent normal numbers, each times an error. What is its variance?",
        ),
        Choice(
            "Why is a wrong $g$ found out with probability 1?",
            options=(
                Option(
                    "$(g - \\nabla\\mathcal{L})^\\top v$ is a normal number with positive variance, and such a number is not "
                    "exactly 0.",
                    "A normal number with positive variance takes any given value with probability 0.",
                    right=True,
                ),
                Option(
                    "$v$ has no zero entry, with probability 1.",
                    "True, but not enough: the errors could still cancel in the sum.",
                ),
                Option(
                    "$g^\\top v$ is not zero, with probability 1.",
                    "What counts is the product of $v$ with the *error* of $g$.",
                ),
                Option(
                    "With many parameters something always differs.",
                    "The number of parameters plays no part: one wrong entry is enough, and so is one parameter.",
                ),
            ),
        ),
    ),
    hints=(
        "Both sides of the comparison are products with $v$. When are they equal although $g$ is wrong?",
        "A sum of independent normal numbers with fixed weights is normal.",
    ),
)

TIED = Exercise(
    "ex-06-8",
    printed={"a": 0.7, "b": -1.2, "c": 0.5},
    draw=lambda rng: {name: round(rng.uniform(0.2, 2) * rng.choice([-1, 1]), 1) for name in ("a", "b", "c")},
    questions=(
        Number(
            "In the untied network, at the tied values, entry (2, 3) of $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{hx}$ is "
            "[[a]]. In $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{yh}$ entry (3, 2) is [[b]] and entry (2, 3) is [[c]]. What "
            "is $\\partial\\mathcal{L}/\\partial E_{23}$?",
            answer=lambda d: d["a"] + d["b"],
            mistakes=(
                Mistake(
                    lambda d: d["a"] + d["c"],
                    "$\\mathbf{W}_{yh} = \\mathbf{E}^\\top$: the number $E_{23}$ stands in row 3 and column 2 of it.",
                ),
                Mistake(lambda d: d["a"], "$E_{23}$ stands in two places. Its change acts through both."),
                Mistake(
                    lambda d: (d["a"] + d["b"]) / 2,
                    "Where arrows meet, contributions are added, not averaged.",
                ),
            ),
            otherwise="In which places does $E_{23}$ stand? Add up what comes back from them.",
        ),
        Choice(
            "Somebody starts at the tied values, takes a step of gradient descent with each matrix separately, with one "
            "learning rate, transposes one of the two and replaces both by their mean. Is this a step of gradient descent for "
            "$\\mathbf{E}$?",
            options=(
                Option(
                    "Yes, with half the learning rate",
                    "The mean of the two steps is half the sum of the two gradients, and the sum is the gradient.",
                    right=True,
                ),
                Option(
                    "Yes, with the same learning rate",
                    "The gradient for $\\mathbf{E}$ is the *sum* of the two. The mean is half as long.",
                ),
                Option(
                    "No, it points another way.",
                    "The mean and the sum of the two gradients are parallel.",
                ),
                Option(
                    "Only if the two gradients are equal",
                    "The mean moves along the sum, whatever the two are.",
                ),
            ),
        ),
    ),
    hints=(
        "Draw the graph: $\\mathbf{E}$ has two arrows out.",
        "The Jacobian of a transposition sorts the entries: $E_{pq}$ is $(W_{yh})_{qp}$.",
    ),
)

OWN_OUTPUT = Exercise(
    "ex-06-9",
    printed={"p": 0.7, "u": 0.8, "v": 0.3},
    draw=lambda rng: {
        "p": round(rng.uniform(0.2, 0.9), 2),
        "u": round(rng.uniform(0.2, 2) * rng.choice([-1, 1]), 1),
        "v": round(rng.uniform(0.2, 2) * rng.choice([-1, 1]), 1),
    },
    questions=(
        Choice(
            "Which arrows does the graph gain?",
            options=(
                Option(
                    "For each $t < T$ one from $\\mathbf{y}^{(t)}$ to $\\mathbf{a}^{(t+1)}$",
                    "The output is the next input, and inputs enter [(1)](#eq-1) by way of $\\mathbf{W}_{hx}$.",
                    right=True,
                ),
                Option(
                    "For each $t < T$ one from $\\mathbf{y}^{(t)}$ to each later loss",
                    "It reaches these losses, but only through $\\mathbf{a}^{(t+1)}$.",
                ),
                Option(
                    "For each $t < T$ one from $\\mathbf{h}^{(t)}$ to $\\mathbf{a}^{(t+1)}$",
                    "This arrow was there before, with the Jacobian $\\mathbf{W}_{hh}$.",
                ),
                Option(
                    "For each $t \\le T$ one from $\\mathbf{y}^{(t)}$ to $\\mathbf{a}^{(t+1)}$",
                    "After step $T$ there is no step: the last output goes nowhere.",
                ),
            ),
        ),
        Number(
            "Two classes have the probabilities $\\mathbf{y}^{(t)} = (p, 1 - p)$ with p = [[p]], and the first is correct. "
            "What comes back through the next input, $\\mathbf{W}_{hx}^\\top\\delta^{(t+1)}$, is ([[u]], [[v]]). What is the "
            "first entry of $\\partial\\mathcal{L}/\\partial\\mathbf{o}^{(t)}$?",
            answer=lambda d: d["p"] - 1 + d["p"] * (1 - d["p"]) * (d["u"] - d["v"]),
            mistakes=(
                Mistake(
                    lambda d: d["p"] - 1,
                    "This is the effect on the loss of step $t$ alone: the new arrow is ignored.",
                ),
                Mistake(
                    lambda d: d["p"] - 1 + d["u"],
                    "What comes back arrives at $\\mathbf{y}^{(t)}$. To get to $\\mathbf{o}^{(t)}$ it has to pass softmax.",
                ),
                Mistake(
                    lambda d: d["p"] - 1 + d["p"] * (1 - d["p"]) * d["u"],
                    "The first logit moves both probabilities: the other entry of the Jacobian's row is missing.",
                ),
                Mistake(
                    lambda d: d["p"] * (1 - d["p"]) * (d["u"] - d["v"]),
                    "This is the new part alone. The logits still act on the loss of their own step.",
                ),
            ),
            otherwise="Two contributions meet at $\\mathbf{o}^{(t)}$: $\\mathbf{y}^{(t)} - \\mathbf{e}_{c^{(t)}}$, and the "
            "Jacobian of softmax times what comes back, {prf:ref}`thm-softmax-jacobian`.",
        ),
    ),
    hints=(
        "By which two ways does $\\mathbf{o}^{(t)}$ now reach the losses?",
        "The second way passes softmax, whose Jacobian is $\\operatorname{diag}(\\mathbf{y}) - \\mathbf{y}\\mathbf{y}^\\top$.",
    ),
)

EXERCISES = (INPUT, TESTS, TARGET, LAST, TRANSPOSE, SIGMOID, TWO_RUNS, TIED, OWN_OUTPUT)
