"""Document → notes and the markers that call them."""
