"""Chapter 10: temporal point processes."""

from math import asin, exp, pi, sqrt

from rnn_exercises.kinds import Before, Choice, Draw, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]


def _faded(d: Draw) -> float:
    """Return the integral of the decay over the wait."""
    return (1 - exp(-d["beta"] * d["wait"])) / d["beta"]


QUIET = Exercise(
    "ex-10-quiet",
    printed={"mu": 0.2, "beta": 1, "now": 2.2, "wait": 2},
    draw=lambda rng: {
        "mu": round(float(rng.uniform(0.1, 0.5)), 1),
        "beta": round(float(rng.uniform(0.6, 2)), 1),
        "now": round(float(rng.uniform(1, 3)), 1),
        "wait": round(float(rng.uniform(0.5, 2)), 1),
    },
    questions=(
        Number(
            "A Hawkes process with μ = [[mu]] and β = [[beta]] has just had an event, and its intensity is now "
            "[[now]]. What will it be after [[wait]] units of time, if nothing happens until then?",
            answer=lambda d: d["mu"] + (d["now"] - d["mu"]) * exp(-d["beta"] * d["wait"]),
            mistakes=(
                Mistake(
                    lambda d: d["now"] * exp(-d["beta"] * d["wait"]),
                    "Here all of the intensity fades, the base rate too. Only what lies *above* μ fades.",
                ),
                Mistake(
                    lambda d: (d["now"] - d["mu"]) * exp(-d["beta"] * d["wait"]),
                    "This is the height above μ.",
                ),
                Mistake(
                    lambda d: d["mu"] + d["now"] * exp(-d["beta"] * d["wait"]),
                    "Now the base rate is counted twice: the given intensity contains it already.",
                ),
            ),
            otherwise="The height of the intensity above μ decays by $e^{-\\beta\\tau}$.",
        ),
        Number(
            "And what is the probability that nothing happens until then?",
            answer=lambda d: exp(-d["mu"] * d["wait"] - (d["now"] - d["mu"]) * _faded(d)),
            mistakes=(
                Mistake(
                    lambda d: exp(-d["now"] * d["wait"]),
                    "This holds the intensity at its first value. It falls, so quiet is more likely.",
                ),
                Mistake(
                    lambda d: exp(-d["now"] * _faded(d)),
                    "Here the intensity fades to 0. It fades to μ, and the base rate charges all the time.",
                ),
                Mistake(
                    lambda d: 1 - exp(-d["mu"] * d["wait"] - (d["now"] - d["mu"]) * _faded(d)),
                    "This is the probability that something happens.",
                ),
                Mistake(
                    lambda d: exp(-d["mu"] * d["wait"]),
                    "This is a Poisson process of rate μ. The event just before has left something.",
                ),
            ),
            otherwise="By {prf:ref}`prop-10-survival` it is the exponential of minus the integral of the intensity, "
            "with the intensity as it is while nothing happens.",
        ),
    ),
    hints=(
        "How does the intensity move while nothing happens? It has a part that stays and a part that fades.",
        "Integrate $\\mu+(\\lambda_0-\\mu)e^{-\\beta\\tau}$ over the wait.",
    ),
)

