"""Note → citations: cutting a note into citations and reading each into fields."""

from citekit.citations.reader import parse, read_citations

__all__ = ["parse", "read_citations"]
