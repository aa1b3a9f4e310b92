"""Items as pandoc's citeproc prints them right: dates, titles in two scripts, family names first, archived pages.

What citeproc has no notion of becomes variables of our own, which `citekit.styles.adapted` makes a style print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from citekit.citations.east_asian_names import is_east_asian
from citekit.citations.item_language import title_language
from citekit.citations.numbers import read_edition
from citekit.formats.dates import csl_date, edtf
from citekit.formats.latex_text import text_of_latex
from citekit.formats.names import with_others
from citekit.formats.types import CSL_TYPES, DATES, NAMES, csl_type
from citekit.formats.wording import translated_title, value_of
from citekit.model import Item
from citekit.styles.extra_lines import with_extra_lines
from citekit.styles.reviews import with_reviewed_work
from citekit.styles.romanised import in_syllables
from citekit.styles.stand_ins import UPRIGHT, UPRIGHT_END, add_stand_ins
from citekit.styles.two_scripts import in_characters, name_in_two_scripts, with_original_title
from citekit.styles.vocabulary import Vocabulary
from citekit.styles.wording import archived_words

__all__ = ["ANNEX", "ARCHIVED", "FAMILY_FIRST", "FOREIGN", "prepared"]

ANNEX = "citekit-annex"
"""Variable: the title in its own script, then its translation in brackets (Chicago 11.82, 11.9)."""
ARCHIVED = "citekit-archived"
"""Variable: where and when the page was archived, in words."""
FAMILY_FIRST = "citekit-family-first-"
"""Variable by role: the names of this role put the family name first, without a comma (Chicago 8.16 and 11.85)."""
FOREIGN = "citekit-foreign"
"""Variable: the work is in another script than the style's language, whose "et al." does not fit it."""
_EAST_ASIAN = ("zh", "ja", "ko")
_CHARACTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_KO = (
    "kim lee yi ri rhee park pak choi ch'oe choe jung jeong chung chong kang cho jo yoon yun jang chang lim im rim han "
    "shin sin seo so kwon hwang an ahn song yoo yu ryu hong ko go moon mun yang son bae paek baek ho heo nam no roh"
)
_KO_FAMILIES = frozenset(_KO.split())
_PARTS = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
# What a style sets in English headline capitals, besides the title itself, for which `language` speaks.
_CASED = ("container-title", "collection-title", "volume-title", "event-title", "reviewed-title")
_IN_TWO_SCRIPTS = (*_CASED, "publisher", "publisher-place")
_ENGLISH = frozenset({"english", "american", "british", "usenglish", "ukenglish", "canadian", "australian"})
_UNPUBLISHED = ("manuscript", "personal_communication", "interview", "collection")
_ADDRESS = re.compile(r"\\(?:url|href)\b|https?:|\bwww\.", re.IGNORECASE)


def prepared(item: Item, key: str, language: str, known: Vocabulary, *, listed: bool = True) -> dict[str, Any]:
    """An item for citeproc, of which every value has CSL's shape; what has none is left out.

    Args:
        item: a CSL-JSON item.
        key: its `id` there.
        language: BCP 47 code of the language that the style prints in.
        known: what the style prints.
        listed: it is for a bibliography, not for a note.
    """
    item = with_others(_with_way_of_publication(with_extra_lines(with_original_title(item))), "others")
    kind = csl_type(item)
    kind = kind if kind in CSL_TYPES else "document"
    item = with_reviewed_work({**item, "type": kind}, known)
    alone = language.partition("-")[0]
    made: dict[str, Any] = {"id": key, "type": known.type_for(str(item["type"]), item)}
    for variable, value in item.items():
        if variable in ("id", "type", "custom", "categories", "citation-key") or variable in DATES:
            continue
        shaped = _names(value, in_characters=alone in _EAST_ASIAN) if variable in NAMES else _words(value)
        if shaped:
            made[variable] = shaped
    for variable in DATES:
        date = _date(item, variable)
        if date:
            made[variable] = date
    title = made.get("title")
    if "title-short" not in made and isinstance(title, str) and ": " in title.strip():
        made["title-short"] = title.partition(": ")[0]  # a short title leaves the subtitle out (Chicago 13.33)
    own = language_of(item)
    made["language"] = own or "und"  # without a word on the language nothing is set in English headline style
    if alone in _EAST_ASIAN and own in _EAST_ASIAN:
        for variable in _IN_TWO_SCRIPTS:
            if isinstance(made.get(variable), str):
                made[variable] = in_characters(made[variable])
    if own == "en":
        _keep_capitals(made, item)
    if "edition" in made:
        # "Second" is what btxdoc asks for, "2nd ed." what is printed.
        made["edition"] = read_edition(str(made["edition"]))
    add_stand_ins(made, known, language, listed=listed)
    _add_annex(made, item, own, language)
    _add_archived(made, item, language)
    if own in _EAST_ASIAN:
        made |= _family_first_roles(made, str(own))
    if alone in _EAST_ASIAN and _CHARACTERS.search(str(made.get("title", ""))) is None:
        made[FOREIGN] = "1"
        if str(made.get("edition", "")).isdecimal():
            made["edition"] = _nth_edition(int(made["edition"]))
    return made


