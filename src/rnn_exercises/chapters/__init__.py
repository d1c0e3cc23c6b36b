"""One module for each chapter: its exercises."""
