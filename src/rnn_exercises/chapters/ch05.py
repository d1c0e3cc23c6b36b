"""Chapter 5: the recurrent network and its loss."""

from math import exp, hypot, isqrt, log, log2, sqrt, tanh

import numpy as np

from rnn_exercises.kinds import Before, Choice, Draw, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]


def _largest_state(classes: int, limit: int) -> int:
    """Return the largest state whose network, with as many inputs as classes, keeps to a limit."""
    linear = 2 * classes + 1
    return (isqrt(linear**2 + 4 * (limit - classes)) - linear) // 2


COUNT = Exercise(
    "ex-05-count",
    printed={"k": 27, "m": 100, "limit": 10_000},
    draw=lambda rng: {
        "k": int(rng.integers(20, 90)),
        "m": int(rng.integers(3, 20)) * 16,
        "limit": int(rng.integers(8, 60)) * 1000,
    },
    questions=(
        Number(
            "A character model has n = k = [[k]]. How many parameters does it have for m = [[m]]?",
            answer=lambda d: d["m"] ** 2 + (2 * d["k"] + 1) * d["m"] + d["k"],
            mistakes=(
                Mistake(
                    lambda d: d["m"] ** 2 + 2 * d["k"] * d["m"],
                    "These are the three matrices. There are two vectors as well, $\\mathbf{b}_h$ and $\\mathbf{b}_y$.",
                ),
                Mistake(
                    lambda d: (2 * d["k"] + 1) * d["m"] + d["k"],
                    "This leaves out $\\mathbf{W}_{hh}$, which leads from every unit to every unit.",
                ),
                Mistake(
                    lambda d: d["m"] ** 2 + (2 * d["k"] + 2) * d["m"] + d["k"],
                    "This counts two biases for each hidden unit, as some libraries keep them. In [(1)](#eq-1) there is "
                    "one.",
                ),
            ),
            otherwise="Add up the entries of the five arrays in the table of section 5.1, with n = k.",
            tolerance=0,
            spellings=("15 527", "100^2 + 55*100 + 27"),
        ),
        Number(
            "Again n = k = [[k]]. Which is the largest m with at most [[limit]] parameters?",
            answer=lambda d: _largest_state(int(d["k"]), int(d["limit"])),
            mistakes=(
                Mistake(
                    lambda d: _largest_state(int(d["k"]), int(d["limit"])) + 1,
                    "With this m there are already more. The count grows with m: round the root down.",
                ),
                Mistake(
                    lambda d: isqrt(int(d["limit"])),
                    "This is the square root of the limit, as if $\\mathbf{W}_{hh}$ were the only array.",
                ),
                Mistake(
                    lambda d: (
                        isqrt((2 * int(d["k"]) + 1) ** 2 + 4 * int(d["limit"] - d["k"])) - 2 * d["k"] - 1
                    ),
                    "The formula for the roots of a quadratic divides by 2 in the end.",
                ),
            ),
            otherwise="Set the count, a quadratic in m, equal to the limit. Take the positive root and round it.",
            tolerance=0,
        ),
    ),
    hints=(
        "Three matrices and two vectors. Which of their sizes contain m, and which of them twice?",
        "With n = k the count is $m^2 + (2k + 1)m + k$.",
    ),
)

