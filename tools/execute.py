"""Run the book's notebooks, as many at a time as there are processors, into the cache that Sphinx reads.

Sphinx runs them one after another, which is most of the time of a build. A page whose code has run before is
not run again while all that its code could use is the same. The cache itself does not see that a function in
`src` has changed, so it is emptied when anything in `src` or `experiments`, beside a page, or among the
installed packages has. A cell that is to draw a figure (one with an alternative text) and draws none has
failed too: settings from outside can do that. So has one that writes to standard error, which the page would
show.

Usage: python tools/execute.py
"""

import hashlib
import multiprocessing
import shutil
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

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


def fingerprint(root: Path, pages: Iterable[Path]) -> str:
    """Return a digest of all that a page's code could use: sources, data, packages, and this program."""
    used = [Path(__file__), *(path for page in pages for path in page.parent.iterdir())]
    used += [path for folder in ("src", "experiments") for path in (root / folder).rglob("*")]
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(f"{package.name} {package.version}" for package in distributions()):
        digest.update(name.encode())
    for path in sorted(set(used)):
        if path.is_file() and path.suffix not in (".ipynb", ".md", ".pyc"):
            digest.update(f"{path.name} {path.stat().st_size} ".encode() + path.read_bytes())
    return digest.hexdigest()


def execute(root: Path) -> list[str]:
    """Run every page that holds code; return those that failed. What went wrong goes to standard error."""
    options = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["execute"]
    folder = root / options["cache"]
    found = sources(root)
    mark, digest = folder / "fingerprint", fingerprint(root, [path for path, _ in found])
    if not mark.is_file() or mark.read_text(encoding="utf-8") != digest:
        shutil.rmtree(folder, ignore_errors=True)
    cache = get_cache(folder)
    for record in cache.list_project_records():
        cache.remove_nb_from_project(record.pk)
    # The last chapters take longest: with them first, no processor waits for one at the end.
    for path, reader in reversed(found):
        cache.add_nb_to_project(str(path), read_data=reader)
    pages = [cache.get_project_notebook(record.pk) for record in cache.list_project_records()]
    known = in_cache(cache, pages)
    failed = []
    # The workers end by themselves. To terminate them could wait for ever: nbclient catches the signal.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = {
            page.uri: pool.submit(run, page.uri, page.nb, options["timeout"])
            for page in pages
            if page.uri not in known
        }
        for page in pages:
            notebook, error = runs[page.uri].result() if page.uri in runs else (known[page.uri], None)
            error = error or complaint(notebook)
            if error is not None:
                print(f"{page.uri} failed:\n{error}", file=sys.stderr)
                failed.append(page.uri)
            elif page.uri in runs:
                bundle = CacheBundleIn(notebook, page.uri, data={"execution_seconds": 0.0})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    cache.db.dispose()
    mark.write_text(digest, encoding="utf-8")
    return failed


def in_cache(cache: Any, pages: list[Any]) -> dict[str, NotebookNode]:
    """Return the pages whose code has run before, with what came of it."""
    known = {}
    for page in pages:
        with suppress(KeyError):
            known[page.uri] = cache.merge_match_into_notebook(page.nb)[1]
    return known


def run(path: str, notebook: NotebookNode, timeout: int, chances: int = 2) -> tuple[NotebookNode, str | None]:
    """Run a page; return it with its outputs, and what stopped it, if anything did.

    A kernel is told its ports before it takes them, and another program can have taken one by then. So a
    kernel that dies at its start gets a second chance.
    """
    try:
        result = single_nb_execution(
            notebook, cwd=str(Path(path).parent), timeout=timeout, allow_errors=False
        )
    except Exception as error:  # a kernel that does not start or dies
        if chances > 1 and "before replying to kernel_info" in str(error):
            return run(path, notebook, timeout, chances - 1)
        return notebook, f"{type(error).__name__}: {error}"
    return notebook, result.exc_string


def complaint(notebook: NotebookNode) -> str | None:
    """Return what is wrong with a page that has run, if anything is."""
    if missing := missing_figures(notebook):
        return f"no figure came from: {missing[0]}"
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    written = "".join(output.text for output in outputs if output.get("name") == "stderr")
    return f"written to standard error:\n{written}" if written else None


if __name__ == "__main__":
    sys.exit(1 if execute(Path.cwd()) else 0)
