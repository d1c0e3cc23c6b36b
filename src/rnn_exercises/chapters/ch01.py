"""Chapter 1: a network learns to write."""

from math import exp, factorial, log, sqrt

import numpy as np

from rnn_exercises.kinds import Choice, Draw, Exercise, Formula, Mistake, Number, Option

__all__ = ["EXERCISES"]

PERPLEXITY = Exercise(
    "ex-01-1",
    printed={"k": 73, "T": 3119, "loss": 1.97},
    draw=lambda rng: {
        "k": int(rng.integers(30, 100)),
        "T": int(rng.integers(500, 5000)),
        "loss": round(rng.uniform(1.5, 2.8), 2),
    },
    questions=(
        Number(
            "What is the perplexity of guessing among k = [[k]] symbols?",
            answer=lambda d: exp(log(d["k"])),
            mistakes=(
                Mistake(
                    lambda d: log(d["k"]),
                    "This is the loss of guessing, in nats. The perplexity is e to the power of it.",
                ),
                Mistake(
                    lambda d: 1 / d["k"],
                    "This is the probability that guessing gives to each symbol. Its loss is minus the "
                    "logarithm of that, and the perplexity e to the power of the loss.",
                ),
            ),
            otherwise="What is the loss per symbol of guessing, {prf:ref}`prop-1-guess`? Then take e to the power of it.",
        ),
        Number(
            "A text has [[T]] characters to predict, of an alphabet of [[k]]. The network's mean loss is [[loss]] nats "
            "per character. The text is more probable than under guessing by which power of ten?",
            answer=lambda d: d["T"] * (log(d["k"]) - d["loss"]) / log(10),
            mistakes=(
                Mistake(
                    lambda d: d["T"] * (log(d["k"]) - d["loss"]),
                    "This is the power of e. For the power of ten divide by log 10.",
                ),
                Mistake(
                    lambda d: d["T"] * d["loss"] / log(10),
                    "This speaks of the network alone: its probability is ten to the power of minus this number. "
                    "Divide it by the probability under guessing.",
                ),
                Mistake(
                    lambda d: (log(d["k"]) - d["loss"]) / log(10),
                    "This is the power for one character. The probabilities of all characters multiply, so their powers add.",
                ),
            ),
            otherwise="By {prf:ref}`prop-1-guess` each of the two probabilities is $e^{-T\\ell}$ with its own mean loss "
            "ℓ. Take the logarithm of their quotient.",
            spellings=("3119*(log(73)-1.97)/log(10)",),
        ),
        Choice(
            "A model has perplexity 7 on a text. What does this mean?",
            options=(
                Option(
                    "At each step it is in doubt between 7 symbols.",
                    "It need not be: a model that is nearly sure at every step, and sometimes wrong, can pay as much.",
                ),
                Option(
                    "One of seven of its predictions is right.",
                    "The loss does not count hits. It asks how much probability the symbol got that came.",
                ),
                Option(
                    "It pays per symbol what guessing among 7 symbols would pay.",
                    "The perplexity is e to the power of the mean loss, and guessing among 7 has the loss log 7.",
                    right=True,
                ),
                Option(
                    "The probabilities that it gave to what came have the mean 1/7.",
                    "Their *geometric* mean is 1/7, since it is the logarithms that are averaged. The ordinary mean is "
                    "at least as large.",
                ),
            ),
        ),
    ),
    hints=(
        "From a loss to a probability: e to the power of minus the loss. Losses of steps add, probabilities multiply.",
        "Write both probabilities of the text as powers of e, divide, and change to powers of ten.",
    ),
)

