"""The triangle: the gradient taken apart by the step of the loss and the step of the weight."""
