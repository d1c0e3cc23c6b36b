"""The RNN playground: tasks, set-ups and runs that the page's engine and Python make alike.

The engine is JavaScript, in `engine`. Everything here is its twin, computed by `rnn_core`; the tests hold the
two equal. The README in this folder has the engine's interface.
"""

from .gradient import batches, gradient_of, outputs
from .random import Generator
from .run import Record, run
from .setup import Setup
from .silence import silenced
from .start import GatedLayer, GatedStack, start
from .tasks import Task, make_task

__all__ = [
    "GatedLayer",
    "GatedStack",
    "Generator",
    "Record",
    "Setup",
    "Task",
    "batches",
    "gradient_of",
    "make_task",
    "outputs",
    "run",
    "silenced",
    "start",
]
