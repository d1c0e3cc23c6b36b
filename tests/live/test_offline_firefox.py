"""The book that is kept on the device, in Firefox: its pages open while nobody can be reached."""

from pathlib import Path

import pytest
from conftest import missing, served
from firefox import Firefox, executable
from test_offline import PLACE, WELCOME, Host
from test_policy_firefox import LOOK, WATCH

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
PAGES = ("notebooks/09_vanishing_gradients.html", "search.html?q=gamma", "book/api.html")
KEEP = """(async () => {
  const block = document.querySelector('.offline-block');
  const seen = async (condition) => {
    for (let i = 0; i < 1200 && !condition(); i += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await seen(() => !block.querySelector('button').disabled);
  block.querySelector('button').click();
  await seen(() => /Kept|could|room/.test(block.textContent));
  return block.querySelector('[role=status]').textContent;
})()"""


def test_the_copy_is_read_without_a_network(site: Path, tmp_path: Path) -> None:
    if executable() is None:
        missing("no Firefox was found")
    (tmp_path / PLACE).parent.mkdir(parents=True)
    (tmp_path / PLACE).symlink_to(site, target_is_directory=True)
    try:
        with served(tmp_path, Host) as address, Firefox() as firefox:
            firefox.send("script.addPreloadScript", functionDeclaration=WATCH)
            firefox.open(f"{address}/{PLACE}/{WELCOME}")
            assert firefox.evaluate(KEEP).startswith("Kept on this device")
            Host.is_down = True
            for page in PAGES:
                firefox.open(f"{address}/{PLACE}/{page}")
                assert firefox.evaluate(LOOK) == [[], 0, True], page
                assert firefox.evaluate("navigator.serviceWorker.controller !== null")
    finally:
        Host.is_down = False
