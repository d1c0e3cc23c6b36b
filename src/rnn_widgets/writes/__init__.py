"""A small network at six moments of its training, and what it writes at each of them."""
