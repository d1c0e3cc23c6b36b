"""What is built for installing holds all that an explorer and a chapter need."""

import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def build(folder, target, source, **variables):
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    return subprocess.run(
        command, cwd=source, capture_output=True, text=True, env={**os.environ, **variables}
    )


@pytest.fixture(scope="module")
def hook():
    """The module of the build hook."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare_copy(folder):
    """What hatchling reads of the project, without any explorer."""
    (folder / "src" / "rnn_core").mkdir(parents=True)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "LICENSE-TEXT", "_config.yml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


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
    typed = {f"rnn_{name}/py.typed" for name in ("core", "exercises", "playground", "widgets")}
    assert typed | {"rnn_playground/run.py"} <= wheel
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
    source = bare_copy(tmp_path / "clone")
    explorer = source / "src" / "rnn_widgets" / "new"
    explorer.mkdir(parents=True)
    (explorer / "view.js").touch()
    ended = build(tmp_path, "wheel", source)
    assert ended.returncode != 0
    assert "RNN_BOOK_WITHOUT_EXPLORERS=1" in ended.stderr


def test_a_clone_without_bundles_asks_pip_for_node_and_one_with_them_does_not(hook, tmp_path):
    explorer = tmp_path / "src" / "rnn_widgets" / "new"
    explorer.mkdir(parents=True)
    (explorer / "view.js").touch()
    builder = hook.CustomBuildHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    (node,) = builder.dependencies()
    assert (
        node
        in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["book"]
    )
    (tmp_path / "src" / "rnn_widgets" / "static").mkdir()
    (tmp_path / "src" / "rnn_widgets" / "static" / "new.js").touch()
    assert builder.dependencies() == []


def metadata(source):
    command = [
        sys.executable,
        "-c",
        "from hatchling.build import *; print(prepare_metadata_for_build_wheel('.'))",
    ]
    ended = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True)
    text = (source / ended.stdout.split()[-1] / "METADATA").read_text(encoding="utf-8")
    return message_from_string(text)


def test_the_metadata_say_which_pythons_are_tested_and_that_types_are_there(tmp_path):
    found = metadata(bare_copy(tmp_path / "a"))
    classes = found.get_all("Classifier")
    least = int(re.fullmatch(r">=3\.(\d+)", found["Requires-Python"])[1])
    named = sorted(int(m[1]) for c in classes if (m := re.fullmatch(r".* :: 3\.(\d+)", c)))
    assert named == list(range(least, 15))
    assert {"Typing :: Typed", "Framework :: Jupyter"} <= set(classes)
    assert found["Description-Content-Type"] == "text/markdown"
    readme = found.get_payload()
    assert "# The mathematics of recurrent neural networks" in readme
    assert not re.findall(r"\]\((?!https?:)", readme)  # an index has no files beside the readme
    assert found.get_all("Project-URL") is None


def test_addresses_are_those_of_the_book_s_settings(tmp_path):
    source = bare_copy(tmp_path / "a")
    config = source / "_config.yml"
    text = re.sub('site_url: ""', "site_url: https://books.example/rnn/", config.read_text())
    config.write_text(re.sub('repository: ""', 'repository: "https://code.example/me/rnn"', text))
    found = metadata(source)
    assert dict(line.split(", ") for line in found.get_all("Project-URL")) == {
        "Homepage": "https://books.example/rnn",
        "Documentation": "https://books.example/rnn",
        "Repository": "https://code.example/me/rnn",
        "Changelog": "https://code.example/me/rnn/blob/main/CHANGELOG.md",
        "Issues": "https://code.example/me/rnn/issues",
    }
    readme = found.get_payload()
    assert "](https://code.example/me/rnn/blob/main/CONTRIBUTING.md)" in readme
    assert re.search(r"!\[[^\]]+\]\(https://code\.example/me/rnn/raw/main/book/_pictures/\S+\.webp\)", readme)
    assert not re.findall(r"\]\((?!https?:)", readme)
