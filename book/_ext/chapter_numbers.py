"""Number theorems, exercises, figures and tables by chapter: "Theorem 9.4", "Exercise 9R.3", "Figure 5.2".

Sphinx counts them in the order of the pages, sphinx-proof and sphinx-exercise with it, and all three take a
number from `env.toc_fignumbers`: for the title of a block as for each reference to it. So the numbers are
changed there, once, between counting and writing. Sphinx's own prefix is the place of a page in the table of
contents; ours is the section of the report, with which the name of the page's file begins, or what
`chapter_numbers` says.
"""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx_proof.proof_type import PROOF_TYPES

LOGGER = logging.getLogger(__name__)
NUMBERED_FILE = re.compile(r"(?:.*/)?0*(\d+)_[^/]*")
SHARED_COUNTER = "theorem"
Numbers = dict[str, dict[str, dict[str, tuple[Any, ...]]]]  # by page, by kind of block, by its id


def chapter_number(docname: str, config: Config) -> str | None:
    """Return what the numbers on a page begin with: "5" for ``notebooks/05_architecture``."""
    if docname in config.chapter_numbers:
        return str(config.chapter_numbers[docname])
    numbered = NUMBERED_FILE.fullmatch(docname)
    return numbered[1] if numbered else None


def by_chapter(counted: Numbers, config: Config) -> Numbers:
    """Count anew on every page, and put the number of its chapter in front."""
    numbers: Numbers = {}
    for docname, kinds in counted.items():
        chapter = chapter_number(docname, config)
        if chapter is None:
            message = "numbers: this page has numbered blocks; give it a number in chapter_numbers"
            LOGGER.warning(message, location=docname, type="numbers")
            numbers[docname] = kinds
            continue
        numbers[docname] = {
            kind: {block: (chapter, place) for place, block in enumerate(blocks, start=1)}
            for kind, blocks in kinds.items()
        }
    return numbers


def restore_counted(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give Sphinx the numbers it counted last time, else it would take every page for a changed one."""
    env.toc_fignumbers = getattr(env, "counted_numbers", {})
    return []


def number_by_chapter(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the chapters' numbers in place of Sphinx's; return the pages to write again."""
    before = getattr(env, "numbers_by_chapter", {})
    numbers = by_chapter(env.toc_fignumbers, app.config)
    env.counted_numbers, env.numbers_by_chapter = env.toc_fignumbers, numbers  # type: ignore[attr-defined]
    env.toc_fignumbers = numbers.copy()  # Sphinx takes out pages that it reads again
    # Any page may refer to a number that is another one now.
    return sorted(env.found_docs) if numbers != before else []


def configure(app: Sphinx, config: Config) -> None:
    """Let all theorem-like blocks share one counter."""
    config.prf_realtyp_to_countertyp = dict.fromkeys(PROOF_TYPES, SHARED_COUNTER)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_config_value("chapter_numbers", {}, "env", types=(dict,))
    app.connect("config-inited", configure)
    # Sphinx counts at priority 500.
    app.connect("env-get-updated", restore_counted, priority=400)
    app.connect("env-get-updated", number_by_chapter, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
