"""What every explorer is: checked settings, a live view, a picture of it, and the same in words."""

import base64
import io
from typing import Any, ClassVar

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure

from . import bundle

__all__ = ["DrawsExplorer", "Explorer", "check_positive_integer", "number"]


class _Number(traitlets.Float[float, float]):
    """A number in a range; NaN would pass the range's own comparisons."""

    def validate(self, obj: Any, value: Any) -> Any:
        checked = super().validate(obj, value)
        if np.isnan(checked):
            raise traitlets.TraitError(f"{self.name} must be a number, got NaN")
        return checked


def number(initial: float, least: float, greatest: float) -> Any:
    """Make a setting that takes numbers from `least` to `greatest`."""
    return _Number(initial, min=least, max=greatest).tag(sync=True)


def check_positive_integer(name: str, value: object) -> None:
    """Raise ValueError if an argument of a constructor is not a positive integer."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a positive integer, got {value!r}")


class Explorer(anywidget.AnyWidget):
    """A figure that answers in the browser; a subclass has a bundle, settings, `alt_text` and `figure`."""

    BUNDLE: ClassVar[str]
    SETTINGS: ClassVar[tuple[str, ...]]
    initial: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        for name in traits:
            if name not in self.SETTINGS:
                raise TypeError(f"unknown setting {name!r}; the settings are {', '.join(self.SETTINGS)}")
        # Read here and not with the class, so that the package can be imported before `make widgets`.
        self._esm = bundle.read(f"{self.BUNDLE}.js")
        self._css = bundle.read(f"{self.BUNDLE}.css")
        super().__init__(**traits)
        self.set_trait("initial", self.settings)

    @property
    def settings(self) -> dict[str, Any]:
        """The present values of the settings, by name."""
        return {name: getattr(self, name) for name in self.SETTINGS}

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        raise NotImplementedError

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["image/png"] = base64.b64encode(_png(self.figure())).decode("ascii")
        data["text/plain"] = self.alt_text
        metadata["image/png"] = {"alt": self.alt_text}
        return data, metadata


class DrawsExplorer(Explorer):
    """An explorer that carries several random draws and shows one of them."""

    draw = traitlets.Int(0, min=0).tag(sync=True)
    draws: Any = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, draws: list[dict[str, Any]], **traits: Any) -> None:
        self.set_trait("draws", draws)  # first, since `draw` is checked against it
        super().__init__(**traits)

    @traitlets.validate("draw")
    def _check_draw(self, proposal: Any) -> int:
        value: int = proposal["value"]
        if not 0 <= value < len(self.draws):
            raise traitlets.TraitError(f"draw must be in 0..{len(self.draws) - 1}, got {value!r}")
        return value


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, facecolor="white", metadata={"Software": None})
    return buffer.getvalue()
