"""An explorer on a page of its own, moves of all that it has, and the controls that all have."""

import json
from pathlib import Path

from reader import Reader

import rnn_widgets
from rnn_widgets.kit.explorer import Explorer

# Every explorer that asks a question.
KINDS = [kind for name in rnn_widgets.__all__ if (kind := getattr(rnn_widgets, name)).QUESTION]
HOST = Path(__file__).resolve().parents[2] / "book" / "_ext" / "widget_host.js"
KIND = "application/vnd.jupyter.widget"
# The colours of the book's theme, which the explorers take over.
COLOURS = {"light": ("#ffffff", "#212529", "#48566b"), "dark": ("#121212", "#ced6dd", "#9ca4af")}


# What is seen of a figure: not the order of attributes, what is hidden, or a ghost of the state before.
WRITTEN = """(function written(node) {
  if (node.classList?.contains("ghost") || node.getAttribute?.("display") === "none") return "";
  if (!node.attributes) return node.textContent;
  const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort();
  const inside = [...node.childNodes].map((child) => written(child));
  return `<${node.tagName} ${attributes.join(" ")}>${inside.join("")}`;
})"""


def write_explorer(folder: Path, explorer: Explorer, views: int = 1, theme: str = "light") -> str:
    """Write a page with views of one explorer and return its address as a file."""
    state = {"state": {"a": {"state": explorer.get_state(), "buffers": []}}}
    saved = json.dumps(state).replace("</", "<\\/")
    view = f'<div class="explorer"><script type="{KIND}-view+json">{{"model_id": "a"}}</script></div>'
    ground, text, muted = COLOURS[theme]
    (folder / "host.js").write_text(HOST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en" data-theme="{theme}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>An explorer</title>'
        f"<style>:root {{ color-scheme: {theme}; background: {ground}; color: {text};"
        f" --pst-color-background: {ground}; --pst-color-text-base: {text};"
        f" --pst-color-text-muted: {muted} }}</style>"
        f'<script defer src="host.js"></script><script type="{KIND}-state+json">{saved}</script>'
        f"<main><h1>An explorer</h1>{view * views}</main>",
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


def slide(reader: Reader, label: str, value: float) -> None:
    """Move the first slider whose name begins so."""
    reader.page.get_by_role("slider", name=label).locator("visible=true").first.fill(str(value))


def choose(reader: Reader, label: str, value: str) -> None:
    """Choose from a list."""
    reader.page.get_by_label(label).first.select_option(value)


# Moves every slider, or every point of an explorer without one, some times, and gives the milliseconds from
# each input to the end of drawing, which must follow before anything else happens.
MOVE_ALL = """async (moves) => {
  const root = document.querySelector(".rnn-explorer");
  const drawing = () => [...root.querySelectorAll("svg")].map((svg) => svg.innerHTML).join("");
  const move = (slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const times = [];
  for (const slider of root.querySelectorAll("input[type=range]")) {
    if (!slider.checkVisibility()) continue;
    const { min, max, value } = slider;
    for (let i = 0; i < moves; i++) {
      const before = drawing();
      const was = slider.value;
      const share = (0.1 + i * 0.377) % 1; // here and there over the whole range
      const start = performance.now();
      move(slider, Number(min) + share * (max - min));
      await null; // the explorer draws when the event is over, before anything else happens
      times.push(performance.now() - start);
      if (slider.value !== was && drawing() === before) throw new Error("the drawing did not follow at once");
      await new Promise(requestAnimationFrame);
    }
    move(slider, value);
  }
  // An explorer without a slider has points to move.
  for (const handle of times.length ? [] : root.querySelectorAll(".handle[role=slider]")) {
    for (let i = 0; i < moves; i++) {
      const before = drawing();
      const key = i % 20 < 10 ? "ArrowUp" : "ArrowDown";
      const start = performance.now();
      handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await null;
      times.push(performance.now() - start);
      if (drawing() === before) throw new Error("the drawing did not follow at once");
      await new Promise(requestAnimationFrame);
    }
  }
  return times;
}"""


def opened(reader: Reader, address: str) -> None:
    """Open an explorer and skip its question."""
    reader.open(address)
    skip = reader.page.get_by_role("button", name="Skip", exact=True)
    if skip.is_visible():
        skip.click()
