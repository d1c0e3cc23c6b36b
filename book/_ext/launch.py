"""Let a chapter be opened in Binder and Colab, by links to notebooks that exist, if there is a `repository`.

Binder opens the notebook itself, in what ``binder/`` sets up; Colab, which takes one file from a code host,
a copy whose first cell installs the package (``colab/``, made by `make colab`).
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

BINDER = "https://mybinder.org/v2"
COLAB = "https://colab.research.google.com/github"
BRANCH = "main"
COPIES = "colab"
HOST = re.compile(r"https://(?:www\.)?(github|gitlab)\.com/([^/]+)/([^/]+?)(?:\.git)?/?$")


def binder(repository: str, notebook: str) -> str:
    """Return the address that opens a notebook of a repository in Binder."""
    found = HOST.match(repository)
    if found and found[1] == "github":
        place = f"gh/{found[2]}/{found[3]}"
    elif found:
        place = f"gl/{quote(f'{found[2]}/{found[3]}', safe='')}"
    else:
        place = f"git/{quote(repository, safe='')}"
    return f"{BINDER}/{place}/{BRANCH}?urlpath=lab/tree/{quote(notebook)}"


def colab(repository: str, notebook: str) -> str | None:
    """Return the address that opens a notebook in Colab, which knows one code host only."""
    found = HOST.match(repository)
    if not found or found[1] != "github":
        return None
    return f"{COLAB}/{found[2]}/{found[3]}/blob/{BRANCH}/{quote(notebook)}"


def links(root: Path, repository: str, notebook: str) -> dict[str, str]:
    """Return where a notebook can be opened, by the place's name."""
    if not repository or not (root / notebook).is_file():
        return {}
    found = {"Binder": binder(repository, notebook)}
    copy = f"{COPIES}/{Path(notebook).name}"
    address = colab(repository, copy)
    if address and (root / copy).is_file():
        found["Colab"] = address
    return found


def add_buttons(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the links into the bar above a chapter, as one button that opens a menu."""
    if doctree is None or not page.startswith("notebooks/"):
        return
    found = links(Path(app.srcdir), app.config.repository, f"{page}.ipynb")
    buttons = [
        {
            "type": "link",
            "url": url,
            "text": name,
            "icon": "fas fa-arrow-up-right-from-square",
            "tooltip": f"Open this chapter in {name}, another site",
            "label": f"launch-{name.lower()}-button",
        }
        for name, url in found.items()
    ]
    if buttons:
        group = {"tooltip": "Open elsewhere", "icon": "fas fa-rocket", "label": "launch-buttons"}
        context["header_buttons"].append({"type": "group", "buttons": buttons, **group})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; `repository` is the setting of `page_head`."""
    app.connect("html-page-context", add_buttons, priority=600)  # the theme's own buttons come first
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
