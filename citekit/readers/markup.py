"""Bytes → a tree of elements, with nothing fetched, nothing expanded and no depth without bound.

XML is read without DTD, entities and network (OWASP, XML External Entity Prevention); HTML with libxml2's forgiving
parser, so that a broken page is still read.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING, Any

from citekit.model import Diagnostic, Severity
from citekit.readers.decoding import Decoded, decode, is_wide

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["all_words", "attribute", "decode_page", "entity_words", "html_tree", "local_name", "xml_tree"]

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding=["']([\w.:-]{1,40})|<meta[^>]{0,300}?charset=["']?([\w.:-]{1,40})""", re.I
)
_HEAD = 4096  # bytes; HTML asks for the first 1024 (WHATWG, 4.2.5.4), real pages put scripts before it
_NUL = re.compile("\x00")
# Labels that mean Windows-1252 on the web, whatever they say (WHATWG Encoding Standard, 4.2).
_WEB = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_page(content: bytes) -> Decoded:
    """The characters of a page: a byte-order mark decides, then UTF-8 if it fits, then what the page declares."""
    if content.startswith(_MARKS) or is_wide(content):
        return decode(content)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_HEAD])
    if declared:
        name = (declared[1] or declared[2]).decode("ascii").lower()
        try:
            return Decoded(content.decode(_WEB.get(name, name)), name)
        except (LookupError, UnicodeError):
            pass
    return decode(content)


def html_tree(text: str) -> tuple[_Element | None, tuple[Diagnostic, ...]]:
    """The tree of a page, None where there is none; what the parser had to leave out is reported."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    words = _NUL.sub("\ufffd", text).encode("utf-8", "replace")
    try:
        tree = etree.fromstring(words, parser) if words.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return None, ()
    cut = next((error for error in parser.error_log if "depth" in error.message.lower()), None)
    if cut is None:
        return tree, ()
    trouble = Diagnostic(
        Severity.WARNING,
        "nested-too-deep",
        f"line {cut.line}: elements lie deeper in each other than can be read, and what is below is left out; "
        "save the page again from a browser",
    )
    return tree, (trouble,)


def xml_tree(content: bytes) -> tuple[_Element | None, tuple[Diagnostic, ...]]:
    """The tree of an XML document; where it is broken, what stands before the fault and could be mended.

    No entity is expanded and nothing is fetched: a character entity of HTML ("&mdash;") stays a node of its own, for
    `entity_words`.
    """
    from lxml import etree

    options: dict[str, Any] = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "dtd_validation": False,
        "remove_comments": True,
        "remove_pis": True,
        "huge_tree": False,
    }
    try:
        return etree.fromstring(content, etree.XMLParser(**options)), ()
    except (etree.XMLSyntaxError, ValueError) as error:
        place = getattr(error, "lineno", None)
        message = f"line {place or 1}: this is no well-formed XML, and words may be missing; mend it there"
    trouble = Diagnostic(Severity.ERROR, "xml-malformed", message)
    try:
        return etree.fromstring(content, etree.XMLParser(**options, recover=True)), (trouble,)
    except (etree.XMLSyntaxError, ValueError):
        return None, (trouble,)


def local_name(element: _Element) -> str:
    """An element's name without its namespace, in small letters for HTML's sake; "" for a comment or an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """An attribute by its local name ("id" is xml:id too, "type" epub:type), "" where there is none."""
    value = element.get(name)
    if value is not None:
        return value
    ending = ("}" + name, ":" + name)
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(ending)), "")


def all_words(element: _Element) -> str:
    """All words inside an element, single spaces between them."""
    return " ".join("".join(map(str, element.itertext())).split())


def entity_words(element: _Element) -> str:
    """What an entity that was left unexpanded stands for, if it is one of HTML's character entities."""
    from lxml import etree

    return html5.get(f"{element.name};", "") if isinstance(element, etree._Entity) else ""
