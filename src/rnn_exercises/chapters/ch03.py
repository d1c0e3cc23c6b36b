"""Chapter 3: why sequences need a new kind of network."""

from math import floor, log, tanh

from rnn_exercises.kinds import Before, Choice, Exercise, Formula, Mistake, Number, Option, Order

__all__ = ["EXERCISES"]

BAG = Exercise(
    "ex-03-bag",
    questions=(
        Choice(
            "Which of these depend on the bag only?",
            several=True,
            options=(
                Option(
                    "(a) the longest run of equal symbols",
                    "Compare $aab$ and $aba$: one bag, two longest runs.",
                ),
                Option(
                    "(b) the most frequent symbol, ties broken alphabetically",
                    "It is computed from the counts, and the counts are the bag.",
                    right=True,
                ),
                Option(
                    "(c) the last symbol",
                    "Let the last symbol change places with another: the bag stays. Compare $ab$ and $ba$.",
                ),
                Option(
                    "(d) whether the number of $a$ is even",
                    "It is computed from one of the counts.",
                    right=True,
                ),
                Option(
                    "(e) whether some $a$ comes before every $b$",
                    "Compare $ab$ and $ba$.",
                ),
            ),
        ),
        Choice(
            "The program finds no counterexample for a function among all sequences of 5 symbols over $\\{a, b, c\\}$. What has it shown?",
            options=(
                Option(
                    "That the function depends on the bag only.",
                    "At length 5, yes. Two longer sequences, or another alphabet, may still refute it.",
                ),
                Option(
                    "That it does so at length 5, over these symbols.",
                    "A program can refute. For all lengths it takes a proof: compute the function from the counts.",
                    right=True,
                ),
                Option(
                    "Nothing, for a program proves nothing.",
                    "It went through all cases of one length, and that settles this length.",
                ),
            ),
        ),
    ),
    hints=(
        "Try to rearrange a short sequence so that the answer changes.",
        "Which of them could you answer from a list that says how often each symbol occurs?",
    ),
)


def _first_length(excess: float) -> int:
    """Return the first length at which excess/T is below a hundredth."""
    return floor(excess) + 1


SINGLE = Exercise(
    "ex-03-single",
    printed={"percent": 55},
    draw=lambda rng: {"percent": int(rng.integers(51, 66))},
    questions=(
        Formula(
            "What is the best share of right answers? Write it in `T`.",
            variables={"T": (3, 40)},
            answer="1/2 + 1/T",
            mistakes=(
                Mistake("1/2", "This is right when the last symbol is filler. Sometimes it is a marker."),
                Mistake(
                    "1/2 + 2/T",
                    "When the last symbol is a marker, half of the answers would have been right anyway: what is gained is the "
                    "other half.",
                ),
                Mistake(
                    "1/2 + 1/(2*T)",
                    "Two markers can stand at the last place, so one does so with probability 2/T.",
                ),
                Mistake("2/T", "With filler at the end one can still guess, and is right half of the time."),
            ),
            otherwise="How probable is it that the last symbol is a marker? How often is one right then, and how often otherwise?",
            spellings=("(T + 2)/(2*T)", "2/T + (1 - 2/T)/2"),
        ),
        Number(
            "From which length T on is this share below [[percent]] %?",
            answer=lambda d: _first_length(100 / (d["percent"] - 50)),
            mistakes=(
                Mistake(
                    lambda d: floor(100 / (d["percent"] - 50)),
                    "At this length the share is not yet below the level.",
                ),
                Mistake(
                    lambda d: _first_length(200 / (d["percent"] - 50)),
                    "The marker at the end adds 1/T, not 2/T: half of these answers would have been right anyway.",
                ),
                Mistake(
                    lambda d: _first_length(50 / (d["percent"] - 50)),
                    "The marker at the end adds 1/T, not 1/(2T): two markers can stand there.",
                ),
            ),
            otherwise="Solve $\\frac12 + \\frac1T < p$ for $T$, with $p$ the level.",
            tolerance=0,
        ),
    ),
    hints=(
        "Two cases: the last symbol is a marker, or it is filler.",
        "A marker at the end tells everything: the other one came first.",
    ),
)


