"""The pictures of the book: drawings that explain, each a function that returns a `Picture`.

Those that show numbers compute them with rnn_core.
"""

from .canvas import Picture
from .dependence_map import dependence_map
from .descent import descent
from .ellipse import ellipse
from .gru import gru
from .intensity import intensity
from .lstm import lstm
from .network import network
from .residual_paths import residual_paths
from .tanh_slope import tanh_slope
from .truncated_paths import truncated_paths
from .unrolled import unrolled

__all__ = [
    "Picture",
    "dependence_map",
    "descent",
    "ellipse",
    "gru",
    "intensity",
    "lstm",
    "network",
    "residual_paths",
    "tanh_slope",
    "truncated_paths",
    "unrolled",
]
