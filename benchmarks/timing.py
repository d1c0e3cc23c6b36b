"""Times that can be compared: blocks of calls, interleaved in one process, and paired ratios."""

import gc
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, NamedTuple

import numpy as np

# The thread pools of the three libraries go on spinning for some time after a call, on the cores that the
# next library wants. A pause lets them fall asleep. Then a library's own threads must wake and find a core
# each, and until then its calls are slow, PyTorch's above all. So the calls of the first SETTLE seconds are
# not timed, for any of the programs. `fairness.py` shows what remains of it on the machine at hand.
PAUSE, SETTLE, BLOCK = 0.04, 0.06, 0.04
LEAST_CALLS, LEAST_ROUNDS = 2, 7


class Quartiles(NamedTuple):
    """The three quartiles of a sample."""

    lower: float
    median: float
    upper: float


def quartiles(sample: Any) -> Quartiles:
    """Return the quartiles of a sample."""
    return Quartiles(*(float(q) for q in np.quantile(sample, (0.25, 0.5, 0.75))))


def time_call(call: Callable[[], Any]) -> float:
    """Return the time of one call, in seconds."""
    start = perf_counter()
    call()
    return perf_counter() - start


def time_block(call: Callable[[], Any], pause: float = PAUSE, settle: float = SETTLE) -> float:
    """Return the median time of one call in a block of calls, in seconds."""
    sleep(pause)
    end = perf_counter() + settle
    call()
    while perf_counter() < end:
        call()
    times: list[float] = []
    end = perf_counter() + BLOCK
    while len(times) < LEAST_CALLS or perf_counter() < end:
        times.append(time_call(call))
    return float(np.median(times))


def interleave(
    calls: dict[str, Callable[[], Any]], seconds: float, least_rounds: int = LEAST_ROUNDS
) -> dict[str, np.ndarray]:
    """Time the calls in turn, a block of each per round, until the time is up.

    The order is reversed from round to round, so that no call always follows the same one. The garbage
    collector works between rounds only.

    Returns
    -------
    dict of (rounds,) arrays
        Seconds per call. Entries of one round, taken within a fraction of a second, are a pair.
    """
    times: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    end = perf_counter() + seconds
    gc.disable()
    try:
        while len(times[order[0]]) < least_rounds or perf_counter() < end:
            gc.collect()
            for name in order:
                times[name].append(time_block(calls[name]))
            order.reverse()
    finally:
        gc.enable()
    return {name: np.array(sample) for name, sample in times.items()}


def peak_memory(call: Callable[[], Any]) -> int:
    """Return the bytes that Python and NumPy hold at the worst moment of a call, beyond those before it."""
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        call()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


class OtherLoad:
    """Watches what other programs take of the processors: times taken beside them mean little."""

    def __init__(self) -> None:
        self._start = self._used()

    def share(self) -> float | None:
        """Return their share of all cores' time since the start, or None where the system does not tell."""
        used = self._used()
        if self._start is None or used is None:
            return None
        busy, own, total = (now - then for now, then in zip(used, self._start, strict=True))
        return max(0.0, busy - own) / total

    @staticmethod
    def _used() -> tuple[float, float, float] | None:
        """Seconds: all programs', our own, and all there were."""
        try:
            ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        except OSError:  # not Linux
            return None
        unit = os.sysconf("SC_CLK_TCK")
        user, nice, system, idle, waiting, *interrupts = ticks
        busy = user + nice + system + sum(interrupts)
        own = os.times()
        return busy / unit, own.user + own.system, (busy + idle + waiting) / unit
