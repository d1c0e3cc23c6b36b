"""The figures that the missions state, computed from the table of their study."""

import csv
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "experiments" / "playground.csv"


def rows():
    """Return the rows of the table by "mission: name"; none before the study was run."""
    found = {}
    if not TABLE.exists():
        return found
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(f"{row['mission']}: {row['name']}", []).append(row)
    return found


def figures():
    """Return, for each set-up, how many seeds learnt it, how many diverged, and the median update."""
    found = {}
    for name, given in rows().items():
        solved = [int(row["solved"]) for row in given if row["solved"]]
        found[name] = {
            "solved": len(solved),
            "diverged": sum(row["diverged"] != "" for row in given),
            "median": round(median(solved)) if solved else None,
        }
    return found
