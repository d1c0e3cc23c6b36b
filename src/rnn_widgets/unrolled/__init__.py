"""Unrolled: the network's graph over three steps, run forward and back number by number."""
