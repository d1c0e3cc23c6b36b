"""How to cite the book, from CITATION.cff, which is the only place where that is written by hand."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx

PAGE = "book/about"
PLACEHOLDER = "% how to cite"


@cache  # every page asks
def citation(root: Path) -> dict[str, Any]:
    """Return what CITATION.cff says of the book."""
    data = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def bibtex(about: dict[str, Any], year: str, url: str) -> str:
    """Return the book's entry for a BibTeX file."""
    fields = {
        "title": "{" + about["title"] + "}",
        "author": " and ".join("{" + author["name"] + "}" for author in about["authors"]),
        "year": year,
        "version": about["version"],
        "license": " and ".join(about["license"]),
    }
    if url:
        fields["url"] = url
    lines = [f"  {name:7} = {{{value}}}," for name, value in fields.items()]
    return "\n".join(["@misc{rnn_book,", *lines, "}"])


def fill_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Write the entry into the page."""
    if docname == PAGE:
        about = citation(Path(app.srcdir))
        year = str(about.get("date-released", app.config.copyright))[:4]
        entry = f"Version {about['version']}:\n\n```bibtex\n{bibtex(about, year, app.config.site_url)}\n```"
        assert PLACEHOLDER in source[0]
        source[0] = source[0].replace(PLACEHOLDER, entry)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("source-read", fill_page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
