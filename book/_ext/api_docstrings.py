"""Two mends to what autodoc shows of the packages.

A named tuple's fields are left out: the class's own docstring describes them. A bar in a docstring is an
absolute value or a norm, while reStructuredText reads ``|x|`` as a substitution, so bars are escaped.
"""

import re
from typing import Any

from sphinx.application import Sphinx

LITERAL_OR_BAR = re.compile(r"(``.*?``)|\|")


def skip_fields(app: Sphinx, what: str, name: str, obj: Any, skip: bool, options: Any) -> bool | None:
    """Return True for a named tuple's field; None leaves the decision to autodoc."""
    return True if type(obj).__name__ == "_tuplegetter" else None


def escape_bars(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Escape every bar outside literal text, in place."""
    lines[:] = [LITERAL_OR_BAR.sub(lambda match: match[1] or r"\|", line) for line in lines]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("autodoc-skip-member", skip_fields)
    app.connect("autodoc-process-docstring", escape_bars)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