def language_of(item: Item) -> str | None:
    """The language of a work as far as it is known: as stated, by its script, by the small words of its title."""
    stated = item.get("language")
    if isinstance(stated, str) and re.match(r"[A-Za-z]{2,3}(?:[-_]|$)", stated):
        return stated.replace("_", "-").partition("-")[0].lower()
    original = item.get("original-title")
    if isinstance(original, str) and not item.get("translator") and _CHARACTERS.search(original):
        return title_language(original)
    title = item.get("title")
    return title_language(title) if isinstance(title, str) else None


def _nth_edition(number: int) -> str:
    """ "4th ed.", as GB/T 7714-2015 has it of works in Latin letters."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed."


def _with_way_of_publication(item: Item) -> Item:
    """The item with the words of BibTeX's `howpublished` where a style prints them.

    They are said of what has no publisher (btxdoc, 3.2): of what was never published they name the archive.
    """
    stated = value_of(item, "custom.fields")
    latex = stated.get("howpublished") if isinstance(stated, Mapping) else None
    if not isinstance(latex, str) or _ADDRESS.search(latex):
        return item
    kind = csl_type(item)
    if kind == "document" and str(stated.get("entrysubtype", "")).lower() in ("letter", "letters"):
        kind = "personal_communication"
    if kind in _UNPUBLISHED:
        place = "archive" if not item.get("archive") else None
    else:
        place = "publisher" if not item.get("publisher") else None
    words = text_of_latex(latex).strip()
    return {**item, "type": kind, place: words} if place and words else item


def _keep_capitals(made: dict[str, Any], item: Item) -> None:
    """Titles in other languages within an English entry stay out of the headline style (Chicago 11.6)."""
    for variable in _CASED:
        words = made.get(variable)
        if isinstance(words, str) and _language(words) not in (None, "en"):
            made[variable] = _as_it_stands(words)
    original = made.get("original-title")
    if isinstance(original, str):
        fields = value_of(item, "custom.fields")
        stated = fields.get("origlanguage") if isinstance(fields, Mapping) else None
        if not (str(stated).lower() in _ENGLISH if stated else _language(original) == "en"):
            made["original-title"] = _as_it_stands(original)


@lru_cache(maxsize=4_096)  # journals and series come again and again
def _language(title: str) -> str | None:
    return title_language(title)


def _as_it_stands(words: str) -> str:
    return f'<span class="nocase">{words}</span>'


def _words(value: Any) -> str | int:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return value if isinstance(value, int) else _CONTROL.sub(" ", str(value)).strip()


def _names(value: Any, *, in_characters: bool) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = []
    for person in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        stated = person if isinstance(person, Mapping) else {"literal": person}
        name = {part: str(words) for part in _PARTS if (words := _words(stated.get(part)))}
        if name.get("literal"):
            name = {"literal": name["literal"]}
        elif is_east_asian(name.get("family", "")):
            # In characters a name is one word; a style's initials would put a full stop behind it.
            name = {"literal": f"{name['family']}{name.get('given', '')}"}
        elif not name.get("family"):
            name = {"literal": " ".join(name.values())} if name else {}
        else:
            name, characters = name_in_two_scripts(name)
            if characters and in_characters:
                name = {"literal": characters}
        if name:
            people.append(name)
    return people


def _date(item: Item, variable: str) -> dict[str, Any] | None:
    """A date in CSL's shape; what date-parts cannot say is printed in words as manuals print it."""
    exact, words = edtf(item, variable)
    if exact is None:
        shaped = _words(words or "")
        return {"literal": str(shaped)} if shaped else None
    plain = exact.rstrip("?~%")
    if "X" in exact:
        return {"literal": f"[{_unspecified(plain)}]"}
    if exact.startswith(("/", "..")):
        return {"literal": f"\u2013{plain.lstrip('./')}"}
    points = [point.rstrip("?~%") for point in exact.split("/")]
    if exact.endswith(("/..", "/")):
        begins = csl_date(points[0])[0].get("date-parts")
        return {"date-parts": [begins[0], [0]]} if begins else {"literal": exact}
    if "?" in exact and len(points) == 1 and re.fullmatch(r"\d{4}", plain):
        return {"literal": f"[{plain}?]"}  # Chicago 14.145, MLA 5.85
    date, _ = csl_date("/".join(points))
    if "raw" in date:
        return {"literal": exact}
    if "~" in exact or "%" in exact or "?" in exact:
        date["circa"] = True
    return date


