"""A window of Firefox, driven by the protocol that it speaks itself (WebDriver BiDi)."""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from websocket import create_connection

NAMES = ("firefox", "firefox-esr")


def executable() -> str | None:
    """Return the Firefox of this machine, if it has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One page in a Firefox without a window; use it in a ``with`` statement."""

    def __enter__(self) -> "Firefox":
        self.profile = tempfile.TemporaryDirectory()
        command = [executable() or "firefox", "--headless", "--no-remote", "--profile", self.profile.name]
        command += ["--remote-debugging-port=0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        told = Path(self.profile.name) / "WebDriverBiDiServer.json"  # Firefox writes there where it listens
        while not (told.is_file() and told.read_text()):
            assert self.process.poll() is None, "Firefox ended before it listened"
            time.sleep(0.1)
        place = json.loads(told.read_text())
        address = f"ws://{place['ws_host']}:{place['ws_port']}/session"
        self.socket = create_connection(address, timeout=1200, suppress_origin=True)
        self.numbers = itertools.count(1)
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
                self.troubles.append(str(answer["params"]["text"]))
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
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value", "null"))

    def __exit__(self, *exception: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()
