"""Citations in Arabic letters, whose comma is "،": "ابن خلدون، المقدمة، القاهرة: دار الشعب، 1960، ص 45".

In notes commas part author, title and imprint; in lists full stops do, and the family name stands first ("کاتوزیان،
محمدعلی. اقتصاد سیاسی ایران. تهران: نشر مرکز، ۱۳۷۲"). Nothing else tells where a name ends, as no letter is a capital.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["find_arabic", "tag_arabic"]

_LETTER = r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc"
_ARABIC = re.compile(f"[{_LETTER}]")
_MOST_WORDS_OF_NAME = 7
_LONGEST = 160  # characters of a title
_AUTHOR = rf"[{_LETTER}][^،؛:.()«»\"\d٠-٩۰-۹]{{2,60}}?"
# A note: author، title، and behind it what begins an imprint or a number.
_NOTE = re.compile(rf"(?P<author>{_AUTHOR})،\s(?P<title>[^،؛:.()\[\]]{{2,{_LONGEST}}}?)(?=\s?[،(\[]|\.\s)")
# A list: family، given. Title. Place: press
_LIST = re.compile(
    rf"(?P<author>{_AUTHOR}(?:،\s{_AUTHOR})?)\.\s(?P<title>[{_LETTER}«\"][^.:\d٠-٩۰-۹]{{2,{_LONGEST}}}?)\.\s(?=[^.:،]{{2,40}}[:،]\s)"
)
# "تهران: امیرکبیر، ۱۳۶۳", "(القاهرة، دار المعارف، 1939)", the calendar's letter behind the year.
_PRINTED = re.compile(
    r"(?:(?<=[،.؛]\s)|(?<=[(\[]))(?P<place>[^\W\d_][^:،؛.()\d]{1,40}?)(?P<colon>\s?:\s|،\s)(?P<house>[^:،؛.()\d]{2,80})،\s"
    r"(?P<year>[\d]{4}(?:\s?[-/–]\s?[\d]{4})?)\s?(?:(?:هـ|ه|م|ش|ق|هـ\.ق|ه\.ش)(?![^\W\d_])\.?)?(?=[،.)\]؛\s]|$)"
)
_FIRST = re.compile(rf"(?P<title>[{_LETTER}][^،؛:.()\d]{{2,{_LONGEST}}}?)،\s")
_IMPRINT = re.compile(r"[^:،.]{2,40}:\s|\d|[٠-٩۰-۹]")
_FIGURES = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"


@cache
def _label() -> re.Pattern[str]:
    """What begins a number or a statement of responsibility: "ج 3", "ط 2", "ص 45", "تحقيق", "ترجمه"."""
    concepts = (
        *(("volumes", name) for name in ("volume", "issue", "edition")),
        *(("locators", name) for name in ("page", "folio", "chapter")),
        *(("roles", name) for name in ("editor_before", "translator_before")),
    )
    listed = [word for category, name in concepts for word in words(category, name) if _ARABIC.match(word)]
    return re.compile(rf"(?:{alternation(listed)})(?![{_LETTER}])")


@cache
def _short_form() -> re.Pattern[str]:
    listed = [word for name in ("ibid", "ibid_words", "idem", "cited") for word in words("short_forms", name)]
    return re.compile(alternation(word for word in listed if _ARABIC.match(word)))


def find_arabic(text: str) -> re.Match[str] | None:
    """Author and title (groups of these names) at the head of a citation in Arabic letters; None where not certain."""
    if _ARABIC.match(text) is None:
        return None
    found = (pattern.match(text) for pattern in (_NOTE, _LIST))
    return next((one for one in found if one and _is_name(one["author"]) and _is_title(text, one)), None)


def tag_arabic(line: Line) -> None:
    """Label author and title where both stand before an imprint, a number or a word for a role."""
    if _ARABIC.match(line.text) is None:
        return
    work = find_arabic(line.text)
    stands_first = _titled_first(line) if work is None else None
    if stands_first:
        line.label("title", *stands_first)
        line.hold(0, stands_first[1])
        line.head = stands_first[1]
    if work and line.free(*work.span()):
        line.label("author", *work.span("author"))
        line.label("title", *work.span("title"))
        line.hold(*work.span())
        line.head = work.end()
    _imprint(line)
    for name in ("translator", "editor"):
        for match in _role(name).finditer(line.text):
            if line.free(*match.span()) and not line.quoted(match.start()):
                line.label(name, *match.span("name"))
                line.hold(*match.span())


@cache
def _role(name: str) -> Sought:
    listed = [word for word in words("roles", f"{name}_before") if _ARABIC.match(word)]
    return sought(rf"(?<=[،.]\s){alternation(listed)}:?\s(?P<name>{_AUTHOR})(?=،|\.\s|\s\(|$)", listed, whole=False)


def _titled_first(line: Line) -> tuple[int, int] | None:
    """The title of a work without author: "تاريخ الجزائر، ج 2، بيروت: …"; a name before a volume has no imprint."""
    match = _FIRST.match(line.text)
    if match and _label().match(line.text, match.end()) and _PRINTED.search(line.text) and line.free(0, match.end()):
        return match.span("title")
    return None


def _imprint(line: Line) -> None:
    """Label place, press and year: a colon parts the first two, or a comma where the place is known."""
    for match in _PRINTED.finditer(line.text):
        if (
            line.free(*match.span())
            and (":" in match["colon"] or is_place(match["place"]))
            and not _label().match(match["place"])
        ):
            line.label("publisher-place", *match.span("place"))
            line.label("publisher", *match.span("house"))
            line.label("issued", *match.span("year"), strip="")
            line.hold(*match.span())
            line.tail = min(line.tail, match.start())
            return


def _is_name(author: str) -> bool:
    return len(author.split()) <= _MOST_WORDS_OF_NAME and _label().match(author) is None and not is_place(author)


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether the words are no place, house or number, and what follows is one of these."""
    title = match["title"].strip()
    if is_place(title) or is_publisher(title) or _label().match(title) or title[0] in _FIGURES:
        return False
    if _short_form().fullmatch(title):
        return False  # "آدمیت، همان، ص ۴۵"
    rest = text[match.end() :].lstrip(" ،.([")
    if not any(sign in _FIGURES for sign in rest):
        return False
    chunk = re.split(r"[،.:()]", rest, maxsplit=1)[0]
    return bool(_label().match(rest) or _IMPRINT.match(rest) or is_place(chunk) or is_publisher(chunk))
