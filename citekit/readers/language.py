"""The main language of a text."""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["main_language"]

_HEAD, _TAIL = 5000, 3000  # characters: the body's language and that of the notes at the end
_ENOUGH = 40  # letters; with fewer a guess is worth little
# Languages that scholars write notes in. Held to them, a short text is not taken for a rare relative
# (Bikol for English, Scots for English, Aragonese for Spanish).
_LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hr", "hu", "hy", "it", "ja",
    "ka", "ko", "la", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip


def main_language(text: str) -> str | None:
    """The language of most of `text` as a BCP 47 code, None where there are too few letters to tell."""
    sample = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"
    if sum(map(str.isalpha, sample)) < _ENOUGH:
        return None
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([language for language in _LANGUAGES if language in known])
    return identifier
