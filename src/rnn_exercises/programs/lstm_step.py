"""One step of an LSTM."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["LSTM_STEP"]

SOLUTION = """\
def lstm_step(W, U, b, x, h, c):
    i, f, g, q = np.split(W @ x + U @ h + b, 4)
    i, f, q = (1 / (1 + np.exp(-gate)) for gate in (i, f, q))
    c = f * c + i * np.tanh(g)
    return q * np.tanh(c), c
"""
SIGMOID = "1 / (1 + np.exp(-gate))"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a cell's parameters, an input, and what it carries."""
    n, m = sizes(rng, 2)[1:]
    shapes = ((4 * m, n), (4 * m, m), (4 * m,), (n,), (m,), (m,))
    return tuple(rng.standard_normal(shape) for shape in shapes)


LSTM_STEP = Code(
    "Write `lstm_step`. The rows for $\\mathbf{i}$, $\\mathbf{f}$, $\\mathbf{g}$ and $\\mathbf{q}$ stand one below the other "
    "in `W`, in `U` and in `b`.",
    name="lstm_step",
    starter='''\
def lstm_step(W, U, b, x, h, c):
    """One step of an LSTM.

    W (4m, n), U (4m, m), b (4m,): first the rows of i, then f, g, q
    x (n,): the input;  h (m,), c (m,): the state and the cell before
    Returns the new state and the new cell.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "order": slip(
            SOLUTION,
            ("i, f, g, q = np", "i, f, q, g = np"),
            reason="Candidate and output gate are exchanged: the third block of rows belongs to $\\mathbf{g}$, the last to "
            "$\\mathbf{q}$. Libraries differ in this; here {prf:ref}`thm-cell-path` has all four.",
        ),
        "exchanged": slip(
            SOLUTION,
            ("i, f, g, q = np", "f, i, g, q = np"),
            reason="Input gate and forget gate are exchanged. The forget gate multiplies the *old* cell, "
            "{prf:ref}`thm-cell-path`.",
        ),
        "forgets-the-rest": slip(
            SOLUTION,
            ("f * c + i", "(1 - f) * c + i"),
            reason="The forget gate *keeps*: near 1 the old cell stays. That is why its product makes the cell path in "
            "{prf:ref}`thm-cell-path`.",
        ),
        "coupled": slip(
            SOLUTION,
            ("i * np.tanh(g)", "(1 - f) * np.tanh(g)"),
            reason="What is written is weighted by $1 - \\mathbf{f}$, as a GRU does it, {prf:ref}`prop-gru-path`. The LSTM "
            "has an input gate of its own, {prf:ref}`thm-cell-path`.",
        ),
        "no-forgetting": slip(
            SOLUTION,
            ("f * c + i", "c + i"),
            reason="Nothing is forgotten: so was the LSTM of 1997. Here $\\mathbf{f}$ multiplies the old cell, "
            "{prf:ref}`thm-cell-path`.",
        ),
        "raw-candidate": slip(
            SOLUTION,
            ("np.tanh(g)", "g"),
            reason="The candidate needs its tanh: see $\\mathbf{g}'$ in {prf:ref}`thm-cell-path`.",
        ),
        "candidate-a-gate": slip(
            SOLUTION,
            ("np.tanh(g)", "(1 / (1 + np.exp(-g)))"),
            reason="The candidate is a tanh, not a sigmoid: it can take away from the cell too. See $\\mathbf{g}'$ in "
            "{prf:ref}`thm-cell-path`.",
        ),
        "raw-cell": slip(
            SOLUTION,
            ("q * np.tanh(c), c", "q * c, c"),
            reason="The cell is shown through a tanh, whose slope stands in $S_t$ of {prf:ref}`thm-cell-path`.",
        ),
        "old-cell": slip(
            SOLUTION,
            ("c = f * c +", "old, c = c, f * c +"),
            ("q * np.tanh(c), c", "q * np.tanh(old), c"),
            reason="The state shows the *new* cell: in {prf:ref}`thm-cell-path` the tanh is taken of $\\mathbf{c}^{(t)}$.",
        ),
        "swapped": slip(
            SOLUTION,
            ("q * np.tanh(c), c", "c, q * np.tanh(c)"),
            reason="Both are right and stand in the wrong order: first the state, then the cell, as in "
            "{prf:ref}`thm-cell-path`.",
        ),
        "half-slip": slip(
            SOLUTION,
            (SIGMOID, "(np.tanh(gate) + 1) / 2"),
            reason="$\\tfrac12(\\tanh a + 1)$ is $\\sigma(2a)$: the gates are too steep, {ref}`ex-rem-sentences`.",
        ),
        "steep": slip(
            SOLUTION,
            (SIGMOID, "np.tanh(gate)"),
            reason="A gate lies between 0 and 1: it is a sigmoid, with the slope $\\mathbf{i}\\circ(1-\\mathbf{i})$ of "
            "{prf:ref}`thm-cell-path`, and not a tanh.",
        ),
        "no-bias": slip(
            SOLUTION,
            (" + b", ""),
            reason="The biases are missing. That of the forget gate decides on the memory, {prf:ref}`cor-memory-time`.",
        ),
    },
)
