"""Study of chapter 9R: the GRU."""

from rnn_exercises.kinds import Choice, Exercise, Formula, Mistake, Number, Option

__all__ = ["EXERCISES"]

RESET = Exercise(
    "ex-rem-reset",
    printed={"u": 2, "a": 0.4, "b": 0.5, "r": 0.9, "s": 0.3},
    draw=lambda rng: {
        "u": int(rng.integers(2, 6)),
        **{name: round(float(rng.uniform(0.1, 0.9)), 1) for name in "abrs"},
    },
    questions=(
        Number(
            "Two units; the recurrent matrix of the candidate has the rows 1, [[u]] and 0, 1. The state is "
            "h = ( [[a]], [[b]] ) and the reset gate r = ( [[r]], [[s]] ). By how much is the first entry of **v** "
            "larger (negative: smaller) if the gate acts *after* the product than if it acts before?",
            answer=lambda d: d["u"] * d["b"] * (d["r"] - d["s"]),
            mistakes=(
                Mistake(
                    lambda d: d["u"] * d["b"] * d["r"],
                    "This leaves out what the gate lets through *before* the product: the second state with its own "
                    "share.",
                ),
                Mistake(
                    lambda d: d["u"] * d["a"] * (d["r"] - d["s"]),
                    "The second entry of a row meets the second state.",
                ),
                Mistake(
                    lambda d: d["u"] * (d["r"] - d["s"]),
                    "The two gates are compared, but the state that they act on is missing.",
                ),
                Mistake(
                    lambda d: (d["a"] + d["u"] * d["b"]) * (d["r"] - d["s"]),
                    "The first state meets the first gate in both conventions: its parts cancel.",
                ),
            ),
            otherwise="Write out $r_1(u_{11}h_1+u_{12}h_2)$ and $u_{11}r_1h_1+u_{12}r_2h_2$ and subtract.",
        ),
        Choice(
            "For which $\\mathbf U_n$ do the two conventions agree in one step, whatever the input and the state?",
            options=(
                Option(
                    "For diagonal ones, and for no others",
                    "An entry off the diagonal carries state $b$ to unit $a$; the one convention takes it with $r_b$, "
                    "the other with $r_a$, and some input makes these two differ.",
                    right=True,
                ),
                Option(
                    "For multiples of the identity, and for no others",
                    "These agree, and others do too: compare what each unit's own gate does to its own state.",
                ),
                Option(
                    "For symmetric ones",
                    "With a symmetric $\\mathbf U_n$ unit $a$ still sees state $b$ through another gate than its own.",
                ),
                Option(
                    "For all, since both multiply by $\\mathbf r$ once",
                    "Once each, but in another place: the one scales the columns of $\\mathbf U_n$, the other its "
                    "rows.",
                ),
            ),
        ),
    ),
    hints=(
        "As $1-\\mathbf z>0$ and tanh is one to one, compare the two arguments of tanh.",
        "Entry $a$ of the difference is $\\sum_b(\\mathbf U_n)_{ab}(r_a-r_b)h_b$. Which terms are zero for every "
        "$\\mathbf r$?",
    ),
)

GRU = Exercise(
    "ex-rem-gru",
    printed={"r": 0.5, "z": 0.6},
    draw=lambda rng: {
        "r": round(float(rng.uniform(0.2, 0.8)), 2),
        "z": round(float(rng.uniform(0.3, 0.9)), 2),
    },
    questions=(
        Formula(
            "What is the Jacobian at $h=0$? Write it in `z`, `r` and `w`.",
            variables={"z": (0.1, 0.9), "r": (0.1, 0.9), "w": (1.0, 6.0)},
            answer="z + (1 - z)*r*w",
            mistakes=(
                Mistake(
                    "1 - z + z*r*w",
                    "In this book $z$ is the share of the old state that is *kept*; the candidate gets $1-z$.",
                ),
                Mistake("z + (1 - z)*w", "The reset gate multiplies what the candidate sees of the state."),
                Mistake("z + r*w", "The candidate fills up the rest only: it comes with a factor."),
                Mistake(
                    "z",
                    "This is the direct path, with the candidate held fixed. The candidate depends on the state "
                    "too.",
                ),
                Mistake(
                    "(1 - z)*r*w",
                    "This is the way through the candidate. The old state has a direct way too.",
                ),
            ),
            otherwise="Differentiate $z\\,h+(1-z)\\tanh(r\\,w\\,h)$ at $h=0$, with constant gates.",
            spellings=("z + r*w - z*r*w", "1 + (1 - z)*(r*w - 1)"),
        ),
        Number(
            "The gates are held at r = [[r]] and z = [[z]]. Above which w > 0 does the gradient explode?",
            answer=lambda d: 1 / d["r"],
            mistakes=(
                Mistake(
                    lambda d: 1 / ((1 - d["z"]) * d["r"]),
                    "Here the way through the candidate alone has the factor 1. The direct way adds z, so less is "
                    "enough.",
                ),
                Mistake(
                    lambda d: (1 + d["z"]) / ((1 - d["z"]) * d["r"]),
                    "This is the size of the *negative* $w$ at which $\\lambda=-1$. For $w>0$ set $\\lambda=1$.",
                ),
                Mistake(
                    lambda d: 1.0, "The candidate sees the state through the reset gate: $w$ comes with r."
                ),
                Mistake(
                    lambda d: (1 - d["z"]) / d["r"],
                    "The condition is $(1-z)\\,r\\,w>1-z$: divide by $1-z$ on both sides.",
                ),
            ),
            otherwise="For which $w$ is $z+(1-z)\\,r\\,w=1$?",
        ),
        Choice(
            "States that start between −1 and 1 stay there. Why does this not contradict the explosion?",
            options=(
                Option(
                    "A bound on states is none on derivatives: near states may move apart until they are of order 1.",
                    "That is what an unstable fixed point does.",
                    right=True,
                ),
                Option(
                    "For large $w$ the states do leave this interval.",
                    "{prf:ref}`prop-gru-path` holds for every $w$: a state is a mean of the last state and a number "
                    "between −1 and 1.",
                ),
                Option(
                    "The gradient along the path is a product of update gates, so it does not explode in truth.",
                    "It is such a product with the candidates *held fixed*. The whole derivative has the way through "
                    "them too.",
                ),
                Option(
                    "The state 0 is never reached, so its Jacobian does not matter.",
                    "A path may start there, and then it stays. And near it the Jacobian is nearly the same.",
                ),
            ),
        ),
    ),
    hints=(
        "With constant gates the step is $h\\mapsto z\\,h+(1-z)\\tanh(r\\,w\\,h)$.",
        "Subtract 1 from λ and take out the factor $1-z$.",
    ),
)

EXERCISES = (RESET, GRU)
