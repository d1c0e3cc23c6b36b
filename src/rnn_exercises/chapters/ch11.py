"""Chapter 11: neural point processes."""

from math import ceil, exp, log, log2

import numpy as np

from rnn_exercises.kinds import Before, Choice, Draw, Exercise, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]

HALF = Exercise(
    "ex-11-half",
    printed={"half": 30, "gap": 4},
    draw=lambda rng: {"half": int(rng.integers(20, 121)), "gap": int(rng.integers(3, 16))},
    questions=(
        Number(
            "An effect is halved in [[half]] seconds. Which β is that, per second?",
            answer=lambda d: log(2) / d["half"],
            mistakes=(
                Mistake(
                    lambda d: 1 / d["half"],
                    "With this β the share 1/e is left after that time. One half shall be left.",
                ),
                Mistake(
                    lambda d: 0.5 / d["half"],
                    "Here the effect falls on a straight line. It falls by the same *share* in each second.",
                ),
                Mistake(
                    lambda d: 2 ** (-1 / d["half"]),
                    "This is the factor per second, $e^{-\\beta}$. Asked is β.",
                ),
            ),
            otherwise="Solve $e^{-\\beta\\tau}=\\tfrac12$ for β.",
        ),
        Number(
            "Trades come every [[gap]] seconds on average. Which γρ per event is comparable?",
            answer=lambda d: 2 ** (-d["gap"] / d["half"]),
            mistakes=(
                Mistake(
                    lambda d: 1 - d["gap"] / (2 * d["half"]),
                    "Here half of the effect is taken away evenly over the half-life. It decays exponentially.",
                ),
                Mistake(
                    lambda d: exp(-d["gap"] / d["half"]),
                    "This takes the half-life for the time constant $1/\\beta$.",
                ),
                Mistake(
                    lambda d: 2 ** (-1 / d["half"]),
                    "This is the factor of one second. From one trade to the next it takes longer.",
                ),
            ),
            otherwise="What is left of the Hawkes state over one gap, $e^{-\\beta\\Delta}$?",
            tolerance=0.003,
        ),
        Number(
            "After how many trades has an RNN at that bound 1 % left, or less?",
            answer=lambda d: ceil(d["half"] * log2(100) / d["gap"]),
            mistakes=(
                Mistake(
                    lambda d: ceil(log2(100)),
                    "So many *half-lives* it takes. A trade is less than a half-life.",
                ),
                Mistake(
                    lambda d: ceil(d["half"] * log2(100)),
                    "These are seconds. An RNN counts trades.",
                ),
                Mistake(
                    lambda d: ceil(d["half"] * log(100) / d["gap"]),
                    "Here the half-life is taken for $1/\\beta$.",
                ),
            ),
            otherwise="For which $n$ is $(\\gamma\\rho)^n\\le0.01$? Round up.",
            tolerance=0,
            unit="trades",
        ),
    ),
    hints=(
        "Half-life and β: $e^{-\\beta\\tau}=\\tfrac12$.",
        "One per cent is left after $\\ln100/\\beta$ seconds. How many gaps are that?",
    ),
)


def _next(rng: np.random.Generator) -> Draw:
    w = -round(float(rng.uniform(0.3, 1)), 2)
    return {"o": round(log(float(rng.uniform(1.2, 2)) * -w), 2), "w": w}


def _gap(d: Draw, hazard: float) -> float:
    """Return the gap at which the cumulative hazard has a value."""
    return log(1 + d["w"] * exp(-d["o"]) * hazard) / d["w"]


def _never(d: Draw) -> float:
    """Return the probability that no further event comes."""
    return exp(exp(d["o"]) / d["w"])


NEXT = Exercise(
    "ex-11-next",
    printed={"o": -0.2, "w": -0.5},
    draw=_next,
    questions=(
        Number(
            "After an event a fitted RMTPP has o₀ = [[o]], and its w is [[w]]. What is its hazard just after the "
            "event?",
            answer=lambda d: exp(d["o"]),
            mistakes=(
                Mistake(
                    lambda d: d["o"],
                    "The network gives the *logarithm* of the hazard just after the event.",
                ),
                Mistake(
                    lambda d: exp(d["o"] + d["w"]),
                    "This is the hazard one unit of time later.",
                ),
            ),
            otherwise="Put τ = 0 into the hazard of {prf:ref}`def-11-rmtpp`.",
        ),
        Number(
            "With which probability does no further event come?",
            answer=_never,
            mistakes=(
                Mistake(
                    lambda d: 1 - _never(d),
                    "This is the probability that one comes.",
                ),
                Mistake(
                    lambda d: exp(1 / d["w"]),
                    "Here the hazard starts from 1. The factor $e^{o}$ is missing.",
                ),
                Mistake(
                    lambda d: exp(-exp(d["o"])),
                    "This would be the probability of one quiet unit of time at a constant hazard. The hazard falls, "
                    "and goes on for ever.",
                ),
            ),
            otherwise="$e^{-L(\\infty)}$, where $L(\\infty)$ is the integral of the hazard over all times.",
        ),
        Number(
            "What is the median of the next gap, if *never* counts as longest?",
            answer=lambda d: _gap(d, log(2)),
            mistakes=(
                Mistake(
                    lambda d: exp(-d["o"]) * log(2),
                    "This is right for a constant hazard, w = 0. A falling one makes the gap longer.",
                ),
                Mistake(
                    lambda d: _gap(d, 0.5),
                    "Here $L=\\tfrac12$. The gap exceeds the median with probability ½: which $L$ has "
                    "$e^{-L}=\\tfrac12$?",
                ),
                Mistake(
                    lambda d: _gap(d, 1),
                    "Here $L=1$, the mean of the exponential $E$. Its median is another number.",
                ),
                Mistake(
                    lambda d: _gap(d, -log((1 + _never(d)) / 2)),
                    "This is the median of the gaps that *end*. Here those that never end count too.",
                ),
            ),
            otherwise="Solve $e^{-L(\\tau)}=\\tfrac12$ with the $L$ of {prf:ref}`prop-11-rmtpp`.",
        ),
    ),
    hints=(
        "The hazard is $e^{o+w\\tau}$, and $L$ is its integral from 0 on.",
        "$L(\\tau)=e^{o}(e^{w\\tau}-1)/w$. Silence has the probability $e^{-L}$.",
    ),
)

