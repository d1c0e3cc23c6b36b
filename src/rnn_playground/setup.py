"""The set-up of a run: checked fields, and a short text of them for an address."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from rnn_core._checks import choice, finite_number, positive_int, shown
from rnn_core.params import RECURRENT_KINDS

__all__ = ["CELLS", "LEAST_T", "LIMITS", "OPTIMIZERS", "TASKS", "Setup"]

TASKS = ("recall", "order", "adding", "reber", "parity", "agreement", "text")
CELLS = ("tanh", "relu", "lstm", "gru")
OPTIMIZERS = ("sgd", "adam")
WORDS = {"task": TASKS, "cell": CELLS, "family": RECURRENT_KINDS, "optimizer": OPTIMIZERS}

# From, to, and whether integers only. The same numbers stand in engine/setup.js; a test compares them.
LIMITS: dict[str, tuple[float, float, bool]] = {
    "T": (1, 200, True),
    "m": (1, 64, True),
    "layers": (1, 2, True),
    "rho": (0, 10, False),
    "input_scale": (0, 10, False),
    "forget_bias": (-10, 10, False),
    "rate": (0, 1e6, False),
    "clip": (0, 1e6, False),
    "batch": (1, 64, True),
    "window": (0, 200, True),
    "seed": (0, 4294967295, True),
}

# The marked steps of these tasks need room.
LEAST_T = {"order": 10, "adding": 2}


@dataclass(frozen=True)
class Setup:
    """What decides a run, but for the reader's own text.

    Attributes
    ----------
    task : {"recall", "order", "adding", "reber", "parity", "agreement", "text"}
        What is to be learnt: see `tasks`.
    T : int
        Blanks of "recall", whose sequences have T + 2 steps; steps of all others. "reber" does not use it,
        since its strings have their own lengths. At least 10 for "order" and 2 for "adding".
    cell : {"tanh", "relu", "lstm", "gru"}
        The cell; "relu" with family "identity" and rho 1 is the IRNN.
    m, layers : int
        Units of a layer, and layers: 1 or 2.
    family, rho : str, float
        Of each recurrent matrix, as `rnn_core.recurrent_matrix` draws it: the spectral norm is ρ.
    input_scale : float
        Factor of the W_hx that the input sees, after it was drawn with variance 1/n.
    forget_bias : float
        Bias of the gate that keeps: f of the LSTM, z of the GRU. Plain cells have none.
    optimizer, rate : str, float
        The rule, and its η ≥ 0.
    clip : float
        Largest global norm of a gradient; 0: nothing is clipped.
    batch : int
        B, sequences of an update.
    window : int
        Steps between the cuts of truncated backpropagation; 0: nothing is cut.
    seed : int
        Of the start and of the batches, which are two streams: see `random`.
    """

    task: str = "recall"
    T: int = 10
    cell: str = "tanh"
    m: int = 16
    layers: int = 1
    family: str = "orthogonal"
    rho: float = 0.95
    input_scale: float = 1.0
    forget_bias: float = 1.0
    optimizer: str = "adam"
    rate: float = 0.01
    clip: float = 1.0
    batch: int = 16
    window: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        for name, words in WORDS.items():
            choice(name, getattr(self, name), words)
        for name, (low, high, whole) in LIMITS.items():
            value = getattr(self, name)
            if whole:
                checked: float = positive_int(name, value, least=int(low), most=int(high))
            else:
                checked = finite_number(name, value, least=low)
                if checked > high:
                    raise ValueError(f"{name} must be at most {high:g}, got {shown(value)}")
            object.__setattr__(self, name, checked)
        steps, least = self.T, LEAST_T.get(self.task, 1)
        if steps < least:
            raise ValueError(f"T must be at least {least} for the task {self.task!r}, got {steps}")

    def to_text(self) -> str:
        """Return what differs from the usual, as in an address: "task=adding&T=40"; "" if nothing does."""
        usual = asdict(Setup())
        return urlencode(
            {name: written(value) for name, value in asdict(self).items() if value != usual[name]}
        )

    @classmethod
    def from_text(cls, text: str) -> "Setup":
        """Read what `to_text` gave, here or in the page.

        Raises
        ------
        TypeError, ValueError
            If there is an unknown name, no number where one should be, or a value that is not allowed.
        """
        values: dict[str, Any] = {}
        for name, value in parse_qsl(text, keep_blank_values=True):
            if name in WORDS:
                values[name] = value
            elif name in LIMITS:
                values[name] = _number(name, value)
            else:
                known = ", ".join(field.name for field in fields(cls))
                raise ValueError(f"text must have the names {known}, got {shown(name)}")
        return cls(**values)


def _number(name: str, text: str) -> float:
    try:
        return int(text) if LIMITS[name][2] else float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, got {shown(text)}") from None


def written(value: Any) -> str:
    """Return a word, or a number as JavaScript writes it, so that both make the same address."""
    if not isinstance(value, float):
        return str(value)
    if value == int(value):
        return str(int(value))
    if abs(value) >= 1e-6:
        return format(Decimal(repr(value)), "f")
    digits, exponent = repr(value).split("e")
    return f"{digits}e{int(exponent)}"
