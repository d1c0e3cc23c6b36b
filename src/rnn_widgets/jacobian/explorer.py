"""The explorer of Equation (20): measured norms of Jacobian products beside their bound."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import DrawsExplorer, check_positive_integer, number
from . import figure
from .draws import FAMILIES, matrix_of, random_draw
from .words import Measured

__all__ = ["ACTIVATIONS", "JacobianExplorer"]

ACTIVATIONS = {"tanh": rnn_core.tanh_with_gain, "linear": rnn_core.linear, "relu": rnn_core.relu}
# Beyond this many steps the states of a ReLU network with γρ = 4 overflow.
MAX_STEPS = 400


class JacobianExplorer(DrawsExplorer):
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
    lock : bool
        Whether a movement of the point keeps γρ.
    draws : list of dict, read-only
        What was drawn (see `rnn_widgets.jacobian.draws.random_draw`).

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    ValueError
        If m, T or `draws` is not a positive integer or T is above 400.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "jacobian"
    SETTINGS = ("gamma", "rho", "family", "strength", "activation", "input_scale", "draw", "lock")
    QUESTION = "How far back does a gradient reach?"
    INSTRUCTION = "Drag the point, then change the matrix, the activation and the inputs."

    gamma = number(1.0, 0.0, 2.0)
    rho = number(0.9, 0.0, 2.0)
    family = traitlets.Enum(FAMILIES, "orthogonal").tag(sync=True)
    strength = number(1.0, 0.0, 4.0)
    activation = traitlets.Enum(tuple(ACTIVATIONS), "tanh").tag(sync=True)
    input_scale = number(0.5, 0.0, 2.0)
    lock = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        *,
        m: int = 16,
        T: int = 60,
        draws: int = 4,
        rng: np.random.Generator | None = None,
        **traits: Any,
    ) -> None:
        for name, value in (("m", m), ("T", T), ("draws", draws)):
            check_positive_integer(name, value)
        if T > MAX_STEPS:
            raise ValueError(f"T must be at most {MAX_STEPS}, got {T}")
        rng = np.random.default_rng(9) if rng is None else rng
        super().__init__([random_draw(m, T, rng=rng) for _ in range(draws)], **traits)

    @property
    def W_hh(self) -> np.ndarray:
        """The recurrent matrix: (m, m), with ‖W‖₂ = ρ."""
        return matrix_of(self.draws[self.draw], self.family, self.rho, self.strength)

    @property
    def log_norms(self) -> np.ndarray:
        """log‖J_t⋯J_1‖₂ in nats for t = 0..T, computed by `rnn_core`: (T+1,)."""
        return rnn_core.product_log_norms(rnn_core.step_jacobians(*self._run()), start=0)

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

    @property
    def measured(self) -> Measured:
        """Everything that the explorer puts into words."""
        params, trace = self._run()
        log_norms = rnn_core.product_log_norms(rnn_core.step_jacobians(params, trace), start=0)
        return Measured(
            T=self.T,
            log_norms=log_norms.tolist(),
            bound=self.gamma * self.rho,
            radius=self.gamma * self.spectral_radius,
            rate=rnn_core.decay_rate(log_norms),
            lag_below=rnn_core.lag_below(log_norms, 0.01),
            mean_slope=float(np.mean(trace.activation.slope(trace.h[1:]))),
        )

    def _run(self) -> tuple[rnn_core.RNNParams, rnn_core.Trace]:
        draw, m = self.draws[self.draw], self.m
        # The drive W_hx x_t is carried, not its factors: here it enters as an input through W_hx = I.
        params = rnn_core.RNNParams(np.eye(m), self.W_hh, np.zeros((1, m)), np.zeros(m), np.zeros(1))
        x = self.input_scale * np.reshape(draw["drive"], (self.T, m))
        return params, rnn_core.forward(
            params, x, np.array(draw["h0"]), ACTIVATIONS[self.activation](self.gamma)
        )

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
