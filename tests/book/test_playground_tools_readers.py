"""The playground's tools for all readers: axe, a phone, the dark, and Firefox."""

import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from playground_page import APP, PAGE, Playground
from playground_tools import TOOLS, compared, opened_tool, wait_for_words
from reader import PHONE, Reader
from test_pages import AXE, EVERY_RULE, OUT_OF_REACH, RUN_AXE, TOO_WIDE

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "live"))
from firefox import Firefox, executable

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tools_are_accessible_and_fit_a_phone(browser: Any, server: str, theme: str) -> None:
    with Reader(browser, PHONE, theme) as reader:
        playground = Playground(reader, f"{server}/{PAGE}")
        reader.page.evaluate(f"() => {APP}.start({{ task: 'agreement', T: 9, m: 5 }})")
        playground.steps(8)
        for name in TOOLS:
            opened_tool(playground, name)
        compared(playground, reader.page.locator(".pg-tool-compare"))
        repeat = reader.page.locator(".pg-tool-repeat")
        repeat.get_by_role("spinbutton", name="Updates of each").fill("3")
        repeat.get_by_role("button", name="Run ten seeds").click()
        wait_for_words(playground, ".pg-tool-repeat", "Done: 10 runs")
        reader.page.locator(".pg-tool-export").get_by_role("button", name="Make the files").click()
        wait_for_words(playground, ".pg-tool-export", "Made after 8 updates")
        assert reader.page.evaluate(TOO_WIDE) == []
        assert reader.page.evaluate(OUT_OF_REACH) == []
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert reader.page.evaluate(RUN_AXE, EVERY_RULE) == []
        assert reader.troubles == []


IN_FIREFOX = f"""(async () => {{
  const seen = async (find) => {{
    for (let found = find(); ; found = find()) {{
      if (found) return found;
      await new Promise((r) => setTimeout(r, 100));
    }}
  }};
  const app = await seen(() => document.querySelector(".rnn-playground")?.pgApp?.state && {APP});
  app.step(12);
  await seen(() => app.state.update === 12);
  const foldOf = (name) => document.querySelector(`.pg-tool-${{name}}`);
  const tools = Object.fromEntries({list(TOOLS)}.map((name) => [name, foldOf(name)]));
  for (const fold of Object.values(tools)) fold.open = true;
  const said = (name, words) => seen(() => tools[name].textContent.includes(words));
  const press = (name, words) =>
    [...tools[name].querySelectorAll("button")].find((b) => b.textContent === words).click();
  await said("try", "Step ");
  press("compare", "Keep this run as A");
  await said("compare", "12 updates");
  press("compare", "Run B");
  await said("compare", "B is done");
  press("repeat", "Run ten seeds");
  await said("repeat", "Done: 10 runs");
  press("export", "Make the files");
  await said("export", "Made after 12 updates");
  return tools.compare.textContent;
}})()"""


def test_they_work_in_firefox(server: str) -> None:
    if executable() is None:
        missing("no Firefox was found")
    with Firefox() as firefox:
        firefox.open(f"{server}/{PAGE}#playground=run&task=parity&T=5&m=4")
        words = firefox.evaluate(IN_FIREFOX)
    assert "A and B have the same set-up and the same seed." in words
