"""Chapter 10: the likelihood of a Hawkes process, as a program."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.hawkes import HAWKES

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-10-code-hawkes",
        questions=(HAWKES,),
        hints=(
            "By {prf:ref}`thm-10-likelihood` it is a sum over the events, less an integral from 0 to $T$.",
            "For the sum you need the intensity at each event, from the events before it.",
            "The integral of $\\alpha\\beta e^{-\\beta(t - t_i)}$ from $t_i$ to $T$ is $\\alpha(1 - e^{-\\beta(T - t_i)})$; "
            "each event adds one.",
        ),
    ),
)
