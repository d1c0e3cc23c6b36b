"""Study of chapter 9R: the paths of an LSTM."""

from rnn_exercises.kinds import Choice, Exercise, Mistake, Number, Option

__all__ = ["EXERCISES"]

TORCH = Exercise(
    "ex-rem-torch",
    printed={"m": 4},
    draw=lambda rng: {"m": int(rng.integers(3, 65))},
    questions=(
        Number(
            "An LSTM with m = [[m]] units is stored in the ONNX order. At which row of the stacked matrix, counted "
            "from 0, do the rows of the forget gate begin?",
            answer=lambda d: 2 * d["m"],
            mistakes=(
                Mistake(
                    lambda d: d["m"],
                    "That is its place in PyTorch's order. In the ONNX order the output gate comes second.",
                ),
                Mistake(lambda d: 3 * d["m"], "There the candidate begins."),
                Mistake(
                    lambda d: 2.0,
                    "This counts blocks. Each block has a row for every unit.",
                ),
            ),
            otherwise="How many blocks stand before it, and how many rows has a block?",
            tolerance=0,
        ),
        Choice(
            "In which order must the blocks of the ONNX matrix be taken, counted from 0, to make `LSTMParams`?",
            options=(
                Option(
                    "Blocks 0, 2, 3, 1",
                    "Input, forget, candidate, output: the order of this book, which is PyTorch's.",
                    right=True,
                ),
                Option(
                    "Blocks 0, 3, 1, 2",
                    "This is the way back, from our order to theirs. Ask for each of *our* places where it comes from.",
                ),
                Option(
                    "Blocks 0, 2, 1, 3",
                    "The forget gate is then in its place; the candidate and the output gate have changed theirs.",
                ),
                Option(
                    "Blocks 0, 1, 2, 3",
                    "So it is for PyTorch, whose order is ours. The ONNX format has the output gate second.",
                ),
            ),
        ),
        Choice(
            "Somebody forgets to reorder. How does it show?",
            options=(
                Option(
                    "Only by comparing numbers, for instance with one step from the formulas",
                    "All four blocks have the same shape, so nothing fails.",
                    right=True,
                ),
                Option(
                    "By an error: the shapes do not fit.",
                    "Every block has the shape of every other.",
                ),
                Option(
                    "By an overflow, since the candidate is then a gate",
                    "A sigmoid takes every argument, and so does tanh.",
                ),
                Option(
                    "Not at all: the order of the rows is a matter of names",
                    "It is for the *units* within all blocks. But the blocks pass through different functions and do "
                    "different things.",
                ),
            ),
        ),
    ),
    hints=(
        "Write the four names in both orders, one below the other.",
        "For each place of ours, look up where its block stands in theirs.",
    ),
)

EXERCISES = (TORCH,)
