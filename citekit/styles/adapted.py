"""A CSL style so changed that pandoc's citeproc prints what `prepared` adds, and notes stay as their author wrote.

Each change is one that the style's own manual would make if CSL had the word: the title's own script behind the title,
family names first, "ca." where a style knows no uncertain date, the archived copy behind the address.
"""

from __future__ import annotations

import copy
from collections.abc import Collection

from lxml import etree

from citekit.errors import FormatError
from citekit.styles.prepared import ANNEX, ARCHIVED, FAMILY_FIRST, FOREIGN
from citekit.styles.stand_ins import REST, VOLUME, VOLUME_TITLE

__all__ = ["LOCATOR_PREFIX", "adapted", "has_bibliography", "is_note_style", "parsed"]

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_NS = f"{{{_NAMESPACE}}}"
LOCATOR_PREFIX = "citekit"
"""Before the name of a locator's kind: a word for it that pandoc finds in any language (`citekitfolio`)."""
_LOCATORS = (
    "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page "
    "paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse volume"
)
_EAST_ASIAN = ("zh", "ja", "ko")
_AFFIXES = ("prefix", "suffix")
# The words around the values of a work in Latin letters, in a style in Chinese, Japanese or Korean: GB/T 7714-2015, 5.1
# (in the language of the work) and its examples.
_FOREIGN_TERMS = {
    "edition": "ed.", "volume": "vol.", "number-of-volumes": "vols.", "translator": "trans.", "editor": "ed.",
    "editortranslator": "ed. & trans.", "issue": "no.", "number": "no.", "page": "p.", "chapter-number": "chap.",
    "chapter": "chap.", "in": "in", "compiler": "comp.",
}  # fmt: skip