RATE = Exercise(
    "ex-10-rate",
    printed={"n": 191, "T": 112},
    draw=lambda rng: {"n": int(rng.integers(50, 400)), "T": int(rng.integers(20, 150))},
    questions=(
        Number(
            "[[n]] events came in [[T]] years. Under one constant rate, what is the standard error of the estimated "
            "rate, per year?",
            answer=lambda d: sqrt(d["n"]) / d["T"],
            mistakes=(
                Mistake(lambda d: d["n"] / d["T"], "This is the estimate itself."),
                Mistake(
                    lambda d: sqrt(d["n"] / d["T"]),
                    "This is the standard deviation of the number of events in *one* year. The estimate uses all "
                    "years.",
                ),
                Mistake(
                    lambda d: sqrt(d["n"]),
                    "This is the standard deviation of the *number* of events. The rate is that number divided by "
                    "something.",
                ),
                Mistake(
                    lambda d: 1 / d["T"],
                    "This divides the rate by $n$. Divide it by the root of $n$.",
                ),
            ),
            otherwise="The curvature of the log-likelihood at its maximum is $n/\\hat r^2$. The standard error is one "
            "over its root.",
        ),
        Choice(
            "Why do the times of the events not enter the estimate?",
            options=(
                Option(
                    "Given their number they are uniform in the window, whatever the rate is.",
                    "So the likelihood contains the times through $n$ alone.",
                    right=True,
                ),
                Option(
                    "They are independent of each other.",
                    "Independent numbers may well tell of a parameter. Ask how their distribution, given $n$, depends "
                    "on the rate.",
                ),
                Option(
                    "With many events their effect averages out.",
                    "They do not enter for $n=1$ either: look at $n\\log r-rT$.",
                ),
                Option(
                    "They enter through the survival term only.",
                    "For a constant rate that is $rT$, with the end of the window and no event in it.",
                ),
            ),
        ),
        Choice(
            "What is wrong with this standard error for the coal-mining disasters?",
            options=(
                Option(
                    "It assumes one rate, and the times refute that.",
                    "A standard error is only as good as the process it assumes.",
                    right=True,
                ),
                Option(
                    "Too few events: the formula needs some thousands.",
                    "The number is not small for a single parameter. Ask whether the model fits.",
                ),
                Option(
                    "It is too large, since the times were not used.",
                    "Under this model the times have nothing to add.",
                ),
                Option(
                    "Nothing: maximum likelihood is right for every process.",
                    "The formula comes from the curvature of *one* model's likelihood, and holds as far as the model "
                    "does.",
                ),
            ),
        ),
    ),
    hints=(
        "Write the log-likelihood of a constant rate and differentiate it twice.",
        "$\\log p=n\\log r-rT$. The standard error is $(-\\text{second derivative})^{-1/2}$ at the maximum.",
    ),
)

KERNEL = Exercise(
    "ex-10-kernel",
    printed={"alpha": 0.75, "beta": 2},
    draw=lambda rng: {
        "alpha": round(float(rng.uniform(0.3, 0.9)), 2),
        "beta": round(float(rng.uniform(1.5, 3)), 1),
    },
    questions=(
        Number(
            "Let α = [[alpha]] and β = [[beta]]. How many events does one event set off directly, on average, by "
            "the kernel with β forgotten?",
            answer=lambda d: d["alpha"] / d["beta"],
            mistakes=(
                Mistake(
                    lambda d: d["alpha"],
                    "So many it is with the right kernel. Integrate the one without its factor.",
                ),
                Mistake(
                    lambda d: d["alpha"] * d["beta"],
                    "The integral of $e^{-\\beta t}$ is $1/\\beta$: a faster decay sets off *fewer*.",
                ),
                Mistake(
                    lambda d: d["alpha"] / (1 - d["alpha"]),
                    "This counts all descendants, with the right kernel. Asked are the direct ones.",
                ),
            ),
            otherwise="Integrate $\\alpha e^{-\\beta t}$ from 0 on.",
        ),
        Number(
            "For which β does the mistake do no harm?",
            answer=lambda d: 1.0,
            mistakes=(
                Mistake(
                    lambda d: 0.0,
                    "With a β near 0 the right kernel is nearly 0, and the wrong one is α and hardly fades.",
                ),
                Mistake(
                    lambda d: 1 / d["alpha"],
                    "Here αβ = 1. But α stands in both kernels: compare what differs.",
                ),
            ),
            otherwise="When are $\\alpha\\beta e^{-\\beta t}$ and $\\alpha e^{-\\beta t}$ the same?",
        ),
        Choice(
            "For β = 2, where do the points of the QQ plot go, on the whole?",
            options=(
                Option(
                    "Below the diagonal",
                    "The wrong intensity is too small, so Λ grows too slowly, and the rescaled gaps are too short.",
                    right=True,
                ),
                Option(
                    "Above the diagonal, since with too small an intensity gaps are too long",
                    "The gaps in time are as they were. What is plotted is how much Λ grew over each of them.",
                ),
                Option(
                    "They stay on it, since the clock takes care of the scale",
                    "The clock runs at the speed of the intensity that it is given, and puts no scale right. What does too "
                    "slow a clock make of the gaps?",
                ),
                Option(
                    "Below it for long gaps, above it for short ones",
                    "The wrong intensity is too small (or, before the first event, right) at every time. Can any "
                    "rescaled gap become longer?",
                ),
            ),
        ),
    ),
    hints=(
        "Compare the two kernels: by which factor do they differ?",
        "A rescaled gap is the increase of Λ from one event to the next. What does a smaller intensity do to it?",
    ),
)