UNIFORM = Exercise(
    "ex-05-uniform",
    printed={"T": 7, "k": 5},
    draw=lambda rng: {"T": int(rng.integers(4, 13)), "k": int(rng.integers(3, 31))},
    questions=(
        Number(
            "What does the uniform prediction over [[T]] steps with [[k]] classes cost, in bits?",
            answer=lambda d: d["T"] * log2(d["k"]),
            mistakes=(
                Mistake(
                    lambda d: d["T"] * log(d["k"]),
                    "This is the loss in nats. One bit is log 2 ≈ 0.693 nats.",
                ),
                Mistake(
                    lambda d: d["T"] * log(d["k"]) * log(2),
                    "A bit is smaller than a nat, so there are more of them: divide the nats by log 2.",
                ),
                Mistake(
                    lambda d: log2(d["k"]),
                    "This is the loss of one step. [(5)](#eq-5) is the sum over all steps.",
                ),
            ),
            otherwise="Each step costs $-\\log(1/k)$ nats, by [(5)](#eq-5). Add the steps up, then change the unit.",
            unit="bits",
            spellings=("7*log2(5)", "7*log(5)/log(2)"),
        ),
        Number(
            "And what is its perplexity?",
            answer=lambda d: d["k"],
            mistakes=(
                Mistake(
                    lambda d: d["k"] ** d["T"],
                    "This is the exponential of the whole loss. Perplexity takes the loss *per symbol*.",
                ),
                Mistake(
                    lambda d: exp(log2(d["k"])),
                    "This raises e to the loss in bits. With bits the base is 2, with nats e.",
                ),
            ),
            otherwise="The perplexity is $e^{\\mathcal{L}/T}$, with the loss in nats.",
            tolerance=0.001,
        ),
        Choice(
            "Which fact proves (b): every prediction costs at least $\\log k$ on some class?",
            options=(
                Option(
                    "The smallest of $k$ numbers with sum 1 is at most $1/k$.",
                    "So the class to which it belongs costs at least $-\\log(1/k)$.",
                    right=True,
                ),
                Option(
                    "The largest of $k$ numbers with sum 1 is at least $1/k$.",
                    "True, but it says that some class costs at *most* $\\log k$. Look at the other end.",
                ),
                Option(
                    "A prediction that is not uniform has an entropy below $\\log k$.",
                    "True. But that entropy is the mean loss if the prediction is right; here we ask what the worst class costs.",
                ),
                Option(
                    "Whatever the source is, every prediction costs at least $\\log k$ on average.",
                    "Not so: who knows a source that is not uniform pays less than $\\log k$ on average.",
                ),
            ),
        ),
    ),
    hints=(
        "What probability does the uniform prediction give to the class that happens, whichever it is?",
        "For (b): which class of a prediction costs most, and how large can its probability be at most?",
    ),
)

