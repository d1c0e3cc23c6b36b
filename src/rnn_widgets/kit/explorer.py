"""What every explorer is: checked settings, a live view, a picture of it, and the same in words."""

import base64
import io
import re
from itertools import pairwise
from typing import Any, ClassVar

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure

from . import bundle

__all__ = [
    "DrawsExplorer",
    "Explorer",
    "Numbers",
    "Times",
    "check_positive_integer",
    "integer",
    "number",
    "text",
]


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


def integer(initial: int, least: int, greatest: int) -> Any:
    """Make a setting that takes integers from `least` to `greatest`."""
    return traitlets.Int(initial, min=least, max=greatest).tag(sync=True)


class _Text(traitlets.Unicode):  # type: ignore[type-arg]
    """A text of certain letters, at most so many."""

    def __init__(self, initial: str, letters: str, most: int) -> None:
        self.letters, self.most = letters, most
        super().__init__(initial)

    def validate(self, obj: Any, value: Any) -> Any:
        checked = super().validate(obj, value)
        if len(checked) > self.most or not set(checked) <= set(self.letters):
            raise traitlets.TraitError(
                f"{self.name} must be at most {self.most} of the letters {self.letters}, got {value!r}"
            )
        return checked


def text(initial: str, letters: str, most: int) -> Any:
    """Make a setting that takes a text of certain letters, at most so many."""
    return _Text(initial, letters, most).tag(sync=True)


class Numbers(traitlets.List[float]):
    """So many numbers, each in the same range."""

    def __init__(self, initial: list[float], least: float, greatest: float) -> None:
        self.length, self.least, self.greatest = len(initial), least, greatest
        super().__init__(_Number(min=least, max=greatest), initial, minlen=len(initial), maxlen=len(initial))
        self.tag(sync=True)


class Times(traitlets.List[float]):
    """Times in order, at most so many, no two of them the same."""

    def __init__(self, initial: list[float], least: float, greatest: float, most: int) -> None:
        self.least, self.greatest, self.most = least, greatest, most
        super().__init__(_Number(min=least, max=greatest), initial, maxlen=most)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Check the order too."""
        checked: list[float] = super().validate(obj, value) or []
        if any(later <= earlier for earlier, later in pairwise(checked)):
            raise traitlets.TraitError(f"{self.name} must increase, got {value!r}")
        return checked


def check_positive_integer(name: str, value: object) -> None:
    """Raise ValueError if an argument of a constructor is not a positive integer."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a positive integer, got {value!r}")


class Explorer(anywidget.AnyWidget):
    """A figure that answers in the browser.

    A subclass has a bundle, settings, a question with an instruction, `alt_text` and `figure`.

    Parameters
    ----------
    name : str, optional
        What this explorer is called in addresses and in the browser's memory: lower-case letters, digits and
        hyphens. Needed where a page has two of a kind.
    **traits
        Initial values of the settings.
    """

    BUNDLE: ClassVar[str]
    SETTINGS: ClassVar[tuple[str, ...]]
    QUESTION: ClassVar[str] = ""
    INSTRUCTION: ClassVar[str] = ""
    name = traitlets.Unicode(read_only=True).tag(sync=True)
    question = traitlets.Unicode(read_only=True).tag(sync=True)
    instruction = traitlets.Unicode(read_only=True).tag(sync=True)
    initial: Any = traitlets.Dict(read_only=True).tag(sync=True)
    schema: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, *, name: str | None = None, **traits: Any) -> None:
        for setting in traits:
            if setting not in self.SETTINGS:
                raise TypeError(f"unknown setting {setting!r}; the settings are {', '.join(self.SETTINGS)}")
        name = self.BUNDLE if name is None else name
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise ValueError(f"name must be lower-case letters, digits and hyphens, got {name!r}")
        # Read here and not with the class, so that the package can be imported before `make widgets`.
        self._esm = bundle.read(f"{self.BUNDLE}.js")
        self._css = bundle.read(f"{self.BUNDLE}.css")
        super().__init__(**traits)
        self.set_trait("name", name)
        self.set_trait("question", self.QUESTION)
        self.set_trait("instruction", self.INSTRUCTION)
        self.set_trait("initial", self.settings)
        self.set_trait("schema", {setting: self._rule(setting) for setting in self.SETTINGS})

    def _rule(self, setting: str) -> dict[str, Any]:
        """Say what a setting may be, in a form that the browser reads."""
        return _rule(self.traits()[setting])

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

    def _rule(self, setting: str) -> dict[str, Any]:
        rule = super()._rule(setting)
        return {**rule, "max": len(self.draws) - 1} if setting == "draw" else rule

    @traitlets.validate("draw")
    def _check_draw(self, proposal: Any) -> int:
        value: int = proposal["value"]
        if not 0 <= value < len(self.draws):
            raise traitlets.TraitError(f"draw must be in 0..{len(self.draws) - 1}, got {value!r}")
        return value


def _rule(trait: Any) -> dict[str, Any]:
    """Say what a setting may be, in a form that the browser reads."""
    if isinstance(trait, traitlets.Enum):
        return {"values": list(trait.values or ())}
    if isinstance(trait, traitlets.Bool):
        return {"values": [False, True]}
    if isinstance(trait, _Text):
        return {"letters": trait.letters, "most": trait.most}
    if isinstance(trait, Numbers):
        return {"length": trait.length, "of": {"min": trait.least, "max": trait.greatest}}
    if isinstance(trait, Times):
        return {"times": trait.most, "of": {"min": trait.least, "max": trait.greatest}}
    if isinstance(trait, traitlets.Int):
        return {"min": trait.min, "max": trait.max, "integer": True}
    return {"min": trait.min, "max": trait.max}


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, facecolor="white", metadata={"Software": None})
    return buffer.getvalue()
