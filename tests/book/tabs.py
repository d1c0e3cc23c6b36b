"""A Chromium whose tabs are those of a reader: one that is not in front is hidden.

Playwright tells every page that it is seen, so this speaks the browser's protocol itself.
"""

import itertools
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import chromium
from websocket import create_connection


class Chromium:
    """One page in a tab of its own; use it in a ``with`` statement."""

    def __enter__(self) -> "Chromium":
        # It may still write while it ends.
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = [str(chromium.find()), *chromium.ARGUMENTS, "--headless=new", "--no-first-run"]
        command += ["--remote-debugging-port=0", f"--user-data-dir={self.profile.name}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        told = Path(self.profile.name) / "DevToolsActivePort"  # Chromium writes there where it listens
        while not (told.is_file() and len(told.read_text().split()) == 2):
            assert self.process.poll() is None, "Chromium ended before it listened"
            time.sleep(0.1)
        port, path = told.read_text().split()
        address = f"ws://127.0.0.1:{port}{path}"
        self.socket = create_connection(address, timeout=300, suppress_origin=True)
        self.numbers = itertools.count(1)
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
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in found, found
        return json.loads(found["result"].get("value", "null"))

    def __exit__(self, *exception: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
