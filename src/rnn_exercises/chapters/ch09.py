"""Chapter 9: vanishing and exploding gradients."""

from math import ceil, floor, log

from rnn_exercises.kinds import Before, Choice, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]


def _first_lag(base: float, level: float) -> int:
    """Return the first lag at which a power is below a level."""
    return floor(log(level) / log(base)) + 1


LAG = Exercise(
    "ex-09-lag",
    printed={"rho": 0.95, "percent": 1},
    draw=lambda rng: {"rho": round(rng.uniform(0.8, 0.97), 2), "percent": int(rng.integers(1, 6))},
    questions=(
        Number(
            "A tanh network has ρ = [[rho]]. What is the first lag at which the influence is below "
            "[[percent]] % for certain?",
            answer=lambda d: _first_lag(d["rho"], d["percent"] / 100),
            mistakes=(
                Mistake(
                    lambda d: floor(log(d["percent"] / 100) / log(d["rho"])),
                    "At this lag the bound is still above the level: round up, not down.",
                ),
                Mistake(
                    lambda d: _first_lag(d["rho"] / 4, d["percent"] / 100),
                    "This is the lag for the sigmoid, whose slope is at most ¼. The slope of tanh is at most γ = 1.",
                ),
                Mistake(
                    lambda d: ceil(round((1 - d["percent"] / 100) / (1 - d["rho"]), 9)),
                    "Here each step takes away the same amount. It takes away the same *share*: the influence is "
                    "multiplied by ρ, so its logarithm falls in equal steps.",
                ),
            ),
            otherwise="The influence is at most $(\\gamma\\rho)^{\\ell}$, [Equation (20)](#eq-20). Set this equal "
            "to the level and solve for the lag ℓ with logarithms.",
            tolerance=0,
            unit="steps",
            spellings=("90 steps", "90.0"),
        ),
        Number(
            "And for a network of logistic sigmoids with the same ρ = [[rho]]?",
            answer=lambda d: _first_lag(d["rho"] / 4, d["percent"] / 100),
            mistakes=(
                Mistake(
                    lambda d: floor(log(d["percent"] / 100) / log(d["rho"] / 4)),
                    "At this lag the bound is still above the level: round up, not down.",
                ),
                Mistake(
                    lambda d: _first_lag(d["rho"], d["percent"] / 100),
                    "This uses γ = 1, the steepest slope of tanh. For the sigmoid γ = ¼.",
                ),
                Mistake(
                    lambda d: _first_lag(d["rho"] / 2, d["percent"] / 100),
                    "This takes γ = ½, which is the sigmoid's *value* at 0. Its slope there is ½ · ½ = ¼.",
                ),
                Mistake(
                    lambda d: ceil(_first_lag(d["rho"], d["percent"] / 100) / 4),
                    "A quarter of the slope is not a quarter of the lag: the slope enters each factor of the "
                    "product.",
                ),
            ),
            otherwise="Use the same inequality with $\\gamma = \\tfrac14$.",
            tolerance=0,
            unit="steps",
        ),
    ),
    hints=(
        "The bound is $(\\gamma\\rho)^{\\ell}$. What is γ for tanh?",
        "Set $(\\gamma\\rho)^{\\ell}$ below the level, which is [[percent]]/100, and solve for ℓ. Both logarithms are negative, "
        "so the sign of the inequality turns when you divide.",
    ),
)

SIGMOID = Exercise(
    "ex-09-sigmoid",
    questions=(
        Number(
            "What is the largest ρ for which no sigmoid network can explode?",
            answer=lambda d: 1 / 0.25,
            mistakes=(
                Mistake(
                    lambda d: 1.0,
                    "This is the border for tanh, whose steepest slope is 1. The border is γρ = 1.",
                ),
                Mistake(lambda d: 0.25, "This is γ itself. The border is γρ = 1, so ρ = 1/γ."),
                Mistake(
                    lambda d: 2.0,
                    "This would be right for a steepest slope of ½. The sigmoid's slope is "
                    "$\\sigma(1 - \\sigma)$, at most ½ · ½.",
                ),
            ),
            otherwise="Explosion is impossible while γρ ≤ 1, {prf:ref}`thm-explosion`.",
            spellings=("1/0.25", "2^2"),
        ),
        Number(
            "Let $W_h = 4.4\\,I$. Which bias of every unit makes $h = \\tfrac12$ a fixed point?",
            answer=lambda d: -4.4 / 2,
            mistakes=(
                Mistake(lambda d: 4.4 / 2, "With this bias the pre-activation is 4.4; it should be 0."),
                Mistake(
                    lambda d: -4.4 / 4,
                    "¼ is the slope at the fixed point. What meets the matrix is its value, ½.",
                ),
                Mistake(
                    lambda d: -4.4, "With this bias the pre-activation at ½ is −2.2, and σ(−2.2) is 0.1."
                ),
            ),
            otherwise="$\\sigma(0) = \\tfrac12$. So which bias makes $4.4\\cdot\\tfrac12 + b$ zero?",
            spellings=("-4.4/2", "−2.2"),
        ),
    ),
    hints=(
        "What is the steepest slope of the sigmoid, and where is it?",
        "The units must stay where the slope is steepest: at pre-activation 0, where the state is ½.",
    ),
)

