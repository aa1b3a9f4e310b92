"""A CSL style so changed that pandoc's citeproc prints what `prepared` adds, and notes stay as their author wrote.

Each change is one that the style's own manual would make if CSL had the word: the title's own script behind the title,
family names first, "ca." where a style knows no uncertain date, the archived copy behind the address.
"""

from __future__ import annotations

import copy

from lxml import etree

from citekit.errors import FormatError
from citekit.styles.prepared import ANNEX, ARCHIVED, FAMILY_FIRST, FOREIGN

__all__ = ["LOCATOR_PREFIX", "adapted", "has_bibliography", "is_note_style"]

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


def adapted(source: bytes, language: str, *, notes: bool = False) -> bytes:
    """The style with the changes.

    Args:
        source: a CSL style.
        language: BCP 47 code of the language that it is to print in.
        notes: for whole notes of a document: the words between citations are the author's, and so are the order of the
            citations and the full stop.

    Raises:
        FormatError: it is no CSL style.
    """
    root = _parsed(source)
    parents = [element for element in root.iter(f"{_NS}text") if element.get("variable") == "title"]
    for title in parents:
        if title.get("form") != "short":
            _followed_by(title, ANNEX, " ", first_time=True)
    for address in [element for element in root.iter(f"{_NS}text") if element.get("variable") == "URL"]:
        _followed_by(address, ARCHIVED, ", ")
    if not any("is-uncertain-date" in element.attrib for element in root.iter()):
        for date in [element for element in root.iter(f"{_NS}date") if element.get("variable") == "issued"]:
            _say_about(date)
    for names in list(root.iter(f"{_NS}names")):
        _put_family_first(names)
    if language.partition("-")[0] in _EAST_ASIAN:
        _say_et_al(root)
    _name_locators(root)
    if notes:
        _leave_to_the_author(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def is_note_style(source: bytes) -> bool:
    """Whether the style is one of notes."""
    return _parsed(source).get("class") == "note"


def has_bibliography(source: bytes) -> bool:
    """Whether the style has a bibliography."""
    return _parsed(source).find(f"{_NS}bibliography") is not None


def _parsed(source: bytes) -> etree._Element:
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
    """Names of a role that all put the family first, in one more form of the element."""
    variable = names.get("variable", "")
    if variable not in ("author", "editor", "translator"):
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
    if own.get("form") in ("short", "count"):
        return
    own.set("name-as-sort-order", "all")
    own.set("sort-separator", " ")
    _choose(names, FAMILY_FIRST + variable, first)


def _choose(element: etree._Element, variable: str, other: etree._Element) -> None:
    """`other` where the item has the variable, else the element."""
    choice = _made("choose")
    _replaced(element, choice)
    condition = etree.SubElement(choice, f"{_NS}if", {"variable": variable})
    condition.append(other)
    usual = etree.SubElement(choice, f"{_NS}else")
    usual.append(element)


def _say_et_al(root: etree._Element) -> None:
    """ "et al." behind names in Latin letters, for which a style in Chinese has 等 (GB/T 7714-2015, 8.1.2)."""
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
        _choose(names, FOREIGN, latin)
    root.insert(1, _terms({"and others": "et al."}))


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
