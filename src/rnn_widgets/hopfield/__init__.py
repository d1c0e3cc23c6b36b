"""Hopfield's network: a hundred units that mend a damaged picture, or fail to."""
