"""The chapters' helpers: what is shown is the source itself, and figures differ by more than colour."""

import ast
import inspect

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from rnn_core import bptt, equations
from rnn_widgets import notebook


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(notebook, "display", lambda data, raw: outputs.append(data))
    return outputs


def body(source):
    """The syntax tree without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)


def test_the_source_shown_is_the_functions_own_without_its_docstring(shown):
    notebook.show_source(equations.softmax, equations.step_grad_W_hh, bptt)
    text = shown[0]["text/plain"]
    functions = (equations.softmax, equations.step_grad_W_hh, bptt)
    assert body(text) == body("\n\n".join(map(inspect.getsource, functions)))
    assert '"""' not in text
    assert shown[0]["text/markdown"] == f"```python\n{text}\n```"


def test_a_function_without_docstring_is_shown_whole(shown):
    def plain(x):
        return x + 1  # a comment stays

    notebook.show_source(plain)
    assert shown[0]["text/plain"] == "def plain(x):\n    return x + 1  # a comment stays"


def test_what_is_not_a_function_is_refused(shown):
    with pytest.raises(TypeError, match="functions must be Python functions, got 3"):
        notebook.show_source(equations.softmax, 3)
    assert shown == []


def test_lines_of_a_figure_differ_in_colour_and_in_dashes():
    with mpl.rc_context():
        notebook.use_book_style()
        figure, axes = plt.subplots()
        lines = [axes.plot([0, 1], [i, i])[0] for i in range(len(notebook.COLOURS))]
        assert len({line.get_color() for line in lines}) == len(lines)
        assert len({str(line._dash_pattern) for line in lines}) == len(lines)
        assert figure.get_figwidth() <= 4.8
        plt.close(figure)
