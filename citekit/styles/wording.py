"""Words that styles have no term for, in the language that a bibliography is set in."""

from __future__ import annotations

from datetime import date

__all__ = ["archived_words", "letter_to", "review_of"]

# Chicago 14.10 ("archived at …"); in other languages as Wikipedia's citation templates put it.
_ARCHIVED = {
    "en": ("archived {day}, at {address}", "archived at {address}"),
    "de": ("archiviert am {day} unter {address}", "archiviert unter {address}"),
    "fr": ("archivé le {day} à l’adresse {address}", "archivé à l’adresse {address}"),
    "it": ("archiviato il {day} in {address}", "archiviato in {address}"),
    "es": ("archivado el {day} en {address}", "archivado en {address}"),
    "pt": ("arquivado em {day} em {address}", "arquivado em {address}"),
    "nl": ("gearchiveerd op {day} op {address}", "gearchiveerd op {address}"),
    "ru": ("архивировано {day}: {address}", "архивировано: {address}"),
    "zh": ("存档于{day}：{address}", "存档：{address}"),
    "ja": ("{day}にアーカイブ、{address}", "アーカイブ：{address}"),
}

# What a letter and a review without titles of their own are called (Chicago 14.202, 14.222; the same in other manuals).
_LETTER = {"en": "Letter to {}", "de": "Brief an {}", "fr": "Lettre à {}", "it": "Lettera a {}", "es": "Carta a {}",
           "pt": "Carta a {}", "nl": "Brief aan {}"}  # fmt: skip
_REVIEW = {
    "en": ("Review of {}", ", by {}"),
    "de": ("Rezension zu {}", ", von {}"),
    "fr": ("Compte rendu de {}", ", par {}"),
    "it": ("Recensione di {}", ", di {}"),
    "es": ("Reseña de {}", ", de {}"),
    "pt": ("Resenha de {}", ", de {}"),
    "nl": ("Recensie van {}", ", door {}"),
}


def letter_to(recipient: str, language: str) -> str:
    """What a letter is called that has no title; in English where there are no words in the language."""
    return _LETTER.get(language.partition("-")[0].lower(), _LETTER["en"]).format(recipient)


def review_of(work: str, author: str, language: str) -> str:
    """What a review is called that has no title; in English where there are no words in the language."""
    review, by = _REVIEW.get(language.partition("-")[0].lower(), _REVIEW["en"])
    return review.format(work) + (by.format(author) if author else "")


def archived_words(address: str, day: str | None, language: str) -> str:
    """Where and when a page was archived.

    Args:
        address: of the archived copy.
        day: EDTF, None where it is not known.
        language: BCP 47 code; English where there are no words in it.
    """
    code = language.partition("-")[0].lower()
    dated, undated = _ARCHIVED.get(code, _ARCHIVED["en"])
    said = _day(day, language if code in _ARCHIVED else "en") if day else None
    return dated.format(day=said, address=address) if said else undated.format(address=address)


def _day(edtf: str, language: str) -> str | None:
    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        return str(format_date(date.fromisoformat(edtf), format="long", locale=language.replace("-", "_")))
    except ValueError:  # less than a day, or no date
        return edtf
    except UnknownLocaleError:
        return edtf
