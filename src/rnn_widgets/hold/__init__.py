"""One memory cell with gates: what holds a bit, and what its gradient sees."""
