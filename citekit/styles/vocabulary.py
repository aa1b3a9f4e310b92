"""What a CSL style prints of a work of each type: found by following its conditions.

A style passes over what it has no rule for: of a letter OSCOLA's prints the title and nothing more. So a work is set as
the nearest type of which the style prints what is known of it, and what it prints of none stands at the end of the
entry (`citekit.styles.prepared`, `citekit.styles.adapted`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from citekit.model import Item

__all__ = ["Vocabulary", "vocabulary"]

_NS = "{http://purl.org/net/xbiblio/csl}"
_PRINTING = frozenset(f"{_NS}{tag}" for tag in ("text", "number", "names", "date"))
_TESTS_OF_STYLE = ("type", "match")

# What a type is most like, nearest first (CSL 1.0.2, appendix III, says what each is for); behind them all, a book.
_KINDRED: dict[str, tuple[str, ...]] = {
    "review": ("review-book", "article-journal"),
    "review-book": ("review", "article-journal"),
    "article-newspaper": ("article-magazine", "article-journal"),
    "article-magazine": ("article-newspaper", "article-journal"),
    "entry": ("entry-encyclopedia", "chapter"),
    "entry-dictionary": ("entry-encyclopedia", "chapter"),
    "entry-encyclopedia": ("chapter",),
    "paper-conference": ("chapter",),
    "personal_communication": ("manuscript",),
    "interview": ("manuscript",),
    "speech": ("manuscript",),
    "collection": ("manuscript",),
    "document": ("manuscript", "report"),
    "post-weblog": ("webpage",),
    "post": ("webpage",),
    "regulation": ("legislation",),
    "hearing": ("report",),
    "standard": ("report",),
    "patent": ("report",),
    "dataset": ("report",),
}
_OWN_RULES = "article article-journal book chapter thesis report webpage legislation legal_case bill treaty"
_OWN = frozenset(_OWN_RULES.split())
"""Types that stay what they are: every style has rules for them, or nothing is nearer."""
_ESSENTIAL = ("title", "container-title", "issued")
_WANTED = (*_ESSENTIAL, "publisher", "volume", "page", "number", "archive", "event-title", "URL")
"""Without these a reader may not find the work; without the first three nobody knows what it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What a style prints.

    Attributes:
        layout: the part of the style that is used, its citations or its bibliography.
        macros: by name.
        named: the types that its conditions name.
        of_notes: it is a style of notes, not one for the running text.
        of_types: by type the variables that it prints, as far as they were asked for.
    """

    layout: etree._Element | None
    macros: dict[str, etree._Element]
    named: frozenset[str]
    of_notes: bool = True
    of_types: dict[str, frozenset[str]] = field(default_factory=dict)

    def printed(self, kind: str) -> frozenset[str]:
        """The variables that the style can print of a work of this type."""
        known = self.of_types.get(kind)
        if known is None:
            found: set[str] = set()
            if self.layout is not None:
                self._follow(self.layout, kind, found, set())
            if "page-first" in found:
                found.add("page")
            known = self.of_types[kind] = frozenset(found)
        return known

    def type_for(self, kind: str, item: Item) -> str:
        """The type to set a work as: its own, or the nearest of which the style prints more of what is known."""
        if kind in _OWN:
            return kind
        wanted = [variable for variable in _WANTED if item.get(variable)]
        asked = [name for name in wanted if name in _ESSENTIAL] if kind in self.named else wanted
        if self.printed(kind).issuperset(asked):
            return kind
        chain = _KINDRED.get(kind, ())
        if not item.get("container-title"):
            chain = (*chain, "book")
        best, most = kind, len(self.printed(kind).intersection(wanted))
        for near in chain:
            count = len(self.printed(near).intersection(wanted))
            if count > most:
                best, most = near, count
        return best

    def _follow(self, element: etree._Element, kind: str, found: set[str], entered: set[str]) -> None:
        for child in _reached(element, kind) if element.tag == f"{_NS}choose" else element:
            if child.tag in _PRINTING:
                found.update(child.get("variable", "").split())
            macro = child.get("macro") if child.tag == f"{_NS}text" else None
            if macro is not None and macro not in entered and macro in self.macros:
                entered.add(macro)
                self._follow(self.macros[macro], kind, found, entered)
            if len(child):
                self._follow(child, kind, found, entered)


def vocabulary(root: etree._Element, part: str) -> Vocabulary:
    """What a style prints.

    Args:
        root: a CSL style.
        part: "bibliography" or "citation".
    """
    macros = {str(macro.get("name")): macro for macro in root.iterfind(f"{_NS}macro")}
    named = (kind for branch in root.iter(f"{_NS}if", f"{_NS}else-if") for kind in branch.get("type", "").split())
    layout = root.find(f"{_NS}{part}/{_NS}layout")
    return Vocabulary(layout, macros, frozenset(named), of_notes=root.get("class") == "note")


def _reached(choice: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The branches of a choice that a work of this type can come to; what is asked besides the type is not known."""
    for branch in choice:
        holds = True if branch.tag == f"{_NS}else" else _holds(branch, kind)
        if holds is not False:
            yield branch
        if holds:
            return


def _holds(branch: etree._Element, kind: str) -> bool | None:
    """Whether a condition holds for a type; None: that depends on more."""
    types = branch.get("type", "").split()
    more = any(name not in _TESTS_OF_STYLE for name in branch.attrib)
    match branch.get("match", "all"):
        case "any":
            return kind in types or (None if more else False)
        case "none":
            return False if kind in types else (None if more else True)
        case _:
            return False if types and types != [kind] else (None if more else True)