ARRANGEMENTS = Exercise(
    "ex-01-2",
    printed={"n": 8, "r": 3},
    draw=lambda rng: {"n": int(rng.integers(5, 12)), "r": int(rng.integers(3, 5))},
    questions=(
        Number(
            "A word of [[n]] letters has one letter [[r]] times and all the others once. How many different arrangements do "
            "its letters have?",
            answer=lambda d: factorial(int(d["n"])) / factorial(int(d["r"])),
            mistakes=(
                Mistake(
                    lambda d: factorial(int(d["n"])),
                    "These are the permutations. Some of them look the same: exchange two of the equal letters.",
                ),
                Mistake(
                    lambda d: factorial(int(d["n"])) / d["r"],
                    "The equal letters can change places among each other in more ways than there are of them.",
                ),
                Mistake(
                    lambda d: (
                        factorial(int(d["n"])) / factorial(int(d["r"])) / factorial(int(d["n"] - d["r"]))
                    ),
                    "This says where the equal letters stand. The other letters differ, and can still be permuted.",
                ),
            ),
            otherwise="Count all permutations. How many of them show the same arrangement?",
            tolerance=0,
            spellings=("6720", "8*7*6*5*4", "6 720"),
        ),
        Number(
            "What is the largest probability that a model which only counts letters can give to the word itself?",
            answer=lambda d: factorial(int(d["r"])) / factorial(int(d["n"])),
            mistakes=(
                Mistake(
                    lambda d: 1 / factorial(int(d["n"])),
                    "This treats arrangements that look the same as different ones. Only those that can be told apart "
                    "share the probability.",
                ),
                Mistake(
                    lambda d: (d["r"] / d["n"]) ** d["r"] / d["n"] ** (d["n"] - d["r"]),
                    "This is the probability if letters are drawn one by one with the word's own frequencies. Such a model gives some "
                    "probability to other mixtures of the letters; the best one gives them none.",
                ),
            ),
            otherwise="All arrangements have the same probability, and together at most 1.",
            spellings=("1/6720",),
        ),
    ),
    hints=(
        "Paint the equal letters in different colours. How many arrangements are there now, and how many of them become "
        "the same without the colours?",
    ),
)


def _weights(m: float, k: float) -> float:
    return m**2 + (2 * k + 1) * m + k


WEIGHTS = Exercise(
    "ex-01-3",
    printed={"m": 64, "k": 73},
    draw=lambda rng: {"m": int(rng.integers(20, 200)), "k": int(rng.integers(25, 120))},
    questions=(
        Formula(
            "How many weights has the network with $n = k$? Write it in `m` and `k`.",
            variables={"m": (5, 80), "k": (5, 80)},
            answer="m^2 + (2*k + 1)*m + k",
            mistakes=(
                Mistake(
                    "m^2 + 2*k*m",
                    "The two vectors are missing: they hold a number for each unit and each symbol.",
                ),
                Mistake(
                    "m^2 + k*m + m + k",
                    "Here is one matrix between symbols and units. There are two: one reads, one writes.",
                ),
                Mistake(
                    "2*k*m + m + k", "The matrix that leads from the state to the next state is missing."
                ),
                Mistake(
                    "m + (2*k + 1)*m + k",
                    "A matrix of shape $m \\times m$ has an entry for every pair of units, not for every unit.",
                ),
            ),
            otherwise="Add the entries of three matrices and two vectors.",
            spellings=("m*k + m*m + k*m + m + k", "(m+k)^2 + m + k - k^2"),
        ),
        Number(
            "A network has k = [[k]] symbols and m = [[m]] units. By which factor does the number of its weights grow if m is doubled?",
            answer=lambda d: _weights(2 * d["m"], d["k"]) / _weights(d["m"], d["k"]),
            mistakes=(
                Mistake(
                    lambda d: 2.0,
                    "The two matrices that touch the symbols grow by this factor. The square one grows faster.",
                ),
                Mistake(
                    lambda d: 4.0,
                    "The square matrix grows by this factor. The whole tends to it with $m \\to \\infty$, and stays below.",
                ),
            ),
            otherwise="Put $2m$ into your formula and divide.",
            spellings=("35273/13577",),
        ),
        Choice(
            "The text becomes twice as long. What happens to the number of weights?",
            options=(
                Option("It doubles.", "Does any shape contain the length of the text?"),
                Option(
                    "It stays, if no new symbol occurs.",
                    "The same weights are used at every step, so the length occurs in no shape.",
                    right=True,
                ),
                Option(
                    "It grows, for a longer text needs a larger state.",
                    "The state has $m$ numbers, however much has been read. Whether they are enough is another question.",
                ),
            ),
        ),
    ),
    hints=(
        "A matrix of shape $a \\times b$ has $ab$ entries.",
        "Which terms contain $m^2$, which $m$, which no $m$?",
    ),
)

