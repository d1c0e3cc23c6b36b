"""A real sequence of events: explosions in British coal mines.

References
----------
Maguire, Pearson and Wynn (1952), The time intervals between industrial accidents, Biometrika 39, 168–180.
Jarrett (1979), A note on the intervals between coal-mining disasters, Biometrika 66, 191–193.
Raftery and Akman (1986), Bayesian analysis of a Poisson process with a change-point, Biometrika 73, 85–89.
"""

from collections import Counter
from datetime import date
from importlib import resources
from typing import NamedTuple

import numpy as np

from .._checks import Array

__all__ = ["CoalMining", "coal_mining_disasters"]

FIRST, LAST = date(1851, 1, 1), date(1962, 12, 31)


class CoalMining(NamedTuple):
    """The disasters, and for how long they were watched.

    Attributes
    ----------
    dates : tuple of datetime.date
        One for each disaster, in order.
    times : (191,) array
        The same in days since 1 January 1851, 0 h, strictly increasing. The hour is not recorded: it is set
        to noon, and for two disasters of one day to 8 h and 16 h.
    end : float
        Days from 1 January 1851 to 31 December 1962.
    """

    dates: tuple[date, ...]
    times: Array
    end: float


def coal_mining_disasters() -> CoalMining:
    """The 191 explosions with ten or more killed in British coal mines, 1851 to 1962.

    Returns
    -------
    CoalMining
        Dates, times in days, and the length of the window in days.
    """
    data = resources.files(__package__.rpartition(".")[0]) / "data"
    text = (data / "coal_mining_disasters.txt").read_text(encoding="utf-8")
    dates = [date.fromisoformat(line) for line in text.split()]
    times: list[float] = []
    for day, number in Counter(dates).items():
        hours = np.arange(1, number + 1) / (number + 1)
        times.extend(((day - FIRST).days + hours).tolist())
    return CoalMining(tuple(dates), np.array(times), float((LAST - FIRST).days + 1))
