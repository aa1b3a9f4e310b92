"""Short forms → the works they mean."""

from citekit.resolution.resolve import RULES, Resolved, resolve

__all__ = ["RULES", "Resolved", "resolve"]
