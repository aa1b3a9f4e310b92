"""Making the model that reads citations: examples with labels, written, rendered and collected; training; measuring."""
