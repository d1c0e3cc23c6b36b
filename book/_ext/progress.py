"""The pages My progress and Practice. Without scripts the first is a list of all exercises."""

import html
import re
from typing import Any

from answers import make
from docutils import nodes
from docutils.statemachine import StringList
from exercise_files import FOR_PRACTICE, PRACTICE
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.nodes import exercise_subtitle

from rnn_exercises import all_exercises

PROGRESS = "book/my_progress"
ITEM = re.compile(r'<li data-exercise="([^"]+)"><span>.*?</a>', re.S)
# It stands there before the script has looked, so that nothing moves for most readers.
NOTHING_DUE = (
    "Nothing is due. What you solve comes back here after days; what you tried and did not solve, at once."
)


class Progress(SphinxDirective):
    """All exercises, each with a place for what was done with it, and what can be done with the record."""

    def run(self) -> list[nodes.Node]:
        """Make the list and the buttons."""
        items = [
            make(
                "li",
                *self.link(exercise.label),
                make("span", class_="progress-state"),
                data_exercise=exercise.label,
            )
            for exercise in all_exercises()
        ]
        tools = make(
            "div",
            make("button", "Save to a file", type="button", class_="progress-save"),
            make(
                "label",
                "Take over from a file",
                make("input", type="file", accept=".json,application/json", class_="progress-load"),
            ),
            make("button", "Delete", type="button", class_="progress-delete"),
            make("span", class_="progress-said", role="status"),
            class_="progress-tools",
        )
        # What a new reader has; it stands there at once, so that nothing moves.
        guesses = "0 guesses made before an explorer answered"
        none = f"0 of {len(items)} exercises solved, 0 due again, {guesses}."
        total = make("p", none, class_="progress-sum", role="status")
        return [make("div", total, tools, make("ul", *items, class_="progress-list"), class_="my-progress")]

    def link(self, label: str) -> list[nodes.Node]:
        """Refer to an exercise by its number and its title."""
        box = nodes.container()
        self.state.nested_parse(StringList([f"{{ref}}`{label}`"]), 0, box)
        return [make("span", *box.children[0].children)]


class Practice(SphinxDirective):
    """A place for exercises that come back."""

    def run(self) -> list[nodes.Node]:
        """Make the place."""
        return [
            make(
                "div",
                make("p", NOTHING_DUE, class_="practice-said", role="status"),
                make("button", "Any three, please", type="button", class_="practice-any"),
                make("div", class_="practice-set"),
                class_="practice",
            )
        ]


def add_titles(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the exercises' titles behind their numbers: these are known when all pages have been read."""
    if page != PROGRESS:
        return

    def titled(match: re.Match[str]) -> str:
        title = app.env.sphinx_exercise_registry[match[1]]["node"].next_node(exercise_subtitle)  # type: ignore[attr-defined]
        words = html.escape(title.astext())
        return f'{match[0]} <span class="progress-title">{words}</span>'

    context["body"] = ITEM.sub(titled, context["body"])


def add_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the two pages' own scripts."""
    if page == PROGRESS:
        app.add_js_file("progress.js", loading_method="defer")
    if page == PRACTICE:
        app.add_js_file(FOR_PRACTICE, loading_method="defer")
        app.add_js_file("practice.js", loading_method="defer", priority=600)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_directive("exercise-progress", Progress)
    app.add_directive("practice", Practice)
    app.connect("html-page-context", add_scripts)
    app.connect("html-page-context", add_titles)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
