"""Chapter 7: the gradient as a sum over time."""

from math import sqrt

from rnn_exercises.kinds import Before, Choice, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]

# The network of one unit and three steps: its states, weight and targets.
STATES, WEIGHT, TARGETS = (1.0, 1 / 2, 1 / 3, -1 / 2), 0.5, (0, 1, 0)
SLOPES = [1 - h**2 for h in STATES]  # the first is not used
JACOBIANS = [slope * WEIGHT for slope in SLOPES]
AT_LOSS = [1 / (1 + 2 ** (-6 * h)) - (c == 0) for h, c in zip(STATES[1:], TARGETS, strict=True)]


def _back(t: int, k: int) -> float:
    """Return how the loss of step t reacts to the state of step k, over v."""
    message = AT_LOSS[t - 1]
    for j in range(k + 1, t + 1):
        message *= JACOBIANS[j]
    return message


def _entry(t: int, k: int) -> float:
    """Return the entry (t, k) of the triangle, over v."""
    return _back(t, k) * SLOPES[k] * STATES[k - 1]


READ = Exercise(
    "ex-07-1",
    questions=(
        Number(
            "What is $\\delta^{(1)}$, as a multiple of $v$?",
            answer=lambda d: sum(_entry(t, 1) for t in (1, 2, 3)) / STATES[0],
            mistakes=(
                Mistake(
                    lambda d: _entry(1, 1),
                    "This is the part of the first loss alone. Step 1 acts on the later losses too.",
                ),
                Mistake(
                    lambda d: sum(abs(_entry(t, 1)) for t in (1, 2, 3)),
                    "This adds up the sizes. The entries have signs, and they partly cancel.",
                ),
                Mistake(
                    lambda d: _entry(3, 1),
                    "This is the part of the last loss alone. The column has three entries.",
                ),
            ),
            otherwise="A column is $\\delta^{(k)}h^{(k-1)}$, {prf:ref}`thm-7-bptt`. What is $h^{(0)}$ here?",
            spellings=("13/180",),
        ),
        Number(
            "And $\\partial\\mathcal{L}^{(3)}/\\partial w$?",
            answer=lambda d: sum(_entry(3, k) for k in (1, 2, 3)),
            mistakes=(
                Mistake(
                    lambda d: _entry(3, 3),
                    "This is only the use of the weight at step 3. The earlier uses act on this loss too.",
                ),
                Mistake(
                    lambda d: sum(_entry(t, k) for t in (1, 2, 3) for k in range(1, t + 1)),
                    "This is the gradient of all three losses.",
                ),
            ),
            otherwise="One loss is one row.",
            spellings=("-13/27",),
        ),
        Number(
            "What would $\\partial\\mathcal{L}/\\partial w$ be if the loss of step 2 did not count?",
            answer=lambda d: _entry(1, 1) + sum(_entry(3, k) for k in (1, 2, 3)),
            mistakes=(
                Mistake(
                    lambda d: _entry(1, 1) + _entry(3, 1) + _entry(3, 3),
                    "The entry (3, 2) stays: step 2 is still on the way from the third loss back.",
                ),
                Mistake(
                    lambda d: sum(_entry(t, k) for t in (1, 2, 3) for k in range(1, t + 1) if k != 2),
                    "This leaves out column 2, the *use* of the weight at step 2. A loss is a row.",
                ),
                Mistake(
                    lambda d: sum(_entry(t, k) for t in (1, 2, 3) for k in range(1, t + 1)) - _entry(2, 2),
                    "The second loss has one more entry: the weight as it is used at step 1 acts on it too.",
                ),
            ),
            otherwise="Which entries belong to the second loss? Take them out and add up the rest.",
            spellings=("-61/108",),
        ),
    ),
    hints=("Losses are rows, uses of the weight are columns.",),
)