BELOW = Exercise(
    "ex-09-below",
    questions=(
        Order(
            "Put the steps of the proof into order.",
            steps=(
                "$\\|W_h u\\|_2 \\ge \\sigma_{\\min}\\|u\\|_2$ for every $u$, by the definition of the smallest "
                "singular value.",
                "A diagonal matrix with entries of size at least $c$ leaves a vector at least $c$ times its length.",
                "So one Jacobian leaves $u$ at least $c\\,\\sigma_{\\min}$ times its length.",
                "Apply this to $u = v$, then to $u = J_{i+1}v$, and so on, $t - i$ times.",
                "The product leaves $v$ at least $(c\\,\\sigma_{\\min})^{t-i}$ times its length.",
            ),
            rules=(
                Before(
                    0, 2, "What one Jacobian does follows from both of its factors, the matrix first of all."
                ),
                Before(
                    1, 2, "What one Jacobian does follows from both of its factors: the slopes belong to it."
                ),
                Before(2, 3, "Before one step can be repeated it must be proved."),
                Before(3, 4, "The power is what the repetition gives: it comes last."),
            ),
        ),
        Choice(
            "What follows for an orthogonal $W_h$ with ρ = 1 and slopes between 0.5 and 1?",
            options=(
                Option(
                    "No direction fades faster than $0.5^{\\ell}$, and none grows.",
                    "$\\sigma_{\\min} = 1$ and $c = 0.5$ bound every direction from below, γρ = 1 from above.",
                    right=True,
                ),
                Option(
                    "Every direction fades exactly like $0.5^{\\ell}$.",
                    "That is only the worst case: where the slopes are 1, nothing fades.",
                ),
                Option(
                    "Nothing fades, because the matrix keeps every length.",
                    "The matrix does; the slopes come after it, and they may be smaller than 1.",
                ),
                Option(
                    "The same as for tanh.",
                    "The slope of tanh comes as near to 0 as one likes, so no such $c$ exists for it.",
                ),
            ),
        ),
    ),
    hints=(
        "A Jacobian is a product of two factors. What does each do to the length of a vector at least?",
        "Bound one step from below, then apply the bound to each step in turn.",
    ),
)

PEAK = Exercise(
    "ex-09-peak",
    printed={"lam": 0.9},
    draw=lambda rng: {"lam": round(rng.uniform(0.55, 0.97), 2)},
    questions=(
        Formula(
            "What is the entry of $W^{\\ell}$ in the upper right corner? Write it in `lambda`, `b` and `l` (for "
            "the lag ℓ).",
            variables={"lambda": (0.3, 0.95), "b": (0.5, 3.0), "l": (2.0, 9.0)},
            answer="l*lambda^(l - 1)*b",
            mistakes=(
                Mistake(
                    "l*lambda^l*b", "One factor λ too many: of the ℓ factors one is $bN$, so ℓ − 1 are λ."
                ),
                Mistake(
                    "b^l", "The entry of a power is not the power of the entry: the two parts of $W$ mix."
                ),
                Mistake(
                    "lambda^(l - 1)*b",
                    "This counts one place for the factor $bN$. It can stand at each of ℓ places.",
                ),
                Mistake(
                    "l*lambda^(l - 1)*b^l",
                    "$N^2 = 0$: only products with one factor $bN$ are left, so $b$ occurs once.",
                ),
            ),
            otherwise="Write $W = \\lambda I + bN$ with $N^2 = 0$ and use the binomial theorem.",
            spellings=("b*l*lambda**(l-1)", "l*b*exp((l-1)*log(lambda))"),
        ),
        Number(
            "For λ = [[lam]]: at which lag is this entry largest? If two lags tie, give the smaller one.",
            answer=lambda d: ceil(round(d["lam"] / (1 - d["lam"]), 9)),
            mistakes=(
                Mistake(
                    lambda d: 1 / (1 - d["lam"]),
                    "This is 1/(1 − λ). The quotient $(\\ell+1)\\lambda/\\ell$ is 1 at ℓ = λ/(1 − λ). Where that is a "
                    "whole number two lags tie, and the smaller one is asked.",
                ),
                Mistake(
                    lambda d: -1 / log(d["lam"]),
                    "Here the smooth curve $x\\lambda^{x}$ is highest. Lags are whole numbers: compare neighbours.",
                ),
            ),
            otherwise="From ℓ to ℓ + 1 the entry is multiplied by $(\\ell+1)\\lambda/\\ell$. Until when is this "
            "above 1?",
            tolerance=0,
        ),
        Choice(
            "Two lags tie for this entry. At which of them is the *norm* of $W^{\\ell}$ larger?",
            options=(
                Option(
                    "At the earlier one",
                    "The entries on the diagonal are $\\lambda^{\\ell}$, larger at the earlier lag, and with them "
                    "grows the largest singular value.",
                    right=True,
                ),
                Option(
                    "At the later one, for it had one step more to grow",
                    "The corner is the same at both. What else is in the matrix, and does it grow or fall?",
                ),
                Option(
                    "At neither: the norm is the corner's size",
                    "The corner is a bound from below. The norm counts the diagonal too.",
                ),
            ),
        ),
    ),
    hints=("$W = \\lambda I + bN$, and $N^2 = 0$.", "Compare the entry at ℓ + 1 with the entry at ℓ."),
)

