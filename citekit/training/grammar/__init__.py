"""A grammar that writes notes and reference lists whose fields are known."""

from citekit.training.grammar.noise import noise
from citekit.training.grammar.notes import western_notes

__all__ = ["noise", "western_notes"]
