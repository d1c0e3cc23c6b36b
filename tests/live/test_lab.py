"""Explorers in JupyterLab: what the reader moves arrives in the kernel, and what the kernel sets is seen.

Each is held against a page of its own that was made with the kernel's settings.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from explorer_page import write_explorer
from reader import Reader
from test_kit import INPUTS, KINDS, SEEN

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
SECONDS = 90.0
# Sets what it finds in a file and writes the settings into another, between the messages of the view.
CELL = """import asyncio, json, pathlib, rnn_widgets
explorer = rnn_widgets.{name}()
async def answer():
    ask, answered = pathlib.Path("ask.json"), pathlib.Path("answer.json")
    while True:
        if ask.exists():
            for setting, value in json.loads(ask.read_text()).items():
                setattr(explorer, setting, value)
            ask.unlink()
            answered.with_suffix(".part").write_text(json.dumps(explorer.settings))
            answered.with_suffix(".part").rename(answered)
        await asyncio.sleep(0.05)
task = asyncio.get_running_loop().create_task(answer())
explorer"""
NO_CONTROL = {"cliff": {"updates"}}  # how long the descent is, is said in the kernel or in a link
RUN = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
IS_OPEN = """() => {
  const notebook = window.jupyterapp?.shell.currentWidget;
  return notebook?.content?.activeCell && notebook.sessionContext?.session?.kernel?.status === "idle";
}"""


def wait_for(path: Path) -> str:
    """Wait for a file, and take what is in it."""
    end = time.monotonic() + SECONDS
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} did not come"
        time.sleep(0.05)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    return text


@pytest.fixture(scope="module")
def lab(tmp_path_factory: Any) -> Iterator[tuple[str, Path]]:
    """Run JupyterLab on this machine alone; give its address and the folder that it shows."""
    folder = tmp_path_factory.mktemp("lab")
    own = {f"JUPYTER_{kind}_DIR": str(folder / f".{kind.lower()}") for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--ip=127.0.0.1", "--ServerApp.port=0", "--IdentityProvider.token=t"]
    options += ["--allow-root", f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"]
    options += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    log = (folder / ".log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options], env=os.environ | own, stdout=log, stderr=log
    )
    try:
        end = time.monotonic() + SECONDS
        while not (found := list((folder / ".runtime").glob("jpserver-*.json"))):
            assert server.poll() is None, (folder / ".log").read_text()
            assert time.monotonic() < end, "JupyterLab did not start"
            time.sleep(0.1)
        yield json.loads(found[0].read_text())["url"], folder
    finally:
        server.terminate()
        server.wait(SECONDS)
        log.close()


def seen(reader: Reader) -> list[str]:
    """Return the verdict and the controls; the drawing depends on the room it has."""
    verdict, _, controls = reader.page.evaluate(SEEN)
    return [verdict, controls]


def alone(browser: Any, folder: Path, kind: Any, settings: dict[str, Any]) -> list[str]:
    """Return what an explorer with these settings shows on a page of its own."""
    folder.mkdir()
    explorer = kind()
    for name, value in settings.items():  # not at once: what is said may compare with the beginning
        setattr(explorer, name, value)
    with Reader(browser) as reader:
        reader.skip_questions()
        reader.open(write_explorer(folder, explorer))
        return seen(reader)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.BUNDLE for kind in KINDS])
def test_every_setting_goes_both_ways(browser: Any, lab: tuple[str, Path], tmp_path: Path, kind: Any) -> None:
    address, folder = lab
    (folder / kind.BUNDLE).mkdir()
    cell = nbformat.v4.new_code_cell(CELL.format(name=kind.__name__))
    notebook = folder / kind.BUNDLE / "explorer.ipynb"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}), notebook)

    def settings(changes: dict[str, Any]) -> dict[str, Any]:
        part = notebook.with_name("ask.part")
        part.write_text(json.dumps(changes))
        part.rename(notebook.with_name("ask.json"))
        found: dict[str, Any] = json.loads(wait_for(notebook.with_name("answer.json")))
        return found

    with Reader(browser) as reader:
        page = reader.page
        page.goto(f"{address}lab/tree/{kind.BUNDLE}/explorer.ipynb?token=t&reset")
        page.wait_for_function(IS_OPEN, timeout=1000 * SECONDS)
        page.evaluate(RUN)
        page.locator(".rnn-explorer .question").wait_for(timeout=1000 * SECONDS)
        assert page.locator(".rnn-explorer .question").text_content() == kind.QUESTION
        page.get_by_role("button", name="Skip", exact=True).click()
        before = settings({})
        moved: list[dict[str, Any]] = []
        changed: set[str] = set()
        # A preset or a reset can come last: until each setting was seen to arrive, go on.
        for seed in range(5, 65):
            assert page.evaluate(INPUTS, [seed, 120 if len(moved) < 4 else 25]) is None
            page.wait_for_timeout(500)
            moved.append(settings({}))
            changed |= {name for name in before if moved[-1][name] != before[name]}
            if len(moved) <= 4:
                assert seen(reader) == alone(browser, tmp_path / f"reader {seed}", kind, moved[-1])
            elif changed == set(before):
                break
        for field in page.locator(".rnn-explorer input[type=text]").all():  # the random inputs type nothing
            field.fill("a new text")
            page.wait_for_timeout(500)
            changed |= {name for name, value in settings({}).items() if value != before[name]}
        assert changed == set(before) - NO_CONTROL.get(kind.BUNDLE, set())
        for name in NO_CONTROL.get(kind.BUNDLE, ()):
            moved[1] = moved[1] | {name: moved[1][name] // 2}
        for number, wanted in enumerate((*moved[:2], before)):
            assert settings(wanted) == wanted
            page.wait_for_timeout(500)
            assert seen(reader) == alone(browser, tmp_path / f"kernel {number}", kind, wanted)
