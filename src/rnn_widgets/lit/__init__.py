"""A text whose letters are lit by the gradient that reaches them."""
