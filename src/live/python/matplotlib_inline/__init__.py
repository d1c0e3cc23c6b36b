"""A stand-in: what the book's package asks of it."""