BIAS = Exercise(
    "ex-05-bias",
    printed={"a": 0.6, "b": -1.3},
    draw=lambda rng: {"a": round(rng.uniform(0.3, 2), 1), "b": round(-rng.uniform(0.3, 2), 1)},
    questions=(
        Number(
            "There are three classes, and the first two entries of $\\partial\\mathcal{L}/\\partial\\mathbf{b}_y$ are "
            "[[a]] and [[b]]. What is the third?",
            answer=lambda d: -d["a"] - d["b"],
            mistakes=(
                Mistake(
                    lambda d: 1 - d["a"] - d["b"],
                    "This would make the sum 1. The entries of $\\mathbf{y}$ sum to 1, and so do those of "
                    "$\\mathbf{e}_c$; the gradient is their difference.",
                ),
                Mistake(
                    lambda d: d["a"] + d["b"],
                    "This is the sum of the other two. All three together give 0.",
                ),
            ),
            otherwise="What do the entries of $\\mathbf{y}^{(t)} - \\mathbf{e}_{c^{(t)}}$ sum to?",
        ),
        Order(
            "The second way needs no derivative of softmax. Put its steps into order.",
            steps=(
                "Adding $s$ to all entries of $\\mathbf{b}_y$ adds $s$ to all logits of each step.",
                "Softmax gives the same probabilities, {prf:ref}`prop-shift-invariance`.",
                "So the loss, as a function of $s$, is constant.",
                "Its derivative with respect to $s$ is zero.",
                "By the chain rule this derivative is the sum of the entries of "
                "$\\partial\\mathcal{L}/\\partial\\mathbf{b}_y$.",
            ),
            rules=(
                Before(0, 1, "The proposition is about logits: first say what happens to them."),
                Before(1, 2, "The loss stays because the probabilities do."),
                Before(2, 3, "The derivative is zero because the loss is constant."),
                Before(3, 4, "“This derivative” is the one that has just been found to be zero."),
            ),
        ),
        Choice(
            "What else is zero, whatever the data are?",
            options=(
                Option(
                    "The sum of each column of $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{yh}$",
                    "Adding a number to a whole column of $\\mathbf{W}_{yh}$ adds the same number to all logits of a step.",
                    right=True,
                ),
                Option(
                    "The sum of each row of $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{yh}$",
                    "A row belongs to one class. Adding a number to it changes one logit, and with it the probabilities.",
                ),
                Option(
                    "The sum of all entries of $\\partial\\mathcal{L}/\\partial\\mathbf{W}_{yh}$",
                    "It is the sum of the columns' sums.",
                    right=True,
                ),
                Option(
                    "The sum of the entries of $\\partial\\mathcal{L}/\\partial\\mathbf{b}_h$",
                    "Adding a number to all entries of $\\mathbf{b}_h$ changes the states, and with them the logits, in general each by another amount.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "First way: write $\\partial\\mathcal{L}/\\partial\\mathbf{b}_y$ as a sum over the steps.",
        "Second way: move $\\mathbf{b}_y$ along the vector $\\mathbf{1}$. What does the loss do?",
    ),
)

TEMPERATURE = Exercise(
    "ex-05-temperature",
    printed={"k": 5, "r": 2},
    draw=lambda rng: {"k": int(rng.integers(5, 13)), "r": int(rng.integers(2, 5))},
    questions=(
        Number(
            "Of [[k]] classes, [[r]] share the largest logit. To what does the probability of one of these tend for "
            "$\\beta \\to \\infty$?",
            answer=lambda d: 1 / d["r"],
            mistakes=(
                Mistake(
                    lambda d: 1 / d["k"],
                    "This is the other end, β = 0, where all logits have become equal.",
                ),
                Mistake(
                    lambda d: 1.0,
                    "This would be so if the largest logit occurred once. Here several share the 1.",
                ),
            ),
            otherwise="Divide numerator and denominator by $e^{\\beta o_{\\max}}$. Which terms do not tend to 0?",
        ),
        Formula(
            "Two classes have the logits $d$ and 0, and $p$ is the probability of the first at this β. Write "
            "$\\frac{d}{d\\beta}H(\\mathbf{y}_\\beta)$ in `beta`, `d` and `p`, as (b) has it: do not express one of the three by the others.",
            variables={"beta": (0.4, 2.5), "d": (0.6, 3.0), "p": (0.1, 0.9)},
            answer="-beta*d^2*p*(1 - p)",
            mistakes=(
                Mistake(
                    "-d^2*p*(1 - p)",
                    "A factor β is missing: $\\log y_i$ contains $\\beta o_i$, not $o_i$.",
                ),
                Mistake(
                    "-beta^2*d^2*p*(1 - p)",
                    "This is the variance of $\\beta\\mathbf{o}$. One of the two factors β is too many: the derivative "
                    "is with respect to β.",
                ),
                Mistake(
                    "-beta*p*(1 - p)",
                    "This is the variance of a number that is 1 or 0. Here it is $d$ or 0.",
                ),
                Mistake(
                    "-beta*d*p*(1 - p)",
                    "A variance has the *square* of the unit: twice the logits give four times the variance.",
                ),
            ),
            otherwise="By (b) it is $-\\beta\\operatorname{Var}(\\mathbf{o})$. What is the variance of a number that is "
            "$d$ with probability $p$ and 0 otherwise?",
            spellings=("beta*(p - 1)*d*d*p", "-beta*(p*d^2 - (p*d)^2)"),
        ),
        Choice(
            "What does the sign say?",
            options=(
                Option(
                    "A lower temperature never makes the prediction less sure.",
                    "A lower temperature is a larger β, and the entropy never rises with β.",
                    right=True,
                ),
                Option(
                    "A higher temperature never makes the prediction less sure.",
                    "Mind the definition: the temperature is 1/β, so it rises when β falls.",
                ),
                Option(
                    "A lower temperature makes the most probable class more often right.",
                    "The entropy is computed from the prediction alone. Whether it is right depends on the source.",
                ),
            ),
        ),
    ),
    hints=(
        "For β = 0 all logits are 0. For large β only differences to the largest logit matter.",
        "Write $H = \\log Z - \\beta\\bar{o}$ and differentiate; {prf:ref}`thm-softmax-jacobian` gives "
        "$\\frac{d}{d\\beta}\\bar{o}$.",
    ),
)


def _swap(rng: np.random.Generator) -> Draw:
    """Draw two steps and a length beyond them."""
    s, gap, rest = (int(rng.integers(*ends)) for ends in ((2, 7), (2, 6), (1, 6)))
    return {"s": s, "r": s + gap, "T": s + gap + rest}


ORDER = Exercise(
    "ex-05-order",
    printed={"s": 2, "r": 5, "T": 7},
    draw=_swap,
    questions=(
        Number(
            "A tanh network with generic numbers reads [[T]] inputs. Input [[s]] and input [[r]] are swapped. How many of "
            "the [[T]] outputs change?",
            answer=lambda d: d["T"] - d["s"] + 1,
            mistakes=(
                Mistake(
                    lambda d: 2,
                    "The states in between and after change too: each is made from the one before.",
                ),
                Mistake(
                    lambda d: d["r"] - d["s"] + 1,
                    "After the second of the two steps the network has read the same inputs, but in another order, and "
                    "its state is another.",
                ),
                Mistake(
                    lambda d: d["T"],
                    "The outputs before the first of the two steps have seen neither: {prf:ref}`prop-causal`.",
                ),
                Mistake(
                    lambda d: d["T"] - d["s"],
                    "One too few: the output of the first swapped step itself reads the new input.",
                ),
            ),
            otherwise="Which outputs have read one of the two, and which have not? {prf:ref}`prop-causal`.",
            tolerance=0,
        ),
        Choice(
            "In which networks does $\\mathbf{h}^{(T)}$ not depend on the order of the inputs?",
            options=(
                Option(
                    "φ the identity, $\\mathbf{W}_{hh} = I$",
                    "All powers are $I$, so $\\mathbf{h}^{(T)}$ is a plain sum over the inputs, {prf:ref}`prop-linear-rnn`.",
                    right=True,
                ),
                Option(
                    "φ the identity, $\\mathbf{W}_{hh} = 0.9\\,I$",
                    "The input of step $s$ comes with the factor $0.9^{T-s}$: a late one counts more.",
                ),
                Option(
                    "φ the identity, $\\mathbf{W}_{hh} = 0$",
                    "Then the last input alone makes the state, and it matters which one is the last.",
                ),
                Option(
                    "φ = tanh, $\\mathbf{W}_{hh} = I$",
                    "The old state is squashed at every step, so an early input counts differently from a late one.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "What does $\\mathbf{y}^{(t)}$ depend on?",
        "For (b) put $\\mathbf{W}_{hh} = I$ into {prf:ref}`prop-linear-rnn`. For (c) ask whether tanh(tanh(a) + b) is "
        "tanh(tanh(b) + a).",
    ),
)


def _settles(slope: float) -> float:
    """Return the positive solution of h = tanh(slope*h)."""
    h = 1.0
    for _ in range(1000):
        h = tanh(slope * h)
    return h


RELU = Exercise(
    "ex-05-relu",
    printed={"r": 1.1},
    draw=lambda rng: {"r": round(rng.uniform(1.05, 1.8), 2)},
    questions=(
        Formula(
            "An entry of $\\mathbf{h}^{(0)}$ is $h$. With ReLU, what is the same entry of $\\mathbf{h}^{(t)}$? Write it in "
            "`r`, `t` and `h`.",
            variables={"r": (0.4, 1.7), "t": (2.0, 9.0), "h": (0.3, 2.0)},
            answer="r^t*h",
            mistakes=(
                Mistake("r*h", "This is the entry after one step. The next step multiplies it again."),
                Mistake(
                    "t*r*h", "Here each step adds the same amount. Each step *multiplies* by the same factor."
                ),
                Mistake(
                    "r^(t - 1)*h",
                    "The first step already multiplies: $\\mathbf{h}^{(1)} = r\\,\\mathbf{h}^{(0)}$.",
                ),
            ),
            otherwise="What does ReLU do to a number that is not negative?",
            spellings=("h*r**t", "exp(t*log(r))*h"),
        ),
        Number(
            "With tanh in its place and r = [[r]], to which number does each positive entry tend?",
            answer=lambda d: _settles(d["r"]),
            mistakes=(
                Mistake(
                    lambda d: 0.0,
                    "Zero is a fixed point, but near it a step multiplies by about $r > 1$: the state is pushed away.",
                ),
                Mistake(
                    lambda d: tanh(d["r"]),
                    "This is one step from the entry 1. Go on until nothing changes any more.",
                ),
                Mistake(
                    lambda d: sqrt(3 * (d["r"] - 1) / d["r"] ** 3),
                    "This solves the equation with $\\tanh a \\approx a - a^3/3$. Take tanh itself, and iterate.",
                ),
            ),
            otherwise="In the limit a step changes nothing: $h = \\tanh(rh)$. Start anywhere above 0 and apply the right "
            "side again and again.",
        ),
        Choice(
            "For which $r > 0$ does {prf:ref}`prop-bounded-loss` hold with ReLU, for every start?",
            options=(
                Option(
                    "For none",
                    "Its proof needs entries below 1 in size, and $\\mathbf{h}^{(0)}$, hence $\\mathbf{h}^{(1)}$, may be as "
                    "large as one likes.",
                    right=True,
                ),
                Option(
                    "For $r < 1$",
                    "The state decays, but from a start as large as one likes: the loss of the first steps has no bound "
                    "that holds for all starts.",
                ),
                Option(
                    "For $r \\le 1$",
                    "The state does not grow, but it need not be below 1. Try $m = 1$, $r = 1$ and $\\mathbf{h}^{(0)} = 5$.",
                ),
                Option(
                    "For all", "For $r > 1$ the state grows without limit, and so do differences of logits."
                ),
            ),
        ),
    ),
    hints=(
        "All entries stay non-negative. So what does ReLU do?",
        "For the last question: where does the proof of the proposition use tanh?",
    ),
)

LENGTHS = Exercise(
    "ex-05-lengths",
    printed={"a": 7, "b": 4},
    draw=lambda rng: {"a": int(rng.integers(6, 20)), "b": int(rng.integers(2, 6))},
    questions=(
        Number(
            "Two sequences have the lengths [[a]] and [[b]]. How many times as long is the gradient of `bptt` as that of the "
            "mean over all symbols?",
            answer=lambda d: (d["a"] + d["b"]) / 2,
            mistakes=(
                Mistake(
                    lambda d: d["a"] + d["b"],
                    "This is the gradient of the plain sum. `bptt` divides too: by the number of sequences.",
                ),
                Mistake(
                    lambda d: 2 / (d["a"] + d["b"]),
                    "This is the other way round: the mean over the symbols divides by the larger number.",
                ),
                Mistake(
                    lambda d: d["a"] / d["b"],
                    "This compares the two sequences. Compare the weights of one symbol in the two conventions.",
                ),
            ),
            otherwise="Which weight has the loss of one symbol in each of the two sums?",
            spellings=("11/2", "5.5"),
        ),
        Number(
            "Now take the mean per sequence first, then the mean over the sequences. How many times as much does a "
            "symbol of the shorter sequence weigh as one of the longer?",
            answer=lambda d: d["a"] / d["b"],
            mistakes=(
                Mistake(
                    lambda d: 1.0,
                    "All symbols weigh the same in the first two conventions. Here each sequence weighs the same.",
                ),
                Mistake(
                    lambda d: d["b"] / d["a"],
                    "This is the other way round: few symbols share the weight of the short sequence.",
                ),
            ),
            otherwise="Each sequence has the weight ½. How many symbols share it?",
        ),
        Choice(
            "Batches of varying lengths: how do the steps of the first two conventions compare, at the same parameters "
            "and the same learning rate?",
            options=(
                Option(
                    "They point the same way; their lengths differ by a factor that changes from batch to batch.",
                    "The factor is the mean length of the batch's sequences. No single learning rate absorbs it.",
                    right=True,
                ),
                Option(
                    "They differ by one factor for the whole training.",
                    "The factor is the mean length of the sequences in the batch, and that varies.",
                ),
                Option(
                    "They point different ways.",
                    "Within a batch both give all symbols the same weight, so the gradients are proportional.",
                ),
            ),
        ),
    ),
    hints=("Write each convention as a sum of $\\ell_{bt}$ with weights.",),
)


def _squared_gradient(logit: float) -> tuple[float, float]:
    """Return the gradients' lengths, of the squared error and of the cross-entropy, for logits (logit, 0, 0)."""
    total = exp(logit) + 2
    y = (exp(logit) / total, 1 / total, 1 / total)
    error = (y[0], y[1] - 1, y[2])
    mean = sum(p * e for p, e in zip(y, error, strict=True))
    return hypot(*(2 * p * (e - mean) for p, e in zip(y, error, strict=True))), hypot(*error)


SQUARED = Exercise(
    "ex-05-squared",
    printed={"a": 10},
    draw=lambda rng: {"a": int(rng.integers(10, 29)) / 2},
    questions=(
        Formula(
            "There are two classes, and the correct one has the probability $p$. What is the derivative of $S$ with "
            "respect to *its* logit? Write it in `p`.",
            variables={"p": (0.05, 0.95)},
            answer="-4*p*(1 - p)^2",
            mistakes=(
                Mistake("-(1 - p)", "This is the gradient of the cross-entropy, $y_c - 1$."),
                Mistake(
                    "-4*(1 - p)",
                    "This is $dS/dp$. From $p$ to the logit there is one more factor, $\\partial y_c/\\partial o_c$.",
                ),
                Mistake(
                    "-2*p*(1 - p)^2",
                    "Half of $S$ is missing: the other class is wrong by the same amount, so $S = 2(1 - p)^2$.",
                ),
            ),
            otherwise="Write $S$ in $p$, then use the chain rule: $\\partial p/\\partial o_c$ is in "
            "{prf:ref}`thm-softmax-jacobian`.",
            spellings=("4*p*(p - 1)*(1 - p)",),
        ),
        Number(
            "Let $k = 3$. The logits are [[a]], 0 and 0, and the second class is correct. How long is the gradient of $S$?",
            answer=lambda d: _squared_gradient(d["a"])[0],
            mistakes=(
                Mistake(
                    lambda d: _squared_gradient(d["a"])[1],
                    "This is the length of $\\mathbf{y} - \\mathbf{e}_c$, the gradient of the cross-entropy.",
                ),
                Mistake(
                    lambda d: 2 * _squared_gradient(d["a"])[1],
                    "This is the gradient with respect to $\\mathbf{y}$. The Jacobian of softmax has to be applied to it.",
                ),
                Mistake(
                    lambda d: _squared_gradient(d["a"])[0] / 2,
                    "The 2 from differentiating the square is missing.",
                ),
            ),
            otherwise="$\\partial S/\\partial\\mathbf{o} = 2(\\operatorname{diag}(\\mathbf{y}) - \\mathbf{y}\\mathbf{y}^\\top)"
            "(\\mathbf{y} - \\mathbf{e}_c)$. Its entry $i$ is $2y_i$ times the error of class $i$ minus the mean of the "
            "errors, weighted with $\\mathbf{y}$.",
        ),
        Choice(
            "What does this say about the squared error?",
            options=(
                Option(
                    "It is a proper scoring rule, and still a network that is sure and wrong hardly learns.",
                    "Being proper is about the expected loss; learning is about its gradient, and the Jacobian of softmax "
                    "is close to zero there.",
                    right=True,
                ),
                Option(
                    "It is not proper: it rewards being sure.",
                    "That is the loss $1 - y_c$. The expectation of $S$ is $\\lVert\\mathbf{y} - \\mathbf{q}\\rVert^2$ plus "
                    "a constant, so $\\mathbf{y} = \\mathbf{q}$ is best.",
                ),
                Option(
                    "The gradient is small because the loss is nearly as small as it can be.",
                    "$S$ is close to 2 there, the most that it can be.",
                ),
                Option(
                    "It is proper, so its gradient is long wherever the prediction is bad.",
                    "Proper says where the expected loss is smallest. It says nothing about slopes elsewhere.",
                ),
            ),
        ),
    ),
    hints=(
        "Apply the chain rule: first $S$ by $\\mathbf{y}$, then $\\mathbf{y}$ by $\\mathbf{o}$.",
        "For (b): if class $c$ has probability $q_c$, what is the mean of $\\mathbf{e}_c$?",
    ),
)

EXERCISES = (COUNT, UNIFORM, BIAS, TEMPERATURE, ORDER, RELU, LENGTHS, SQUARED)
