"""A stand-in: an explorer computes, and shows its picture; its live view needs the page's own copy."""

from typing import Any

import traitlets

__all__ = ["AnyWidget"]


class AnyWidget(traitlets.HasTraits):
    """Settings that are checked, without a view."""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"application/x-explorer": type(self).__name__}, {}
