r"""Find the three marks that tie an equation of the report to the book, the code and the tests.

In a chapter: the target ``(eq-7)=`` before a displayed equation with ``\tag{7}``. In `rnn_core`: the words
``Equation (7)`` in the summary of a public function's docstring. In the tests: ``@pytest.mark.equation(7)``.
Nothing is imported or run; the files are only read.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LABEL = re.compile(r"^\(eq-(\d+)\)=[ \t]*$", re.MULTILINE)
TAG = re.compile(r"\\tag\{(\d+)\}")
DISPLAY = re.compile(r"\$\$(.*?)\$\$|\\begin\{(align|equation|gather)\*?\}(.*?)\\end\{\2\*?\}", re.DOTALL)
NAMED = re.compile(r"Equations?\s+(\(\d+\)(?:(?:\s*[–,-]\s*|\s+to\s+|,?\s+and\s+)\(\d+\))*)")
RANGE = re.compile(r"\((\d+)\)(?:(?:\s*[–-]\s*|\s+to\s+)\((\d+)\))?")


@dataclass(frozen=True)
class Label:
    """An equation's target in a chapter, and the number printed beside the equation that follows it."""

    number: int
    tag: int | None
    chapter: str


@dataclass(frozen=True)
class Function:
    """A public function whose summary names an equation."""

    number: int
    module: str
    name: str

    @property
    def is_specification(self) -> bool:
        """Whether it stands in the file that spells the report out."""
        return self.module == "rnn_core.equations"


@dataclass(frozen=True)
class Test:
    """A test that carries an equation's mark."""

    number: int
    path: str
    name: str
    source: str


def read_labels(notebook: Path, chapter: str) -> tuple[list[Label], list[int]]:
    """Return a notebook's labels, and the numbers of tagged equations that have no label before them."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    labels, loose = [], []
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        targets = {match.end(): int(match[1]) for match in LABEL.finditer(text)}
        displays = list(DISPLAY.finditer(text))
        claimed = set()
        for end, number in targets.items():
            block = next(
                (d for d in displays if d.start() >= end and not text[end : d.start()].strip()), None
            )
            tag = TAG.search(block.group()) if block else None
            if block:
                claimed.add(block.start())
            labels.append(Label(number, int(tag[1]) if tag else None, chapter))
        for display in displays:
            if display.start() not in claimed:
                loose += [int(tag[1]) for tag in TAG.finditer(display.group())]
    return labels, loose


def read_functions(package: Path) -> list[Function]:
    """Return every public function below `package` whose docstring's summary names an equation.

    Public is what the module's ``__all__`` lists, or without one, what has no underscore before its name: the
    API page documents the same.
    """
    found = []
    for path in sorted(package.rglob("*.py")):
        module = ".".join([package.name, *path.relative_to(package).with_suffix("").parts])
        body = ast.parse(path.read_text(encoding="utf-8")).body
        listed = exported(body)
        for node in body:
            if not isinstance(node, ast.FunctionDef):
                continue
            if node.name in listed if listed is not None else not node.name.startswith("_"):
                summary = (ast.get_docstring(node) or "").split("\n\n")[0]
                found += [Function(number, module, node.name) for number in named_numbers(summary)]
    return found


def exported(body: Iterable[ast.stmt]) -> list[str] | None:
    """Return the names in a module's ``__all__``, or None if it has none."""
    for node in body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return None


def named_numbers(text: str) -> list[int]:
    """Return the equations that a text names, such as ``Equation (7)`` or ``Equations (6) to (10)``."""
    numbers: list[int] = []
    for naming in NAMED.finditer(text):
        for match in RANGE.finditer(naming[1]):
            numbers += range(int(match[1]), int(match[2] or match[1]) + 1)
    return list(dict.fromkeys(numbers))


def read_tests(folder: Path, root: Path) -> list[Test]:
    """Return every test below `folder` that carries ``@pytest.mark.equation(...)``."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for name, node in walk_tests(ast.parse(text).body, ""):
            start = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            source = "\n".join(lines[start - 1 : node.end_lineno])
            where = path.relative_to(root).as_posix()
            found += [Test(number, where, name, source) for number in marked_numbers(node.decorator_list)]
    return found


def walk_tests(body: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield each test of a module with its name as pytest writes it."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from walk_tests(node.body, f"{prefix}{node.name}::")


def marked_numbers(decorators: Iterable[ast.expr]) -> list[int]:
    """Return the numbers in the ``pytest.mark.equation`` decorators."""
    numbers = []
    for decorator in decorators:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.equation"):
            numbers += [int(ast.literal_eval(argument)) for argument in decorator.args]
    return numbers
