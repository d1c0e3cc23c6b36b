"""A Hawkes process, its likelihood and its change of clock."""
