"""Excite and decay: events lift an intensity, which falls back between them."""