FLOOR = Exercise(
    "ex-11-floor",
    questions=(
        Order(
            "Put the steps of the proof into order. (Two threads: the next event, and the bounded window. Either may "
            "come first.)",
            steps=(
                "$L(\\tau)\\ge\\nu\\tau$ grows without bound.",
                "So $S(\\tau)=e^{-L(\\tau)}$ tends to 0.",
                "By {prf:ref}`prop-10-survival` another event comes, with probability 1.",
                "The entries of $\\mathbf h^{(j)}$ lie in $(-1,1)$ and $w<0$, so the intensity is at most "
                "$C=\\nu+e^{M}$.",
                "By {prf:ref}`thm-10-thinning` the process is what thinning keeps of a Poisson process of rate $C$.",
                "That one has finitely many events in a bounded window.",
            ),
            rules=(
                Before(0, 1, "Why does the survival function tend to 0? Say first what the exponent does."),
                Before(
                    1,
                    2,
                    "That an event comes for certain means that silence has probability 0: show this first.",
                ),
                Before(3, 4, "Thinning needs a bound above the intensity, and one number for all times."),
                Before(
                    4, 5, "Which one? The Poisson process must be there before its events can be counted."
                ),
            ),
        ),
        Choice(
            "Which step in the proof of {prf:ref}`prop-11-dies` is the first to fail now?",
            options=(
                Option(
                    "That after every event silence has a probability of at least some $p>0$",
                    "Its probability is 0 now.",
                    right=True,
                ),
                Option(
                    "That $o_0^{(j)}\\le M$",
                    "This comes from $\\phi=\\tanh$ and still holds. The proof of the bounded window needs it.",
                ),
                Option(
                    "That $(1-p)^n$ tends to 0",
                    "For a $p>0$ it does. Is there one?",
                ),
                Option(
                    "That the falling part has a finite integral",
                    "It still has, since $w<0$. But it is not all of the hazard any more.",
                ),
            ),
        ),
        Choice(
            "How do you draw a gap?",
            options=(
                Option(
                    "Draw an exponential gap of mean $1/\\nu$ and one of the RMTPP, and take the smaller.",
                    "Both must survive, and independent survivals multiply: $S=e^{-\\nu\\tau}S_{\\text{RMTPP}}$.",
                    right=True,
                ),
                Option(
                    "Draw both and add them, since the hazards are added.",
                    "The sum of two gaps is longer than each. A larger hazard makes the gap *shorter*.",
                ),
                Option(
                    "Draw both and take the larger, since the RMTPP's may be infinite.",
                    "Then the gap could be infinite again. Which of two clocks that run at once rings first?",
                ),
                Option(
                    "Toss a fair coin which of the two to draw.",
                    "Then the survival function is the mean of the two. Here it is their product.",
                ),
            ),
        ),
    ),
    hints=(
        "Integrate the new hazard. What does the floor add to $L$, and what to $S$?",
        "For the window look for one number that lies above the intensity at all times.",
    ),
)

