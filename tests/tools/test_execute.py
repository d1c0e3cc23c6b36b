"""The book's notebooks are run into the cache that Sphinx reads, and a cell that fails is told."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import execute

MARKDOWN = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# Welcome

```{code-cell} ipython3
print(3 * 5)
```
"""
WIDGET = "import ipywidgets\nipywidgets.IntSlider(value=41)"


@pytest.fixture
def root(tmp_path):
    """A book with one page that has code: each such page is run by a process and a kernel of its own."""
    (tmp_path / "_config.yml").write_text("execute: {cache: _build/cache, timeout: 60}\n")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: plain\nchapters: [{file: one}]\n")
    (tmp_path / "plain.md").write_text("# No code\n")
    (tmp_path / "draft.ipynb").write_text("not in the book, and not even a notebook")
    write(tmp_path, "from helper import six\nprint(six * 7)", WIDGET)
    (tmp_path / "helper.py").write_text("six = 6\n")
    return tmp_path


def write(root, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), root / "one.ipynb")


def cached(root):
    """Return the notebook as Sphinx would take it from the cache."""
    notebook, cache = nbformat.read(root / "one.ipynb", as_version=4), get_cache(root / "_build" / "cache")
    found = cache.merge_match_into_notebook(notebook)[1]
    cache.db.dispose()
    return found


def test_what_ran_is_in_the_cache_with_its_widgets(root):
    (root / "_toc.yml").write_text("format: jb-book\nroot: welcome\nchapters: [{file: one}, {file: plain}]\n")
    (root / "welcome.md").write_text(MARKDOWN)
    assert execute.execute(root) == []
    cache = get_cache(root / "_build" / "cache")
    assert {Path(r.uri).name for r in cache.list_cache_records()} == {"one.ipynb", "welcome.md"}
    cache.db.dispose()
    notebook = cached(root)
    assert notebook.cells[0].outputs[0].text == "42\n"
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert 41 in [state["state"].get("value") for state in states]


COUNT = "from pathlib import Path\nruns = Path('runs.md')\nruns.open('a').write('x')\nlen(runs.read_text())"


def test_what_has_run_is_not_run_again_until_something_that_it_could_use_has_changed(root, monkeypatch):
    """The cell counts its runs, in a file whose kind is a page's and tells nothing."""
    write(root, "from helper import six\nprint(six * 7)", COUNT)
    (root / "src" / "package" / "data").mkdir(parents=True)
    (root / "src" / "package" / "data" / "words.txt").write_text("a")

    def runs_after_a_build():
        assert execute.execute(root) == []
        assert cached(root).cells[0].outputs[0].text.strip() == str(7 * six)
        return len((root / "runs.md").read_text())

    six = 6
    assert [runs_after_a_build() for _ in range(2)] == [1, 1]
    (root / "plain.md").write_text("# No code, and another text\n")
    assert runs_after_a_build() == 1, "another text"
    six = 60
    (root / "helper.py").write_text("six = 60\n")
    assert runs_after_a_build() == 2, "another module"
    (root / "src" / "package" / "data" / "words.txt").write_text("b")
    assert runs_after_a_build() == 3, "other data of the same size"
    monkeypatch.setattr(execute, "distributions", lambda: [])
    assert runs_after_a_build() == 4, "other packages"
    write(root, "from helper import six\nprint(six * 7)", COUNT + " + 1")
    assert runs_after_a_build() == 5, "other code"


def test_a_page_from_the_cache_is_held_to_its_alternative_texts(root, capfd):
    write(root, "print('no figure')")
    assert execute.execute(root) == []
    notebook = nbformat.read(root / "one.ipynb", as_version=4)
    notebook.cells[0].metadata["mystnb"] = {"image": {"alt": "A curve that falls"}}
    nbformat.write(notebook, root / "one.ipynb")
    assert [Path(name).name for name in execute.execute(root)] == ["one.ipynb"]
    assert "no figure came from: print('no figure')" in capfd.readouterr().err


def test_a_failing_cell_is_named_with_its_traceback(root, capfd):
    write(root, "def deep():\n    raise ValueError('no such luck')\ndeep()")
    assert [Path(name).name for name in execute.execute(root)] == ["one.ipynb"]
    told = capfd.readouterr().err
    assert "one.ipynb" in told
    assert "ValueError" in told
    assert "no such luck" in told
    assert "raise ValueError" in told


def test_a_cell_that_is_to_draw_a_figure_and_draws_none_fails(root, capfd):
    write(root, "print('no figure')")
    notebook = nbformat.read(root / "one.ipynb", as_version=4)
    notebook.cells[0].metadata["mystnb"] = {"image": {"alt": "A curve that falls"}}
    nbformat.write(notebook, root / "one.ipynb")
    assert [Path(name).name for name in execute.execute(root)] == ["one.ipynb"]
    assert "no figure came from: print('no figure')" in capfd.readouterr().err


def test_what_a_cell_writes_to_standard_error_is_told_word_for_word(root, capfd):
    write(root, "import sys\nprint('a font is missing', file=sys.stderr)")
    assert [Path(name).name for name in execute.execute(root)] == ["one.ipynb"]
    assert "written to standard error:\na font is missing" in capfd.readouterr().err


def test_a_kernel_that_does_not_start_is_told(root, tmp_path, monkeypatch, capfd):
    """It was waited for without end when the workers were terminated."""
    folder = tmp_path / "share" / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {
        "argv": [str(tmp_path / "gone"), "{connection_file}"],
        "display_name": "gone",
        "language": "python",
    }
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    assert len(execute.execute(root)) == 1
    assert "FileNotFoundError" in capfd.readouterr().err


def test_a_kernel_that_dies_at_its_start_gets_a_second_chance_and_no_third(
    root, tmp_path, monkeypatch, capfd
):
    starts = tmp_path / "starts"
    kernel = tmp_path / "kernel.py"
    kernel.write_text(
        f"""import runpy, sys
with open({str(starts)!r}, "a") as starts:
    starts.write("x")
if len(open({str(starts)!r}).read()) <= int(open({str(tmp_path / "deaths")!r}).read()):
    sys.exit("Address already in use")
runpy.run_module("ipykernel_launcher", run_name="__main__")
"""
    )
    folder = tmp_path / "share" / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [sys.executable, str(kernel), "-f", "{connection_file}"], "display_name": "frail"}
    (folder / "kernel.json").write_text(json.dumps(spec | {"language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    (tmp_path / "deaths").write_text("1")
    assert execute.execute(root) == []
    assert starts.read_text() == "xx"
    assert cached(root).cells[0].outputs[0].text == "42\n"
    starts.unlink()
    (tmp_path / "deaths").write_text("9")
    write(root, "print('another cell')")
    assert len(execute.execute(root)) == 1
    assert starts.read_text() == "xx"
    assert "Kernel died before replying" in capfd.readouterr().err