def _steps_to(level: float, base: float) -> int:
    return floor(log(level) / log(base)) + 1


RHO = Exercise(
    "ex-03-rho",
    printed={"rho": 0.99, "steps": 100},
    draw=lambda rng: {"rho": round(rng.uniform(0.9, 0.995), 3), "steps": int(rng.integers(5, 30)) * 10},
    questions=(
        Number(
            "After how many steps is the bound below one per cent of its start, for ρ = [[rho]]?",
            answer=lambda d: _steps_to(0.01, d["rho"]),
            mistakes=(
                Mistake(
                    lambda d: _steps_to(0.01, d["rho"]) - 1,
                    "At this step one per cent is still left, or more: round up, not down.",
                ),
                Mistake(
                    lambda d: round(0.99 / (1 - d["rho"])),
                    "Here each step takes away the same amount. It takes away the same *share* of what is left.",
                ),
                Mistake(
                    lambda d: round(2 / log(1 / d["rho"])),
                    "Two kinds of logarithms are mixed: 2 is the logarithm of 100 to base 10.",
                ),
            ),
            otherwise="By {prf:ref}`thm-3-fading` a share of $\\rho^t$ is left at most. Solve $\\rho^t < 0.01$ with logarithms.",
            tolerance=0,
            unit="steps",
            spellings=("459 steps",),
        ),
        Number(
            "Which ρ is needed for the bound to leave at least one per cent after [[steps]] steps? Give four digits.",
            answer=lambda d: 0.01 ** (1 / d["steps"]),
            mistakes=(
                Mistake(
                    lambda d: 1 - 0.99 / d["steps"],
                    "Here the 99 per cent that may go were divided equally among the steps. Each step multiplies by ρ.",
                ),
                Mistake(
                    lambda d: 0.99 ** (1 / d["steps"]),
                    "With this ρ one per cent is *lost*. One per cent is to be left.",
                ),
            ),
            otherwise="Solve $\\rho^t = 0.01$ for ρ: take a root.",
            tolerance=0.0005,
            spellings=("0.01^(1/100)", "exp(-log(100)/100)", "0.955"),
        ),
        Choice(
            "Does a network with this ρ remember for that long?",
            options=(
                Option(
                    "Not necessarily: the bound limits memory from above only.",
                    "Saturated units forget faster, and so do directions that the matrix shrinks more than its norm says.",
                    right=True,
                ),
                Option(
                    "Yes: the bound leaves one per cent, and so does the network.",
                    "One per cent is what the bound *allows*. Less can be left, or nothing.",
                ),
                Option(
                    "No: with ρ < 1 every network has forgotten by then.",
                    "The norm may be reached at every step: one unit with weight ρ and a small state loses hardly more than the "
                    "bound says.",
                ),
            ),
        ),
    ),
    hints=(
        "What share of its start is the bound after $t$ steps?",
        "Both logarithms are negative, and $t$ is a whole number.",
    ),
)

HELD = Exercise(
    "ex-03-held",
    printed={"eps": 0.44},
    draw=lambda rng: {"eps": round(rng.uniform(0.3, 0.8), 2)},
    questions=(
        Choice(
            "The network held at 0.9 was trained on 4 steps. At $t = 40$, what is its loss on the question of {prf:ref}`cor-3-coin`?",
            options=(
                Option(
                    "Clearly below log 2: training has found a way to remember.",
                    "No training can, in the end: for ρ < 1 the floor tends to log 2. At $t = 40$ this network's floor is log 2, up to less than $10^{-6}$.",
                ),
                Option(
                    "About log 2: it answers like the coin.",
                    "The coin knows that there *was* a marker. Does this network still know it?",
                ),
                Option(
                    "Clearly above log 2: it has forgotten even that there was a marker.",
                    "It gives a large probability to “no marker yet”, and what is left for the two markers is less than a coin has.",
                    right=True,
                ),
                Option(
                    "It grows without bound, as the state fades to zero.",
                    "The loss of a step is bounded, {prf:ref}`prop-bounded-loss`: no output tends to 0.",
                ),
            ),
        ),
        Number(
            "At some step the two outputs differ by ε = [[eps]] in the entry in which they differ most. What is the floor that the proof "
            "gives for the mean of the two losses?",
            answer=lambda d: log(2) - log(1 + d["eps"]),
            mistakes=(
                Mistake(
                    lambda d: log(2),
                    "This is the floor for ε → 0, when the two outputs are the same.",
                ),
                Mistake(
                    lambda d: log(2) - d["eps"],
                    "For small ε this is nearly it, since $\\log(1 + \\varepsilon) \\approx \\varepsilon$. This ε is not small.",
                ),
                Mistake(
                    lambda d: log(2) - log(1 + d["eps"]) / 2,
                    "The mean has a factor ½, and the product of the two probabilities is bounded by a *square*: they cancel.",
                ),
                Mistake(
                    lambda d: log(2) + log(1 + d["eps"]),
                    "The more the outputs differ, the lower the loss can be.",
                ),
            ),
            otherwise="The mean loss is $-\\frac12\\log(y_1\\tilde y_2)$, and $y_1\\tilde y_2 \\le \\bigl(\\frac{1 + \\varepsilon}{2}\\bigr)^2$.",
            spellings=("log(2/1.44)", "-log(0.72)"),
        ),
    ),
    hints=(
        "Three answers are possible: a was first, b was first, no marker yet.",
        "What does a network that has forgotten everything have to say, and what is it asked?",
    ),
)

