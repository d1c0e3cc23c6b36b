"""Chapter 8: clipping, as a program."""

from rnn_exercises.kinds import Exercise
from rnn_exercises.programs.clip import CLIP

__all__ = ["EXERCISES"]

EXERCISES = (
    Exercise(
        "ex-08-code-clip",
        questions=(CLIP,),
        hints=(
            "All three arrays get one factor. Which?",
            "Add up the squares of all entries of all arrays, and take the root. The factor is never above 1.",
        ),
    ),
)
