"""Chapter 9R: remedies."""

from math import atanh, exp, expm1, hypot, log

from rnn_exercises.kinds import Choice, Exercise, Formula, Mistake, Number, Option

__all__ = ["EXERCISES"]

BIAS = Exercise(
    "ex-rem-bias",
    printed={"tau": 100},
    draw=lambda rng: {"tau": int(rng.integers(20, 401))},
    questions=(
        Number(
            "Which forget bias gives the cell path a memory time τ = [[tau]], if the rest of the gate's argument "
            "is zero?",
            answer=lambda d: -log(expm1(1 / d["tau"])),
            mistakes=(
                Mistake(
                    lambda d: -log(expm1(log(2) / d["tau"])),
                    "With this bias one *half* is left after τ steps. A memory time is the time after which 1/e is "
                    "left, {prf:ref}`cor-memory-time`.",
                ),
                Mistake(
                    lambda d: exp(-1 / d["tau"]),
                    "This is the gate itself, a number below 1. Which argument does σ need to give it?",
                ),
                Mistake(
                    lambda d: atanh(exp(-1 / d["tau"])),
                    "This inverts tanh. A gate is a logistic sigmoid: solve $f=1/(1+\\mathrm e^{-b})$ for $b$.",
                ),
            ),
            otherwise="First the gate from $\\tau=-1/\\ln f$, then the bias from $f=\\sigma(b)$.",
            spellings=("log(100)", "-ln(exp(0.01) - 1)"),
        ),
        Formula(
            "Now exactly, for every τ: write the bias in `tau`.",
            variables={"tau": (2.0, 20.0)},
            answer="-log(exp(1/tau) - 1)",
            mistakes=(
                Mistake(
                    "log(tau)", "That is the approximation for large τ. Where does it replace something?"
                ),
                Mistake(
                    "-log(1 - exp(-1/tau))",
                    "This is $-\\ln(1-f)$. The inverse of σ is $\\ln\\frac{f}{1-f}$: the numerator is missing.",
                ),
                Mistake("exp(-1/tau)", "This is the gate $f$. The bias is the $b$ with $\\sigma(b)=f$."),
            ),
            otherwise="Solve $\\tau=-1/\\ln f$ for $f$, then $f=1/(1+\\mathrm e^{-b})$ for $b$.",
            spellings=("log(exp(-1/tau)/(1 - exp(-1/tau)))", "-1/tau - ln(1 - exp(-1/tau))"),
        ),
        Number(
            "By about how much must the bias rise for ten times the memory, if τ is large?",
            answer=lambda d: log(10),
            mistakes=(
                Mistake(
                    lambda d: 10.0,
                    "Ten is the factor of the memory. The bias stands in an exponent: a factor there is a sum here.",
                ),
                Mistake(lambda d: 1.0, "This is the logarithm to base 10. The sigmoid is built from e."),
            ),
            otherwise="For large τ the bias is about $\\ln\\tau$. What is $\\ln(10\\,\\tau)-\\ln\\tau$?",
            spellings=("log(10)", "2.3"),
        ),
    ),
    hints=(
        "Which gate $f$ belongs to the memory time? Then ask which $b$ makes it.",
        "$\\tau=-1/\\ln f$ and $f=\\sigma(b)$: solve the first for $f$, the second for $b$.",
    ),
)

