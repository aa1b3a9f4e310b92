"""The main language of a text."""

from __future__ import annotations

__all__ = ["main_language"]

_HEAD, _TAIL = 5000, 3000  # characters: the body's language and that of the notes at the end
_ENOUGH = 40  # letters; with fewer a guess is worth little


def main_language(text: str) -> str | None:
    """The language of most of `text` as a BCP 47 code, None where there are too few letters to tell."""
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    if sum(map(str.isalpha, sample)) < _ENOUGH:
        return None
    from py3langid import classify

    return str(classify(sample)[0])
