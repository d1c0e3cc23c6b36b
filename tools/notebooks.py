"""Run notebooks from top to bottom and write them back normalised, so that a diff shows only what changed.

Usage: python tools/notebooks.py [--no-run] notebooks/05_architecture.ipynb ...
"""

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KINDS = {"image/png", "image/svg+xml"}  # of figures
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def run(notebook: NotebookNode, folder: Path) -> None:
    """Execute every cell in a new kernel; a failing cell raises."""
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()


def missing_figures(notebook: NotebookNode) -> list[str]:
    """The first line of every cell that has an alternative text for a figure, but shows none."""
    return [
        cell.source.partition("\n")[0]
        for cell in notebook.cells
        if cell.cell_type == "code"
        and cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        and not any(KINDS & output.get("data", {}).keys() for output in cell.outputs)
    ]


def normalise(notebook: NotebookNode, name: str) -> None:
    """Remove what changes from run to run: widget state and views, timings, random cell ids."""
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"{name.replace('_', '-')[:40]}-{number:03d}"
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        # Widget views name a model of the run that is over; the picture beside them stays.
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET_VIEW, None)
        cell.outputs = merge_streams([output for output in cell.outputs if output.get("data", True)])


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream: where a busy kernel cuts it is a matter of timing."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last is not None and output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--no-run", action="store_true", help="only normalise")
    options = parser.parse_args(arguments)
    for path in options.notebooks:
        notebook = nbformat.read(path, as_version=4)
        if not options.no_run:
            print(f"running {path}", flush=True)
            run(notebook, path.parent)
            if missing := missing_figures(notebook):
                print(f"{path} is left as it was: no figure came from: {missing[0]}", file=sys.stderr)
                return 1
        normalise(notebook, path.stem)
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
