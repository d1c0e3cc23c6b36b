"""Interactive figures of the book: Jupyter widgets that also work on the published page, without a kernel."""

from .circle.explorer import CircleExplorer
from .cliff.explorer import ClippingExplorer
from .hawkes.explorer import HawkesExplorer
from .jacobian.explorer import JacobianExplorer
from .latch.explorer import LatchExplorer
from .lit.explorer import LitTextExplorer
from .softmax.explorer import SoftmaxExplorer
from .triangle.explorer import TriangleExplorer
from .unrolled.explorer import UnrolledExplorer

__all__ = [
    "CircleExplorer",
    "ClippingExplorer",
    "HawkesExplorer",
    "JacobianExplorer",
    "LatchExplorer",
    "LitTextExplorer",
    "SoftmaxExplorer",
    "TriangleExplorer",
    "UnrolledExplorer",
]
