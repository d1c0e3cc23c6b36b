"""Study of chapter 9R: who learns what."""

from rnn_exercises.kinds import Choice, Exercise, Mistake, Number, Option

__all__ = ["EXERCISES"]

ADDING = Exercise(
    "ex-rem-adding",
    questions=(
        Number(
            "Unit 1 computes max(0, number + marker + b). Which b lets a marked number through as it is, and no "
            "other?",
            answer=lambda d: -1.0,
            mistakes=(
                Mistake(
                    lambda d: 0.0,
                    "Then a marked number arrives with 1 added to it, and an unmarked one arrives too.",
                ),
                Mistake(
                    lambda d: -0.5,
                    "Then an unmarked 0.8 leaves 0.3. The bias must silence *every* number below 1.",
                ),
                Mistake(
                    lambda d: -2.0,
                    "Then number + marker + b is below 0 even with the marker: nothing passes.",
                ),
            ),
            otherwise="With the marker, number + 1 + b must be the number. Then look whether without it the sum is at "
            "most 0.",
        ),
        Choice(
            "Unit 2 adds up what unit 1 had one step before. Why is the answer $h_1+h_2$ and not $h_2$?",
            options=(
                Option(
                    "A number that is marked at the last step is still in unit 1.",
                    "It would come to unit 2 one step later, and there is none.",
                    right=True,
                ),
                Option(
                    "Unit 1 keeps the second number until the end.",
                    "Unit 1 has no recurrent weight: a step later it has forgotten.",
                ),
                Option(
                    "Otherwise the first number would be counted twice.",
                    "Unit 2 gets each number once, when unit 1 hands it on.",
                ),
                Option(
                    "One ReLU alone cannot hold a sum above 1.",
                    "ReLU has no bound from above.",
                ),
            ),
        ),
        Choice(
            "How long is the gradient along unit 2, from the step after the first marked number on (if that is not 0)?",
            options=(
                Option(
                    "It keeps its length exactly, over every lag.",
                    "The weight of unit 2 to itself is 1, and the unit stays active: all slopes are 1.",
                    right=True,
                ),
                Option(
                    "It is halved at each step, as a ReLU is active half of the time.",
                    "A *random* unit may be. This one holds a positive number, and so it is active.",
                ),
                Option(
                    "It grows with the state.",
                    "The slope of ReLU is 1 for every positive argument, however large.",
                ),
                Option(
                    "It is 0 between the two marked numbers, as nothing arrives there.",
                    "The slope depends on the whole argument, and the old sum is in it.",
                ),
            ),
        ),
    ),
    hints=(
        "Give the two units two tasks: one lets marked numbers through, the other adds up.",
        "For the gradient use the first formula of {prf:ref}`prop-relu`: which slopes, and which weight?",
    ),
)

EXERCISES = (ADDING,)
