"""Running a notebook twice writes the same file; what changes from run to run is gone."""

import sys
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import notebooks


@pytest.fixture
def path(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("# A title"),
        nbformat.v4.new_code_cell("print(6 * 7)", metadata={"tags": ["hide-input"]}),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"widgets": {"state": "changes each run"}})
    file = tmp_path / "07_a_chapter.ipynb"
    nbformat.write(notebook, file)
    return file


def test_two_runs_write_the_same_file_with_outputs(path):
    notebooks.main([str(path)])
    first = path.read_text()
    notebooks.main([str(path)])
    assert path.read_text() == first
    notebook = nbformat.read(path, as_version=4)
    assert notebook.cells[1].outputs[0].text == "42\n"
    assert notebook.cells[1].metadata == {"tags": ["hide-input"]}
    assert [cell.id for cell in notebook.cells] == ["07-a-chapter-001", "07-a-chapter-002"]
    assert "widgets" not in notebook.metadata


def test_a_widget_view_is_dropped_and_its_picture_kept(path):
    notebook = nbformat.read(path, as_version=4)
    view, picture = {"model_id": "0123"}, "iVBORw0KGgo="
    notebook.cells[1].outputs = [
        nbformat.v4.new_output("display_data", data={notebooks.WIDGET_VIEW: view, "image/png": picture}),
        nbformat.v4.new_output("display_data", data={notebooks.WIDGET_VIEW: view}),
    ]
    nbformat.write(notebook, path)
    notebooks.main(["--no-run", str(path)])
    outputs = nbformat.read(path, as_version=4).cells[1].outputs
    assert [dict(output.data) for output in outputs] == [{"image/png": picture}]


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml", "text/plain"])
def test_a_cell_with_an_alternative_text_must_show_a_figure(path, kind):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["mystnb"] = {"image": {"alt": "what the figure shows"}}
    notebook.cells[1].outputs = [nbformat.v4.new_output("display_data", data={kind: "..."})]
    assert notebooks.missing_figures(notebook) == (["print(6 * 7)"] if kind == "text/plain" else [])


def test_pieces_of_one_stream_are_joined_and_nothing_else_is(path):
    notebook = nbformat.read(path, as_version=4)
    pieces = [("stdout", "a\n"), ("stdout", "b\n"), ("stderr", "c\n"), ("stdout", "d\n")]
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", name=n, text=t) for n, t in pieces]
    nbformat.write(notebook, path)
    notebooks.main(["--no-run", str(path)])
    outputs = nbformat.read(path, as_version=4).cells[1].outputs
    assert [(o.name, o.text) for o in outputs] == [("stdout", "a\nb\n"), ("stderr", "c\n"), ("stdout", "d\n")]


def test_a_failing_cell_fails_the_run_and_leaves_the_file(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "raise ValueError('no')"
    nbformat.write(notebook, path)
    before = path.read_text()
    with pytest.raises(CellExecutionError, match="raise ValueError"):
        notebooks.main([str(path)])
    assert path.read_text() == before
