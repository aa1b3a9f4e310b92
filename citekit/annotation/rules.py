"""What each rule that leads a short form back says, in a few words for whoever checks it."""

from __future__ import annotations

__all__ = ["RULES", "rule_in_words"]

RULES = {
    "citation-key": "by its key: the document holds the citation as an entry",
    "note-number": "by the number of the note",
    "declared-name": "by a short name that the document declares",
    "ibid-previous": "the citation just before",
    "cited-previous": "the citation just before",
    "ibid-all-of-note": "all works of the note before",
    "ibid-last-of-note": "the last work of the note before",
    "ibid-original": "the original of what was cited just before",
    "translation-of-previous": "a translation of what was cited just before",
    "ibid-other-volume": "another volume of what was cited just before",
    "ibid-other-item": "another issue, letter or file than the one cited just before",
    "same-file": "the file of this shelfmark",
    "same-interview": "the interview with this person",
    "same-letter": "a letter of the same day between people of these names",
    "author-short-title": "by the author and words of the title",
    "short-title": "by the author and words of the title",
    "title-only": "by words of the title",
    "author-container": "by the author and the title of what it appeared in",
    "container": "by the author and the title of what it appeared in",
    "container-only": "by the title of what it appeared in",
    "author-year": "by the author and the year",
    "year": "by the author and the year",
    "author-only": "the only work of this author",
    "only": "the only work of this author",
    "op-cit-last-of-author": "the work of this author that was cited last",
    "printed-alike": "a citation in full begins with the same words",
    "misspelt-author": "by the title; the author is one letter off",
    "same-short-form": "the same short form stands before",
    "ambiguous": "several works fit alike",
    "no-antecedent": "no citation fits",
}
"""Under the names of `citekit.model.Resolution.method` (docs/explanation/short-forms.md); a forward reference has
"forward-" in the place of "author-", or before the whole name."""


def rule_in_words(method: str) -> str:
    """A rule in a few words; one that is not known by its name."""
    name = method.removeprefix("forward-")
    words = RULES.get(name, name.replace("-", " "))
    return f"{words}, cited in full only later" if name != method else words
