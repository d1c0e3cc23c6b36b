"""The cliff: descent on the loss of one unit, with and without clipping."""
