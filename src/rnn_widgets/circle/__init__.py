"""Circle to ellipse: what a matrix does to lengths, once and many times over."""