LAST = Exercise(
    "ex-03-last",
    printed={"w": 1.5, "u": 2.1},
    draw=lambda rng: {
        "w": (w := round(rng.uniform(1.2, 2.5), 1)),
        "u": round(w + rng.uniform(0.35, 0.95), 1),
    },
    questions=(
        Choice(
            "The unit is $h^{(t)} = \\tanh(w h^{(t-1)} \\pm u)$ at a marker, plus for $a$ and minus for $b$, and $\\tanh(w h^{(t-1)})$ at filler. Which "
            "condition makes it keep the *last* marker?",
            options=(
                Option(
                    "$w > u > 1$",
                    "Here the old state can outweigh the new marker, as in the latch of {prf:ref}`prop-3-one-unit`, which keeps the *first* one.",
                ),
                Option(
                    "$u > 1 > w > 0$",
                    "A marker wins, but for $w < 1$ filler lets the state fade to 0.",
                ),
                Option(
                    "$u = w = 1$",
                    "With $w = 1$ the state shrinks under filler towards 0, slowly but below every margin.",
                ),
                Option(
                    "$u > w > 1$",
                    "A new marker outweighs every old state, and filler draws the state towards a fixed point of its own sign.",
                    right=True,
                ),
            ),
        ),
        Number(
            "Let w = [[w]] and u = [[u]]. Every state is above −1. Above which number does this keep the state right after an a?",
            answer=lambda d: tanh(d["u"] - d["w"]),
            mistakes=(
                Mistake(
                    lambda d: tanh(d["u"] + d["w"]),
                    "This belongs to an old state near 1. Take the worst old state, not the best.",
                ),
                Mistake(lambda d: tanh(d["u"]), "This holds for the old state 0. It can be worse: near −1."),
                Mistake(lambda d: d["u"] - d["w"], "This is the pre-activation. The state is its tanh."),
            ),
            otherwise="What is the pre-activation at an a, if the old state is as low as can be? And the state?",
            spellings=("tanh(2.1-1.5)",),
        ),
        Order(
            "Put the proof into order.",
            steps=(
                "Every state is above −1, so at an $a$ the pre-activation is larger than $u - w > 0$.",
                "So right after an $a$ the state is above $\\tanh(u - w)$.",
                "For $w > 1$ the map $h \\mapsto \\tanh(wh)$ has a fixed point $h^* > 0$, to which all positive states tend without crossing it.",
                "So after an $a$ and any filler $h \\ge \\eta$ with $\\eta = \\min(h^*, \\tanh(u - w)) > 0$; for $b$ change all signs.",
                "So with the logits $(\\eta/2,\\, h,\\, -h)$ the right answer leads by at least $\\eta/2$.",
            ),
            rules=(
                Before(0, 1, "What the state is follows from its pre-activation."),
                Before(1, 3, "To know what is left after filler, one must know what the marker put in."),
                Before(2, 3, "That filler leaves enough needs a reason: where does it draw the state?"),
                Before(3, 4, "The logits can be compared once the size of the state is known."),
            ),
        ),
    ),
    hints=(
        "Two things are asked of the unit: a marker must win against every old state, and filler must keep the sign.",
        "How large can $w h^{(t-1)}$ be at most, against the new marker?",
    ),
)

