"""The window: what a reader who sees the last few words can know of the verb."""
