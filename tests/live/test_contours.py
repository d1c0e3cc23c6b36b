"""The stand-in for contour lines gives the lines that the package itself gives."""

import importlib.util
from pathlib import Path
from typing import Any

import contourpy
import numpy as np
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "live" / "python" / "contourpy" / "__init__.py"


@pytest.fixture(scope="module")
def stand_in() -> Any:
    spec = importlib.util.spec_from_file_location("contour_stand_in", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def summary(lines: Any) -> list[tuple[int, bool, float, float]]:
    """Return number of points, whether closed, length and middle of each line; directions are free."""
    return sorted(
        (
            len(line),
            bool((line[0] == line[-1]).all()),
            round(float(np.hypot(*np.diff(line, axis=0).T).sum()), 9),
            round(float(line[:-1].sum()), 6) if (line[0] == line[-1]).all() else round(float(line.sum()), 6),
        )
        for line in lines
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("level", [-0.8, 0.0, 0.3, 5.0])
def test_the_lines_are_the_same(stand_in: Any, seed: int, level: float) -> None:
    """Random values have saddles, closed and open lines; a missing value leaves its squares out."""
    rng = np.random.default_rng(seed)
    x, y, z = np.sort(rng.normal(size=14)), np.arange(11.0), rng.normal(size=(11, 14))
    if seed % 2:
        z[4, 5] = np.nan
    options = {"corner_mask": False, "line_type": contourpy.LineType.SeparateCode, "name": "serial"}
    expected = contourpy.contour_generator(x, y, np.ma.masked_invalid(z), **options).lines(level)
    found = stand_in.contour_generator(x, y, np.ma.masked_invalid(z), name="serial").lines(level)
    assert summary(found[0]) == summary(expected[0])
    assert sorted(map(list, found[1])) == sorted(map(list, expected[1]))


def test_filled_contours_are_refused_in_a_sentence(stand_in: Any) -> None:
    with pytest.raises(ModuleNotFoundError, match="contourf needs the package contourpy"):
        stand_in.contour_generator([0, 1], [0, 1], [[0, 1], [1, 0]]).filled(0, 1)