PAIRS = Exercise(
    "ex-03-pairs",
    questions=(
        Choice(
            "Which two sequences have the same bag of pairs of neighbours, with different markers first?",
            options=(
                Option("$cacbc$ and $cbcac$", "Both have $ca$, $ac$, $cb$ and $bc$.", right=True),
                Option("$cabc$ and $cbac$", "The pair $ab$ is in the first only."),
                Option(
                    "$accb$ and $bcca$", "The pair $ac$ is in the first only, and $ca$ in the second only."
                ),
                Option("$acbc$ and $bcac$", "The pair $cb$ is in the first only."),
            ),
        ),
        Formula(
            "How many windows of $r$ neighbouring symbols has $c^{r-1}\\,a\\,c^{r-1}\\,b\\,c^{r-1}$? Write it in `r`.",
            variables={"r": (2, 12)},
            answer="2*r",
            mistakes=(
                Mistake("3*r - 1", "This is the number of symbols. A window needs room to end."),
                Mistake(
                    "2*r - 1",
                    "Off by one: a sequence of $T$ symbols has $T - r + 1$ windows, for the first one counts, too.",
                ),
                Mistake("r", "So many windows contain $a$. As many contain $b$."),
            ),
            otherwise="How many symbols are there? And at how many places can a window begin?",
            spellings=("(3*r - 1) - r + 1",),
        ),
        Choice(
            "What does {prf:ref}`thm-3-blind` become for a model that sees the bag of windows of $r$ symbols?",
            options=(
                Option(
                    "It holds as it stands.",
                    "A rearrangement can change the windows, so the model could tell $x$ from $\\sigma(x)$.",
                ),
                Option(
                    "It fails, for windows show order.",
                    "They show order inside the window. Beyond it the model is as blind as before.",
                ),
                Option(
                    "It holds if hypothesis 3 is dropped.",
                    "If the class stays, nothing need be lost: a constant class can always be told.",
                ),
                Option(
                    "It holds with “the same bag of windows” in hypothesis 1.",
                    "The proof needs only that the model says the same about $x$ and $\\sigma(x)$.",
                    right=True,
                ),
            ),
        ),
    ),
    hints=(
        "Put so much filler between the markers, and around them, that no window sees both.",
        "What does the proof of the theorem use of hypothesis 1?",
    ),
)

FRONT = Exercise(
    "ex-03-front",
    printed={"w": 0.8, "b": 0.5},
    draw=lambda rng: {"w": round(rng.uniform(0.4, 1.6), 1), "b": round(rng.uniform(0.2, 0.9), 1)},
    questions=(
        Choice(
            "Why does {prf:ref}`prop-3-padding` not apply to padding in front?",
            options=(
                Option(
                    "Because zero vectors are no symbols.",
                    "The proposition allows any vectors as padding. It is about where they stand.",
                ),
                Option(
                    "Because the loss is then summed over the padding, too.",
                    "Even if those steps are left out of the loss, the later states have changed.",
                ),
                Option(
                    "Because it is read before the sequence and changes the state there.",
                    "The proposition lives on the fact that a state contains no *later* input. Padding in front is earlier.",
                    right=True,
                ),
            ),
        ),
        Number(
            "One unit has the recurrent weight [[w]], the bias [[b]] and starts at 0. Two zero vectors stand in front. What is the state when the "
            "sequence begins?",
            answer=lambda d: tanh(d["w"] * tanh(d["b"]) + d["b"]),
            mistakes=(
                Mistake(
                    lambda d: 0.0,
                    "An input of zero is not nothing: the bias acts at each step.",
                ),
                Mistake(lambda d: tanh(d["b"]), "This is the state after one of the two steps."),
                Mistake(
                    lambda d: tanh(d["w"] * d["b"] + d["b"]),
                    "What is fed back is the state, that is, tanh of the pre-activation.",
                ),
                Mistake(
                    lambda d: tanh(tanh(d["b"]) + d["b"]),
                    "The old state is multiplied by the recurrent weight.",
                ),
            ),
            otherwise="Do the step $h = \\tanh(w h_{\\text{old}} + b)$ twice, from 0.",
            spellings=("tanh(0.8*tanh(0.5)+0.5)",),
        ),
        Choice(
            "Under which condition is any number of zero vectors in front harmless?",
            options=(
                Option(
                    "$\\|\\mathbf{W}_{hh}\\|_2 < 1$",
                    "Then the state settles under zero input. It need not settle where it began.",
                ),
                Option(
                    "$\\mathbf{b}_y = \\mathbf{0}$",
                    "This bias acts on the outputs. The state does not see it.",
                ),
                Option(
                    "$\\mathbf{h}^{(0)} = \\tanh(\\mathbf{W}_{hh}\\mathbf{h}^{(0)} + \\mathbf{b}_h)$",
                    "Then each zero vector leaves the state where it is. For $\\mathbf{h}^{(0)} = \\mathbf{0}$ this means $\\mathbf{b}_h = \\mathbf{0}$.",
                    right=True,
                ),
                Option(
                    "$\\mathbf{h}^{(0)} = \\mathbf{0}$",
                    "From 0 one step with input zero leads to $\\tanh(\\mathbf{b}_h)$.",
                ),
            ),
        ),
    ),
    hints=(
        "What does one step do with the input zero?",
        "When does such a step leave the state where it is?",
    ),
)

