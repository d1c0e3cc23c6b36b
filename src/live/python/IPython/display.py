"""A stand-in: values are sent to the page in the formats that they have."""

import base64
import sys
from typing import Any

from live_channel import send

__all__ = ["HTML", "Image", "Latex", "Markdown", "Math", "clear_output", "display"]

FORMATS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
    "_repr_png_": "image/png",
    "_repr_svg_": "image/svg+xml",
}


class _Text:
    """A text in one format."""

    FORMAT = "text/plain"

    def __init__(self, data: str) -> None:
        self.data = data

    def __repr__(self) -> str:
        return f"<IPython.core.display.{type(self).__name__} object>"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {self.FORMAT: self.data}


class HTML(_Text):
    """HTML; the page shows it without scripts."""

    FORMAT = "text/html"


class Markdown(_Text):
    """Markdown, which the page shows as it is written."""

    FORMAT = "text/markdown"

    def __repr__(self) -> str:
        return self.data


class Latex(Markdown):
    """LaTeX, which the page shows as it is written."""

    FORMAT = "text/latex"


Math = Latex


class Image(_Text):
    """A picture in the format PNG."""

    def __init__(self, data: bytes) -> None:
        self.data = base64.b64encode(data).decode()

    FORMAT = "image/png"


def _formats(value: object) -> dict[str, Any]:
    found: dict[str, Any] = {"text/plain": repr(value)}
    for method, kind in FORMATS.items():
        content = getattr(value, method, lambda: None)() if not isinstance(value, type) else None
        if content is not None:
            found[kind] = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    if hasattr(value, "_repr_mimebundle_") and not isinstance(value, type):
        try:
            bundle = value._repr_mimebundle_()
        except ModuleNotFoundError:  # an explorer's picture with contours, for which a package is not here
            bundle = {"application/x-explorer": type(value).__name__, "text/plain": value.alt_text}
        found |= bundle[0] if isinstance(bundle, tuple) else bundle or {}
    return found


def display(*values: Any, raw: bool = False, **options: Any) -> None:
    """Show values; with `raw`, dictionaries from formats to content."""
    for value in values:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        send("display", data=value if raw else _formats(value))


def clear_output(wait: bool = False) -> None:
    """Take away what the cell has shown so far."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    send("clear", wait=wait)
