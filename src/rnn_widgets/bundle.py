"""The explorers' JavaScript and style sheets, as `make widgets` builds them."""

from pathlib import Path

__all__ = ["STATIC", "read"]

STATIC = Path(__file__).parent / "static"


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
        raise FileNotFoundError(f"{path} is missing: run `make widgets` to build the explorers' JavaScript")
    return path.read_text(encoding="utf-8")