def _mean_number(d: Draw) -> float:
    """Return the mean number of events of a Hawkes process that starts from nothing."""
    decay = d["beta"] * (1 - d["alpha"])
    excess = d["alpha"] * d["mu"] / (1 - d["alpha"]) / decay * (1 - exp(-decay * d["T"]))
    return d["mu"] * d["T"] / (1 - d["alpha"]) - excess


MEAN = Exercise(
    "ex-10-mean",
    printed={"mu": 0.4, "alpha": 0.6, "beta": 1.5, "T": 6},
    draw=lambda rng: {
        "mu": round(float(rng.uniform(0.2, 0.8)), 1),
        "alpha": round(float(rng.uniform(0.4, 0.8)), 1),
        "beta": round(float(rng.uniform(1.2, 2.5)), 1),
        "T": int(rng.integers(3, 9)),
    },
    questions=(
        Order(
            "Put the proof that the mean is finite into order.",
            steps=(
                "Stop the process at event $n$: $N_n(t)=\\min(N(t),n)$ has the mean "
                "$A_n(t)=\\mathrm E\\int_0^{\\min(t,t_n)}\\lambda(s)\\,\\mathrm ds\\le n$.",
                "Up to $t_n$ the intensity is at most $\\lambda_0+\\alpha\\beta N_n(s)$.",
                "So $A_n(t)\\le\\int_0^t\\bigl(\\lambda_0+\\alpha\\beta A_n(s)\\bigr)\\,\\mathrm ds$.",
                "By Grönwall's inequality $A_n(t)\\le\\lambda_0(e^{\\alpha\\beta t}-1)/(\\alpha\\beta)$, whatever $n$ is.",
                "Let $n$ grow: by monotone convergence $\\mathrm E\\,N(t)$ has the same bound.",
                "So $N(t)$ is finite with probability 1, and $m(t)\\le\\lambda_0+\\alpha\\beta\\,\\mathrm E\\,N(t)$ is "
                "finite.",
            ),
            rules=(
                Before(0, 2, "Without the stop the mean may be infinite, and the inequality says nothing."),
                Before(
                    1,
                    2,
                    "The inequality puts a bound on the intensity into the integral: where does it come from?",
                ),
                Before(2, 3, "Grönwall needs the inequality with $A_n$ on both sides."),
                Before(3, 4, "The limit needs a bound that does not depend on $n$."),
                Before(4, 5, "That $N(t)$ is finite follows from its mean: the limit comes first."),
            ),
        ),
        Number(
            "Without a past, with μ = [[mu]], α = [[alpha]] and β = [[beta]]: what is the mean number of events up to "
            "time [[T]]?",
            answer=_mean_number,
            mistakes=(
                Mistake(
                    lambda d: d["mu"] * d["T"] / (1 - d["alpha"]),
                    "This takes the rate of the long run from the start on. The process starts from nothing, at μ.",
                ),
                Mistake(
                    lambda d: d["mu"] * d["T"],
                    "These are the events that nothing set off. Each of them sets off others.",
                ),
                Mistake(
                    lambda d: (
                        d["mu"]
                        / (1 - d["alpha"])
                        * (1 - d["alpha"] * exp(-d["beta"] * (1 - d["alpha"]) * d["T"]))
                    ),
                    "This is the mean *intensity* at the end. The number is its integral.",
                ),
                Mistake(
                    lambda d: (
                        (1 - d["alpha"]) * _mean_number(d) + d["alpha"] * d["mu"] * d["T"] / (1 - d["alpha"])
                    ),
                    "The second term has one factor $1-\\alpha$ too few below: the integral of "
                    "$e^{-\\beta(1-\\alpha)t}$ brings another one.",
                ),
            ),
            otherwise="Solve $m'=\\beta\\mu-\\beta(1-\\alpha)m$ with $m(0)=\\mu$ and integrate from 0 to the end.",
        ),
        Formula(
            "For $\\alpha=1$ and $\\lambda_0=\\mu$, what is $m(t)$? Write it in `mu`, `beta` and `t`.",
            variables={"mu": (0.2, 2.0), "beta": (0.5, 3.0), "t": (0.5, 3.0)},
            answer="mu + mu*beta*t",
            mistakes=(
                Mistake("mu", "Then $m'$ would be 0. Put α = 1 into the equation: what is left of it?"),
                Mistake(
                    "mu*exp(beta*t)",
                    "The term with $m$ has the factor $1-\\alpha$, which is 0 now. So nothing grows in proportion to "
                    "itself.",
                ),
                Mistake("mu + beta*t", "The slope is $m'=\\beta\\mu$, not β."),
                Mistake("mu*beta*t", "This starts from 0. The intensity starts from μ."),
            ),
            otherwise="With α = 1 the equation reads $m'=\\beta\\mu$.",
            spellings=("mu*(1 + beta*t)",),
        ),
    ),
    hints=(
        "Stop at event $n$, so that all means are finite, and look for a bound without $n$.",
        "The equation is linear: it has the constant solution $\\mu/(1-\\alpha)$, and the difference from it decays.",
    ),
)

