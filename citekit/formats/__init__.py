"""Bibliographic formats: one module a format, each with the same functions."""
