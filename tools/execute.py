"""Run the book's notebooks, as many at a time as there are processors, into the cache that Sphinx reads.

Sphinx runs them one after another, which is most of the time of a build. The cache does not see that a
function in `src` has changed, so it is emptied first: every build runs every notebook. A cell that is to draw
a figure (one with an alternative text) and draws none has failed too: settings from outside can do that. So
has one that writes to standard error: the page would show it.

Usage: python tools/execute.py
"""

import multiprocessing
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import is_myst_markdown_notebook
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

from notebooks import missing_figures

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
    """Run every page that holds code; return those that failed. What went wrong goes to standard error."""
    options = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["execute"]
    folder = root / options["cache"]
    shutil.rmtree(folder, ignore_errors=True)
    cache = get_cache(folder)
    # The last chapters take longest: with them first, no processor waits for one at the end.
    for path, reader in reversed(sources(root)):
        cache.add_nb_to_project(str(path), read_data=reader)
    pages = [cache.get_project_notebook(record.pk) for record in cache.list_project_records()]
    failed = []
    # The workers end by themselves. To terminate them could wait for ever: nbclient catches the signal.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(run, page.uri, page.nb, options["timeout"]) for page in pages]
        for page, future in zip(pages, runs, strict=True):
            notebook, error = future.result()
            if error is None:
                bundle = CacheBundleIn(notebook, page.uri, data={"execution_seconds": 0.0})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            else:
                print(f"{page.uri} failed:\n{error}", file=sys.stderr)
                failed.append(page.uri)
    cache.db.dispose()
    return failed


def run(path: str, notebook: NotebookNode, timeout: int) -> tuple[NotebookNode, str | None]:
    """Run a page; return it with its outputs, and what went wrong, if anything did."""
    try:
        result = single_nb_execution(
            notebook, cwd=str(Path(path).parent), timeout=timeout, allow_errors=False
        )
    except Exception as error:  # a kernel that does not start or dies
        return notebook, f"{type(error).__name__}: {error}"
    if result.exc_string:
        return notebook, result.exc_string
    if missing := missing_figures(notebook):
        return notebook, f"no figure came from: {missing[0]}"
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    complaint = "".join(output.text for output in outputs if output.get("name") == "stderr")
    return notebook, f"written to standard error:\n{complaint}" if complaint else None


if __name__ == "__main__":
    sys.exit(1 if execute(Path.cwd()) else 0)