BINS = Exercise(
    "ex-10-bins",
    questions=(
        Formula(
            "Let the rate be a constant λ, and let no event come in $(0,T]$. Then the log-likelihood in steps is "
            "$-\\lambda T$ plus an error. What is the error to first order in ε? Write it in `lambda`, `epsilon` "
            "and `T`.",
            variables={"lambda": (0.5, 2.0), "epsilon": (0.01, 0.2), "T": (2.0, 9.0)},
            answer="-lambda^2*epsilon*T/2",
            mistakes=(
                Mistake(
                    "-lambda^2*epsilon^2/2",
                    "This is the error of *one* step. There are $T/\\varepsilon$ of them.",
                ),
                Mistake(
                    "-lambda*T",
                    "This is the limit itself. Asked is what is left when it is taken away.",
                ),
                Mistake(
                    "-lambda*epsilon*T/2",
                    "The second term of the series of $\\log(1-x)$ is $-x^2/2$, with $x=\\lambda\\varepsilon$: λ is "
                    "squared too.",
                ),
            ),
            otherwise="$\\log(1-x)=-x-x^2/2-\\dots$ with $x=\\lambda\\varepsilon$, added up over $T/\\varepsilon$ "
            "steps.",
        ),
        Choice(
            "How fast does the error vanish, then, for the processes of the exercise?",
            options=(
                Option(
                    "Like the width ε",
                    "Both sums have an error of order ε: λ is read up to ε before an event, and about $T/\\varepsilon$ "
                    "steps are wrong by $\\varepsilon^2$ each.",
                    right=True,
                ),
                Option(
                    "Like $\\varepsilon^2$, since $\\log(1-x)=-x+O(x^2)$",
                    "That is the error of one step, and the number of steps grows like $1/\\varepsilon$.",
                ),
                Option(
                    "Not at all: the error of a step stays and there are ever more steps",
                    "The error of one step is of order $\\varepsilon^2$. Multiply by the number of steps.",
                ),
                Option(
                    "Like $\\sqrt\\varepsilon$, as for sums of random numbers",
                    "Given the events nothing here is random: it is a Riemann sum.",
                ),
            ),
        ),
        Choice(
            "Where does the survival term $-\\Lambda(T)$ come from?",
            options=(
                Option(
                    "From the empty steps, each of which says that no event came",
                    "Each contributes $\\log(1-\\lambda\\varepsilon)\\approx-\\lambda\\varepsilon$, and the sum is an "
                    "integral in the limit.",
                    right=True,
                ),
                Option(
                    "From the steps with an event",
                    "These give $\\log\\lambda(t_j)$ and $\\log\\varepsilon$.",
                ),
                Option(
                    "From $n\\log\\varepsilon$",
                    "This goes to $-\\infty$ for $n>0$ and is taken away. It only changes the unit of the density.",
                ),
                Option(
                    "From the end of the window alone, as nothing came after the last event",
                    "That stretch contributes, and so does every other stretch without an event.",
                ),
            ),
        ),
    ),
    hints=(
        "Take the sum over steps with an event and that over steps without apart.",
        "Expand $\\log(1-\\lambda\\varepsilon)$ to second order, and count the steps.",
    ),
)