CUT = Exercise(
    "ex-07-2",
    printed={"q": 5, "w": 8, "l": 3},
    draw=lambda rng: {
        "q": int(rng.integers(3, 10)),
        "w": int(rng.integers(4, 13)),
        "l": int(rng.integers(2, 4)),
    },
    questions=(
        Number(
            "How many pairs $(t, k)$ with $k \\le t$ do [[q]] windows of [[w]] steps keep?",
            answer=lambda d: d["q"] * d["w"] * (d["w"] + 1) // 2,
            mistakes=(
                Mistake(
                    lambda d: d["q"] * d["w"] ** 2,
                    "These are whole squares. A loss cannot blame a later step: above the diagonal each square is empty.",
                ),
                Mistake(
                    lambda d: d["q"] * d["w"] * (d["w"] - 1) // 2,
                    "The diagonal is missing: the pairs with $k = t$ count too.",
                ),
                Mistake(
                    lambda d: d["q"] * d["w"] * (d["q"] * d["w"] + 1) // 2,
                    "This is the whole triangle, without any cut.",
                ),
            ),
            otherwise="Each window keeps a small triangle. How many pairs are in one with $w$ rows?",
            tolerance=0,
        ),
        Number(
            "And how many of the pairs with lag [[l]]?",
            answer=lambda d: d["q"] * (d["w"] - d["l"]),
            mistakes=(
                Mistake(
                    lambda d: d["q"] * d["w"] - d["l"],
                    "These are all pairs with this lag. Those that straddle a cut are lost.",
                ),
                Mistake(lambda d: d["w"] - d["l"], "This is what one window keeps."),
                Mistake(
                    lambda d: d["q"] * d["w"] - d["q"] + 1 - d["l"],
                    "This takes away one pair for each cut. As many pairs straddle a cut as the lag is long.",
                ),
            ),
            otherwise="In a window of $w$ steps, for how many $t$ does the step $t - \\ell$ lie in the same window?",
            tolerance=0,
        ),
        Formula(
            "Which share of the triangle do $q$ windows of $w$ steps keep? Write it in `q` and `w`.",
            variables={"q": (3.0, 9.0), "w": (4.0, 12.0)},
            answer="(w + 1)/(q*w + 1)",
            mistakes=(
                Mistake(
                    "1/q",
                    "This is the share of the *squares*. With its diagonal a triangle is more than half of its square, a small one even more so.",
                ),
                Mistake("(w - 1)/(q*w - 1)", "This leaves out the diagonal, $k = t$, in both counts."),
                Mistake("(1 + 1/w)/q", "This is what it tends to for large $q$. Write the exact share."),
            ),
            otherwise="Divide what the windows keep by $T(T + 1)/2$ with $T = qw$.",
            spellings=("q*w*(w+1)/(q*w*(q*w+1))",),
        ),
    ),
    hints=(
        "A triangle with $w$ rows has $w(w + 1)/2$ entries.",
        "A lag is a diagonal. How long is it in one window?",
    ),
)

INITIAL = Exercise(
    "ex-07-3",
    printed={"T": 7},
    draw=lambda rng: {"T": int(rng.integers(4, 60))},
    questions=(
        Number(
            "How many terms has $\\partial\\mathcal{L}/\\partial\\mathbf{h}^{(0)}$, in the manner of (11), for [[T]] steps?",
            answer=lambda d: d["T"],
            mistakes=(
                Mistake(
                    lambda d: d["T"] * (d["T"] + 1) // 2,
                    "So many has the gradient of $\\mathbf{W}_{hh}$, which is used at every step.",
                ),
                Mistake(
                    lambda d: 1, "It is used at one place, but each loss sends a message back to this place."
                ),
            ),
            otherwise="Count the paths from $\\mathbf{h}^{(0)}$ to the losses.",
            tolerance=0,
        ),
        Number(
            "For the network of one unit and three steps, what is "
            "$\\partial\\mathcal{L}/\\partial h^{(0)}$, as a multiple of $v$?",
            answer=lambda d: sum(_back(t, 0) for t in (1, 2, 3)),
            mistakes=(
                Mistake(
                    lambda d: sum(_back(t, 1) for t in (1, 2, 3)),
                    "This is $\\partial\\mathcal{L}/\\partial h^{(1)}$: the last Jacobian of the way back, $J_1$, is missing.",
                ),
                Mistake(
                    lambda d: sum(_back(t, 1) for t in (1, 2, 3)) * SLOPES[1],
                    "This is $\\delta^{(1)}$. From there to $h^{(0)}$ there is still the factor $w$.",
                ),
                Mistake(lambda d: _back(3, 0), "This is the message of the third loss alone."),
            ),
            otherwise="Add up $g_t\\,J_t \\cdots J_1$ over the three losses; the $g_t$ and the Jacobians stand in the example.",
            spellings=("13/360",),
        ),
        Choice(
            "Why is there no sum over $k$?",
            options=(
                Option(
                    "$\\mathbf{h}^{(0)}$ is used at one place only.",
                    "The sum over $k$ in (11) goes over the places at which the weight is used.",
                    right=True,
                ),
                Option(
                    "$\\mathbf{h}^{(0)}$ acts on the first loss only.",
                    "It acts on all of them, through the states. Hence the sum over $t$.",
                ),
                Option(
                    "$\\mathbf{h}^{(0)}$ is a vector and not a matrix.",
                    "$\\mathbf{b}_h$ is a vector too, and its gradient has the sum over $k$: it is used at every step.",
                ),
            ),
        ),
    ),
    hints=(
        "A term of (11) is a path: from one use to one loss.",
        "Each loss sends its row all the way back, past $J_1$.",
    ),
)