RESIDUAL = Exercise(
    "ex-11-residual",
    printed={"n": 500, "expected": 400},
    draw=lambda rng: {"n": int(rng.integers(20, 80)) * 10, "expected": int(rng.integers(20, 80)) * 10},
    questions=(
        Number(
            "A model expects [[expected]] events in the window, and [[n]] came. By how many nats does the "
            "log-likelihood rise if its intensity gets the best factor c?",
            answer=lambda d: d["n"] * log(d["n"] / d["expected"]) - (d["n"] - d["expected"]),
            mistakes=(
                Mistake(
                    lambda d: d["n"] * log(d["n"] / d["expected"]),
                    "The survival term is missing: with another factor Λ(T) changes too.",
                ),
                Mistake(
                    lambda d: d["n"] * log(d["n"] / d["expected"]) + (d["n"] - d["expected"]),
                    "The change of the survival term has the wrong sign: it stands with a minus in the "
                    "log-likelihood.",
                ),
                Mistake(
                    lambda d: log(d["n"] / d["expected"]) - (d["n"] - d["expected"]),
                    "The logarithm of c is gained once for *each* event.",
                ),
                Mistake(
                    lambda d: d["n"] / d["expected"],
                    "This is the factor c. Put it into the log-likelihood.",
                ),
            ),
            otherwise="The log-likelihood changes by $n\\log c-(c-1)\\Lambda_0(T)$. Which $c$ is best?",
        ),
        Choice(
            "A Hawkes process has no parameter called c. Why does $\\Lambda(T)=n$ hold for a fitted one all the same?",
            options=(
                Option(
                    "Scaling μ and α together scales the whole intensity.",
                    "At the maximum the derivative in this direction is zero too.",
                    right=True,
                ),
                Option(
                    "Scaling μ scales the whole intensity.",
                    "It leaves the sum over the past as it was.",
                ),
                Option(
                    "Scaling β scales the whole intensity.",
                    "β stands in the exponent too: another β is another shape. And μ stays.",
                ),
                Option(
                    "It holds for every maximum of every likelihood.",
                    "It needs a direction in which the parameters multiply the intensity by a constant. Some models "
                    "have none.",
                ),
            ),
        ),
        Choice(
            "Which change of the parameters multiplies the intensity of the RMTPP by c, after every history?",
            options=(
                Option(
                    "Adding $\\ln c$ to the bias $b_0$",
                    "It adds $\\ln c$ to every $o_0^{(j)}$, and the intensity is an exponential of that.",
                    right=True,
                ),
                Option(
                    "Multiplying $b_0$ by $c$",
                    "The bias stands in an exponent: a factor in front of the exponential is a sum there.",
                ),
                Option(
                    "Adding $\\ln c$ to $w$",
                    "$w$ is multiplied by τ: this changes the shape within a gap.",
                ),
                Option(
                    "Multiplying the row of $\\mathbf W_{yh}$ that makes $o_0$ by $c$",
                    "This changes $o_0$ by an amount that depends on the history.",
                ),
            ),
        ),
    ),
    hints=(
        "Write the log-likelihood with the factor $c$ and differentiate by $c$.",
        "$n\\log c+\\sum\\log\\lambda_0(t_j)-c\\,\\Lambda_0(T)$ is largest at $c=n/\\Lambda_0(T)$.",
    ),
)

TWO = Exercise(
    "ex-11-two",
    printed={"beta": 20},
    draw=lambda rng: {"beta": int(rng.integers(10, 41))},
    questions=(
        Choice(
            "The process has two kernels with the same α. Which half-life does a single fitted kernel choose?",
            options=(
                Option(
                    "One between the two",
                    "One β has to serve both memories: the longer would miss the bursts, the shorter what comes "
                    "after them.",
                    right=True,
                ),
                Option(
                    "That of the slow kernel, which reaches more of the events to come",
                    "Both kernels have the same integral, so they set off equally many. With the slow one alone the "
                    "bursts would come as a surprise.",
                ),
                Option(
                    "That of the fast kernel, whose peak is higher",
                    "Then the events that the slow kernel sets off would have to pass for events that nothing set "
                    "off.",
                ),
                Option(
                    "Any: the likelihood is equally high all the way from one to the other",
                    "The likelihood of a single kernel has a maximum in β. What is lost at either end?",
                ),
            ),
        ),
        Number(
            "The faster kernel has β = [[beta]]. What is the half-life of that memory?",
            answer=lambda d: log(2) / d["beta"],
            mistakes=(
                Mistake(lambda d: 1 / d["beta"], "After this time 1/e is left, not one half."),
                Mistake(
                    lambda d: 0.5 / d["beta"],
                    "The effect falls exponentially, not on a straight line.",
                ),
                Mistake(
                    lambda d: log(2) * d["beta"],
                    "A larger β forgets *faster*.",
                ),
            ),
            otherwise="Solve $e^{-\\beta\\tau}=\\tfrac12$ for τ.",
        ),
        Choice(
            "On the events it was fitted to, the single kernel's $D$ exceeds the table's limit of 1 %. What follows?",
            options=(
                Option(
                    "It is rejected, all the more so as its parameters were fitted to these events",
                    "Fitting makes $D$ smaller than the table reckons with, and still it is too large.",
                    right=True,
                ),
                Option(
                    "Nothing: the table is not made for fitted parameters",
                    "It errs in one direction only: its p-value is too *large*. Which of the two verdicts does that "
                    "weaken?",
                ),
                Option(
                    "Nothing, unless its likelihood is smaller than that of two kernels too",
                    "A test by the clock asks whether this model fits, whatever other models do.",
                ),
                Option(
                    "That the process is no Hawkes process",
                    "Rejected is one kernel with one β. The process that made the events has two.",
                ),
            ),
        ),
    ),
    hints=(
        "What would each of the two half-lives, taken alone, fail to explain?",
        "Fitting makes the distance $D$ smaller. So for which verdict does the table's limit err?",
    ),
)

EXERCISES = (HALF, NEXT, FLOOR, RESIDUAL, TWO)
