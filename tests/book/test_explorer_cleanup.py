"""A view of an explorer that is taken off its page leaves nothing behind."""

from typing import Any

import pytest
from reader import Reader

from rnn_widgets import ClippingExplorer, ClockExplorer, ExciteExplorer, JacobianExplorer, ThinningExplorer
from rnn_widgets.kit.explorer import Explorer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "kind", [JacobianExplorer, ClippingExplorer, ExciteExplorer, ThinningExplorer, ClockExplorer]
)
def test_removed_view_listens_no_more(browser: Any, kind: type[Explorer]) -> None:
    """The function that render returns ends everything: the listeners, the drawing and the page's element."""
    state = kind().get_state()
    first = next(iter(kind.SETTINGS))
    with Reader(browser, used=True) as reader:
        listeners, children, drawings = reader.page.evaluate(
            """async ([state, first]) => {
              const url = URL.createObjectURL(new Blob([state._esm], { type: "text/javascript" }));
              const module = await import(url);
              const listeners = new Set();
              const model = {
                get: (name) => state[name],
                set: (name, value) => {
                  state[name] = value;
                  for (const listener of listeners) listener();
                },
                on: (name, listener) => listeners.add(listener),
                off: (name, listener) => listeners.delete(listener),
                save_changes: () => {},
              };
              let drawings = 0;
              new PerformanceObserver((list) => (drawings += list.getEntries().length)).observe({
                entryTypes: ["measure"],
              });
              const pause = () => new Promise((done) => setTimeout(done, 100));
              const el = document.body;
              const end = await module.default.render({ model, el });
              const input = el.querySelector("input");
              model.set(first, 0.9 * state[first]);
              await pause();
              const counts = [[listeners.size], [el.children.length], [drawings]];
              model.set(first, 0.9 * state[first]);
              end(); // with a drawing still due
              input.stepDown();
              input.dispatchEvent(new Event("input"));
              await pause();
              [listeners.size, el.children.length, drawings].forEach((count, i) => counts[i].push(count));
              return counts;
            }""",
            [state, first],
        )
        assert reader.troubles == []
    assert listeners[0] > 0
    assert listeners[1] == 0
    assert children == [1, 0]
    assert drawings == [1, 1]
