"""A backend of Matplotlib: figures are sent to the page at the end of a cell, as in a notebook."""

import base64
import io
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

__all__ = ["FigureCanvas", "show"]


def show(*args: Any, **kwargs: Any) -> None:
    """Show all figures and close them."""
    for number in plt.get_fignums():
        figure = plt.figure(number)
        # As in a notebook, a figure without anything on it is not shown.
        if figure.axes or figure.lines:
            picture = io.BytesIO()
            figure.savefig(picture, format="png", dpi=2 * figure.dpi, bbox_inches="tight")
            content = base64.b64encode(picture.getvalue()).decode()
            display({"image/png": content, "text/plain": repr(figure)}, raw=True)
    plt.close("all")


matplotlib.interactive(True)
