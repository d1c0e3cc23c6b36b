"""The cell: Equations (1) to (4) as grids of numbers, one step after another."""
