"""A browser in a process and a profile of its own, which is spoken to over a socket."""

import itertools
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection


class Driven:
    """What browsers have in common that are driven by their own protocols; use it in a ``with`` statement."""

    profile: tempfile.TemporaryDirectory[str]
    process: subprocess.Popen[bytes]
    socket: WebSocket
    numbers: Any

    def start(
        self, command: Callable[[str], list[str]], told: str, where: Callable[[str], str | None]
    ) -> None:
        """Start a command for a profile; connect as soon as the file there says where the browser listens."""
        # It may still write while it ends.
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        name, silent = type(self).__name__, subprocess.DEVNULL
        self.process = subprocess.Popen(command(self.profile.name), stdout=silent, stderr=silent)
        file = Path(self.profile.name) / told
        while not (file.is_file() and (address := where(file.read_text()))):
            assert self.process.poll() is None, f"{name} ended before it listened"
            time.sleep(0.1)
        self.socket = create_connection(address, timeout=1200, suppress_origin=True)
        self.numbers = itertools.count(1)

    def __exit__(self, *exception: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()


def as_json(expression: str) -> str:
    """Write an expression, or a promise of one, so that its value comes as JSON: no live objects."""
    return f"(async () => JSON.stringify(await ({expression})))()"


def from_json(result: dict[str, Any]) -> Any:
    """Return the value that came so."""
    return json.loads(result.get("value", "null"))
