"""Run the book's notebooks, as many at a time as there are processors, into the cache that Sphinx reads.

Sphinx runs them one after another, which is most of the time of a build. The cache does not see that a
function in `src` has changed, so it is emptied first: every build runs every notebook.

Usage: python tools/execute.py
"""

import shutil
import sys
from pathlib import Path

import yaml
from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx_external_toc.parsing import parse_toc_yaml

NOTEBOOK = {"name": "nbformat", "type": "plugin"}
MARKDOWN = {"name": "myst_nb_md", "type": "plugin"}


def sources(root: Path) -> list[tuple[Path, dict[str, str]]]:
    """Return the pages of the table of contents that hold code, and how each is read."""
    found = []
    for page in parse_toc_yaml(root / "_toc.yml"):
        notebook, markdown = root / f"{page}.ipynb", root / f"{page}.md"
        if notebook.is_file():
            found.append((notebook, NOTEBOOK))
        elif is_myst_markdown_notebook(markdown.read_text(encoding="utf-8")):
            found.append((markdown, MARKDOWN))
    return found


def execute(root: Path) -> list[str]:
    """Run every page that holds code; return those that failed. Their tracebacks go to standard error."""
    options = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["execute"]
    folder = root / options["cache"]
    shutil.rmtree(folder, ignore_errors=True)
    cache = get_cache(folder)
    # The last chapters take longest: with them first, no processor waits for one at the end.
    for path, reader in reversed(sources(root)):
        cache.add_nb_to_project(str(path), read_data=reader)
    result = load_executor("local-parallel", cache).run_and_cache(timeout=options["timeout"])
    return [*result.excepted, *result.errored]


if __name__ == "__main__":
    sys.exit(1 if execute(Path.cwd()) else 0)
