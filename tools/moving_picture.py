"""Make the README's moving picture: an explorer at work in Chromium, frame by frame.

Nothing depends on the machine's speed: each frame sets a state and is taken when the explorer has drawn it.
The same browser with the same fonts gives the same frames.

Usage: python tools/moving_picture.py [book/_pictures/lit_text.webp]
"""

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from rnn_widgets import LitTextExplorer

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "book" / "_pictures" / "lit_text.webp"
KIND = "application/vnd.jupyter.widget"
WIDTH = 720  # in the page's pixels
MOVE, LOOK = 90, 2500  # milliseconds: how long a frame of a movement stays, and one to look at
LIMIT = 2_000_000  # bytes
SET = """([name, value]) => {
  const slider = document.querySelector(`input[type=range][aria-label="${name}"]`);
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def write_page(folder: Path) -> str:
    """Write a page with the explorer alone; return its address."""
    models = {"a": {"state": LitTextExplorer().get_state(), "buffers": []}}
    saved = json.dumps({"state": models}).replace("</", "<\\/")
    host = (ROOT / "book" / "_ext" / "widget_host.js").read_text(encoding="utf-8")
    (folder / "host.js").write_text(host, encoding="utf-8")
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>An explorer</title>'
        "<style>:root { background: #ffffff; color: #212529; --pst-color-background: #ffffff;"
        " --pst-color-text-base: #212529; --pst-color-text-muted: #48566b }</style>"
        f'<script defer src="host.js"></script><script type="{KIND}-state+json">{saved}</script>'
        f'<div class="explorer" style="padding-top: 8px"><script type="{KIND}-view+json">'
        '{"model_id": "a"}</script></div>',
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


def states() -> Iterator[tuple[str, float, int]]:
    """Yield what to set, to which value, and for how many milliseconds to show it."""
    for back in range(0, 59, 2):
        yield "letters back", back, MOVE
    yield "letters back", 59, LOOK
    for hundredths in range(92, 142, 2):
        yield "most per step, ρ", hundredths / 100, MOVE
    yield "most per step, ρ", 1.4, LOOK
    for hundredths in range(136, 86, -4):
        yield "most per step, ρ", hundredths / 100, MOVE
    yield "most per step, ρ", 0.9, LOOK // 2


def take(page: Page) -> Image.Image:
    """Take the explorer from its question down to the sentence on what is seen."""
    explorer = page.locator(".rnn-explorer")
    top = explorer.bounding_box()
    tasks = page.get_by_text("Can you?").bounding_box()
    assert top is not None
    assert tasks is not None
    clip = {"x": 0, "y": top["y"] - 8, "width": WIDTH, "height": tasks["y"] - top["y"]}
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]


def record(browser: Any) -> tuple[list[Image.Image], list[int]]:
    """Return the frames and how long each is shown."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 1100}, reduced_motion="reduce")
    page = context.new_page()
    with tempfile.TemporaryDirectory() as folder:
        page.goto(write_page(Path(folder)))
        page.get_by_role("button", name="Skip").click()
        frames, times = [], []
        for name, value, time in states():
            page.evaluate(SET, [name, value])
            page.evaluate("() => new Promise(requestAnimationFrame)")
            frames.append(take(page))
            times.append(time)
    context.close()
    height = min(frame.height for frame in frames)
    return [frame.crop((0, 0, WIDTH, height)) for frame in frames], times


def main(arguments: list[str] | None = None) -> int:
    """Make the picture; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="?", type=Path, default=TARGET)
    target = parser.parse_args(arguments).target
    executable = chromium.find()
    if executable is None:
        parser.error(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS)
        frames, times = record(browser)
        browser.close()
    first, *others = frames
    first.save(
        target, "WEBP", save_all=True, append_images=others, duration=times, loop=0, quality=60, method=6
    )
    size = target.stat().st_size
    print(f"{target}: {len(frames)} frames, {size / 1000:.0f} KB")
    if size > LIMIT:
        print(f"It must be at most {LIMIT / 1e6:.0f} MB.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
