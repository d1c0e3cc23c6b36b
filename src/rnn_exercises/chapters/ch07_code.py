"""Chapter 7: the gradient as a sum over time, whole and cut, as programs."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.truncated import TRUNCATED
from rnn_exercises.programs.unrolled import UNROLLED

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-07-code-unrolled",
        questions=(UNROLLED,),
        hints=(
            "For one loss $t$ go back from $k = t$ to $k = 1$, and carry the row $\\partial\\mathcal{L}^{(t)}/"
            "\\partial\\mathbf{h}^{(t)}\\, J_t \\cdots J_{k+1}$ along.",
            "Each pair adds a column times a row, {prf:ref}`lem-7-rank-one`: `np.outer(row * slope, h[k - 1])`.",
        ),
    ),
    Exercise(
        "ex-07-code-truncated",
        questions=(TRUNCATED,),
        hints=(
            "Backpropagation carries one message back from each step. Between which steps must it be dropped?",
            "Before step $k$ uses the message from step $k + 1$: are the two in different windows? That is so where $k$ is "
            "a multiple of $w$.",
        ),
    ),
)
