"""When rescaled gaps are told apart from unit exponentials, as ``model.js`` has it."""

import math

import numpy as np

from rnn_core.point_process import kolmogorov_smirnov

__all__ = ["evened", "fitted_limit", "is_beyond", "ks_limit"]


def ks_limit(n: int) -> float:
    """The distance that n unit exponentials exceed in 5 % of all samples (Stephens 1970; exact for n = 1)."""
    if n == 1:
        return 0.975
    root = np.sqrt(n)
    return float(1.358 / (root + 0.12 + 0.11 / root))


def fitted_limit(n: int) -> float:
    """The same for gaps whose mean has been brought to 1: fitted gaps lie closer (Stephens 1974)."""
    root = math.sqrt(n)
    return 0.2 / n + 1.094 / (root + 0.26 + 0.5 / root)


def is_beyond(gaps: np.ndarray) -> bool:
    """Whether rescaled gaps are told apart from unit exponentials at the 5 % level."""
    return len(gaps) > 0 and kolmogorov_smirnov(gaps).statistic > ks_limit(len(gaps))


def evened(gaps: np.ndarray) -> tuple[float, float] | None:
    """Bring the mean to 1, as a Poisson process of whatever rate sees the gaps: distance and deviation."""
    if not len(gaps):
        return None
    scaled = gaps / gaps.mean()
    return kolmogorov_smirnov(scaled).statistic, float(scaled.std())
