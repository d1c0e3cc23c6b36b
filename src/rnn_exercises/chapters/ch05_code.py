"""Chapter 5: the network and its loss, as programs."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.forward import FORWARD
from rnn_exercises.programs.loss import LOSS

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-05-code-forward",
        questions=(FORWARD,),
        hints=(
            "One loop over the steps; its body is [Equation (1)](#eq-1) to [Equation (4)](#eq-4), a line each.",
            "Begin with the lists `h = [h0]` and `y = []`. Then `h[-1]` is always the latest state, and "
            "`np.array(h)` makes an array at the end.",
        ),
    ),
    Exercise(
        "ex-05-code-loss",
        questions=(LOSS,),
        hints=(
            "The loss of a step is $\\log\\sum_j e^{o_j} - o_c$. What happens to it if one number is added to all "
            "logits?",
            "Take the largest logit of the step out of the sum: $\\log\\sum_j e^{o_j} = s + \\log\\sum_j e^{o_j - s}$.",
            "`o[np.arange(len(c)), c]` picks the logit of the class that came, in each step.",
        ),
    ),
)
