"""What the chapters need besides the mathematics: the functions' source, results, the look of figures."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
from cycler import cycler
from IPython.display import display
from matplotlib_inline.backend_inline import set_matplotlib_formats

from .kit.palette import COLOURS, LINESTYLES
from .results import agree, check, table
from .tables import EXPERIMENTS

__all__ = ["COLOURS", "EXPERIMENTS", "LINESTYLES", "agree", "check", "show_source", "table", "use_book_style"]


def show_source(*functions: Callable[..., Any]) -> None:
    """Show the present source of functions, without their docstrings, which the API page holds.

    Parameters
    ----------
    *functions : function
        Functions whose source can be read.

    Raises
    ------
    TypeError
        If an argument is not a Python function.
    """
    for function in functions:
        if not inspect.isfunction(function):
            raise TypeError(f"functions must be Python functions, got {function!r}")
    source = "\n\n\n".join(map(_source, functions))
    display({"text/markdown": f"```python\n{source}\n```", "text/plain": source}, raw=True)


def use_book_style() -> None:
    """Set matplotlib to the book's look: narrow figures whose letters stay legible on a phone."""
    set_matplotlib_formats("retina")
    mpl.rcParams.update(
        {
            "figure.figsize": (4.8, 3.2),
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "font.size": 11,
            "axes.titlesize": 11,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.3,
            "lines.linewidth": 2.0,
            "legend.frameon": False,
            "figure.facecolor": "white",
            "axes.prop_cycle": cycler(color=list(COLOURS.values()), linestyle=list(LINESTYLES)),
        }
    )


def _source(function: Callable[..., Any]) -> str:
    source = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    if ast.get_docstring(definition) is None or len(definition.body) == 1:
        return source.rstrip()
    docstring = definition.body[0]
    lines = source.rstrip().splitlines()
    del lines[docstring.lineno - 1 : docstring.end_lineno]
    while not lines[docstring.lineno - 1].strip():
        del lines[docstring.lineno - 1]
    return "\n".join(lines)