WARM_UP = Exercise(
    "ex-07-4",
    questions=(
        Choice(
            "Read the warm-up as a step 0. What becomes of the triangle?",
            options=(
                Option(
                    "It gets one more column and no new row.",
                    "$\\mathbf{W}_{hh}$ is used once more, and there is no loss at step 0.",
                    right=True,
                ),
                Option("It gets one more row and no new column.", "A row is a loss, and step 0 has none."),
                Option("It gets one more row and one more column.", "A new row would need a loss at step 0."),
                Option(
                    "It stays, and each entry changes.",
                    "The uses at steps 1 to $T$ enter as before. What is missing is the use at step 0.",
                ),
            ),
        ),
        Formula(
            "One unit: $h^{(0)} = \\tanh(wu)$. Let $g$ be $\\partial\\mathcal{L}/\\partial h^{(0)}$ and $h$ the value of "
            "$h^{(0)}$. Write the missing term in `g`, `h`, `u` and, if you need it, `w`.",
            variables={"g": (0.3, 2.0), "h": (0.2, 0.9), "u": (0.3, 2.0), "w": (0.3, 1.5)},
            answer="g*(1 - h^2)*u",
            mistakes=(
                Mistake("g*u", "The slope of tanh at step 0 is missing."),
                Mistake(
                    "g*(1 - h^2)*w",
                    "This is the derivative with respect to $u$. The weight $w$ is the one that moves.",
                ),
                Mistake(
                    "g*(1 - h^2)*h", "What meets the weight at step 0 is $u$; $h^{(0)}$ is what comes out."
                ),
                Mistake(
                    "g*(1 - h^2)*w*u",
                    "Differentiate $wu$ with respect to $w$: the weight itself does not stay.",
                ),
            ),
            otherwise="It is $g$ times $\\partial h^{(0)}/\\partial w$. Differentiate $\\tanh(wu)$.",
            spellings=("u*g*(1-h)*(1+h)",),
        ),
        Choice(
            "Why does (11) miss it?",
            options=(
                Option(
                    "{prf:ref}`thm-7-unrolled` assumes that $\\mathbf{h}^{(0)}$ does not depend on $\\mathbf{W}_{hh}$.",
                    "So the recursion for the total derivative starts at zero there. Here it does not.",
                    right=True,
                ),
                Option(
                    "(11) holds only for $\\mathbf{h}^{(0)} = \\mathbf{0}$.",
                    "Any constant will do: the chapter's test network starts at one that is not zero.",
                ),
                Option(
                    "(11) leaves out contributions of step 1.",
                    "They are there, the terms with $k = 1$. But they hold $\\mathbf{h}^{(0)}$ fixed.",
                ),
            ),
        ),
    ),
    hints=(
        "Where does the recursion of {prf:ref}`lem-7-total` start?",
        "Carry $\\partial\\mathbf{h}^{(0)}/\\partial\\mathbf{W}_{hh}$ forward through all steps.",
    ),
)


def _ratio(
    T: float,
    m: float,
    *,
    jacobians: bool = True,
    outer: bool = True,
    power: int = 3,
    pairs: float | None = None,
) -> float:
    """Return the multiplications of (11) taken literally, over those of BPTT."""
    products = (T * (T**2 - 1) / 6 if pairs is None else pairs) + jacobians * T**2
    return products * m**power / ((T - 1 + outer * T) * m**2)


