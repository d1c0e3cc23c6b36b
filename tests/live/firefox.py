"""A window of Firefox, driven by the protocol that it speaks itself (WebDriver BiDi)."""

import json
import re
import shutil
from typing import Any

from driven import Driven, as_json, from_json

NAMES = ("firefox", "firefox-esr")
# What Firefox says when it lays out a page of which only half a fraction has come. That every formula has all
# its parts on the page as it was built, test_formulas asks.
HALF_A_FORMULA = re.compile(r"Invalid markup: Incorrect number of children for <\w+/> tag\.")


def executable() -> str | None:
    """Return the Firefox of this machine, if it has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def address(told: str) -> str | None:
    """Return where Firefox listens, once it has written that."""
    place = json.loads(told) if told else None
    return place and f"ws://{place['ws_host']}:{place['ws_port']}/session"


class Firefox(Driven):
    """One page in a Firefox without a window; use it in a ``with`` statement."""

    def __enter__(self) -> "Firefox":
        arguments = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]
        self.start(
            lambda profile: [executable() or "firefox", *arguments, profile],
            "WebDriverBiDiServer.json",
            address,
        )
        self.troubles: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                text = str(answer["params"]["text"])
                if not HALF_A_FORMULA.fullmatch(text):
                    self.troubles.append(text)
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return what an expression, or the promise that it gives, comes to; as JSON, so no live objects."""
        found = self.send(
            "script.evaluate",
            expression=as_json(expression),
            target={"context": self.context},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return from_json(found["result"])
