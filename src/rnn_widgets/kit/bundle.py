"""The explorers' JavaScript and style sheets, as `make widgets` builds them."""

from pathlib import Path

__all__ = ["STATIC", "read"]

STATIC = Path(__file__).parents[1] / "static"


def read(name: str) -> str:
    """Text of a built file.

    Parameters
    ----------
    name : str
        File name in ``rnn_widgets/static``.

    Raises
    ------
    FileNotFoundError
        If the bundle has not been built.
    """
    path = STATIC / name
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing. In a clone `make widgets` builds the explorers' JavaScript; elsewhere "
            "install the package again: its wheel holds it, unless it was built without the explorers"
        )
    return path.read_text(encoding="utf-8")
