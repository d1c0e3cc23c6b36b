"""Give an exercise a place to answer: the directive ``answer``, beside ``exercise``.

What is asked, what is right, and what is said to a wrong answer comes from the package `rnn_exercises`; the
page's script, `src/rnn_exercises/page`, compares. Everything that the script can say is written into the
page, so its formulas are set and its links are checked like all others; `exercise_files` then puts it aside,
into a file that the page fetches. Without scripts the reader has the exercise and its solution.
"""

import html
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from live_try import cell
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.nodes import solution_node

from live import read_list
from rnn_exercises import find
from rnn_exercises.kinds import (
    Choice,
    Code,
    Exercise,
    Formula,
    Number,
    Order,
    Proof,
    Question,
)

STATIC = Path(__file__).resolve().parents[2] / "src" / "rnn_exercises" / "static"
SCRIPT = "answers.js"
DRAWN = re.compile(r"\[\[(\w+)\]\]")
INLINE = ("span", "label", "button")
CHECK = "Check"


class element(nodes.General, nodes.TextElement):  # noqa: N801, for docutils names its nodes so
    """An HTML element; `tag` and `properties` say which. It may hold text, links and formulas as they are."""


def make(tag: str, *content: nodes.Node | str, **properties: Any) -> element:
    """Make an element. An underscore in a property's name is a hyphen; True stands alone."""
    made = element("", tag=tag, properties={name.replace("_", "-"): v for name, v in properties.items()})
    made += [nodes.Text(each) if isinstance(each, str) else each for each in content]
    return made


def visit(translator: Any, node: nodes.Element) -> None:
    """Write the start tag."""
    pairs = [(name.rstrip("-"), value) for name, value in node["properties"].items() if value is not False]
    written = "".join(
        f" {name}" if value is True else f' {name}="{html.escape(str(value))}"' for name, value in pairs
    )
    translator.body.append(f"<{node['tag']}{written}>")


def depart(translator: Any, node: nodes.Element) -> None:
    """Write the end tag, where there is one."""
    # A line's end within a line of text would be seen as a space.
    end = "" if node["tag"] in INLINE else "\n"
    translator.body.append("" if node["tag"] == "input" else f"</{node['tag']}>{end}")


class Answer(SphinxDirective):
    """The place to answer an exercise, folded until the reader opens it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the questions, with all that can be said to an answer."""
        self.label = self.arguments[0]
        try:
            exercise = find(self.label)
        except KeyError as error:
            raise self.error(str(error.args[0])) from None
        variants = exercise.variants()
        self.shown = variants[0].shown()
        questions = [self.question(place, each) for place, each in enumerate(exercise.questions)]
        hints = [make("div", *self.text(hint)) for hint in exercise.hints]
        tools = [
            make(
                "button", f"Hint (1 of {len(hints)})", type="button", class_="answer-hint", hidden=not hints
            ),
            make("button", "Other numbers", type="button", class_="answer-again", hidden=len(variants) < 2),
            make("button", "Copy link", type="button", class_="answer-link"),
            make("span", class_="answer-said", role="status"),
        ]
        data = json.dumps(data_of(exercise, variants), ensure_ascii=False, separators=(",", ":"))
        return [
            make(
                "details",
                make("summary", "Answer it here"),
                *questions,
                make("div", *hints, class_="answer-hints", hidden=True),
                make("div", *tools, class_="answer-tools"),
                nodes.raw(
                    "",
                    '<script type="application/json" class="answer-data">'
                    + data.replace("<", "\\u003c")
                    + "</script>",
                    format="html",
                ),
                class_="answer",
                data_exercise=self.label,
            )
        ]

    def text(self, words: str) -> list[nodes.Node]:
        """Read a text as the notebooks' are read; drawn numbers get a place that can change."""
        box = nodes.container()
        self.state.nested_parse(StringList(words.split("\n")), 0, box)
        for leaf in list(box.findall(nodes.Text)):
            parts = DRAWN.split(leaf)
            if len(parts) > 1:
                leaf.parent.replace(
                    leaf,
                    [
                        make("span", self.shown[part], class_="drawn", data_draw=part)
                        if i % 2
                        else nodes.Text(part)
                        for i, part in enumerate(parts)
                    ],
                )
        return box.children

    def inline(self, words: str) -> list[nodes.Node]:
        """Read a text of one paragraph, for a place that cannot hold one."""
        paragraphs = self.text(words)
        if len(paragraphs) != 1 or not isinstance(paragraphs[0], nodes.paragraph):
            raise self.error(f"{self.label}: this must be one paragraph: {words!r}")
        return paragraphs[0].children

    def question(self, place: int, question: Question) -> nodes.Node:
        """Make one question."""
        name = f"{self.label}-q{place + 1}"
        kind = type(question).__name__.lower()
        reasons = [make("div", *self.text(text), data_reason=key) for key, text in said(question).items()]
        return make(
            "div",
            make("div", *self.text(question.ask), class_="ask", id=f"{name}-ask"),
            *self.reply(name, question),
            make("div", class_="verdict", role="status"),
            make("div", *reasons, class_="reasons", hidden=True),
            class_=f"question question-{kind}",
            role="group",
            aria_labelledby=f"{name}-ask",
        )

    def reply(self, name: str, question: Question) -> list[nodes.Node]:
        """Make what the reader answers with."""
        check = make("button", CHECK, type="button", class_="answer-check")
        match question:
            case Number() | Formula():
                unit = question.unit if isinstance(question, Number) else ""
                field = make(
                    "input",
                    type="text",
                    id=name,
                    autocomplete="off",
                    autocapitalize="off",
                    spellcheck="false",
                    aria_labelledby=f"{name}-ask",
                    maxlength=200,
                )
                return [make("div", field, *([make("span", unit)] if unit else []), check, class_="reply")]
            case Choice():
                kind = "checkbox" if question.several else "radio"
                return [self.boxes(name, kind, [option.text for option in question.options]), check]
            case Proof():
                return [
                    self.boxes(name, "checkbox", list(question.points)),
                    make("button", "Compare with the book’s proof", type="button", class_="answer-check"),
                ]
            case Order():
                steps = [
                    make(
                        "li",
                        make("div", *self.text(question.steps[i])),
                        make("button", "↑", type="button", aria_label="Move up", class_="up"),
                        make("button", "↓", type="button", aria_label="Move down", class_="down"),
                        data_step=i,
                    )
                    for i in question.shuffled()
                ]
                return [make("ol", *steps, class_="steps"), check]
            case Code():
                made: list[nodes.Node] = [cell(question.starter.strip("\n"), "live-answer")]
                if read_list(self.env.app) is None:
                    return made
                return [*made, make("button", "Write it here", type="button", class_="answer-write")]

    def boxes(self, name: str, kind: str, texts: list[str]) -> nodes.Node:
        """Make a list of things to tick."""
        items = [
            make(
                "li",
                make("input", type=kind, name=name, id=f"{name}-{i}"),
                make("label", *self.inline(text), for_=f"{name}-{i}"),
            )
            for i, text in enumerate(texts)
        ]
        return make("ul", *items, class_="options")


