"""Spare the build what it would do again and again; nothing of the result changes.

Sphinx reads a whole stored page anew for each reference to one of its figures, and pybtex looks through all
installed packages at each citation.
"""

from functools import lru_cache
from typing import Any, ClassVar
from unittest.mock import patch

import pybtex.plugin
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment


class QuickStandardDomain(StandardDomain):
    """Sphinx's domain of labels, which keeps the pages whose figures are referred to.

    Sphinx looks into such a page and changes nothing there. Pages are resolved when all are read and stored.
    """

    pages: ClassVar[dict[str, nodes.document]] = {}

    def _resolve_numref_xref(self, env: BuildEnvironment, *arguments: Any) -> Any:
        read = env.get_doctree

        def look_up(docname: str) -> nodes.document:
            if docname not in self.pages:
                self.pages[docname] = read(docname)
            return self.pages[docname]

        with patch.object(env, "get_doctree", look_up):
            return super()._resolve_numref_xref(env, *arguments)


def forget(app: Sphinx, *_: Any) -> None:
    """Forget the pages: they may be others in the next build of this process."""
    QuickStandardDomain.pages.clear()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_domain(QuickStandardDomain, override=True)
    app.connect("env-before-read-docs", forget)
    app.connect("build-finished", forget)
    if not hasattr(pybtex.plugin.entry_points, "cache_info"):
        pybtex.plugin.entry_points = lru_cache(pybtex.plugin.entry_points)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
