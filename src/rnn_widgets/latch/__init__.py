"""The latch: one unit that remembers, or must forget."""
