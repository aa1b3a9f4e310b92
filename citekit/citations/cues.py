"""Words that lead from one citation to another: ibid., Id., op. cit., "see note 12", "trad. it."."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.official import scripture
from citekit.citations.roles import role_after
from citekit.lexicon import Opening, Sought, alternation, opening, sought, words
from citekit.model import Cue, CueKind

__all__ = [
    "CueMatch",
    "find_cues",
    "note_reference_pattern",
    "starts_with_cue",
    "starts_with_ibid",
    "starts_with_idem",
    "translation_pattern",
]

# "———. Title": a dash for the author of the entry before (Chicago 17, 14.67).
_DASH_FOR_NAME = re.compile(r"(?:[—–―]{2,6}|_{3,10}|-{3,10})\.?(?=[\s,])")
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"  # the numbers of notes that restart on each page of a Chinese journal
_AFTER = r"(?![^\W\d_])"
_TWO_LETTERS = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{1,2}\.?")
_HEAD = r"(?<![^\W\d_])"
_PAGE = r"\s[^\W\d_]{1,4}\.\s?\d"  # "Das. S. 41"
_WORD = re.compile(r"[^\W\d_]+")
_PAGE_BEFORE = re.compile(r"\d(?:\s?ff?\.?|\.\s?(?:o|old|l)\.)?,?\s\Z")
_QUOTED_FROM = re.compile(r"\s?(?:in|da|en|dans|bei|nach|par|por)\b")
# What looks like a short form and is none: an initial and the year behind it ("Weber, N. 1987"), words of other
# languages ("age." is Turkish for a work cited, English for a time).
_INITIAL_AND_YEAR = re.compile(r"N\.\s?[(\[]?(?:1[4-9]|20)\d{2}[)\]]?")  # "Kos, N. (1989)": no note has such a number
_PLAIN_WORD = re.compile(r"(?!cit|supra)[a-zà-žA-ZÀ-Ž]{2,5}\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue in a line of words and its place."""

    start: int
    end: int
    cue: Cue


@cache
def _ibid() -> Opening:
    firm = [word.rstrip(".") for word in words("short_forms", "ibid")]  # the last full stop may be the sentence's
    words_of_titles = words("short_forms", "ibid_words")
    return opening(
        rf"(?:{alternation(firm)}{_AFTER}|{alternation(words_of_titles)}(?=\s?(?:[.,;:)،]|\d|$)|{_PAGE}))\.?",
        (*firm, *words_of_titles),
        flags=re.IGNORECASE,
    )


@cache
def _idem() -> Opening:
    """Abbreviations need their full stop, or to stand alone: "Id and Ego" is a title."""
    listed = words("short_forms", "idem")
    stopped = alternation(word.rstrip(".") for word in listed if word.endswith("."))
    whole = alternation(word for word in listed if not word.endswith("."))
    return opening(
        rf"(?:{stopped}(?:\.|(?=,|\s?$|\sat\s\d))|{whole}{_AFTER})",
        (word.rstrip(".") for word in listed),
        flags=re.IGNORECASE,
    )


def _unstopped(word: str) -> str:
    """A word without its last full stop, which the sentence takes ("a.g.e."); a single one is the word's own."""
    return word.rstrip(".") if " " in word or "." in word[:-1] else word


@cache
def _cited() -> Opening:
    """Two letters ("c. d.", "i. m.") are small but at the head: "C. D. Broad" has initials, "U.S." is a country."""
    latin = [_unstopped(word) for word in words("short_forms", "cited") if word[0] < "\u2e80"]
    letters = [word for word in latin if _TWO_LETTERS.fullmatch(word)]
    longer = [word for word in latin if word not in letters]
    # "İnalcık, age, s. 15" is small, and punctuated: "Age" is a title, "age 45" a time of life.
    small = rf"(?<=,\s){alternation(words('short_forms', 'cited_small'))}(?=[.,](?:\s|$))"
    other = [word for word in words("short_forms", "cited") if word[0] >= "\u2e80"]
    capital = alternation(word[0].upper() + word[1:] for word in letters)
    return opening(
        rf"{_HEAD}(?:(?i:{alternation(longer)})|{alternation(letters)}|(?<![\s\S]){capital})\.?{_AFTER}"
        rf"|{small}|(?:{alternation(other)})",
        (*latin, *words("short_forms", "cited_small"), *other),
    )