LITERALLY = Exercise(
    "ex-07-5",
    printed={"T": 100, "m": 50},
    draw=lambda rng: {"T": int(rng.integers(3, 16)) * 10, "m": int(rng.integers(2, 21)) * 10},
    questions=(
        Formula(
            "How many products of two matrices do the $J_t \\cdots J_{k+1}$ take, each begun with the identity? Write it "
            "in `T`.",
            variables={"T": (4.0, 30.0)},
            answer="T*(T^2 - 1)/6",
            mistakes=(
                Mistake(
                    "T*(T - 1)/2",
                    "These are the pairs with $k < t$. The pair $(t, k)$ takes $t - k$ products, not one.",
                ),
                Mistake(
                    "T*(T - 1)*(T - 2)/6",
                    "The program starts from the identity, so the first Jacobian takes a product too: $t - k$ of them, not "
                    "$t - k - 1$.",
                ),
                Mistake("T^3/6", "This is the largest term alone."),
                Mistake(
                    "T*(T + 1)*(T + 2)/6",
                    "The pair $(t, k)$ has $t - k$ Jacobians; this counts one more for each pair.",
                ),
            ),
            otherwise="There are $T - \\ell$ pairs with lag ℓ, and each takes ℓ products. Add up over ℓ.",
            spellings=("(T-1)*T*(T+1)/6", "(T**3 - T)/6"),
        ),
        Number(
            "T = [[T]] and m = [[m]]: how many times as many multiplications as BPTT does it take, with the Jacobians, "
            "which are formed anew for each $t$ as products of full matrices? (Of (11) count the products of matrices "
            "only.)",
            answer=lambda d: _ratio(d["T"], d["m"]),
            mistakes=(
                Mistake(
                    lambda d: _ratio(d["T"], d["m"], jacobians=False),
                    "The Jacobians themselves are missing: $T$ of them, formed for each of the $T$ values of $t$.",
                ),
                Mistake(
                    lambda d: _ratio(d["T"], d["m"], power=2),
                    "A product of two matrices takes $m^3$ multiplications; $m^2$ is a matrix times a vector.",
                ),
                Mistake(
                    lambda d: _ratio(d["T"], d["m"], outer=False),
                    "BPTT also forms $T$ outer products, and they cost as much as its products with vectors.",
                ),
            ),
            otherwise="Count both: matrix products with $m^3$ each on one side; on the other $T - 1$ products with a vector "
            "and $T$ outer products with $m^2$ each.",
        ),
    ),
    hints=(
        "How many Jacobians has the pair $(t, k)$?",
        "$\\sum_{\\ell=1}^{T-1}\\ell\\,(T - \\ell) = T\\sum\\ell - \\sum\\ell^2$.",
    ),
)

