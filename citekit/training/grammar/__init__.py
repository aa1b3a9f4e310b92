"""Grammars that write citations whose fields are known."""