def _unspecified(plain: str) -> str:
    """`197X` as "197-?", `19XX` as "19--?": a decade, a century (RDA 1.9.2.4, MLA)."""
    return f"{plain.replace('X', '-')}?" if "/" not in plain else plain


def _add_annex(made: dict[str, Any], item: Item, own: str | None, language: str) -> None:
    original, translated = made.get("original-title"), _words(translated_title(item) or "")
    if isinstance(original, str) and not item.get("translator"):
        del made["original-title"]
        setting = language.partition("-")[0]
        if own and (own == setting or (own in _EAST_ASIAN and setting in _EAST_ASIAN)):
            # A bibliography in the work's own language, or script, prints its title alone.
            made["title"], original, translated = original, "", ""
    elif isinstance(original, str):
        original = ""  # of a translation: the style says it, where it has a word for it
    pieces = [original or "", f"[{translated}]" if translated else ""]
    annex = " ".join(piece for piece in map(str, pieces) if piece)
    if annex:
        made[ANNEX] = f"{UPRIGHT}{annex}{UPRIGHT_END}"


def _add_archived(made: dict[str, Any], item: Item, language: str) -> None:
    address = value_of(item, "custom.archive-url")
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return
    custom = item.get("custom")
    day = edtf(custom, "archive-date")[0] if isinstance(custom, Mapping) else None
    made.setdefault("URL", address)
    if made["URL"] != address:
        made[ARCHIVED] = archived_words(address, day, language)


def _family_first_roles(made: Mapping[str, Any], language: str) -> dict[str, str]:
    """By role the sign that all names of this role put the family first; one more for all roles together."""
    roles = [role for role in NAMES if made.get(role)]
    first = [role for role in roles if all(_family_first(name, language) for name in made[role])]
    both = {FAMILY_FIRST + "all": "1"} if first and first == roles else {}
    return {FAMILY_FIRST + role: "1" for role in first} | both


def _family_first(name: Mapping[str, Any], language: str) -> bool:
    """Whether a romanised name is one of this language; a name in characters needs no word from us."""
    family, given = str(name.get("family", "")), str(name.get("given", ""))
    if not family or not given or not _LATIN.search(family):
        return False
    if language == "ko":
        return family.lower() in _KO_FAMILIES
    return all(in_syllables(part, language) for part in re.split(r"[\s-]+", f"{family} {given}") if part)
