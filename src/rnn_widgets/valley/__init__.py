"""Gradient descent in a valley: how large a step may be."""
