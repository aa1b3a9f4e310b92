"""citekit: the citations of a document, the works they mean, and one store for all of them."""

__version__ = "0.1.0"
