"""Servers on loopback that behave like the ones out there, limits and errors included.

`server` is what all stand on; `pages` are web pages that live, move, rot and lie.
"""
