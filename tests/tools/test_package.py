"""What is built for installing holds all that an explorer and a chapter need."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def build(folder, target, source, **variables):
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    return subprocess.run(
        command, cwd=source, capture_output=True, text=True, env={**os.environ, **variables}
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel that is made from the sdist, as `python -m build` does it."""
    folder = tmp_path_factory.mktemp("dist")
    assert build(folder, "sdist", ROOT).returncode == 0
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    unpacked = next(path for path in folder.iterdir() if path.is_dir())
    # Without Node: what the sdist lacks cannot be made.
    ended = build(folder, "wheel", unpacked, npm_config_offline="true", npm_config_cache=str(folder / "npm"))
    assert ended.returncode == 0, ended.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_explorers(wheel):
    views = list((ROOT / "src" / "rnn_widgets").glob("*/view.js"))
    assert views
    for view in views:
        for ending in ("js", "css"):
            assert f"rnn_widgets/static/{view.parent.name}.{ending}" in wheel
    assert {"rnn_core/py.typed", "rnn_widgets/py.typed", "rnn_playground/run.py"} <= wheel
    sources = [name for name in wheel if name.endswith((".js", ".mjs", ".css", ".json"))]
    assert all("/static/" in name for name in sources), sources


def test_the_wheel_holds_every_table_that_a_chapter_reads(wheel):
    notebooks = "".join(path.read_text() for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert "../experiments" not in notebooks
    named = set(re.findall(r'EXPERIMENTS / \\?"([\w.]+)', notebooks))
    assert {"char_rnn.csv", "neural_tpp.csv"} <= named
    for name in named:
        assert f"rnn_widgets/experiments/{name}" in wheel


def test_a_bundle_that_cannot_be_built_is_told_in_a_sentence(tmp_path):
    source = tmp_path / "clone"
    explorer = source / "src" / "rnn_widgets" / "new"
    explorer.mkdir(parents=True)
    (explorer / "view.js").touch()
    (source / "src" / "rnn_core").mkdir()
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "LICENSE-TEXT"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    ended = build(tmp_path, "wheel", source)
    assert ended.returncode != 0
    assert "RNN_BOOK_WITHOUT_EXPLORERS=1" in ended.stderr
