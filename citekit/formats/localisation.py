"""BibLaTeX's localisation keys where they stand as the value of a field: `type = {phdthesis}` prints "PhD thesis".

Source: BibLaTeX manual 4.9.2 and its English strings (`english.lbx`), as these fields are printed (2.2.2: `type`,
`pubstate`, `series`, `location` of a patent).
"""

from __future__ import annotations

__all__ = ["key_in_words"]

_COUNTRIES = {
    "de": "German", "eu": "European", "fr": "French", "uk": "British", "us": "U.S.",
}  # fmt: skip
_WORDS: dict[str, dict[str, str]] = {
    "genre": {
        "bathesis": "BA thesis", "mathesis": "MA thesis", "phdthesis": "PhD thesis", "candthesis": "Cand. thesis",
        "techreport": "technical report", "resreport": "research report", "software": "computer software",
        "datacd": "CD-ROM", "audiocd": "audio CD", "patent": "patent", "patreq": "patent request",
        **{f"patent{code}": f"{name} patent" for code, name in _COUNTRIES.items()},
        **{f"patreq{code}": f"{name} patent request" for code, name in _COUNTRIES.items()},
    },
    "collection-title": {"newseries": "n.s.", "oldseries": "o.s.", "jourser": "ser."},
    "status": {
        "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
        "inpress": "in press", "prepublished": "pre-published",
    },
    "publisher-place": {
        "countryde": "Germany", "countryeu": "European Union", "countryep": "European Union", "countryfr": "France",
        "countryuk": "United Kingdom", "countryus": "United States of America",
    },
}  # fmt: skip


def key_in_words(variable: str, latex: str) -> str | None:
    """What the key that stands in a field says in English; None where it is no key, or says the same word."""
    known = _WORDS.get(variable)
    words = known.get(latex) if known is not None else None
    return words if words != latex else None