CLIP = Exercise(
    "ex-rem-clip",
    printed={"near": 3, "far": 4},
    draw=lambda rng: {"near": int(rng.integers(2, 10)), "far": int(rng.integers(2, 10))},
    questions=(
        Number(
            "A gradient is the sum of G₀ = ( [[near]], 0 ) from lag 0 and G₃₀ = ( 0, [[far]] ) from lag 30. What is "
            "the share of lag 30 after the norm was clipped at 1?",
            answer=lambda d: d["far"] / (d["near"] + d["far"]),
            mistakes=(
                Mistake(
                    lambda d: d["far"] / hypot(d["near"], d["far"]),
                    "This divides by the norm of the sum. A share divides by the sum of the norms, so that all "
                    "shares add up to 1.",
                ),
                Mistake(
                    lambda d: d["far"] / (d["near"] + d["far"]) / hypot(d["near"], d["far"]),
                    "This compares the clipped part with the sum before clipping. Clipping shortens the other part "
                    "in the same measure.",
                ),
                Mistake(lambda d: d["near"] / (d["near"] + d["far"]), "This is the share of lag 0."),
            ),
            otherwise="Clipping the norm multiplies both parts by one number, {prf:ref}`prop-clip-lags`. What does "
            "it do to $\\|G_{30}\\|/(\\|G_0\\|+\\|G_{30}\\|)$?",
        ),
        Number(
            "And after each *entry* of the same gradient was clipped to the interval from −1 to 1?",
            answer=lambda d: 1 / 2,
            mistakes=(
                Mistake(
                    lambda d: d["far"] / (d["near"] + d["far"]),
                    "This share is what clipping the *norm* leaves. Here the two entries are cut one by one, each "
                    "to 1.",
                ),
                Mistake(
                    lambda d: 1 / (d["near"] + 1),
                    "Here only the entry of lag 30 was cut. Look at the other one: it is above 1 too.",
                ),
                Mistake(
                    lambda d: 1 / 2**0.5,
                    "This divides by the norm of the sum, √2. A share divides by the sum of the norms.",
                ),
            ),
            otherwise="Both entries are above 1. What is left of each?",
        ),
        Choice(
            "For which of these does clipping by entries, to the interval from −1 to 1, *raise* the share of lag 30?",
            options=(
                Option(
                    "$G_0=(5,0)$ and $G_{30}=(0,2)$",
                    "From $\\tfrac27$ to $\\tfrac12$: the larger entry loses more, and here it is that of lag 0.",
                    right=True,
                ),
                Option(
                    "$G_0=(2,0)$ and $G_{30}=(0,5)$",
                    "Here lag 30 has the larger entry, so it loses more: its share falls from $\\tfrac57$.",
                ),
                Option(
                    "$G_0=(0.5,0)$ and $G_{30}=(0,3)$",
                    "The entry of lag 0 is below 1 and stays; only lag 30 is cut.",
                ),
                Option(
                    "For none, since clipping by entries works against long lags",
                    "An entry does not know its lag. It is cut for its size alone.",
                ),
            ),
        ),
    ),
    hints=(
        "Write down the clipped gradient first, then its two parts.",
        "Clipping the norm keeps the direction of a gradient, clipping by entries does not.",
    ),
)