PARITY = Exercise(
    "ex-03-parity",
    questions=(
        Formula(
            "Take $h_1 = \\tanh(g(p + x - \\frac12))$ and $h_2 = \\tanh(g(p + x - \\frac32))$, with $p = (h_1 - h_2)/2$ from the last step. "
            "What is the recurrent weight from the *second* unit to the first? Write it in `g`.",
            variables={"g": (3, 15)},
            answer="-g/2",
            mistakes=(
                Mistake(
                    "g/2", "This is the weight from the first unit. The second one enters $p$ with a minus."
                ),
                Mistake("-g", "In $p$ the difference is halved: units of ±1 differ by 2."),
                Mistake("-1/2", "This is its part of $p$. The first unit multiplies $p$ by the gain."),
            ),
            otherwise="Put $p = (h_1 - h_2)/2$ into the argument of the first tanh. What stands before $h_2$?",
            spellings=("-0.5*g",),
        ),
        Formula(
            "And what is the bias of the second unit?",
            variables={"g": (3, 15)},
            answer="-3*g/2",
            mistakes=(
                Mistake("-g/2", "This is the bias of the first unit, whose threshold is ½."),
                Mistake("-3/2", "The whole argument is multiplied by the gain, the threshold too."),
                Mistake("3*g/2", "The threshold is subtracted: for small sums the unit must be off."),
            ),
            otherwise="The bias is what remains of the argument of the second tanh for $p = x = 0$.",
            spellings=("-1.5*g",),
        ),
        Choice(
            "Why can one unit with this recurrence not do it, if the state has to mean the same at every step?",
            options=(
                Option(
                    "Because filler needs $w > 0$ and $a$ needs $w < 0$.",
                    "Filler must keep “odd” on its side of “even”, so the step increases; $a$ must exchange them, so it decreases. The input only shifts the argument of tanh.",
                    right=True,
                ),
                Option(
                    "Because one number cannot hold a bit for long.",
                    "It can: the latch of {prf:ref}`prop-3-one-unit` does.",
                ),
                Option(
                    "Because the gradient of such a task vanishes.",
                    "Nobody trains here. There is no such unit, however its weights were found.",
                ),
                Option(
                    "Because parity depends on the order.",
                    "It is a function of the bag. The trouble is to carry it with one symbol at a time.",
                ),
            ),
        ),
    ),
    hints=(
        "The new parity is $[p + x \\ge 1] - [p + x \\ge 2]$: two soft thresholds.",
        "For one unit: what must filler do to the states that mean “even” and “odd”, and what must $a$ do?",
    ),
)

EXERCISES = (BAG, SINGLE, RHO, HELD, LAST, PAIRS, FRONT, PARITY)
