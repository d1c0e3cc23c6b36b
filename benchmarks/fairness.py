"""Is interleaving fair? Each contender's time alone in a process, and in turn with the others.

Libraries keep their worker threads spinning for a while after a call, in the way of the next library's. The
last column is how `bptt.py` measures; it should agree with the first, and the others show what goes wrong.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from command import parse_size
from contenders import BUILDERS, make_problem
from timing import time_block, time_call

MODES = {
    "single calls in turn": time_call,
    "blocks": partial(time_block, pause=0.0, settle=0.0),
    "blocks after a pause": partial(time_block, settle=0.0),
    "blocks after a pause and settling": time_block,
}


def in_turn(
    calls: dict[str, Callable[[], Any]], clock: Callable[..., float], rounds: int
) -> dict[str, float]:
    """Return each call's median time in ms over some rounds in which all take their turn."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(clock(call))
    return {name: float(np.median(sample)) * 1e3 for name, sample in times.items()}


def main() -> None:
    """Print the table for one size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", metavar="T,B,n,m,k")
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float32")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", choices=BUILDERS, help="print the time of one alone")
    options = parser.parse_args()
    problem = make_problem(parse_size(options.size), options.dtype, rng=np.random.default_rng(2))
    if options.only:
        call = BUILDERS[options.only](problem).call
        print(in_turn({options.only: call}, time_block, options.rounds)[options.only])
        return

    columns = {"alone": {}}
    for name in BUILDERS:
        command = [sys.executable, *sys.argv, "--only", name]
        columns["alone"][name] = float(subprocess.run(command, check=True, capture_output=True).stdout)
    calls = {name: build(problem).call for name, build in BUILDERS.items()}
    for mode, clock in MODES.items():
        columns[mode] = in_turn(calls, clock, options.rounds)

    print(f"{options.size} {options.dtype}, ms per call")
    print("| | " + " | ".join(columns) + " |\n|:--|" + "--:|" * len(columns))
    for name in BUILDERS:
        print(f"| {name} | " + " | ".join(f"{column[name]:.3g}" for column in columns.values()) + " |")


if __name__ == "__main__":
    main()
