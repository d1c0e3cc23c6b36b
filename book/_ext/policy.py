"""Write into every page what it may load and run (a Content-Security-Policy): the site's own files, no more.

A page says so itself, so that it holds on any host and in a copy on a disk. A host that sends it as a header
can say one thing more (`HEADER`): that no other site may show the page in a frame.
"""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

# `blob:` for scripts: an explorer's module is text in a file, as a page on a disk cannot load modules;
# nor can it start a worker from a file, as the playground does.
# 'wasm-unsafe-eval': Python on the page, which is WebAssembly. Inline styles place figures, formulas.
RULES = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in RULES.items())
HEADER = f"{POLICY}; frame-ancestors 'self'"
TAG = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
HEAD = re.compile(r"<head\b[^>]*>(\s*<meta charset=[^>]*>)?")


def guarded(html: str) -> str:
    """Return a page with the policy before anything that it loads."""
    if TAG in html:
        return html
    page, count = HEAD.subn(lambda match: f"{match[0]}\n    {TAG}", html, count=1)
    if not count:
        raise ExtensionError("a page has no head for its Content-Security-Policy")
    return page


def guard_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy into all pages, those that other extensions have added too."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    for path in site.rglob("*.html"):
        if "_static" not in path.relative_to(site).parts:  # the theme leaves pieces of templates there
            path.write_text(guarded(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("build-finished", guard_pages, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
