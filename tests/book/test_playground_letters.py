"""What is written in the playground's figures is written whole, and nothing is written across it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playground_page import PAGE, Playground
from playground_tools import compared, wait_for_words
from reader import DESKTOP, PHONE, Reader

pytestmark = pytest.mark.browser

# Every canvas keeps the boxes of the texts of its last drawing, in its own pixels, and what it clips to.
WATCH = """(() => {
  const proto = CanvasRenderingContext2D.prototype;
  const kept = new Map(); // canvas: { clips, path, texts }
  const of = ({ canvas }) => {
    if (!kept.has(canvas)) kept.set(canvas, { clips: [null], path: null, texts: [] });
    return kept.get(canvas);
  };
  function box(context, left, top, right, bottom) {
    const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
    const at = corners.map(([x, y]) => context.getTransform().transformPoint({ x, y }));
    const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  }
  function wrap(name, before) {
    const original = proto[name];
    proto[name] = function (...given) {
      before.call(this, of(this), ...given);
      return original.apply(this, given);
    };
  }
  wrap("clearRect", (one) => (one.texts = []));
  wrap("save", (one) => one.clips.push(one.clips.at(-1)));
  wrap("restore", (one) => one.clips.length > 1 && one.clips.pop());
  wrap("beginPath", (one) => (one.path = null));
  wrap("rect", function (one, x, y, w, h) {
    one.path = box(this, x, y, x + w, y + h);
  });
  wrap("clip", (one) => (one.clips[one.clips.length - 1] = one.path));
  wrap("fillText", function (one, text, x, y) {
    const size = this.measureText(text);
    const [left, right] = [x - size.actualBoundingBoxLeft, x + size.actualBoundingBoxRight];
    const [top, bottom] = [y - size.actualBoundingBoxAscent, y + size.actualBoundingBoxDescent];
    one.texts.push({ text, at: box(this, left, top, right, bottom), clip: one.clips.at(-1) });
  });
  window.lettersOf = () =>
    [...document.querySelectorAll(".rnn-playground canvas")]
      .filter((canvas) => canvas.getClientRects().length)
      .map((canvas) => ({ canvas, texts: kept.get(canvas)?.texts ?? [] }));
})()"""
WRONG = """() => lettersOf().flatMap(({ canvas, texts }) => {
  const label = canvas.getAttribute("aria-label").slice(0, 40);
  const cut = texts.filter(({ at, clip }) => {
    const [left, top, right, bottom] = clip ?? [0, 0, canvas.width, canvas.height];
    return at[0] < left - 1 || at[1] < top - 1 || at[2] > right + 1 || at[3] > bottom + 1;
  });
  const shared = (a, b, i) => Math.min(a[i + 2], b[i + 2]) - Math.max(a[i], b[i]);
  const pairs = texts.flatMap((one, i) => texts.slice(i + 1).map((other) => [one, other]));
  const crossed = pairs.filter(([{ at: a }, { at: b }]) => shared(a, b, 0) > 1 && shared(a, b, 1) > 1);
  return [
    ...cut.map(({ text }) => `${label}: “${text}” is cut`),
    ...crossed.map(([{ text }, other]) => `${label}: “${text}” and “${other.text}” cross`),
  ];
})"""
SETUPS: tuple[dict[str, Any], ...] = (
    *({"cell": cell} for cell in ("tanh", "relu", "lstm", "gru")),
    {"cell": "lstm", "layers": 2},
    *({"task": task, "T": 12} for task in ("order", "adding", "reber", "parity", "agreement", "text")),
    {"clip": 0.01},
    {"clip": 100, "rho": 0.1},
    {"clip": 0, "rho": 5, "T": 60, "rate": 1, "optimizer": "sgd", "cell": "relu"},
    {"m": 64, "T": 200, "batch": 1},
    {"m": 1, "T": 1, "batch": 1},
    {"rate": 0, "rho": 0, "input_scale": 0},
)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def playground(browser: Any, server: str, request: pytest.FixtureRequest) -> Iterator[Playground]:
    with Reader(browser, request.param) as reader:
        reader.page.add_init_script(WATCH)
        yield Playground(reader, f"{server}/{PAGE}")
        assert reader.troubles == []


def wrong(playground: Playground) -> list[str]:
    """Bring every figure into view; return what is wrong with their letters."""
    playground.reader.load_figures()
    playground.status()  # two frames
    seen = playground.page.evaluate("() => lettersOf().reduce((sum, { texts }) => sum + texts.length, 0)")
    assert seen > 30
    return [str(each) for each in playground.page.evaluate(WRONG)]


def test_every_word_of_every_figure_can_be_read(playground: Playground) -> None:
    found = []
    for setup in SETUPS:
        playground.steps(3, **setup)
        found += [f"{setup}: {each}" for each in wrong(playground)]
    # The line at which gradients are clipped lies near the figure's top once they have become small.
    playground.steps(1500, T=3, m=8, batch=4, rate=0.05)
    assert playground.app("state.grad_norm") < 1e-3
    found += wrong(playground)
    assert not found, "\n".join(found)


def test_every_word_of_the_tools_can_be_read(playground: Playground) -> None:
    found = []
    for setup in ({"task": "recall", "T": 5, "m": 6}, {"task": "adding", "T": 12, "cell": "lstm"}):
        playground.steps(8, **setup)
        for name in ("try", "compare", "repeat"):
            playground.page.evaluate(f"document.querySelector('.pg-tool-{name}').open = true")
        compared(playground, playground.page.locator(".pg-tool-compare"))
        fold = playground.page.locator(".pg-tool-repeat")
        fold.locator("select").first.select_option("both")
        fold.get_by_role("spinbutton", name="Updates of each").fill("3")
        fold.get_by_role("button", name="Run ten seeds").click()
        wait_for_words(playground, ".pg-tool-repeat", "Done: 20 runs")
        found += [f"{setup}: {each}" for each in wrong(playground)]
    assert not found, "\n".join(found)
