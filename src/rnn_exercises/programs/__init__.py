"""One module for each program that a reader is to write: the right one, and wrong ones with a name."""