def adapted(root: etree._Element, language: str, needed: Collection[str], *, notes: bool = False) -> bytes:
    """The style with the changes.

    Args:
        root: a CSL style, which is changed.
        language: BCP 47 code of the language that it is to print in.
        needed: the variables of ours that some item has; what none has is not added.
        notes: for whole notes of a document: the words between citations are the author's, and so are the order of the
            citations and the full stop.

    Raises:
        FormatError: it is no CSL style.
    """
    volumes = VOLUME in needed or VOLUME_TITLE in needed
    for title in _printing(root, "title"):
        if title.get("form") != "short":
            if volumes:
                _with_volume(title, alone=True)
            if ANNEX in needed:
                _followed_by(title, ANNEX, " ", first_time=True)
    for container in _printing(root, "container-title") if volumes else ():
        if container.get("form") != "short":
            _with_volume(container)
    for address in _printing(root, "URL") if ARCHIVED in needed else ():
        _followed_by(address, ARCHIVED, ", ")
    if not any("is-uncertain-date" in element.attrib for element in root.iter()):
        for date in [element for element in root.iter(f"{_NS}date") if element.get("variable") == "issued"]:
            _say_about(date)
    _count_editions(root)
    for names in list(root.iter(f"{_NS}names")) if any(each.startswith(FAMILY_FIRST) for each in needed) else ():
        _put_family_first(names)
    if language.partition("-")[0] in _EAST_ASIAN and FOREIGN in needed:
        _say_et_al(root)
        _say_foreign_terms(root)
    _list_everything(root)
    if REST in needed:
        _end_with_rest(root)
    _name_locators(root)
    if notes:
        _leave_to_the_author(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def is_note_style(source: bytes) -> bool:
    """Whether the style is one of notes."""
    return parsed(source).get("class") == "note"


def has_bibliography(source: bytes) -> bool:
    """Whether the style has a bibliography."""
    return parsed(source).find(f"{_NS}bibliography") is not None


def parsed(source: bytes) -> etree._Element:
    """A CSL style as a tree.

    Raises:
        FormatError: it is no CSL style.
    """
    # No entity is followed and nothing fetched: a style file can come from anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as exc:
        raise FormatError(f"the style is no XML ({exc.msg}); load it again") from exc
    if root.tag != f"{_NS}style":
        raise FormatError("is no CSL style; name one in CSL 1.0")
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormatError("the style defines entities of its own, as no style does; write out what they stand for")
    return root


def _made(tag: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{_NS}{tag}", {name.replace("_", "-"): value for name, value in attributes.items()})


def _replaced(element: etree._Element, by: etree._Element) -> None:
    """Put `by` in the place of an element."""
    parent = element.getparent()
    if parent is not None:
        by.tail, element.tail = element.tail, None
        parent.replace(element, by)


def _in_group(element: etree._Element, delimiter: str) -> etree._Element:
    """A group in the element's place, with the element's own affixes around it."""
    group = _made("group", delimiter=delimiter)
    for affix in _AFFIXES:
        if affix in element.attrib:
            group.set(affix, str(element.attrib.pop(affix)))
    _replaced(element, group)
    return group


def _printing(root: etree._Element, variable: str) -> list[etree._Element]:
    return [element for element in root.iter(f"{_NS}text") if element.get("variable") == variable]


def _with_volume(element: etree._Element, *, alone: bool = False) -> None:
    """Number and title of a volume behind the title of the whole (Chicago 14.119: "vol. 2, History …").

    With `alone` only where the title is no part's: there the volume is one of the container.
    """
    group = _in_group(element, ", ")
    group.append(element)
    title = copy.deepcopy(element)
    title.set("variable", VOLUME_TITLE)
    number = _made("group", delimiter=" ")
    number.append(_made("text", term="volume", form="short"))
    number.append(_made("text", variable=VOLUME))
    both = _made("group", delimiter=": ")
    first = etree.Element(f"{_NS}choose")
    etree.SubElement(first, f"{_NS}if", {"match": "none", "position": "subsequent"}).append(title)
    both.extend([number, first])
    condition = etree.SubElement(etree.SubElement(group, f"{_NS}choose"), f"{_NS}if", match="none" if alone else "all")
    condition.set("variable", "container-title")
    condition.append(both)


def _followed_by(element: etree._Element, variable: str, delimiter: str, *, first_time: bool = False) -> None:
    """Print a variable behind an element, upright; with `first_time` in no note behind the first of the work."""
    group = _in_group(element, delimiter)
    group.append(element)
    words = _made("text", variable=variable, font_style="normal")
    if first_time:
        condition = etree.SubElement(etree.SubElement(group, f"{_NS}choose"), f"{_NS}if", match="none")
        condition.set("position", "subsequent")
        condition.append(words)
    else:
        group.append(words)


def _count_editions(root: etree._Element) -> None:
    """ "2nd ed." in styles that print the bare number of an edition (ISO 690, 5.3: as the source has it)."""
    if any(element.get("term") == "edition" for element in root.iter(f"{_NS}text")):
        return
    if any(element.get("variable") == "edition" for element in root.iter(f"{_NS}label", f"{_NS}number")):
        return
    for edition in _printing(root, "edition"):
        group = _made("group", delimiter=" ")
        for affix in _AFFIXES:
            if affix in edition.attrib:
                group.set(affix, str(edition.attrib[affix]))
        group.append(_made("number", variable="edition", form="ordinal"))
        group.append(_made("text", term="edition", form="short"))
        choice = _made("choose")
        _replaced(edition, choice)
        etree.SubElement(choice, f"{_NS}if", {"is-numeric": "edition"}).append(group)
        etree.SubElement(choice, f"{_NS}else").append(edition)


def _list_everything(root: etree._Element) -> None:
    """What a style leaves out of its bibliography by type stands in it all the same.

    Chicago (14.13, 14.111) and others leave letters, papers read and the like to the notes. Who prints a bibliography
    asks for the works in it: a line too many is struck out, one that is missing is not seen.
    """
    for layout in root.iterfind(f"{_NS}bibliography/{_NS}layout"):
        for choice in layout.findall(f"{_NS}choose"):
            _fill(choice, _usual(choice))


def _usual(choice: etree._Element) -> etree._Element | None:
    """What a choice prints where no condition holds, else in the last branch that prints anything."""
    filled = [branch for branch in choice if len(branch)]
    last = choice.find(f"{_NS}else")
    usual = last if last is not None and len(last) else (filled[-1] if filled else None)
    if usual is None or usual.find(f"{_NS}choose") is not None:
        return None
    return usual


def _fill(choice: etree._Element, usual: etree._Element | None) -> None:
    if usual is None:
        return
    for branch in choice:
        if not len(branch):
            branch.extend(copy.deepcopy(child) for child in usual)
        for inner in branch.findall(f"{_NS}choose") if len(branch) == 1 else ():
            _fill(inner, usual)
    if choice.find(f"{_NS}else") is None:
        rest = etree.SubElement(choice, f"{_NS}else")
        rest.extend(copy.deepcopy(child) for child in usual)


def _end_with_rest(root: etree._Element) -> None:
    for part in ("citation", "bibliography"):
        if part == "citation" and root.get("class") != "note":
            continue
        for layout in root.iterfind(f"{_NS}{part}/{_NS}layout"):
            stops = part == "bibliography" and str(layout.get("suffix", "")).startswith(".")
            rest = _made("text", variable=REST, prefix=". " if stops else ", ")
            choice = etree.SubElement(layout, f"{_NS}choose")
            etree.SubElement(choice, f"{_NS}if", {"match": "none", "position": "subsequent"}).append(rest)


def _say_about(date: etree._Element) -> None:
    """ "ca." before a date that is about a year, in the word of the language."""
    choice = _made("choose")
    _replaced(date, choice)
    certain = _made("else")
    certain.append(copy.deepcopy(date))
    uncertain = etree.SubElement(choice, f"{_NS}if", {"is-uncertain-date": "issued"})
    uncertain.append(date)
    group = _in_group(date, " ")
    group.append(_made("text", term="circa", form="short"))
    group.append(date)
    choice.append(certain)


def _put_family_first(names: etree._Element) -> None:
    """Names of a role that all put the family first, in one more form of the element.

    Initials tell the parts of a name apart by themselves: "Gu, J." and "J. Gu" are as Western names.
    """
    roles = names.get("variable", "").split()
    if not roles:
        return
    first = copy.deepcopy(names)
    first.tail = None
    own = first.find(f"{_NS}name")
    if own is None:
        # In a substitute names take the form of those that they stand for (CSL 1.0.2, "Substitute").
        above = next((each for each in names.iterancestors(f"{_NS}names")), None)
        taken = above.find(f"{_NS}name") if above is not None else None
        own = copy.deepcopy(taken) if taken is not None else _made("name")
        first.insert(0, own)
    if own.get("form") in ("short", "count") or _has_initials(names, own):
        return
    own.set("name-as-sort-order", "all")
    own.set("sort-separator", " ")
    _choose(names, FAMILY_FIRST + (roles[0] if len(roles) == 1 else "all"), first)


def _has_initials(names: etree._Element, own: etree._Element) -> bool:
    if own.get("initialize") == "false":
        return False
    root = names.getroottree().getroot()
    # A macro can be printed by both parts; what either or the style says holds (CSL 1.0.2, "Inheritable Name Options").
    parts = [root, *root.iterfind(f"{_NS}citation"), *root.iterfind(f"{_NS}bibliography")]
    return "initialize-with" in own.attrib or any("initialize-with" in part.attrib for part in parts)


def _choose(element: etree._Element, variable: str, other: etree._Element) -> None:
    """`other` where the item has the variable, else the element."""
    choice = _made("choose")
    _replaced(element, choice)
    condition = etree.SubElement(choice, f"{_NS}if", {"variable": variable})
    condition.append(other)
    usual = etree.SubElement(choice, f"{_NS}else")
    usual.append(element)


def _say_et_al(root: etree._Element) -> None:
    """ "et al." behind names in Latin letters, for which a style in Chinese has 等 (GB/T 7714-2015, 8.1.2).

    And "trans." for 译 behind a translator.
    """
    for names in list(root.iter(f"{_NS}names")):
        parent = names.getparent()
        if parent is None or parent.tag == f"{_NS}substitute":
            continue
        latin = copy.deepcopy(names)
        latin.tail = None
        for found in latin.findall(f"{_NS}et-al"):
            latin.remove(found)
        name = latin.find(f"{_NS}name")
        latin.insert(0 if name is None else list(latin).index(name) + 1, _made("et-al", term="and others"))
        if name is None:
            latin.insert(0, _made("name"))
        _choose(names, FOREIGN, _with_foreign_label(latin))
    root.insert(1, _terms({"and others": "et al."}))


def _with_foreign_label(names: etree._Element) -> etree._Element:
    """Names with the word for their role behind them in English."""
    label, word = names.find(f"{_NS}label"), _FOREIGN_TERMS.get(names.get("variable", ""))
    if label is None or word is None:
        return names
    names.remove(label)
    group = _made("group")
    text = _made("text", value=word)
    for affix in _AFFIXES:
        if affix in names.attrib:
            group.set(affix, str(names.attrib.pop(affix)))
        if affix in label.attrib:
            text.set(affix, str(label.attrib[affix]))
    group.extend([names, text])
    return group


def _say_foreign_terms(root: etree._Element) -> None:
    """Terms around the values of a work in Latin letters, in English."""
    for text in [each for each in root.iter(f"{_NS}text") if each.get("term") in _FOREIGN_TERMS]:
        words = copy.deepcopy(text)
        words.tail = None
        term = str(words.attrib.pop("term"))
        for name in ("form", "plural"):
            _drop(words, name)
        words.set("value", _FOREIGN_TERMS[term])
        _choose(text, FOREIGN, words)
    for label in [each for each in root.iter(f"{_NS}label") if each.get("variable") in _FOREIGN_TERMS]:
        words = copy.deepcopy(label)
        words.tail = None
        words.tag = f"{_NS}text"
        term = str(words.attrib.pop("variable"))
        for name in ("form", "plural"):
            _drop(words, name)
        words.set("value", _FOREIGN_TERMS[term])
        _choose(label, FOREIGN, words)


def _name_locators(root: etree._Element) -> None:
    """One more word for each kind of locator, which no style prints, so that pandoc knows it in any language."""
    named = {kind: LOCATOR_PREFIX + kind.replace("-", "") for kind in _LOCATORS.split()}
    root.insert(1, _terms(named, form="verb-short"))


def _terms(words: dict[str, str], form: str | None = None) -> etree._Element:
    locale = _made("locale")
    terms = etree.SubElement(locale, f"{_NS}terms")
    for name, word in words.items():
        term = etree.SubElement(terms, f"{_NS}term", {"name": name, **({"form": form} if form else {})})
        term.text = word
    return locale


def _leave_to_the_author(root: etree._Element) -> None:
    for citation in root.iter(f"{_NS}citation"):
        for sort in citation.findall(f"{_NS}sort"):
            citation.remove(sort)
        for name in ("collapse", "cite-group-delimiter", "after-collapse-delimiter"):
            _drop(citation, name)
        for layout in citation.findall(f"{_NS}layout"):
            layout.set("delimiter", "")
            for affix in _AFFIXES if root.get("class") == "note" else ():
                _drop(layout, affix)


def _drop(element: etree._Element, attribute: str) -> None:
    if attribute in element.attrib:
        del element.attrib[attribute]
