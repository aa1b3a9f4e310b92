"""Note → citations: cutting a note into citations and reading each into fields."""