def said(question: Question) -> dict[str, str]:
    """Return what can be said to an answer, by a key that the script knows."""
    match question:
        case Number() | Formula():
            reasons = {str(i): mistake.reason for i, mistake in enumerate(question.mistakes)}
            return {**reasons, "otherwise": question.otherwise}
        case Choice():
            return {str(i): option.reason for i, option in enumerate(question.options)}
        case Order():
            reasons = {str(i): rule.reason for i, rule in enumerate(question.rules)}
            return {**reasons, **({"otherwise": question.otherwise} if question.otherwise else {})}
        case Code():
            return {name: program.reason for name, program in question.mistakes.items()}
        case Proof():
            return {}


def data_of(exercise: Exercise, variants: list[Any]) -> dict[str, Any]:
    """Return what the script compares with."""
    return {
        "variants": [
            {
                "draw": variant.shown(),
                "numbers": variant.numbers,
            }
            for variant in variants
        ],
        "questions": [question_data(question) for question in exercise.questions],
    }


def question_data(question: Question) -> dict[str, Any]:
    """Return what the script needs of a question, besides drawn numbers."""
    match question:
        case Number():
            return {"kind": "number", "tolerance": question.tolerance, "unit": question.unit}
        case Formula():
            formulas = [question.answer, *(str(mistake.answer) for mistake in question.mistakes)]
            return {
                "kind": "formula",
                "points": question.points(),
                "values": [[float(f"{v:.12g}") for v in question.values(each)] for each in formulas],
            }
        case Choice():
            right = [i for i, option in enumerate(question.options) if option.right]
            return {"kind": "choice", "several": question.several, "right": right}
        case Order():
            rules = [[rule.first, rule.second] for rule in question.rules]
            return {"kind": "order", "rules": rules, "strict": question.strict}
        case Code():
            return {"kind": "code", "name": question.name}
        case Proof():
            return {"kind": "proof"}


def leave_out_solutions(app: Sphinx, doctree: nodes.document) -> None:
    """Take the solutions out of the students' copy; sphinx-exercise cannot where they have cells."""
    if not app.config.solutions:
        for solution in list(doctree.findall(solution_node)):
            solution.parent.remove(solution)


def join_exercise(app: Sphinx, doctree: nodes.document) -> None:
    """Move each place to answer into the box of its exercise."""
    boxes = {node["label"]: node for node in doctree.findall(nodes.Element) if "exercise" in kind_of(node)}
    for answer in list(doctree.findall(element)):
        label = answer["properties"].get("data-exercise")
        if answer["tag"] != "details" or label is None:
            continue
        if label not in boxes:
            raise ExtensionError(f"answers: {app.env.docname} has no exercise {label} for its answer")
        answer.parent.remove(answer)
        boxes[label] += answer
        answered(app.env).setdefault(app.env.docname, []).append(label)


def kind_of(node: nodes.Element) -> str:
    """Return the kind of a box of sphinx-exercise."""
    return str(node.get("type", "")) if "label" in node else ""


def answered(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the labels of the exercises that can be answered, by page."""
    if not hasattr(env, "answered_exercises"):
        env.answered_exercises = {}  # type: ignore[attr-defined]
    return env.answered_exercises  # type: ignore[attr-defined]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the exercises of a page that is read again or is no more."""
    answered(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process read."""
    answered(env).update({name: answered(other)[name] for name in docnames & answered(other).keys()})


def copy_scripts(app: Sphinx) -> None:
    """Copy the bundled scripts into the site."""
    if app.builder.format != "html":
        return
    if not (STATIC / SCRIPT).is_file():
        raise ExtensionError("the exercises' scripts are not bundled; run `make widgets` first")
    target = Path(app.outdir) / "_static"
    target.mkdir(parents=True, exist_ok=True)
    for script in STATIC.glob("*.js"):
        shutil.copy(script, target)


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the script on pages with something to answer."""
    if 'class="answer"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_node(element, html=(visit, depart), singlehtml=(visit, depart))
    app.add_config_value("solutions", "RNN_BOOK_STUDENT" not in os.environ, "env", bool)
    app.add_directive("answer", Answer)
    app.connect("builder-inited", copy_scripts)
    app.connect("doctree-read", leave_out_solutions)
    app.connect("doctree-read", join_exercise, priority=600)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("html-page-context", add_script)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
