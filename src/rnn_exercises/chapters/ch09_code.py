"""Chapter 9: products of Jacobians; and the step of an LSTM, beside the GRU: as programs."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.influence import INFLUENCE
from rnn_exercises.programs.lstm_step import LSTM_STEP

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-09-code-influence",
        questions=(INFLUENCE,),
        hints=(
            "Begin with the identity. Each step multiplies by its Jacobian: from which side, [Equation (19)](#eq-19)?",
            "`np.linalg.norm(A, 2)` is the largest singular value of a matrix. With γ = 1 the bound is ρ to the power "
            "of the lag, [Equation (20)](#eq-20).",
        ),
    ),
    Exercise(
        "ex-rem-code-lstm",
        questions=(LSTM_STEP,),
        hints=(
            "One product gives the arguments of all four; `np.split(v, 4)` cuts a vector into four of the same length.",
            "Three of the four are gates, with a sigmoid; the candidate has a tanh. First the cell, then the state that "
            "shows it.",
        ),
    ),
)
