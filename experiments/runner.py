"""Run a study: many independent cells, on local processes or on a Dask cluster, and survive being killed.

A study is a script with a function ``cells(quick)``, which lists the cells (dictionaries of plain arguments),
and a pure function ``run(**cell)``, which returns a dictionary of numbers; it ends with ::

    if __name__ == "__main__":
        sys.exit(runner.main(runner.Study(__file__, run, cells)))

Each finished cell is a line in .journal/NAME.jsonl. When the program is stopped, by Ctrl-C or by kill -9, the
same command runs what is missing and nothing else. When all cells are there, NAME.csv gets a row for each, in
the order of `cells`, and NAME.json says what made them. The CSV does not depend on where or in which order
the cells ran, nor on how often the program was stopped.
"""

import argparse
import csv
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from journal import Journal, fingerprints, git_commit, write_whole
from tqdm import tqdm
from workers import Cell, Outcomes, Run, WorkersLostError, environment, on_dask, on_processes


class Study(NamedTuple):
    """What is to be run.

    Attributes
    ----------
    script : str
        The study's ``__file__``: its name, and the folder of the results.
    run : callable
        A function at the top level of the script: keyword arguments to a dictionary of numbers. None is an
        empty field.
    cells : callable
        Given `quick`, the list of cells: dictionaries with the same keys and with values that JSON keeps. The
        quick ones try the script out; their table goes to the journal's folder.
    """

    script: str
    run: Run
    cells: Callable[[bool], list[Cell]]


def main(study: Study, arguments: list[str] | None = None) -> int:
    """Run what is missing of a study and write its table; return the exit code of the program."""
    options = _options(study, arguments)
    script = Path(study.script).resolve()
    name = script.stem + (".quick" if options.quick else "")
    folder = script.parent / ".journal" if options.quick else script.parent
    cells = study.cells(options.quick)
    keys = fingerprints(script, cells)
    if len({tuple(cell) for cell in cells}) != 1 or len(set(keys)) != len(keys):
        raise ValueError("cells must be one or more dictionaries with the same keys, no two of them equal")
    try:
        journal = Journal(script.parent / ".journal" / f"{name}.jsonl", keys)
    except BlockingIOError:
        return _stop(f"{name} is being run by another process")
    except OSError as error:
        return _stop(f"the journal of {name} cannot be used: {error.strerror}")
    with journal:
        if journal.stale:
            print(f"{journal.stale} results of other cells or of other code are in the journal: not used")
        for line in journal.damaged:
            print(f"line {line} of the journal is damaged: its cell runs again")
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # kill ends the program as Ctrl-C does
        missing = [(key, cell) for key, cell in zip(keys, cells, strict=True) if key not in journal.entries]
        try:
            if missing and options.scheduler:
                _collect(on_dask(options.scheduler, study.run, missing), journal, len(cells), script)
            elif missing:
                _collect(on_processes(options.workers, study.run, missing), journal, len(cells), script)
        except KeyboardInterrupt:
            return _stop(f"stopped: {journal.kept()} of {len(cells)} cells are kept", code=130)
        except WorkersLostError as error:
            return _stop(f"{error}: {len(journal.entries)} of {len(cells)} cells are kept")
        except OSError as error:
            return _stop(
                f"the journal cannot be written ({error.strerror}): "
                f"{len(journal.entries)} of {len(cells)} cells are kept"
            )
        if len(journal.entries) < len(cells):
            return _stop(
                f"{len(cells) - len(journal.entries)} of {len(cells)} cells failed: no table is written"
            )
        entries = [journal.entries[key] for key in keys]
    write_whole(folder / f"{name}.json", json.dumps(_provenance(script, entries), indent=1) + "\n")
    write_whole(folder / f"{name}.csv", table(cells, [entry["result"] for entry in entries]))
    print(f"{len(cells)} cells are in {os.path.relpath(folder / name)}.csv")
    return 0


def table(cells: list[Cell], results: list[dict[str, Any]]) -> str:
    """The text of the CSV: arguments, then results; floats with six digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*cells[0], *results[0]])
    for cell, result in zip(cells, results, strict=True):
        if list(result) != list(results[0]):
            raise ValueError(f"run must return the same keys for every cell, got {list(result)} for {cell}")
        values = [*cell.values(), *result.values()]
        writer.writerow([f"{value:.6g}" if isinstance(value, float) else value for value in values])
    return text.getvalue()


def _options(study: Study, arguments: list[str] | None) -> argparse.Namespace:
    def count(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            raise argparse.ArgumentTypeError(f"must be an integer of at least 1, got {text!r}")
        return int(text)

    parser = argparse.ArgumentParser(
        description=f"Run the study {Path(study.script).stem}.", allow_abbrev=False
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        metavar="N",
        type=count,
        default=os.cpu_count(),
        help="processes; default: one for each core",
    )
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster, for example tcp://127.0.0.1:8786"
    )
    parser.add_argument("--quick", action="store_true", help="few small cells, to try the script out")
    return parser.parse_args(arguments)


def _collect(outcomes: Outcomes, journal: Journal, total: int, script: Path) -> None:
    """Note each cell as it ends, and say which ones fail."""
    commit, here = git_commit(script), environment()
    versions = ("python", "numpy", "rnn_core")  # the fingerprint, which is taken here, stands for these
    with closing(outcomes), tqdm(total=total, initial=len(journal.entries), unit=" cells") as bar:
        for key, cell, outcome in outcomes:
            error = outcome.get("error")
            if error is None and any(outcome["environment"][v] != here[v] for v in versions):
                error = f"the worker has {outcome['environment']}, but this process {here}"
            if error is None:
                journal.append(key, {"cell": cell, **outcome, "commit": commit})
                bar.update()
            else:
                bar.write(f"failed: {cell}\n{error}", file=sys.stderr)


def _provenance(script: Path, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What made the results; several commits or environments mean a run in parts or unlike workers."""
    environments = {json.dumps(entry["environment"]) for entry in entries}
    return {
        "command": f"python {script.parent.name}/{script.name}",
        "cells": len(entries),
        "cpu_seconds": round(sum(entry["seconds"] for entry in entries), 1),
        "dates": sorted({entry["date"] for entry in entries}),
        "commits": sorted({entry["commit"] for entry in entries}),
        "environments": [json.loads(text) for text in sorted(environments)],
    }


def _stop(message: str, code: int = 1) -> int:
    print(message, file=sys.stderr)
    return code
