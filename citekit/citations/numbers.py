"""A run of numbers: volume, issue, part and series of a periodical or set; editions; series with their number.

"12(3)", "Bd. 12, H. 3", "n.s. 4", "第12卷第3期", "т. 12, № 3": the words of one field in, CSL variables out. Numbers
stay as printed (Roman ones Roman); what was not understood leaves the field as its words are.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.edges import one_line, without_brackets, without_stop
from citekit.citations.old_dates import han_number
from citekit.lexicon import Sought, alternation, concept, sought, words

__all__ = ["counted_volumes", "read_edition", "read_numbers", "read_series"]

_NUMBER = r"(?:\d{1,6}[a-zA-Z]?|[IVXLCDM]{1,9}(?![^\W\d_])|[ivxlcdm]{1,9}(?![^\W\d_]))"
_RANGE = rf"{_NUMBER}(?:\s?[-–—/+&]\s?{_NUMBER}|\.\d{{1,3}}){{0,3}}"
_EDGES = " \t,;:.()[]，；：。（）"
_PLAIN = re.compile(
    rf"(?P<volume>{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?)\s?(?:"
    rf"[(（\[]\s?(?P<bracket>{_RANGE}|[^()]{{1,30}})\s?[)）\]]|[,;]\s?(?P<comma>{_RANGE})|\s?[/]\s?(?P<slash>{_RANGE})"
    rf"|[:.]\s?(?P<dot>{_RANGE}))"
)
_DASH = re.compile(r"\s?[-–—]\s?")
_EMPTY_BRACKETS = re.compile(r"[(（\[]\s?[)）\]]")
_LONE_ISSUE = re.compile(rf"[(（]\s?(?P<issue>{_RANGE})\s?[)）]")
_PAGES_BEHIND = re.compile(r"\s?[:,]\s?(?:pp?\.\s?)?(?P<pages>\d{1,5}\s?[-–—]\s?\d{1,5})[\s.,]*$")
# "1979;22(3)", "1979 Mar 5;22(3)": Vancouver style (Citing Medicine, chapter 1).
_YEAR_BEFORE = re.compile(
    r"^\(?(?P<year>1[5-9]\d\d|20[0-3]\d)\)?(?:\s[^\W\d_]{3,9}\.?(?:\s\d{1,2})?(?=;))?\s?[;,:]\s?(?=\S)"
)
_YEAR_BETWEEN = re.compile(r"(?<=[\dIVXLC])\s?[(](?P<year>1[5-9]\d\d|20[0-3]\d)[)](?=\s?[,;:]\s?\S)")
_YEAR_BEHIND = re.compile(r"[,;]?\s?[(]?(?P<year>1[5-9]\d\d|20[0-3]\d)[)]?[\s.,:]*$")
_EAST = re.compile(
    r"(?P<before>第|总第|總第|通巻|通号|제)?\s?(?P<number>\d{1,4}(?:\s?[-–—～~・]\s?\d{1,4})?|[〇零一二三四五六七八九十百]{1,5}|[上中下])\s?"
    r"(?P<unit>卷|巻|集|辑|輯|册|冊|期|号|號|분권|권|호|책|編|编|部|辑刊)"
)
_EAST_UNITS = {"卷": "volume", "巻": "volume", "集": "volume", "辑": "volume", "輯": "volume", "册": "volume",
               "冊": "volume", "권": "volume", "책": "volume", "部": "volume", "編": "volume", "编": "volume",
               "期": "issue", "号": "issue", "號": "issue", "호": "issue"}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ORDINAL_SIGN = r"(?:st|nd|rd|th|e|er|re|ère|ème|ème|a|ª|º|o|°|\.ª|\.º|-е|-ое|-я|:a|:e|\.)?"


@cache
def _labels() -> dict[str, str]:
    """Printed label (folded) → variable; "t." and "n." are volume and issue before anything else."""
    found: dict[str, str] = {}
    for category, name, variable in (
        ("numbering", "new_series", "series"),
        ("volumes", "volume", "volume"),
        ("numbering", "volume", "volume"),
        ("volumes", "issue", "issue"),
        ("numbering", "issue", "issue"),
        ("numbering", "series_number", "series"),
        ("numbering", "part", "part"),
        ("numbering", "supplement", "supplement"),
    ):
        for word in (word for listed in concept(category, name).values() for word in listed):
            found.setdefault(word.casefold(), variable)
    for word in (word for listed in concept("numbering", "part").values() for word in listed):
        if len(word) > 2 and word.casefold() not in ("deel",):
            found[word.casefold()] = "part"
    return found


@cache
def _new_series() -> frozenset[str]:
    return frozenset(word.casefold() for word in words("numbering", "new_series"))


@cache
def _labelled() -> re.Pattern[str]:
    listed = alternation(_labels())
    return re.compile(
        rf"(?<![^\W\d_])(?P<label>{listed})\s?(?P<number>{_RANGE})?(?:\.?\s?[ªº°])?(?![^\W\d_])", re.IGNORECASE
    )


@cache
def counted_volumes() -> Sought:
    """ "в 9 т.", "in 3 Bänden": how many volumes a set has (GOST R 7.0.100, 5.2.6); its full stop may be missing."""
    before, counted = alternation(words("volumes", "counting")), _without_stops("counted")
    return sought(
        rf"(?<![^\W_]){before}\s(?P<number>\d{{1,3}})(?:-[^\W\d_]{{1,2}})?\s{alternation(counted)}(?![^\W\d_])\.?",
        counted,
        flags=re.IGNORECASE,
    )


@cache
def _number_of_volumes() -> re.Pattern[str]:
    listed = alternation(_without_stops("number-of-volumes"))
    return re.compile(rf"^[\s(]*(?P<number>\d{{1,3}})\s{listed}[\s.,)]*$", re.IGNORECASE)


def _without_stops(concept: str) -> set[str]:
    return {word.rstrip(".") for word in words("volumes", concept)}


@cache
def _series_behind() -> re.Pattern[str]:
    """ "3e série", "4th ser.", "IV serie": the number before the word."""
    listed = alternation(words("numbering", "series_number"))
    return re.compile(
        rf"(?<![\w])(?P<number>\d{{1,2}}{_ORDINAL_SIGN}|[IVX]{{1,5}}(?:e|a|ª)?)\s(?P<label>{listed})(?![^\W\d_])",
        re.IGNORECASE,
    )


def read_numbers(run: str, field: str) -> dict[str, str]:
    """CSL variables of a run that was labelled `field` (volume, issue or number).

    Keys: volume, issue, part-number, number-of-volumes, collection-title (a periodical's series), page, issued (a
    year that stood between); `field` itself with the words as printed where they say nothing of the kind.
    """
    text = one_line(run)
    bare = text.strip(" ,;:，；：")
    bare += ")" * (bare.count("(") > bare.count(")"))  # the field ends with the number
    count = _number_of_volumes().match(text) or counted_volumes().fullmatch(bare)
    if count:
        return {"number-of-volumes": count["number"]}
    east = _east_asian(text)
    if east:
        return east
    found: dict[str, str] = {}
    rest = re.sub(r"#\s?(?=\d)", "", bare)
    if field != "issue":
        rest = _surroundings(rest, found)
    labelled, rest = _by_labels(rest, found)
    rest = without_brackets(_EMPTY_BRACKETS.sub("", rest), " \t,;:.，；：([")
    if rest:
        _unlabelled(rest, field, found, labelled)
    if "part-number" in found and "volume" not in found and "issue" not in found:
        found["volume"] = found.pop("part-number")
    if not any(name in found for name in ("volume", "issue", "part-number")):
        return {field: _clean(bare)}
    return found


def _clean(text: str) -> str:
    return without_brackets(without_stop(without_brackets(text)))


def _surroundings(text: str, found: dict[str, str]) -> str:
    """Years and pages that stand in the run off it ("2002;64:580–6")."""
    year = _YEAR_BEFORE.match(text)
    if year:
        found["issued"] = year["year"]
        text = text[year.end() :]
    pages = _PAGES_BEHIND.search(text)
    if pages and re.search(r"\d", text[: pages.start()]):
        found["page"] = re.sub(r"\s?[-–—]\s?", "-", pages["pages"])
        text = text[: pages.start()]
    between = _YEAR_BETWEEN.search(text)
    if between and "issued" not in found:
        found["issued"] = between["year"]
        text = text[: between.start()] + text[between.end() :]
    behind = _YEAR_BEHIND.search(text)
    if (
        behind
        and "issued" not in found
        and re.search(r"\d|[IVX]", text[: behind.start()])
        and text[behind.start()] in ",; ("
    ):
        found["issued"] = behind["year"]
        text = text[: behind.start()]
    return text


@cache
def _number_before() -> re.Pattern[str]:
    """ "22. Jg.", "44 årg.", "23. évf.", "5. Bd.": the number before its word."""
    listed = alternation(
        word
        for word in (*words("numbering", "volume"), *words("numbering", "issue"))
        if len(word.rstrip(".")) > 2 or word in ("Jg.", "Bd.", "sz.", "č.")
    )
    return re.compile(
        rf"(?<![\w.])(?P<number>\d{{1,4}})(?:\.|e|ème|:a|:e|º|ª|°)?\s?(?P<label>{listed})(?![^\W\d_]|\s?\d)"
    )


def _by_labels(text: str, found: dict[str, str]) -> tuple[bool, str]:
    """Every labelled number into `found`; whether there were any, and the words that are left."""
    rest = text
    labelled = False
    for match in _number_before().finditer(text):
        variable = _labels()[re.sub(r"\s+", " ", match["label"].casefold())]
        if variable in ("volume", "issue") and variable not in found:
            found[variable] = match["number"]
            rest = rest.replace(match.group(), " ", 1)
            labelled = True
    for match in _series_behind().finditer(text):
        if not _volume_label(text, match):
            found["collection-title"] = match.group()
            rest = rest.replace(match.group(), " ", 1)
    for match in _labelled().finditer(rest):
        label, number = match["label"], match["number"]
        variable = _labels()[re.sub(r"\s+", " ", label.casefold())]
        if label.casefold() in _new_series():
            found["collection-title"] = label
        elif not number:
            continue
        elif variable == "series":
            found["collection-title"] = f"{label} {number}"
        else:
            name = {"part": "part-number", "supplement": "issue"}.get(variable, variable)
            value = f"{label} {number}" if variable == "supplement" else _number(number)
            if name in found:
                name = "part-number" if name == "volume" and "part-number" not in found else name
                value = value if name not in found else f"{found[name]}, {value}"
            found[name] = value
            labelled = True
    rest = _labelled().sub(
        lambda m: " " + (m["number"] or "") if _is_new(m) else ("" if m["number"] else m.group()), rest
    )
    return labelled, rest


def _is_new(match: re.Match[str]) -> bool:
    return match["label"].casefold() in _new_series()


def _volume_label(text: str, match: re.Match[str]) -> bool:
    """Whether the number before a word that looks like "s." belongs to a label before it ("vol. 2 s. 3")."""
    before = _labelled().search(text[: match.end("number")])
    return before is not None and before.end() >= match.end("number")


def _number(printed: str) -> str:
    return _DASH.sub("-", printed.strip(_EDGES))


def _unlabelled(rest: str, field: str, found: dict[str, str], labelled: bool) -> None:
    """What is left when the labelled numbers are gone: "12(3)", "XII/3", or a bare number."""
    match = _PLAIN.fullmatch(rest)
    if match and field != "issue" and "volume" not in found and "issue" not in found:
        issue = match["bracket"] or match["comma"] or match["slash"] or match["dot"]
        if match["slash"] and _successive(match["volume"], issue):
            found["volume"] = _number(rest)
            return
        found["volume"], found["issue"] = _number(match["volume"]), _number(issue)
        return
    lone = _LONE_ISSUE.fullmatch(rest)
    number = re.fullmatch(_RANGE, rest)
    if number or lone:
        value = _number(lone["issue"] if lone else rest)
        main = "issue" if field == "issue" else "volume"
        if main in found:
            main = "issue" if main == "volume" else "volume"
        if main not in found:
            found[main] = value
            return
    if not labelled:
        found.clear()
        return
    # Words beside labelled numbers: nothing is lost when the field keeps them all.
    found["unread"] = rest


def _successive(first: str, second: str) -> bool:
    """Whether "11/12" or "1988/89" is one double number."""
    if not (first.isdigit() and second.isdigit()):
        return False
    return int(second) == int(first) + 1 or (len(first) == 4 and int(second) == (int(first) + 1) % 100)


def _east_asian(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = text
    for match in _EAST.finditer(text):
        unit = _EAST_UNITS.get(match["unit"])
        if unit is None or (match["before"] or "").startswith(("总", "總", "通")):
            continue
        number = match["number"]
        value = number if number[0].isdigit() or number in "上中下" else str(han_number(number))
        if unit not in found:
            found[unit] = re.sub(r"\s?[-–—～~・]\s?", "-", value)
            rest = rest.replace(match.group(), "", 1)
    year = re.search(r"(?:(?P<y>1[89]\d\d|20[0-3]\d)\s?年?)", rest)
    if found and year:
        found["issued"] = year["y"]
        rest = rest.replace(year.group(), "", 1)
    if found and rest.strip(_EDGES + "第"):
        found["unread"] = rest.strip(_EDGES)
    return found


@cache
def _edition_words() -> re.Pattern[str]:
    listed = alternation(word.rstrip(".") for word in words("numbering", "edition"))
    return re.compile(rf"(?<![^\W\d_]){listed}(?![^\W\d_])\.?", re.IGNORECASE)


@cache
def _ordinals() -> dict[str, str]:
    return {
        word: str(value) for listed in concept("numbering", "ordinal").values() for value, word in enumerate(listed, 1)
    }


def read_edition(run: str) -> str:
    """An edition: its number where the words say no more ("2nd ed." is "2"), else the words."""
    text = re.sub(r"\s+", " ", run).strip(" ,;:()[]，；（）").translate(_RAISED)
    east = re.fullmatch(r"第?\s?(\d{1,3}|[一二三四五六七八九十]{1,3})\s?[版刷판]", text)
    if east:
        return str(han_number(east.group(1)))
    bare = _edition_words().sub(" ", text).strip(_EDGES + "-")
    number = re.fullmatch(rf"(?P<number>\d{{1,3}}){_ORDINAL_SIGN}", bare)
    if number:
        return number["number"]
    ordinal = bare.casefold()
    for ending in ("", "n", "r", "s"):
        if ordinal.removesuffix(ending) in _ordinals() and (not ending or ordinal.endswith(ending)):
            return _ordinals()[ordinal.removesuffix(ending)]
    return without_stop(text)


_SERIES_NUMBER = re.compile(
    rf"\s?[,;.:/(]\s?(?:(?P<label>[^\W\d_]{{1,8}}\.?|n°|nº|№)\s?)?(?P<number>{_RANGE}|[A-Z]?\d{{1,5}})\s?\)?[\s.)]*$"
)
_SERIES_NUMBER_BARE = re.compile(r"\s(?P<number>\d{1,4}(?:[./]\d{1,3})?|[IVXLC]{2,7})[\s.)]*$")
_SERIES_OPENS = re.compile(
    r"^[\s(\[=]+|^(?:coll\.|Coll\.|collection|Collection|collana|Reihe|Series)\s?[:«\"“]?\s?(?=[«\"“:])"
)


def read_series(run: str) -> dict[str, str]:
    """A series and the number in it: "(= Kritische Studien, Bd. 27)", "Past and Present Publications 5"."""
    text = re.sub(r"\s+", " ", run).strip(" ,;:")
    text = _SERIES_OPENS.sub("", text)
    for pattern in (_SERIES_NUMBER, _SERIES_NUMBER_BARE):
        match = pattern.search(text)
        if match and match.start() > 2:
            label = match.groupdict().get("label")
            if label and label.casefold() not in _labels():
                continue
            if re.fullmatch(r"1[5-9]\d\d|20[0-3]\d|[LCDM]", match["number"]):
                continue
            return {"collection-title": _outer(text[: match.start()]), "collection-number": _number(match["number"])}
    return {"collection-title": _outer(text)}


def _outer(text: str) -> str:
    text = without_stop(without_brackets(text, " ,;:="))
    for opening, closing in (("«", "»"), ("“", "”"), ('"', '"'), ("„", "“"), ("《", "》"), ("「", "」")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2:
            text = text[1:-1].strip()
        elif text.startswith(opening) and closing not in text[1:]:
            text = text[1:].strip()
        elif text.endswith(closing) and opening not in text[:-1]:
            text = text[:-1].strip()
    return text.strip(" ,;:=")