BOUND = Exercise(
    "ex-07-6",
    printed={"rho": 0.9, "W": 2, "h": 1.5, "t": 12, "k": 5},
    draw=lambda rng: {
        "rho": round(rng.uniform(0.6, 0.95), 2),
        "W": round(rng.uniform(0.8, 4), 1),
        "h": round(rng.uniform(0.5, 3), 1),
        "t": int(rng.integers(10, 20)),
        "k": int(rng.integers(2, 8)),
    },
    questions=(
        Number(
            "Let ρ = [[rho]], $\\|\\mathbf{W}_{yh}\\|_2$ = [[W]], and let the state that meets the weight at step [[k]] be "
            "[[h]] long. What is the bound for the contribution of loss [[t]] at step [[k]]?",
            answer=lambda d: sqrt(2) * d["W"] * d["rho"] ** (d["t"] - d["k"]) * d["h"],
            mistakes=(
                Mistake(
                    lambda d: 2 * d["W"] * d["rho"] ** (d["t"] - d["k"]) * d["h"],
                    "The *square* of $\\|\\mathbf{y} - \\mathbf{e}_c\\|$ is at most 2.",
                ),
                Mistake(
                    lambda d: sqrt(2) * d["W"] * d["rho"] ** (d["t"] - d["k"] + 1) * d["h"],
                    "One Jacobian too many: from step $t$ back to step $k$ there are $t - k$ steps.",
                ),
                Mistake(
                    lambda d: sqrt(2) * d["W"] * d["rho"] ** d["t"] * d["h"],
                    "The exponent is the lag, $t - k$.",
                ),
            ),
            otherwise="Put the numbers into the bound. The lag is $t - k$.",
        ),
        Order(
            "Put the steps of the proof into order.",
            steps=(
                "$\\|\\mathbf{y} - \\mathbf{e}_c\\|^2 = (1 - y_c)^2 + \\sum_{i \\ne c} y_i^2$.",
                "The sum is at most $\\bigl(\\sum_{i \\ne c} y_i\\bigr)^2 = (1 - y_c)^2$, so the whole is at most 2.",
                "With slopes of at most 1, $\\|\\delta^{(t,t)}\\| \\le \\sqrt2\\,\\|\\mathbf{W}_{yh}\\|_2$.",
                "Each of the $t - k$ steps back multiplies this by at most ρ: $\\|\\delta^{(t,k)}\\| \\le "
                "\\sqrt2\\,\\|\\mathbf{W}_{yh}\\|_2\\,\\rho^{t-k}$.",
                "Multiply this by the length of $\\mathbf{h}^{(k-1)}$: $\\mathbf{C}^{(t,k)}$ is the column $\\delta^{(t,k)}$ times "
                "the row $\\mathbf{h}^{(k-1)\\top}$.",
            ),
            rules=(
                Before(0, 1, "The sum has to stand there before it can be bounded."),
                Before(1, 2, "The √2 comes from the bound for $\\|\\mathbf{y} - \\mathbf{e}_c\\|$."),
                Before(2, 3, "The way back starts at step $t$: first bound $\\delta^{(t,t)}$."),
                Before(3, 4, "The product needs the length of $\\delta^{(t,k)}$, after all the steps back."),
            ),
        ),
        Choice(
            "After training ρ = 2.08. What does the bound say about entries far from the diagonal?",
            options=(
                Option(
                    "Nothing about whether they fade",
                    "It grows with the lag, and a bound from above that grows allows everything below it. The entries do "
                    "fade there.",
                    right=True,
                ),
                Option(
                    "They grow with the lag.",
                    "A bound from above does not force anything up. At (40, 2) it is many orders of magnitude above the "
                    "entry.",
                ),
                Option(
                    "The bound is wrong for ρ > 1.",
                    "It holds for every ρ. It is only far from sharp.",
                ),
            ),
        ),
    ),
    hints=(
        "All $y_i$ are non-negative. Compare the sum of their squares with the square of their sum.",
        "{prf:ref}`lem-7-rank-one` says how δ changes in one step back.",
    ),
)

