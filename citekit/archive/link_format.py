"""Links as `Link` headers and TimeMaps write them (RFC 8288 and RFC 6690, application/link-format)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["LinkValue", "read_header", "read_links"]

_BLANK = " \t\r\n"
_MOST = 200_000  # links: a TimeMap of a much visited page has some ten thousand


@dataclass(frozen=True, slots=True)
class LinkValue:
    """One link.

    Attributes:
        target: its address.
        parameters: by name in small letters; `rel` may hold several relations.
    """

    target: str
    parameters: Mapping[str, str]

    @property
    def relations(self) -> frozenset[str]:
        """What it is to the page ("original", "memento", "timegate" …), in small letters."""
        return frozenset(self.parameters.get("rel", "").lower().split())


def read_links(text: str) -> Iterator[LinkValue]:
    """All links of a text; what is broken ends the link that it is in, and the next begins at the next "<".

    Runs through the text once.
    """
    at = text.find("<")
    for _ in range(_MOST):
        if at < 0:
            return
        end = text.find(">", at)
        if end < 0:
            return
        target = text[at + 1 : end].strip()
        parameters: dict[str, str] = {}
        at = end + 1
        while at < len(text):
            at = _skip(text, at)
            if at >= len(text) or text[at] != ";":
                break
            name, value, at = _parameter(text, at + 1)
            if name:
                parameters.setdefault(name, value)  # RFC 8288, 3: the first `rel` counts
        yield LinkValue(target, parameters)
        at = text.find("<", at)


def read_header(value: str) -> Iterator[LinkValue]:
    """The links of a `Link` header; many servers send UTF-8 there, which http.client reads as Latin-1."""
    try:
        text = value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = value
    return read_links(text)


def _parameter(text: str, at: int) -> tuple[str, str, int]:
    """The name and value of a parameter that starts at `at`, and where it ends."""
    start = at = _skip(text, at)
    while at < len(text) and text[at] not in "=;,<" and text[at] not in _BLANK:
        at += 1
    name = text[start:at].lower()
    at = _skip(text, at)
    if at >= len(text) or text[at] != "=":
        return name, "", at
    at = _skip(text, at + 1)
    if at < len(text) and text[at] == '"':
        return name, *_quoted(text, at + 1)
    start = at
    while at < len(text) and text[at] not in ";,<" and text[at] not in _BLANK:
        at += 1
    return name, text[start:at], at


def _quoted(text: str, at: int) -> tuple[str, int]:
    pieces: list[str] = []
    while at < len(text) and text[at] != '"':
        at += text[at] == "\\"
        pieces.append(text[at : at + 1])
        at += 1
    return "".join(pieces), at + 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at
