"""Cases for the JavaScript of Hopfield's network, by the function of chapter 2: `make_vectors(seed)`."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from rnn_widgets.hopfield.explorer import FIRST, STEPS, HopfieldExplorer, unpack
from rnn_widgets.hopfield.pictures import NAMES, ORDER, PICTURES, UNITS

CHAPTER = Path(__file__).parents[3] / "notebooks" / "02_history.ipynb"
CARRIED = {
    "pictures": ["".join("1" if unit > 0 else "0" for unit in picture) for picture in PICTURES],
    "names": list(NAMES),
    "order": list(ORDER),
}
START = {"patterns": 3, "picture": 1, "flipped": FIRST, "step": 0, "unit": ORDER[0] + 1}


@cache
def chapter_recall():
    """Return the function `recall` of the chapter."""
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (source,) = [source for source in sources if source.startswith("def recall(")]
    room = {"np": np}
    exec(source, room)
    return room["recall"]


class InOrder:
    """In place of a random generator: each permutation leaves all as it is."""

    def permutation(self, count):
        return np.arange(count)


def hundredfold(patterns):
    """A hundred times the weights, entry by entry as in the chapter's formula."""
    weights = np.zeros((UNITS, UNITS), int)
    for picture in PICTURES[:patterns]:
        weights += np.outer(picture, picture)
    weights[np.diag_indices(UNITS)] = 0
    return weights


def start_of(picture, flipped):
    state = PICTURES[picture - 1].copy()
    state[unpack(flipped)] *= -1
    return state


def case(settings):
    weights = hundredfold(settings["patterns"])
    start = start_of(settings["picture"], settings["flipped"])
    end, energies = chapter_recall()(weights, start, rng=InOrder(), sweeps=STEPS // UNITS)
    explorer = HopfieldExplorer(**settings)
    step = settings["step"]
    np.testing.assert_allclose(explorer.energies, energies[: step + 1] / UNITS, rtol=0, atol=1e-10)
    if step == STEPS:
        np.testing.assert_array_equal(explorer.states[-1], end)
    changes = np.flatnonzero(np.diff(energies))
    state = explorer.states[-1]
    return {
        "carried": CARRIED,
        "settings": settings,
        "expected": {
            "state": state.tolist(),
            "fields": explorer.fields.tolist(),
            "first": energies[0] / UNITS,
            "energy": energies[step] / UNITS,
            "own": float(
                -0.5 * PICTURES[settings["picture"] - 1] @ weights @ PICTURES[settings["picture"] - 1]
            )
            / UNITS,
            "changes": [{"asked": int(i) + 1, "energy": energies[i + 1] / UNITS} for i in changes],
            "fell": int(np.sum(changes < step)),
            "willing": int(np.sum(weights @ state * state < 0)),
            "wrong": explorer.wrong,
            "flipped": int(unpack(settings["flipped"]).sum()),
            "agree": np.sum(state == PICTURES, axis=1).tolist(),
        },
    }


def drawn(rng):
    """Draw settings: damage of any size, at random or in the slider's order, steps anywhere."""
    count = int(rng.integers(0, UNITS + 1))
    units = ORDER[:count] if rng.random() < 0.4 else rng.choice(UNITS, count, replace=False)
    marks = np.isin(np.arange(UNITS), units)
    digits = "".join(
        f"{int(''.join('01'[bit] for bit in part), 2):x}" for part in marks.reshape(-1, 4).astype(int)
    )
    if rng.random() < 0.1:
        digits = digits[: int(rng.integers(0, 25))]
    step = (0, STEPS, int(rng.integers(0, 101)), int(rng.integers(0, STEPS + 1)))[int(rng.integers(0, 4))]
    return {
        "patterns": int(rng.integers(1, len(PICTURES) + 1)),
        "picture": int(rng.integers(1, len(PICTURES) + 1)),
        "flipped": digits,
        "step": step,
        "unit": int(rng.integers(1, UNITS + 1)),
    }


def curve_case(patterns, picture):
    """How many units are wrong at the end, for all sizes of damage at once."""
    weights, target = hundredfold(patterns).astype(float), PICTURES[picture - 1].astype(float)
    states = np.array(
        [np.where(np.isin(np.arange(UNITS), ORDER[:n]), -target, target) for n in range(UNITS + 1)]
    )
    for asked in range(STEPS):
        unit = asked % UNITS
        side = np.sign(states @ weights[unit])
        states[:, unit] = np.where(side == 0, states[:, unit], side)
    return np.sum(states != target, axis=1).tolist()


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    cases = [case(START), case({**START, "step": STEPS}), case({**START, "patterns": 2, "step": STEPS})]
    cases += [case(drawn(rng)) for _ in range(120)]
    for patterns, picture in ((3, 1), (2, 1), (2, 5), (13, 1), (16, 16), (8, 2)):
        expected = {"curve": curve_case(patterns, picture)}
        cases.append(
            {
                "carried": CARRIED,
                "settings": {**START, "patterns": patterns, "picture": picture},
                "expected": expected,
            }
        )
    return cases
