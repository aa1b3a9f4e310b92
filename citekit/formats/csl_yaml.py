r"""CSL-YAML: the items under `references`, as pandoc keeps a bibliography in a file or in a document's metadata.

pandoc's manual ("Specifying bibliographic data"): a text is Markdown there. So a character that Markdown would take for
markup gets a backslash, CSL's own markup is written as Markdown's (`<i>` as `*`), and reading takes both back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from citekit.errors import FormatError
from citekit.formats.dates import csl_date
from citekit.formats.markdown_text import from_markdown, to_markdown
from citekit.formats.names import with_others
from citekit.formats.remainder import clean
from citekit.formats.types import DATES, NAMES, csl_type
from citekit.model import Diagnostic, Item, Severity, Span
from citekit.readers.yaml_text import compose, line_of, value

if TYPE_CHECKING:
    from yaml import Node

__all__ = ["dumps", "places", "read"]

_PLAIN = frozenset({"id", "type", "URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "language", "citation-key", "custom"})
"""Variables that are no prose: pandoc does not read Markdown in them, or their characters say nothing to Markdown."""
_UNUSUAL = re.compile(r"[\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\ud800-\udfff\ufeff\ufffe\uffff]")
_BLOCK = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
_ENTRY = re.compile(r"^([ \t]*)-[ \t]+\S", re.MULTILINE)


def dumps(items: Sequence[Item]) -> str:
    """The items as one YAML document with `references`, as `pandoc --bibliography` takes it."""
    import yaml

    written = [_written({**with_others(clean(item), "others"), "type": csl_type(item)}) for item in items]
    text = str(
        yaml.dump({"references": written}, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=1_000_000)
    )
    return f"---\n{text}---\n"


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a YAML file or of the metadata of a Markdown document, and what could not be read.

    Where the whole is no YAML, each entry of its list is read by itself.

    Raises:
        FormatError: it holds no references, or no part of it is YAML.
    """
    found, trouble = _entries(text)
    return [item for item, _ in found], tuple(trouble)


def places(text: str) -> list[Span]:
    """Where the entries stand in the text, in the order of `read`."""
    return [span for _, span in _entries(text)[0]]


def _entries(text: str) -> tuple[list[tuple[dict[str, Any], Span]], list[Diagnostic]]:
    if not text.strip("\ufeff \t\r\n"):
        return [], []
    start, body = _metadata(text)
    trouble: list[Diagnostic] = []
    found: list[tuple[dict[str, Any], Span]] = []
    try:
        nodes = [(start, node) for node in _listed(compose(body))]
    except ValueError as exc:
        nodes = list(_recovered(text, start, body, trouble))
        if not nodes:
            line = text.count("\n", 0, start) + 1
            raise FormatError(f"no CSL-YAML ({_reason(exc, line)}); correct it, or name its format") from exc
    for offset, node in nodes:
        begin, end = offset + node.start_mark.index, offset + node.end_mark.index
        span = Span(begin, begin + len(text[begin:end].rstrip()))
        entry = value(node)
        if isinstance(entry, Mapping):
            found.append((_item(entry), span))
        else:
            line = text.count("\n", 0, span.start) + 1
            said = f"line {line}: an item has fields (title: …), this is none; leave it out or correct it"
            trouble.append(Diagnostic(Severity.WARNING, "csl-yaml-no-item", said))
    return found, trouble


def _metadata(text: str) -> tuple[int, str]:
    """Where YAML begins in the text, and the YAML: all of a .yaml file, the first block of a document's metadata."""
    first = _BLOCK.match(text.removeprefix("\ufeff"))
    offset = len(text) - len(text.removeprefix("\ufeff"))
    if not first:
        return offset, text[offset:]
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, offset + first.end())
    return offset + first.end(), text[offset + first.end() : end.start() if end else len(text)]


def _recovered(text: str, start: int, body: str, trouble: list[Diagnostic]) -> Iterator[tuple[int, Node]]:
    """The entries of a broken list one by one, those with the smallest indent; a diagnostic for each that is broken."""
    entries = list(_ENTRY.finditer(body))
    smallest = min((len(entry[1]) for entry in entries), default=0)
    tops = [entry.start() for entry in entries if len(entry[1]) == smallest]
    for begin, end in pairwise([*tops, len(body)]):
        try:
            listed = _listed(compose(body[begin:end]))
        except (ValueError, FormatError) as exc:
            line = text.count("\n", 0, start + begin) + 1
            said = f"{_reason(exc, line)}; the entry was left out, correct it"
            trouble.append(Diagnostic(Severity.ERROR, "csl-yaml-broken-entry", said))
        else:
            yield from ((start + begin, node) for node in listed)


def _listed(node: Node | None) -> list[Node]:
    """The entries of `references`, of a list, or one item by itself.

    Raises:
        FormatError: there are none.
    """
    from yaml import MappingNode, SequenceNode

    if isinstance(node, SequenceNode):
        return list(node.value)
    if isinstance(node, MappingNode):
        fields = {str(key.value): value for key, value in node.value}
        listed = fields.get("references")
        if isinstance(listed, SequenceNode):
            return list(listed.value)
        if "title" in fields and "type" in fields:
            return [node]
    raise FormatError("no CSL-YAML: it holds no list of references; name its format, or use citekit add")


def _reason(error: Exception, line: int) -> str:
    place = line + line_of(error) if isinstance(error, ValueError) else line
    return f"line {place}: {str(error)[:120]}"


def _dumper() -> Any:
    """PyYAML's dumper, which quotes whatever YAML 1.1 takes for no text as well: no, 1:20, 2001-01-01."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes no aliases: two equal names are two names; escapes what ends a line in one version of YAML alone."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
            return True

    def text(dumper: Any, words: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", words, style='"' if _UNUSUAL.search(words) else None)

    Dumper.add_representer(str, text)
    return Dumper


def _item(entry: Mapping[str, Any]) -> dict[str, Any]:
    read = {name: _read_variable(name, value) for name, value in entry.items() if value not in (None, "", [], {})}
    return with_others(read, "et al.")


def _read_variable(name: str, value: Any) -> Any:
    if name in NAMES:
        listed = value if isinstance(value, list) else [value]
        return [_unmarked(one) if isinstance(one, Mapping) else {"literal": from_markdown(str(one))} for one in listed]
    if name in DATES:
        return _read_date(value)
    return value if name in _PLAIN else _unmarked(value)


def _read_date(value: Any) -> Any:
    """A date in CSL's own shape, as EDTF, or in the shapes that pandoc has read since 2010 (`year`, `month`, `day`)."""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return csl_date(str(value))[0]
    points = value if isinstance(value, list) else [value]
    if points and all(isinstance(point, Mapping) and "year" in point for point in points):
        parts = [[point[part] for part in ("year", "month", "day") if point.get(part)] for point in points]
        date: dict[str, Any] = {"date-parts": parts}
        if any(point.get("circa") for point in points):
            date["circa"] = True
        return date
    return _unmarked(value)


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return from_markdown(value)
    if isinstance(value, Mapping):
        return {name: _unmarked(part) for name, part in value.items()}
    return [_unmarked(part) for part in value] if isinstance(value, list) else value


def _written(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if name in _PLAIN else _marked(value) for name, value in item.items()}


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return to_markdown(value)
    if isinstance(value, Mapping):
        return {name: _marked(part) for name, part in value.items()}
    return [_marked(part) for part in value] if isinstance(value, list) else value
