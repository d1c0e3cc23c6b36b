"""Softmax and surprise: three scores, their probabilities, what an event costs, and the gradient."""
