"""Where the results of the studies are, which chapters and explorers read."""

from pathlib import Path

__all__ = ["EXPERIMENTS"]

# A copy in an installed package, the folder of that name in a clone.
_COPY = Path(__file__).parent / "experiments"
EXPERIMENTS = _COPY if _COPY.is_dir() else Path(__file__).parents[2] / "experiments"
