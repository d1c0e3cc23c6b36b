"""A chapter opens in Binder and Colab: the links lead to files that exist, and these can be run there."""

import json
import re
import subprocess
import sys
import types
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "book" / "_ext")]

import colab  # noqa: E402
import launch  # noqa: E402

GITHUB = "https://github.com/me/rnn-book"
NOTEBOOK = "notebooks/09_vanishing_gradients.ipynb"


@pytest.fixture
def fork(tmp_path):
    """Make a folder with two notebooks and settings that name a repository."""
    (tmp_path / "notebooks").mkdir()
    for name in (NOTEBOOK, "notebooks/01_introduction.ipynb"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    config = re.sub('repository: ""', f'repository: "{GITHUB}/"', (ROOT / "_config.yml").read_text())
    assert GITHUB in config
    (tmp_path / "_config.yml").write_text(config)
    return tmp_path


def test_the_copies_of_this_repository_are_those_of_its_notebooks():
    there = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "colab").glob("*")}
    assert there == colab.copies(ROOT), "run `make colab`"


def test_without_a_repository_nothing_is_offered(fork, capsys):
    assert launch.links(ROOT, "", NOTEBOOK) == {}
    colab.main(fork)
    assert (fork / "colab").is_dir()
    (fork / "_config.yml").write_bytes((ROOT / "_config.yml").read_bytes())
    colab.main(fork)
    assert not (fork / "colab").exists()
    assert "names no repository" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("repository", "place"),
    [
        (GITHUB, "gh/me/rnn-book"),
        (f"{GITHUB}.git", "gh/me/rnn-book"),
        ("https://gitlab.com/me/rnn-book/", "gl/me%2Frnn-book"),
        ("https://code.example/me/rnn", "git/https%3A%2F%2Fcode.example%2Fme%2Frnn"),
    ],
)
def test_binder_opens_a_notebook_that_exists_on_any_host(fork, repository, place):
    found = launch.links(fork, repository, NOTEBOOK)
    assert set(found) == {"Binder"}  # no copies for Colab have been made
    address = urlsplit(found["Binder"])
    assert address.path == f"/v2/{place}/main"
    opened = parse_qs(address.query)["urlpath"][0].removeprefix("lab/tree/")
    assert (fork / opened).is_file()
    assert launch.links(fork, repository, "notebooks/none.ipynb") == {}


def test_colab_opens_a_copy_that_exists(fork):
    colab.main(fork)
    address = launch.links(fork, GITHUB, NOTEBOOK)["Colab"]
    host, path = address.split("/blob/main/")
    assert host == "https://colab.research.google.com/github/me/rnn-book"
    assert (fork / unquote(path)).is_file()
    (fork / path).unlink()
    assert "Colab" not in launch.links(fork, GITHUB, NOTEBOOK)
    assert launch.colab("https://gitlab.com/me/rnn-book", path) is None


def test_a_chapter_s_bar_has_the_links_and_another_page_has_none(fork):
    app = SimpleNamespace(srcdir=fork, config=SimpleNamespace(repository=GITHUB))
    for page, doctree, count in (
        (NOTEBOOK.removesuffix(".ipynb"), object(), 1),
        ("book/welcome", object(), 0),
        ("notebooks/none", object(), 0),
        ("search", None, 0),
    ):
        context = {"header_buttons": []}
        launch.add_buttons(app, page, "page.html", context, doctree)
        assert len(context["header_buttons"]) == count, page
    without = SimpleNamespace(srcdir=fork, config=SimpleNamespace(repository=""))
    launch.add_buttons(without, NOTEBOOK.removesuffix(".ipynb"), "page.html", context, object())
    assert context["header_buttons"] == []


def test_a_copy_is_the_notebook_with_a_first_cell_and_without_outputs(fork):
    colab.main(fork)
    made = json.loads((fork / "colab" / Path(NOTEBOOK).name).read_text(encoding="utf-8"))
    original = json.loads((ROOT / NOTEBOOK).read_text(encoding="utf-8"))
    assert [cell["source"] for cell in made["cells"][1:]] == [cell["source"] for cell in original["cells"]]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in made["cells"])
    assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])


def test_the_first_cell_does_nothing_elsewhere_and_installs_the_package_in_colab(fork, monkeypatch):
    colab.main(fork)
    made = json.loads((fork / "colab" / Path(NOTEBOOK).name).read_text(encoding="utf-8"))
    cell = "".join(made["cells"][0]["source"])
    done = []
    monkeypatch.setattr(subprocess, "run", lambda command, check: done.append((command, check)))
    exec(cell, {})
    assert done == []
    output = SimpleNamespace(enable_custom_widget_manager=lambda: done.append("explorers"))
    module = types.ModuleType("google.colab")
    module.output = output
    monkeypatch.setitem(sys.modules, "google.colab", module)
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    exec(cell, {})
    ((command, check), explorers) = done
    assert command[:4] == [sys.executable, "-m", "pip", "install"]
    assert command[-1] == f"rnn-book[widgets] @ git+{GITHUB}"
    assert check
    assert explorers == "explorers"


def test_binder_installs_what_the_notebooks_import():
    script = (ROOT / "binder" / "postBuild").read_text()
    assert (ROOT / "binder" / "postBuild").stat().st_mode & 0o100
    assert "'.[widgets]'" in script
    bounds = subprocess.run(
        ["bash", "-c", script.split("\n")[3].partition(" > ")[0]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "--hash" not in bounds
    assert re.search(r"^anywidget==[\d.]+$", bounds, re.M)
    version = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    tested = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text())["core"]["parallel"]["matrix"][0]["PYTHON"]
    assert version in tested