def _last_window(steps: float, window: float) -> float:
    """Return the number of steps in the last window."""
    return steps - window * ((steps - 1) // window)


TRUNCATION = Exercise(
    "ex-rem-truncation",
    printed={"T": 12, "v": 5},
    draw=lambda rng: {"T": int(rng.integers(10, 41)), "v": int(rng.integers(4, 10))},
    questions=(
        Formula(
            "What is $\\partial\\mathcal L/\\partial w$ with no truncation? Write it in `w`, `y` and `T`.",
            variables={"w": (0.5, 1.4), "y": (-2.0, -0.3), "T": (2.0, 8.0)},
            answer="2*(w^T - y)*T*w^(T - 1)",
            mistakes=(
                Mistake(
                    "2*(w^T - y)*w^(T - 1)",
                    "This counts one lag. The weight acts at each of the T steps, and each has its term.",
                ),
                Mistake(
                    "2*(w^T - y)*T*w^T",
                    "One factor $w$ too many: the term of step $k$ is $w^{T-k}$ times the state *before* it, "
                    "$w^{k-1}$.",
                ),
                Mistake(
                    "T*w^(T - 1)",
                    "This is the derivative of $h^{(T)}$. The loss has an outer derivative as well.",
                ),
                Mistake(
                    "2*(w^T - y)",
                    "This is the outer derivative, by $h^{(T)}$. What is the derivative of $h^{(T)}$ by $w$?",
                ),
            ),
            otherwise="$h^{(T)}=w^T$. Use the chain rule, or add the terms of all steps.",
            spellings=("2*T*(w^(2*T - 1) - y*w^(T - 1))",),
        ),
        Number(
            "T = [[T]] steps are cut into windows of [[v]], counted from the first step on. By which factor does "
            "truncation multiply the gradient?",
            answer=lambda d: _last_window(d["T"], d["v"]) / d["T"],
            mistakes=(
                Mistake(
                    lambda d: d["v"] / d["T"],
                    "This takes the last window for a full one. The cuts stand at multiples of the window from the "
                    "first step on: how many steps are left for the last?",
                ),
                Mistake(
                    lambda d: _last_window(d["T"], d["v"]) / d["v"],
                    "This is how full the last window is. The full gradient has a term for each of all the steps.",
                ),
                Mistake(
                    lambda d: (_last_window(d["T"], d["v"]) - 1) / d["T"],
                    "This leaves out the term of step T itself, of lag 0. It is in the window.",
                ),
                Mistake(
                    lambda d: (_last_window(d["T"], d["v"]) + d["v"]) / d["T"],
                    "One window too many: no term reaches back over a cut.",
                ),
            ),
            otherwise="All T terms are equal. Count those whose step lies in the window of step T.",
            spellings=("2/12", "16.67 %"),
        ),
        Choice(
            "Why is the factor the same for every $w$?",
            options=(
                Option(
                    "Each lag contributes the same term, so only their number counts.",
                    "$w^{T-k}w^{k-1}=w^{T-1}$: what a long way back takes, the state at its end has more of, or the "
                    "other way round.",
                    right=True,
                ),
                Option(
                    "Truncation keeps the short lags, and these are the large terms.",
                    "The Jacobian $w^{\\text{lag}}$ depends on the lag, but it is multiplied by the state at the "
                    "other end. Look at the product.",
                ),
                Option(
                    "The states are not cut, so the loss is the same.",
                    "True, and the outer derivative is the same for that. But it says nothing of how many terms, "
                    "and how large, are left out.",
                ),
            ),
        ),
    ),
    hints=(
        "Write the gradient as a sum over the steps $k$ at which the weight acts.",
        "The term of step $k$ is the outer derivative times $w^{T-k}$ times $h^{(k-1)}$.",
    ),
)

EXPLORER = Exercise(
    "ex-rem-explorer",
    printed={"lam": 1.175, "T": 5},
    draw=lambda rng: {"lam": round(float(rng.uniform(1.1, 1.25)), 3), "T": int(rng.integers(4, 13))},
    questions=(
        Choice(
            "When are the two descents the same at every update?",
            options=(
                Option(
                    "When no gradient on the way is longer than the threshold",
                    "Then clipping changes nothing, and by induction the two are at the same place.",
                    right=True,
                ),
                Option(
                    "When the first gradient is not longer than the threshold",
                    "Not enough: at the explorer's own start the first gradient is short. What meets the descents "
                    "later?",
                ),
                Option(
                    "When the learning rate is small enough",
                    "The threshold is compared with the gradient, before the rate multiplies it. Where the first "
                    "gradient is too long, the two part at once, whatever the rate.",
                ),
                Option(
                    "When both end at the same loss",
                    "They may come to the same valley by different ways.",
                ),
            ),
        ),
        Number(
            "On the edge ∂h/∂b at the last step is h⁽⁰⁾(1 − h⁽⁰⁾) times a factor. How large is the factor for "
            "λ = [[lam]] and T = [[T]]?",
            answer=lambda d: (d["lam"] ** d["T"] - 1) / (d["lam"] - 1),
            mistakes=(
                Mistake(
                    lambda d: d["lam"] ** d["T"],
                    "This is the product of the Jacobians: what a change of $h^{(0)}$ does. The bias acts anew at "
                    "each step.",
                ),
                Mistake(
                    lambda d: float(d["T"]),
                    "This adds the bias's effects up as if none grew on its way. Each is multiplied by λ at every "
                    "later step.",
                ),
                Mistake(
                    lambda d: (d["lam"] ** (d["T"] + 1) - 1) / (d["lam"] - 1),
                    "One term too many: the sum goes from $\\lambda^0$ to $\\lambda^{T-1}$, since $h^{(0)}$ is given "
                    "and does not depend on $b$.",
                ),
            ),
            otherwise="Look at {prf:ref}`prop-cliff`. The bias acts at each of the T steps, and each effect is "
            "multiplied by λ at every later one.",
        ),
        Choice(
            "Shortened to five steps, has the loss still a cliff at the edge?",
            options=(
                Option(
                    "The edge is still there, but the loss is not steep on it.",
                    "$h^{(0)}$ is a fixed point for every $T$; what grows with $T$ is the slope, like $\\lambda^T$.",
                    right=True,
                ),
                Option(
                    "No: over five steps $h^{(0)}$ is no fixed point any more.",
                    "A fixed point is one after every number of steps. Which part of {prf:ref}`prop-cliff` has $T$ in it?",
                ),
                Option(
                    "Yes, and it is as steep: λ is the same.",
                    "λ is the factor of *one* step. The slope counts how often it was applied.",
                ),
                Option(
                    "No: over five steps λ falls below 1.",
                    "$\\lambda=w\\,h^{(0)}(1-h^{(0)})$ has no $T$ in it.",
                ),
            ),
        ),
    ),
    hints=(
        "What does clipping do to a gradient that is shorter than the threshold?",
        "In {prf:ref}`prop-cliff` ask of each part whether it depends on $T$.",
    ),
)


def _memory(argument: float) -> float:
    """Return the memory time of a gate with this argument."""
    return 1 / log(1 + exp(-argument))


SENTENCES = Exercise(
    "ex-rem-sentences",
    printed={"b": 1},
    draw=lambda rng: {"b": round(float(rng.uniform(0.4, 1.3)), 2)},
    questions=(
        Number(
            "(a) Somebody codes a gate as ½(tanh x + 1). With bias [[b]], and zero else, what is its memory time?",
            answer=lambda d: _memory(2 * d["b"]),
            mistakes=(
                Mistake(
                    lambda d: _memory(d["b"]),
                    "This is the memory time of a true sigmoid. What is coded is another function: it is σ of what?",
                ),
                Mistake(
                    lambda d: _memory(d["b"] / 2),
                    "The half belongs to the right formula, $\\sigma(x)=\\tfrac12(\\tanh\\tfrac x2+1)$. Here it is "
                    "missing.",
                ),
                Mistake(
                    lambda d: 1 + exp(2 * d["b"]),
                    "This is $1/(1-f)$. It comes near to $-1/\\ln f$ for gates near 1 only.",
                ),
            ),
            otherwise="Compute the gate $f=\\tfrac12(\\tanh b+1)$, then $-1/\\ln f$.",
            spellings=("-1/log((tanh(1) + 1)/2)",),
            unit="steps",
        ),
        Choice(
            "(b) Which sentence about a tanh network is true?",
            options=(
                Option(
                    "With a largest singular value above 1 the gradient may explode, and may vanish too.",
                    "It is necessary for explosion and not sufficient, {prf:ref}`thm-explosion`.",
                    right=True,
                ),
                Option(
                    "It explodes if the spectral radius is above 1 as well.",
                    "An orthogonal matrix with ρ = 1.2 has this radius too, and with the inputs of the solution its "
                    "gradient falls: the slopes are factors as well.",
                ),
                Option(
                    "It cannot explode, since the states lie between −1 and 1.",
                    "Bounded states do not bound derivatives: two near states may move apart until they are of "
                    "order 1.",
                ),
            ),
        ),
        Choice(
            "(c) and (d) Which of these are true?",
            options=(
                Option(
                    "A gradient may be nearly right and have nothing of what the task needs.",
                    "In the recall task the truncated gradient and the full one are equally long to one digit, and the "
                    "weights of the cue get exactly 0.",
                    right=True,
                ),
                Option(
                    "If the gradient falls by a factor $q$ at each step, then over thirty steps more it falls by "
                    "$q^{30}$ more.",
                    "Each further step brings one more factor $q$.",
                    right=True,
                ),
                Option(
                    "A gradient that is wrong by 1 % costs at most 1 % of what is learned.",
                    "The relative error says how long the missing part is, not what it was for.",
                ),
                Option(
                    "What learned 20 steps learns 50 with some more updates.",
                    "With Adam the plain network solved temporal order over 20 steps in 9 of 10 runs, and over 40 "
                    "in 4 of 40. Before training its gradient has a factor for each step.",
                ),
            ),
            several=True,
        ),
    ),
    hints=(
        "For each sentence look for one example against it.",
        "(a) Write tanh with $\\mathrm e^{2x}$. (b) What else is in a Jacobian besides the matrix?",
    ),
)

EXERCISES = (BIAS, CLIP, TRUNCATION, EXPLORER, SENTENCES)
