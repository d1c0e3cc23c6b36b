"""Thinning as a game of darts: what falls under the curve of an intensity is an event."""
