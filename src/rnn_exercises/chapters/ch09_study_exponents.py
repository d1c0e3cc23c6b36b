"""Study of chapter 9: when a product of Jacobians grows."""

from math import log, prod

from rnn_exercises.kinds import Before, Choice, Draw, Exercise, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]


def _slopes(d: Draw) -> list[float]:
    return [d["a"], d["b"], d["c"]]


SLOPES = Exercise(
    "ex-09-slopes",
    printed={"rho": 1.2, "a": 0.98, "b": 0.9, "c": 0.6},
    draw=lambda rng: {
        "rho": round(float(rng.uniform(1.1, 2)), 2),
        **{name: round(float(rng.uniform(0.3, 1)), 2) for name in "abc"},
    },
    questions=(
        Number(
            "A tanh network has ρ = [[rho]]. Its largest slopes at three steps are [[a]], [[b]] and [[c]]. What is "
            "the bound on the norm of the product of these three Jacobians?",
            answer=lambda d: d["rho"] ** 3 * prod(_slopes(d)),
            mistakes=(
                Mistake(
                    lambda d: d["rho"] ** 3,
                    "This is [Equation (20)](#eq-20) with γ = 1 for every slope. You know more: the slopes of these "
                    "steps.",
                ),
                Mistake(
                    lambda d: d["rho"] * prod(_slopes(d)),
                    "The matrix stands in each of the three Jacobians, so ρ enters three times.",
                ),
                Mistake(
                    lambda d: (d["rho"] * max(_slopes(d))) ** 3,
                    "True and weaker than need be: this takes the largest slope of all steps for each of them.",
                ),
                Mistake(
                    lambda d: (d["rho"] * min(_slopes(d))) ** 3,
                    "This takes the smallest of the three slopes for each step. A bound from above must not be less than "
                    "what a step can do.",
                ),
            ),
            otherwise="Bound each Jacobian by ρ times the largest slope of its step, then multiply.",
        ),
        Choice(
            "For the network that chapter 9 trains on the text this bound gains little. Why?",
            options=(
                Option(
                    "At each step some unit is near 0, with a slope near 1, and the bound sees this unit alone.",
                    "The other units have smaller slopes, but a diagonal matrix has the norm of its largest entry.",
                    right=True,
                ),
                Option(
                    "Because the influence does not fall in this network.",
                    "Measured, it does: the factor per step is below 1. The bound is what stays above it.",
                ),
                Option(
                    "Because the slopes of tanh can be larger than 1.",
                    "The slope of tanh is $1-h^2$, at most 1. So this bound is never worse than [(20)](#eq-20).",
                ),
                Option(
                    "Because ρ is so large that slopes do not matter.",
                    "They enter as a factor whatever ρ is. Ask how large the *largest* slope of a step is.",
                ),
            ),
        ),
    ),
    hints=(
        "The norm of a diagonal matrix is its largest entry, by size.",
        "Bound $\\|J_j\\|_2$ by the product of the norms of its two factors, as in {prf:ref}`thm-norm-bound`.",
    ),
)

EXPONENTS = Exercise(
    "ex-09-exponents",
    printed={"m": 6, "rho": 1.5, "h": 0.7},
    draw=lambda rng: {
        "m": int(rng.integers(3, 11)),
        "rho": round(float(rng.uniform(1.1, 2)), 2),
        "h": round(float(rng.uniform(0.2, 0.9)), 2),
    },
    questions=(
        Order(
            "Put the steps of the proof into order.",
            steps=(
                "In $J_jQ_{j-1}=Q_jR_j$ the orthogonal matrices have determinant ±1, so $|\\det J_j|=|\\det R_j|$.",
                "A triangular matrix has the product of its diagonal as determinant: "
                "$\\log|\\det R_j|=\\sum_p\\log|(R_j)_{pp}|$.",
                "Average over $j$: the averages add up to the mean of $\\log|\\det J_j|$.",
                "By [(18)](#eq-18) this mean is $\\log|\\det W_h|$ plus the mean sum of the logarithms of the slopes.",
                "For an orthogonal $W_h$ with ρ = 1 the first of these two is 0.",
                "So only the slopes are left, and $\\log(1-h_{j,p}^2)<0$ where a state is not zero: the sum is "
                "negative.",
            ),
            rules=(
                Before(0, 2, "That the averages of $R$ tell of $J$ needs the determinants of both, first."),
                Before(
                    1,
                    2,
                    "The averages are of the diagonal of $R_j$: say first what it has to do with $\\det R_j$.",
                ),
                Before(
                    2,
                    3,
                    "The slopes enter through $\\det J_j$: the mean of its logarithm must stand there first.",
                ),
                Before(3, 4, "Which two? They must be told apart before one of them can be 0."),
                Before(
                    4, 5, "As long as $\\log|\\det W_h|$ is there, the slopes alone do not give the sign."
                ),
            ),
        ),
        Number(
            "A tanh network has [[m]] units and ρ = [[rho]] times an orthogonal matrix. Suppose that all entries of "
            "all its states are [[h]] or −[[h]]. What is the sum of the averages?",
            answer=lambda d: d["m"] * (log(d["rho"]) + log(1 - d["h"] ** 2)),
            mistakes=(
                Mistake(
                    lambda d: log(d["rho"]) + d["m"] * log(1 - d["h"] ** 2),
                    "The determinant of ρ times an orthogonal $m\\times m$ matrix is $\\pm\\rho^m$: ρ counts for "
                    "every unit.",
                ),
                Mistake(
                    lambda d: log(d["rho"]) + log(1 - d["h"] ** 2),
                    "This is one unit's part, the mean exponent. All of them add up.",
                ),
                Mistake(
                    lambda d: d["m"] * log(1 - d["h"] ** 2),
                    "This is right for ρ = 1. Here the determinant of the matrix is not ±1.",
                ),
                Mistake(
                    lambda d: d["m"] * (log(d["rho"]) + log(1 - d["h"])),
                    "The slope of tanh at a state $h$ is $1-h^2$, not $1-h$.",
                ),
            ),
            otherwise="$\\log|\\det W_h|$ plus the sum over all units of $\\log(1-h^2)$.",
        ),
        Choice(
            "For ρ = 1, orthogonal: must the sum of the *limits* be negative too, if a state is not zero?",
            options=(
                Option(
                    "No: if the states tend to zero, so does the mean logarithm of the slopes.",
                    "$W_h=I$ with no input is an example.",
                    right=True,
                ),
                Option(
                    "Yes: it is the limit of negative numbers.",
                    "The limit of negative numbers can be 0.",
                ),
                Option(
                    "Yes: tanh makes every vector shorter, so volumes shrink at a fixed rate.",
                    "They shrink at every step with a state that is not zero, but how fast depends on the state. "
                    "What if it goes to zero?",
                ),
                Option(
                    "No: it can even be positive.",
                    "Over finitely many steps the sum is at most 0, so its limit is too.",
                ),
            ),
        ),
    ),
    hints=(
        "Take determinants of $J_jQ_{j-1}=Q_jR_j$.",
        "$\\det J_j$ is the product of the slopes times $\\det W_h$. What is $|\\det W_h|$ if $W_h$ is orthogonal?",
    ),
)

EXERCISES = (SLOPES, EXPONENTS)
