"""A Chromium whose tabs are those of a reader: one that is not in front is hidden.

Playwright tells every page that it is seen, so this speaks the browser's protocol itself.
"""

import json
from typing import Any

import chromium
from driven import Driven, as_json, from_json


def address(told: str) -> str | None:
    """Return where Chromium listens, once it has written that."""
    port, *path = told.split() or [""]
    return f"ws://127.0.0.1:{port}{path[0]}" if path else None


class Chromium(Driven):
    """One page in a tab of its own; use it in a ``with`` statement."""

    def __enter__(self) -> "Chromium":
        arguments = [*chromium.ARGUMENTS, "--headless=new", "--no-first-run", "--remote-debugging-port=0"]
        self.start(
            lambda profile: [str(chromium.find()), *arguments, f"--user-data-dir={profile}", "about:blank"],
            "DevToolsActivePort",
            address,
        )
        return self

    def send(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        self.socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                assert "result" in answer, answer
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Open a page in a tab, which comes to the front."""
        self.tab = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=self.tab, flatten=True)["sessionId"]
        self.send("Page.navigate", self.session, url=address)  # answers once the page is another

    def hide(self) -> None:
        """Open another tab before the page's."""
        self.send("Target.createTarget", url="about:blank")

    def show(self) -> None:
        """Bring the page's tab to the front again."""
        self.send("Target.activateTarget", targetId=self.tab)

    def freeze(self, frozen: bool) -> None:
        """Stop all that the page does, as the browser does to save power, or let it go on."""
        self.send("Page.setWebLifecycleState", self.session, state="frozen" if frozen else "active")

    def heap(self) -> float:
        """Return the megabytes of the page's objects; those of its worker are not among them."""
        self.send("HeapProfiler.collectGarbage", self.session)
        return float(self.send("Runtime.getHeapUsage", self.session)["usedSize"]) / 1e6

    def evaluate(self, expression: str) -> Any:
        """Return what an expression, or the promise that it gives, comes to; as JSON, so no live objects."""
        found = self.send(
            "Runtime.evaluate",
            self.session,
            expression=as_json(expression),
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in found, found
        return from_json(found["result"])