FORWARDS = Exercise(
    "ex-07-7",
    printed={"m": 50},
    draw=lambda rng: {"m": int(rng.integers(3, 26)) * 8},
    questions=(
        Number(
            "The network has m = [[m]] units. How many numbers does $\\partial\\mathbf{h}^{(t)}/\\partial\\mathbf{W}_{hh}$ "
            "have, which is carried along?",
            answer=lambda d: d["m"] ** 3,
            mistakes=(
                Mistake(
                    lambda d: d["m"] ** 2,
                    "This is the size of $\\mathbf{W}_{hh}$, and of the derivative of *one* entry of the state.",
                ),
                Mistake(lambda d: d["m"] ** 4, "This is the work of a step, not the memory."),
            ),
            otherwise="How many entries has the state, how many the matrix?",
            tolerance=0,
        ),
        Number(
            "And how many multiplications does the product $J_t D_{t-1}$ take at each step?",
            answer=lambda d: d["m"] ** 4,
            mistakes=(
                Mistake(
                    lambda d: d["m"] ** 3,
                    "This would be a product of two $m \\times m$ matrices. $D$ has $m$ rows and $m^2$ columns.",
                ),
                Mistake(lambda d: 2 * d["m"] ** 2, "This is about what BPTT takes for a step."),
            ),
            otherwise="The result has $m^3$ entries. How many products go into each?",
            tolerance=0,
        ),
        Choice(
            "What is true of this method?",
            options=(
                Option(
                    "It adds up the triangle by rows, in the order of time.",
                    "At step $t$ it adds $\\partial\\mathcal{L}^{(t)}/\\partial\\mathbf{h}^{(t)}\\,D_t$, which is row $t$.",
                    right=True,
                ),
                Option(
                    "It adds up the triangle by columns, from the last to the first.",
                    "That is BPTT, which adds the messages of all later losses before it multiplies.",
                ),
                Option(
                    "Its memory does not grow with $T$.",
                    "It keeps the state and $D_t$, and forgets the step before.",
                    right=True,
                ),
                Option(
                    "It is cheaper than BPTT for long sequences.",
                    "A *step* costs $m^4$, however long the sequence is, against about $2m^2$. "
                    "What it saves, if they are long enough, is memory.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "The entry $[i, p, q]$ of $D$ says how fast $h_i$ changes with $W_{pq}$.",
        "$J_t D_{t-1}$ sums over the first index.",
    ),
)

RANDOM_CUTS = Exercise(
    "ex-07-8",
    printed={"p": 0.3, "t": 7, "k": 4},
    draw=lambda rng: {
        "p": round(rng.uniform(0.1, 0.6), 2),
        "t": int(rng.integers(7, 12)),
        "k": int(rng.integers(2, 6)),
    },
    questions=(
        Number(
            "Each place is cut with the probability [[p]]. With which probability does the contribution of loss [[t]] at "
            "step [[k]] survive?",
            answer=lambda d: (1 - d["p"]) ** (d["t"] - d["k"]),
            mistakes=(
                Mistake(
                    lambda d: d["p"] ** (d["t"] - d["k"]),
                    "This is the probability that *every* place on the way is cut.",
                ),
                Mistake(
                    lambda d: 1 - d["p"] ** (d["t"] - d["k"]),
                    "This is the probability that some place stays whole. All of them have to.",
                ),
                Mistake(
                    lambda d: (1 - d["p"]) ** (d["t"] - d["k"] + 1),
                    "One place too many: between the steps $k$ and $t$ there are $t - k$.",
                ),
            ),
            otherwise="How many places lie between the two steps, and what must happen at each of them?",
            spellings=("0.7^3",),
        ),
        Formula(
            "By which factor must a message be multiplied where it is *not* cut? Write it in `p` and, if you need it, `l` "
            "(for the lag ℓ).",
            variables={"p": (0.1, 0.8), "l": (2.0, 6.0)},
            answer="1/(1 - p)",
            mistakes=(
                Mistake(
                    "1/(1 - p)^l",
                    "This is the factor of a whole entry. Its message passes ℓ places, and each gives its share.",
                ),
                Mistake("1/p", "The message passes with probability $1 - p$."),
                Mistake(
                    "1 - p",
                    "This makes the mean smaller still. Those that pass have to stand in for those that do not.",
                ),
            ),
            otherwise="The message passes with probability $1 - p$ and is lost otherwise. Its mean must be what it was.",
        ),
        Number(
            "Now the factor of an entry with lag ℓ is a random number with mean 1: zero, or more than 1. For the same "
            "entry and [[p]], what is its variance?",
            answer=lambda d: (1 - d["p"]) ** (d["k"] - d["t"]) - 1,
            mistakes=(
                Mistake(
                    lambda d: (1 - d["p"]) ** (d["k"] - d["t"]),
                    "This is the mean of the square. Take away the square of the mean.",
                ),
                Mistake(
                    lambda d: (1 - d["p"]) ** (2 * (d["k"] - d["t"])) - 1,
                    "The square of the factor counts only with the probability that the entry survives.",
                ),
                Mistake(
                    lambda d: (d["t"] - d["k"]) * d["p"] / (1 - d["p"]),
                    "This adds up the variances of the places. Their factors are multiplied, not added.",
                ),
            ),
            otherwise="With probability $s = (1-p)^{\\ell}$ it is $1/s$, else 0. The variance is the mean of the square minus "
            "1.",
        ),
    ),
    hints=(
        "An entry with lag ℓ passes ℓ places.",
        "Mean: survival probability times factor. The expectation of a sum is the sum of the expectations.",
    ),
)

EXERCISES = (READ, CUT, INITIAL, WARM_UP, LITERALLY, BOUND, FORWARDS, RANDOM_CUTS)