CHARACTERS = 4


def _predictions(rng: np.random.Generator) -> Draw:
    """Draw two distributions over four characters, in per cent."""
    shares = 5 * rng.multinomial(20, [1 / CHARACTERS] * CHARACTERS, size=2)
    return {f"{name}{i + 1}": int(shares[row, i]) for row, name in enumerate("pq") for i in range(CHARACTERS)}


def _gaps(d: Draw) -> list[float]:
    return [abs(d[f"p{i}"] - d[f"q{i}"]) / 100 for i in range(1, CHARACTERS + 1)]


FURTHER_BACK = Exercise(
    "ex-01-4",
    printed={"p1": 40, "p2": 30, "p3": 20, "p4": 10, "q1": 20, "q2": 10, "q3": 30, "q4": 40},
    draw=_predictions,
    questions=(
        Choice(
            "With which two beginnings can you show that the network is no Markov model of order 1?",
            options=(
                Option(
                    "“of the” and “of that”",
                    "They end with different characters, so a Markov model of order 1 may give different predictions, too.",
                ),
                Option(
                    "“of the” and “of the”, each read from $\\mathbf{h}^{(0)} = 0$",
                    "After the same text every network says the same. Something must differ, and it must not be the last character.",
                ),
                Option(
                    "“of the” and “The state”",
                    "Both end with e. A model of order 1 must say the same after both.",
                    right=True,
                ),
                Option(
                    "“e” and “th”",
                    "The last characters differ. That one beginning is longer proves nothing about memory.",
                ),
            ),
        ),
        Number(
            "Two predictions for four characters, in per cent: [[p1]], [[p2]], [[p3]], [[p4]] and [[q1]], [[q2]], [[q3]], [[q4]]. "
            "How large is their *total variation*, the largest difference in the probability of any set of characters?",
            answer=lambda d: sum(_gaps(d)) / 2,
            mistakes=(
                Mistake(
                    lambda d: sum(_gaps(d)),
                    "What one prediction has too much the other has too little: here each difference is counted twice.",
                ),
                Mistake(
                    lambda d: max(_gaps(d)),
                    "This is the largest difference for *one* character. For a set of characters it can be larger.",
                ),
                Mistake(
                    lambda d: sqrt(sum(gap**2 for gap in _gaps(d))),
                    "This is the Euclidean distance. In a set of characters the differences are added as they are, not squared.",
                ),
            ),
            otherwise="Which characters does the first prediction give more than the second? Take the set of these. Write a number between 0 and 1, "
            "or use the sign %.",
            spellings=("40 %", "(0.2+0.2+0.1+0.3)/2"),
        ),
        Choice(
            "How could you know that a network *is* a Markov model of order 1?",
            options=(
                Option(
                    "Try very many pairs of texts.",
                    "Each pair that agrees is one more case. The claim is about all texts, and there is no end of them.",
                ),
                Option(
                    "Its loss is that of the best table of order 1.",
                    "Two models can pay equally much and say different things.",
                ),
                Option(
                    "Look at its weights: $\\mathbf{W}_{hh} = 0$ is enough.",
                    "Then the state depends on the last character alone, after every text. A proof reaches all cases, an "
                    "experiment some.",
                    right=True,
                ),
            ),
        ),
    ),
    hints=(
        "A model of order 1 gives the same prediction after any two texts that … what?",
        "Keep the last character, and change what comes before it.",
    ),
)