EXPLORER = Exercise(
    "ex-09-explorer",
    printed={"gamma": 2, "scale": 0.5},
    draw=lambda rng: {
        "gamma": round(float(rng.uniform(0.6, 2)), 1),
        "scale": round(float(rng.uniform(0.3, 1)), 1),
    },
    questions=(
        Choice(
            "With input scale 0 you move along the hyperbola γρ = 1.2. What happens to the measured norm, and why?",
            options=(
                Option(
                    "It stays, because without inputs only the product γρ matters.",
                    "That is {prf:ref}`prop-only-product`.",
                    right=True,
                ),
                Option(
                    "It stays, because the bound stays.",
                    "The bound stays for every input scale, and the norm does not: look again with input scale 1.",
                ),
                Option(
                    "It falls for large γ, because the units saturate.",
                    "With inputs they do. Without inputs a larger γ with a smaller ρ is the same network in other units.",
                ),
                Option(
                    "It grows with ρ, because ρ is the factor per step.",
                    "The factor per step is the slope times ρ, and the slope has γ in it.",
                ),
            ),
        ),
        Choice(
            "Now with input scale 0.5, from γ = 0.6, ρ = 2 to γ = 2, ρ = 0.6 along the same hyperbola. What happens "
            "to the norm after 60 steps?",
            options=(
                Option(
                    "It falls, by several powers of ten",
                    "The inputs act with γ times their size, the units saturate, and their slopes lie further below "
                    "γ.",
                    right=True,
                ),
                Option(
                    "It stays, because γρ stays",
                    "The bound stays. {prf:ref}`prop-only-product` says what else the Jacobians depend on when "
                    "there are inputs.",
                ),
                Option(
                    "It rises, because the slope of tanh(γa) is steeper",
                    "It is steeper at 0, and ρ is smaller in the same measure. What changes is how far from 0 the "
                    "units work.",
                ),
                Option(
                    "It stays above 1: with γρ > 1 the gradient explodes",
                    "γρ > 1 only says that the *bound* grows. It is no bound from below.",
                ),
            ),
        ),
        Number(
            "You have γ = [[gamma]] with γρ = 1.2 and input scale [[scale]]. Then you set γ = 1 and ρ = 1.2. Which "
            "input scale gives the same norm at every lag?",
            answer=lambda d: d["gamma"] * d["scale"],
            mistakes=(
                Mistake(
                    lambda d: d["scale"],
                    "With this input scale the products γρ agree and the inputs do not: γ multiplies them too.",
                ),
                Mistake(
                    lambda d: d["scale"] / d["gamma"],
                    "The wrong way round. A smaller γ makes the inputs act *less*, a larger one more. Which way must their "
                    "scale go to make up for it?",
                ),
                Mistake(
                    lambda d: 1.2 * d["scale"],
                    "This multiplies the inputs by γρ. The argument of tanh is $\\gamma(W_hh+u)$: what multiplies "
                    "$u$?",
                ),
            ),
            otherwise="Write the argument of tanh as $(\\gamma W_h)h+\\gamma u$ and keep both parts.",
        ),
    ),
    hints=(
        "A bound from above says nothing of how small the norm can be.",
        "Multiply γ into the bracket of $\\tanh\\bigl(\\gamma(W_hh_{t-1}+u_t)\\bigr)$.",
    ),
)

EXERCISES = (LAG, SIGMOID, BELOW, PEAK, EXPLORER)