def _excess(d: Draw) -> float:
    """Return the area of 1 + sin t above the bound."""
    height = d["bound"] - 1
    return 2 * sqrt(1 - height**2) - height * (pi - 2 * asin(height))


CEILING = Exercise(
    "ex-10-ceiling",
    printed={"bound": 1.5},
    draw=lambda rng: {"bound": round(float(rng.uniform(1.2, 1.7)), 2)},
    questions=(
        Choice(
            "What process comes out?",
            options=(
                Option(
                    "A Poisson process whose rate is cut off at the bound",
                    "Only points under the bound are read, and of these only those under the curve are kept.",
                    right=True,
                ),
                Option(
                    "A Poisson process whose rate is $1+\\sin t$ scaled down until it fits under the bound",
                    "Where the curve lies under the bound, thinning does what it should: nothing is scaled.",
                ),
                Option(
                    "No Poisson process: the missing events leave a dependence behind",
                    "Points in disjoint regions of the plane are independent, and what is kept is again the points of "
                    "a region.",
                ),
                Option(
                    "A Poisson process without events where the curve is above the bound",
                    "There every proposal is kept. How many proposals come there?",
                ),
            ),
        ),
        Number(
            "The bound is [[bound]]. What is the mean number of events in a whole period, from 0 to 2π?",
            answer=lambda d: 2 * pi - _excess(d),
            mistakes=(
                Mistake(
                    lambda d: 2 * pi,
                    "This is the mean without any loss. Where the curve lies above the bound, its tip is cut off.",
                ),
                Mistake(
                    lambda d: 2 * pi * d["bound"],
                    "This is the mean number of *proposals*.",
                ),
                Mistake(
                    lambda d: 2 * pi - _excess(d) - d["bound"] * (pi - 2 * asin(d["bound"] - 1)),
                    "Here all events are lost where the curve lies above the bound. Those under the bound are kept.",
                ),
                Mistake(
                    lambda d: 2 * pi - 2 * sqrt(1 - (d["bound"] - 1) ** 2),
                    "This cuts off all that lies above the height 1 there. Only what lies above the bound is lost.",
                ),
            ),
            otherwise="Integrate the smaller of $1+\\sin t$ and the bound. Where do the two cross?",
            spellings=("2*pi - sqrt(3) + pi/3", "5.598"),
        ),
    ),
    hints=(
        "Think of the darts: which region are the kept ones in?",
        "The curve is above the bound between two times; the area between them is lost.",
    ),
)

EXERCISES = (QUIET, RATE, KERNEL, MEAN, BINS, CEILING)
