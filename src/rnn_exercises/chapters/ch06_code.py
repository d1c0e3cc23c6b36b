"""Chapter 6: backpropagation through time, as programs."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.deltas import DELTAS
from rnn_exercises.programs.gradients import GRADIENTS

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-06-code-gradients",
        questions=(GRADIENTS,),
        hints=(
            "First the $\\delta$ of all steps at once by [Equation (6)](#eq-6): which rows of `h` have the slopes?",
            "A sum over time of outer products is one product of matrices: $\\sum_t \\mathbf{u}_t\\mathbf{v}_t^\\top$ is "
            "`u.T @ v`, if the rows are the steps.",
            "The one-hot vectors of all classes are `np.eye(k)[c]`.",
        ),
    ),
    Exercise(
        "ex-06-code-deltas",
        questions=(DELTAS,),
        hints=(
            "At each state two messages meet: one from its own logits, one from the step after. Which is absent at the "
            "last step?",
            "In the loop, from $t = T$ down to 1: add both, multiply by the slope, and send the result through "
            "$\\mathbf{W}_{hh}^\\top$, [Equation (10)](#eq-10).",
        ),
    ),
)
