"""Titles of the explorers' axes stand clear of the numbers beside them."""

from pathlib import Path
from typing import Any

import pytest
from explorer_page import write_explorer
from reader import DESKTOP, PHONE, Reader

from rnn_widgets import ClippingExplorer, ClockExplorer, ExciteExplorer, JacobianExplorer, ThinningExplorer
from rnn_widgets.kit.explorer import Explorer

pytestmark = pytest.mark.browser

# Pairs of a title and a number whose boxes meet. A box is as high as a line: its outermost pixel is empty.
MEETING = """() => {
  const ink = (text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return { left: left + 1, right: right - 1, top: top + 1, bottom: bottom - 1 };
  };
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const found = [];
  for (const svg of document.querySelectorAll(".rnn-explorer .panel > svg")) {
    const numbers = [...svg.querySelectorAll(".axis .tick text")].filter((text) => text.textContent);
    const titles = [...svg.querySelectorAll(".axis-title")].filter((title) => title.textContent);
    for (const title of titles) {
      for (const number of numbers) {
        if (meets(ink(title), ink(number))) found.push(`${title.textContent} over ${number.textContent}`);
      }
    }
    if (titles.length && !numbers.length) found.push("no numbers");
  }
  return found;
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "explorer", [JacobianExplorer, ClippingExplorer, ExciteExplorer, ThinningExplorer, ClockExplorer]
)
def test_titles_of_axes_stand_clear_of_the_numbers(
    browser: Any, tmp_path: Path, explorer: type[Explorer], viewport: dict[str, int]
) -> None:
    with Reader(browser, viewport, used=True) as reader:
        reader.open(write_explorer(tmp_path, explorer()))
        assert reader.page.locator(".axis-title").count() >= 2
        assert reader.page.evaluate(MEETING) == []