@cache
def note_reference_pattern() -> Sought:
    """ "see note 12", "(wie Anm. 3)", "above, n. 7", "前掲注(5)": the number of the note that holds the citation."""
    labels = alternation(words("short_forms", "note_reference"))
    joined = alternation(words("short_forms", "note_reference_joined"))
    where = alternation(words("short_forms", "note_place"))
    behind = alternation(words("short_forms", "note_reference_behind"))
    works = alternation(words("short_forms", "note_reference_work"))
    return sought(
        rf"(?:{_HEAD}(?:{where},?\s)?{labels}\s?|{joined}|(?<![\w.,–-])(?:az?\s)?(?=\d{{1,4}}\.?\s{behind}{_AFTER}))"
        rf"[(（〔［\[]?(?P<number>\d{{1,4}}|[{_CIRCLED}])(?![\d{_CIRCLED}])"
        rf"(?!\s?[-–]\s?\d)(?:\.?\s{behind}{_AFTER})?[)）〕］\]]?(?:,?\s{where}{_AFTER})?(?:\s?\))?{works}?",
        tuple(word for kind in ("", "_joined", "_behind") for word in words("short_forms", f"note_reference{kind}")),
        flags=re.IGNORECASE,
    )


@cache
def _ibid_inside() -> re.Pattern[str]:
    """ "in ibid.", ", ibid.", "، همان": the container, not the work, was cited just before; behind a name, his work."""
    leads = {word for word in words("volumes", "container") if word.isalpha() and word[0] < "\u2e80"}
    led = "|".join(rf"(?<=\b{word} )|(?<=\b{word}: )" for word in sorted(leads))
    return re.compile(rf"(?:{led}|(?<=[,،] )|(?<=[：，、]))(?:{_ibid().expression})", re.IGNORECASE)


@cache
def _idem_inside() -> re.Pattern[str]:
    """ "in: Ders.": the editor of the container."""
    return re.compile(rf"(?:(?<=\bin )|(?<=\bin: ))(?:{_idem().expression})", re.IGNORECASE)


@cache
def _any_inside() -> Sought:
    """The words of short forms: of most citations one search tells that none is there."""
    latin = [word.rstrip(".") for word in words("short_forms", "cited") if word[0] < "\u2e80"]
    other = [word for word in words("short_forms", "cited") if word[0] >= "\u2e80"]
    named = [word for kind in ("ibid", "ibid_words", "idem", "cited_small") for word in words("short_forms", kind)]
    return sought(
        rf"{_HEAD}{alternation((*latin, *named))}{_AFTER}|{alternation(other)}",
        (*latin, *named, *other),
        flags=re.IGNORECASE,
    )


@cache
def translation_pattern() -> Opening:
    """The words that open a translation given with its original; the last full stop is often left out."""
    listed = words("roles", "translation")
    unstopped = [word[:-1] for word in listed if word.endswith(".") and " " in word]
    return opening(rf"{_HEAD}{alternation((*listed, *unstopped))}{_AFTER}", listed, flags=re.IGNORECASE)


def starts_with_ibid(text: str) -> re.Match[str] | None:
    """The ibid at the head of a citation, None where there is none."""
    match = _ibid().match(text)
    return match if match and not scripture(text) else None  # "Mt 5,3" is no Finnish "mt."


def starts_with_cue(text: str) -> bool:
    """Whether a citation begins with a cue of whatever kind."""
    if starts_with_ibid(text) or starts_with_idem(text) or translation_pattern().match(text):
        return True
    cited = _cited().match(text)
    if cited and not _quoted_from(text, cited.end()):
        return True
    return note_reference_pattern().match(text) is not None


