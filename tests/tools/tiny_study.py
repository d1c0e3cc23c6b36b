"""A study of small cells, run by experiments/runner.py as a user would run it, and what can be killed."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"

SCRIPT = """
import os
import sys
import time

import numpy as np

sys.path.insert(0, {experiments!r})
import runner
from rnn_core import recurrent_matrix

SECONDS = {seconds}


def run(family, seed):
    with open({log!r}, "a") as log:
        log.write(f"{{family}} {{seed}} {{os.getpid()}}\\n")
    time.sleep(SECONDS * (1 + seed % 3))
    while seed == 2 and os.path.exists({hold!r}):
        time.sleep(0.02)
    if seed == {bad}:
        raise ValueError("no such seed")
    W = recurrent_matrix(family, 7, 0.9, rng=np.random.default_rng(seed))
    return {{"trace": np.trace(W), "positive": np.sum(W > 0), "nothing": None}}


def cells(quick):
    seeds = range(1 if quick else {seeds})
    return [{{"family": family, "seed": seed}} for family in ("gaussian", "symmetric") for seed in seeds]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
"""


class Tiny:
    """A study of some cells in a folder of its own, run as a user would run it."""

    def __init__(self, folder, seconds=0.05, seeds=4, bad=None):
        folder.mkdir()
        self.script, self.log = folder / "tiny.py", folder / "runs.txt"
        self.table, self.journal = folder / "tiny.csv", folder / ".journal" / "tiny.jsonl"
        self.hold = folder / "hold"  # while it is there, cells with seed 2 do not end
        places = {"experiments": str(EXPERIMENTS), "log": str(self.log), "hold": str(self.hold)}
        self.script.write_text(SCRIPT.format(seconds=seconds, seeds=seeds, bad=bad, **places))

    def start(self, *options):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        # In a session of its own, as from a terminal: Ctrl-C goes to its workers too.
        return subprocess.Popen([sys.executable, self.script, *options], start_new_session=True, **pipes)

    def run(self, *options, code=0):
        driver = self.start(*options)
        out, err = driver.communicate(timeout=60)
        assert driver.returncode == code, err
        return out + err

    def runs(self):
        """Family and seed of each start of a cell, and the process."""
        return (
            [tuple(line.split()) for line in self.log.read_text().splitlines()] if self.log.exists() else []
        )

    def kept(self):
        """Family and seed of each cell in the journal."""
        lines = self.journal.read_bytes().splitlines() if self.journal.exists() else []
        return [(cell["family"], str(cell["seed"])) for cell in (json.loads(line)["cell"] for line in lines)]

    def wait_for(self, kept, driver):
        until(lambda: len(self.kept()) >= kept or driver.poll() is not None)
        assert driver.poll() is None, driver.communicate()

    def assert_nothing_kept_ran_again(self, kept):
        assert kept
        for cell in kept:
            assert [run[:2] for run in self.runs()].count(cell) == 1, cell


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(process):
    with suppress(ProcessLookupError):
        os.kill(int(process), 0)
        return True
    return False


@contextmanager
def process(*command, folder):
    with (folder / f"{command[0]}.log").open("a") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, command)], stdout=log, stderr=log, cwd=folder
        )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