DERIVATIVE = Exercise(
    "ex-01-5",
    printed={"m": 64, "k": 73},
    draw=lambda rng: {"m": int(rng.integers(20, 200)), "k": int(rng.integers(25, 120))},
    questions=(
        Number(
            "A network has m = [[m]] units and k = [[k]] symbols. How many runs does it take to check all its weights by central "
            "differences?",
            answer=lambda d: 2 * _weights(d["m"], d["k"]),
            mistakes=(
                Mistake(
                    lambda d: _weights(d["m"], d["k"]),
                    "This is the number of weights. A central difference has two losses in it.",
                ),
                Mistake(
                    lambda d: _weights(d["m"], d["k"]) + 1,
                    "So it is with one-sided differences, which share the loss at $w$. The central one moves each weight up *and* down.",
                ),
                Mistake(
                    lambda d: 2 * d["m"] ** 2,
                    "These are the runs for $\\mathbf{W}_{hh}$ alone. There are two more matrices and two vectors.",
                ),
            ),
            otherwise="First count the weights, as in the exercise above. How many losses does each one need?",
            tolerance=0,
            spellings=("2*13577", "27 154"),
        ),
        Choice(
            "Why $\\varepsilon = 10^{-5}$, and not $10^{-12}$?",
            options=(
                Option(
                    "Because the two losses would agree in most of the digits that are stored.",
                    "Rounding then takes most digits of their difference, and the quotient has no more correct ones than it.",
                    right=True,
                ),
                Option(
                    "Because the formula itself, computed without rounding, is less exact for a smaller ε.",
                    "It is the other way round: without rounding its error shrinks like ε².",
                ),
                Option(
                    "Because a computer takes $10^{-12}$ for zero.",
                    "It stores far smaller numbers. What it lacks is digits: about sixteen of any number.",
                ),
            ),
        ),
    ),
    hints=("How many weights are there, and how many losses does the formula contain for each?",),
)


def _shares(d: Draw) -> list[float]:
    return [d[name] / 100 for name in ("a", "b", "c")]


def _entropy(shares: list[float]) -> float:
    return -sum(share * log(share) for share in shares)


def _three_shares(rng: np.random.Generator) -> Draw:
    """Draw three shares in per cent."""
    first = 5 * int(rng.integers(10, 15))  # the largest share
    second = 5 * int(rng.integers(1, (100 - first) // 5))
    return {"a": first, "b": second, "c": 100 - first - second}


SHUFFLED = Exercise(
    "ex-01-6",
    printed={"a": 60, "b": 30, "c": 10},
    draw=_three_shares,
    questions=(
        Choice(
            "You train on the shuffled text. To which value will the loss on the held-back part fall?",
            options=(
                Option(
                    "To about the entropy of the characters' frequencies.",
                    "What came before says almost nothing now. What is left to know are the frequencies.",
                    right=True,
                ),
                Option(
                    "To $\\log k$: without order there is nothing to predict.",
                    "How frequent each character is survives the shuffling, and that is worth something.",
                ),
                Option(
                    "To the same as without shuffling, only later.",
                    "What the text itself gains beyond the frequencies comes from order, and the order is gone.",
                ),
                Option(
                    "As low as you like, with enough units and updates.",
                    "So the loss on the *training* text could fall: it can be learnt by heart. The held-back part does not profit.",
                ),
            ),
        ),
        Number(
            "A long text has three symbols, with the shares [[a]] %, [[b]] % and [[c]] %, in random order. What is the smallest loss "
            "per symbol that can be expected, in nats?",
            answer=lambda d: _entropy(_shares(d)),
            mistakes=(
                Mistake(lambda d: log(3), "So much costs guessing. A model may know the frequencies."),
                Mistake(
                    lambda d: _entropy(_shares(d)) / log(2),
                    "This is in bits: nats need the natural logarithm.",
                ),
                Mistake(
                    lambda d: -log(d["a"] / 100),
                    "This is what the most frequent symbol costs. The others come too, and cost more.",
                ),
                Mistake(
                    lambda d: -sum(log(share) for share in _shares(d)) / 3,
                    "Here each symbol counts equally. It should count as often as it comes.",
                ),
            ),
            otherwise="Predict the frequencies at every step. What does each symbol cost then, and how often does it come?",
            spellings=("-(0.6*log(0.6)+0.3*log(0.3)+0.1*log(0.1))",),
        ),
    ),
    hints=(
        "What does a shuffled text still have in common with the text?",
        "The smallest expected loss of one who knows the probabilities is their entropy, {prf:ref}`thm-gibbs`.",
    ),
)

EXERCISES = (PERPLEXITY, ARRANGEMENTS, WEIGHTS, FURTHER_BACK, DERIVATIVE, SHUFFLED)