def starts_with_idem(text: str) -> re.Match[str] | None:
    """The Id. or Ders. at the head, or the dash for it; None without one (Italian "Ivi" and "Ibid." are none)."""
    return _idem().match(text) or _DASH_FOR_NAME.match(text)


@lru_cache(maxsize=REMEMBERED)
def find_cues(text: str) -> tuple[CueMatch, ...]:
    """The cues of one citation, in order.

    "cit." counts where it closes a name or title (behind a comma, a closing quotation mark or an ellipsis), not in
    "cit. in", which says where something is quoted.
    """
    found: list[CueMatch] = []
    head = starts_with_ibid(text)
    if head:
        found.append(_found(head, CueKind.IBID))
    idem = starts_with_idem(text)
    if idem and not head:
        edited = _edited(text, idem.end())
        role = "author" if edited is None else "editor"
        found.append(CueMatch(idem.start(), edited or idem.end(), Cue(CueKind.IDEM, idem.group(), role)))
    translation = translation_pattern().match(text)
    if translation:
        found.append(_found(translation, CueKind.TRANSLATION))
    if _any_inside().search(text):
        found += _inside(text, ibid=head is not None)
    found += [
        _found(match, CueKind.CROSS_REFERENCE, unicodedata.normalize("NFKC", match["number"]))
        for match in note_reference_pattern().finditer(text)
        if not _INITIAL_AND_YEAR.fullmatch(match.group()) and not _note_of_work(text, match, ibid=head is not None)
    ]
    return tuple(sorted(found, key=lambda cue: cue.start))


def _edited(text: str, place: int) -> int | None:
    """Where a role ends behind "Ders. (Hg.)", "Id. (a cura di)", "Idem, ed.,": who wrote before has edited this."""
    role = role_after().match(text, place)
    said = role.group().strip() if role else ""
    closed = said[:1] in ("(", "[") or (said.startswith(",") and said.endswith(","))  # not "Id., ed. cit."
    return place + len(role.group().rstrip(" ,:")) if role and closed else None


def _found(match: re.Match[str], kind: CueKind, value: str | None = None) -> CueMatch:
    return CueMatch(match.start(), match.end(), Cue(kind, match.group(), value))


def _inside(text: str, *, ibid: bool) -> list[CueMatch]:
    """The cues behind the head; behind an ibid. no "cit."."""
    found = [_found(match, CueKind.CONTAINER_CITED) for match in _ibid_inside().finditer(text) if match.start() > 3]
    found += [_found(match, CueKind.IDEM, "editor") for match in _idem_inside().finditer(text)]
    if not ibid:
        found += [
            _found(match, CueKind.CITED)
            for match in _cited().pattern.finditer(text)
            if not _quoted_from(text, match.end()) and not _other_word(text, match)
        ]
    return found


def _other_word(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a "cit." is a word of the sentence ("the digital age.")."""
    said = match.group()
    return _PLAIN_WORD.fullmatch(said) is not None and text[: match.start()].rstrip()[-1:] not in tuple(',;.:)”»"')


def _note_of_work(text: str, match: re.Match[str], *, ibid: bool) -> bool:
    """ "p. 40, n. 3", "ebd., Anm. 5": a note of the work cited, no note of this document (Chicago 17, 14.157).

    A bare label behind a page or an ibid.; "(Anm. 3)", "wie Anm. 3", "n. 3 above" mean the document's own.
    """
    bare = len(_WORD.findall(match.group())) == 1 and text[match.start() - 1 : match.start()] not in ("(", "[")
    return (
        bare
        and match.start() > 0
        and (ibid or _PAGE_BEFORE.search(text, max(0, match.start() - 10), match.start()) is not None)
    )


def _quoted_from(text: str, place: int) -> bool:
    """ "cit. in", "cit. bei": where something is quoted, not what was cited before."""
    return _QUOTED_FROM.match(text, place, place + 6) is not None
