"""A change of clock: on the clock of its own compensator every process looks alike, and a wrong one shows."""
