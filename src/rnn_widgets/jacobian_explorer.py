"""The explorer of Equation (20): measured norms of Jacobian products beside their bound."""

import base64
from typing import Any

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from . import bundle, jacobian_figure
from .jacobian_draws import FAMILIES, matrix_of, random_draw

__all__ = ["ACTIVATIONS", "JacobianExplorer"]

ACTIVATIONS = {"tanh": rnn_core.tanh_with_gain, "linear": rnn_core.linear, "relu": rnn_core.relu}
SETTINGS = ("gamma", "rho", "family", "strength", "activation", "input_scale", "draw")
# Beyond this many steps the states of a ReLU network with γρ = 4 overflow.
MAX_STEPS = 400


def _number(initial: float, greatest: float) -> Any:
    return traitlets.Float(initial, min=0.0, max=greatest).tag(sync=True)


class JacobianExplorer(anywidget.AnyWidget):
    """Norms of Jacobian products against lag, with γ and ρ to move: Equations (19) and (20).

    The recurrence is h_t = φ(W h_{t−1} + s W_hx x_t) from a non-zero h_0, with J_t = diag(φ'(a_t)) W. The
    browser computes it anew at each movement and needs no kernel. The properties below are the same
    measurements by `rnn_core`.

    Parameters
    ----------
    m : int
        Number of hidden units.
    T : int
        Number of steps, at most 400.
    draws : int
        How many draws of matrices and inputs to carry.
    rng : numpy.random.Generator, optional
        Where they are drawn from; the same fixed draws each time if left out.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    gamma, rho : float
        γ, the supremum of |φ'|, and ρ = ‖W‖₂, both in [0, 2].
    family : {"orthogonal", "gaussian", "symmetric", "nonnormal"}
        How W is drawn; whatever the family, it is scaled to ‖W‖₂ = ρ.
    strength : float
        In [0, 4]: how far a non-normal W is from normal. The other families ignore it.
    activation : {"tanh", "linear", "relu"}
        φ(a) = tanh(γa), γa or γ·max(0, a).
    input_scale : float
        s in [0, 2].
    draw : int
        Which draw is shown, from 0.
    draws : list of dict, read-only
        What was drawn (see `rnn_widgets.jacobian_draws.random_draw`).

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    ValueError
        If m, T or `draws` is not a positive integer or T is above 400.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    gamma = _number(1.0, 2.0)
    rho = _number(0.9, 2.0)
    family = traitlets.Enum(FAMILIES, "orthogonal").tag(sync=True)
    strength = _number(1.0, 4.0)
    activation = traitlets.Enum(tuple(ACTIVATIONS), "tanh").tag(sync=True)
    input_scale = _number(0.5, 2.0)
    draw = traitlets.Int(0, min=0).tag(sync=True)
    draws: Any = traitlets.List(read_only=True).tag(sync=True)
    initial: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        *,
        m: int = 16,
        T: int = 60,
        draws: int = 4,
        rng: np.random.Generator | None = None,
        **traits: Any,
    ) -> None:
        unknown = set(traits) - set(SETTINGS)
        if unknown:
            raise TypeError(f"unknown setting {sorted(unknown)[0]!r}; the settings are {', '.join(SETTINGS)}")
        for name, value in (("m", m), ("T", T), ("draws", draws)):
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ValueError(f"{name} must be a positive integer, got {value!r}")
        if T > MAX_STEPS:
            raise ValueError(f"T must be at most {MAX_STEPS}, got {T}")
        rng = np.random.default_rng(9) if rng is None else rng
        self._esm = bundle.read("jacobian_explorer.js")
        self._css = bundle.read("jacobian_explorer.css")
        self.set_trait("draws", [random_draw(m, T, rng=rng) for _ in range(draws)])
        super().__init__(**traits)
        self.set_trait("initial", self.settings)

    @traitlets.validate("gamma", "rho", "strength", "input_scale")
    def _check_number(self, proposal: Any) -> float:
        value: float = proposal["value"]
        if np.isnan(value):  # it passes the range's own comparisons
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return value

    @traitlets.validate("draw")
    def _check_draw(self, proposal: Any) -> int:
        value: int = proposal["value"]
        if not 0 <= value < len(self.draws):
            raise traitlets.TraitError(f"draw must be in 0..{len(self.draws) - 1}, got {value!r}")
        return value

    @property
    def settings(self) -> dict[str, Any]:
        """The present values of the settings, by name."""
        return {name: getattr(self, name) for name in SETTINGS}

    @property
    def W_hh(self) -> np.ndarray:
        """The recurrent matrix: (m, m), with ‖W‖₂ = ρ."""
        return matrix_of(self.draws[self.draw], self.family, self.rho, self.strength)

    @property
    def log_norms(self) -> np.ndarray:
        """log‖J_t⋯J_1‖₂ in nats for t = 0..T, computed by `rnn_core`: (T+1,)."""
        return rnn_core.product_log_norms(self._jacobians(), start=0)

    @property
    def log_bound(self) -> np.ndarray:
        """Logarithm of Equation (20)'s right-hand side, lag · log(γρ) for lag = 0..T: (T+1,)."""
        return np.asarray(rnn_core.log_norm_bound(self.gamma, self.rho, np.arange(self.T + 1)))

    @property
    def log_radius(self) -> np.ndarray:
        """The same with the spectral radius of W in the place of ρ, which is not a bound: (T+1,)."""
        return np.asarray(rnn_core.log_norm_bound(self.gamma, self.spectral_radius, np.arange(self.T + 1)))

    @property
    def spectral_radius(self) -> float:
        """The largest |eigenvalue| of W."""
        draw = self.draws[self.draw]
        base = matrix_of(draw, self.family, 1.0, self.strength, scaled=False)
        return float(self.rho * draw["radius"][self.family] / rnn_core.spectral_norm(base))

    @property
    def decay_rate(self) -> float:
        """Measured factor per step, the geometric mean ‖J_T⋯J_1‖^(1/T)."""
        return rnn_core.decay_rate(self.log_norms)

    @property
    def lag_below_one_percent(self) -> int | None:
        """First lag at which ‖J_t⋯J_1‖₂ < 0.01, or None if there is none up to T."""
        return rnn_core.lag_below(self.log_norms, 0.01)

    @property
    def m(self) -> int:
        """Number of hidden units."""
        return len(self.draws[0]["h0"])

    @property
    def T(self) -> int:
        """Number of steps."""
        return len(self.draws[0]["drive"]) // self.m

    def _jacobians(self) -> np.ndarray:
        draw, m = self.draws[self.draw], self.m
        # The drive W_hx x_t is carried, not its factors: here it enters as an input through W_hx = I.
        params = rnn_core.RNNParams(np.eye(m), self.W_hh, np.zeros((1, m)), np.zeros(m), np.zeros(1))
        x = self.input_scale * np.reshape(draw["drive"], (self.T, m))
        trace = rnn_core.forward(params, x, np.array(draw["h0"]), ACTIVATIONS[self.activation](self.gamma))
        return rnn_core.step_jacobians(params, trace)

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return jacobian_figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return jacobian_figure.draw(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["image/png"] = base64.b64encode(jacobian_figure.png(self.figure())).decode("ascii")
        data["text/plain"] = self.alt_text
        metadata["image/png"] = {"alt": self.alt_text}
        return data, metadata
