"""Tasks that ask for memory: data drawn anew, with exact baselines and a checker for each.

Adding (`addition`), copy memory (`copying`), temporal order (`ordering`) and the embedded Reber grammar
(`reber`). Every generator returns a `Batch` for `train`, time first. Each baseline is the least loss that a
model without the memory in question can reach, in the units of `bptt`: summed over time, averaged over the
batch. What a checker is given as outputs may be logits or probabilities: only their order matters, but for
the adding problem, whose output is a number.
"""

from .addition import adding, adding_baseline, adding_errors
from .copying import copy_baseline, copy_errors, copy_memory
from .ordering import temporal_order, temporal_order_baseline, temporal_order_errors
from .reber import (
    EMBEDDED_REBER,
    REBER,
    REBER_SYMBOLS,
    embedded_reber,
    is_embedded_reber,
    reber_baseline,
    reber_batch,
    reber_critical_errors,
    reber_errors,
    reber_legal,
    reber_length,
    reber_solved,
    sample_embedded_reber,
)

__all__ = [
    "EMBEDDED_REBER",
    "REBER",
    "REBER_SYMBOLS",
    "adding",
    "adding_baseline",
    "adding_errors",
    "copy_baseline",
    "copy_errors",
    "copy_memory",
    "embedded_reber",
    "is_embedded_reber",
    "reber_baseline",
    "reber_batch",
    "reber_critical_errors",
    "reber_errors",
    "reber_legal",
    "reber_length",
    "reber_solved",
    "sample_embedded_reber",
    "temporal_order",
    "temporal_order_baseline",
    "temporal_order_errors",
]
