"""All checks over a file, or over items that come from none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from citekit.formats.bib import BibFile, read_file
from citekit.formats.dialects import BIBLATEX
from citekit.formats.key_patterns import KeyPattern
from citekit.lint.catalogue import chosen_codes
from citekit.lint.checks import (
    dates,
    fields,
    identifiers,
    links,
    names,
    notation,
    numbers,
    second_reader,
    titles,
    wording,
)
from citekit.lint.checks.context import Context
from citekit.lint.findings import Finding
from citekit.model import Item

__all__ = ["lint_bib", "lint_items"]

_OF_FILES = (notation.check_file, identifiers.check_file, links.check_file)
_OF_ENTRIES = (
    notation.check_entry,
    fields.check_entry,
    identifiers.check_entry,
    dates.check_entry,
    numbers.check_entry,
    names.check_entry,
    titles.check_entry,
    wording.check_entry,
    links.check_entry,
)
# What items have whatever their notation; the rest would be about what citekit itself writes.
_OF_ITEMS = ("CK204", "CK3", "CK401", "CK402", "CK405", "CK407", "CK409", "CK5", "CK601", "CK604", "CK7")
_NOT_OF_ITEMS = ("CK304", "CK307", "CK704", "CK705")


def lint_bib(
    file: BibFile,
    *,
    codes: Collection[str] | None = None,
    biblatex: bool | None = None,
    folder: Path | None = None,
    pattern: KeyPattern | None = None,
) -> list[Finding]:
    """What should be looked at in a .bib file, in the order of the file.

    Args:
        file: as `citekit.formats.bib` reads it.
        codes: of the checks to make (`chosen_codes`); None: those that are on.
        biblatex: whether it is written for BibLaTeX; None: as its types and fields say.
        folder: where to look for the files that entries name.
        pattern: what citation keys should be like.
    """
    wanted = chosen_codes([], []) if codes is None else frozenset(codes)
    context = Context.of(file, biblatex=biblatex, folder=folder, pattern=pattern)
    found = [finding for finding in _all(context) if finding.code in wanted]
    if "CK108" in wanted:  # to read the file a second time, only where somebody wants to know
        found += second_reader.check_file(context)
    return sorted(found, key=lambda finding: (finding.span.start if finding.span else 0, finding.code))


def _all(context: Context) -> Iterator[Finding]:
    for of_file in _OF_FILES:
        yield from of_file(context)
    for entry in context.file.entries:
        found = [finding for of_entry in _OF_ENTRIES for finding in of_entry(context, entry)]
        # Of words that were decoded wrongly, or have markup among them, nothing else can be said.
        garbled = {finding.field for finding in found if finding.code in ("CK701", "CK703")}
        yield from (finding for finding in found if finding.field not in garbled or not finding.code.startswith("CK6"))


def lint_items(items: Sequence[Item], *, codes: Collection[str] | None = None) -> list[Finding]:
    """What should be looked at in CSL-JSON items, in their order; fields are CSL variables, and there are no places.

    Each item is looked at as citekit writes it in BibLaTeX; what is about the notation is left out.

    Args:
        items: the items; `id` names them in the findings.
        codes: of the checks to make; None: those that are on.
    """
    from citekit.formats import dumps

    wanted = chosen_codes([], []) if codes is None else frozenset(codes)
    wanted &= chosen_codes(_OF_ITEMS, _NOT_OF_ITEMS)
    named = [{**item, "id": f"k{number}"} for number, item in enumerate(items)]
    keys: Mapping[str, str] = {f"k{number}": str(item.get("id") or "") for number, item in enumerate(items)}
    findings = lint_bib(read_file(dumps(named, "biblatex")), codes=wanted, biblatex=True)
    return [
        replace(
            finding,
            key=keys.get(finding.key, finding.key),
            field=_variable(finding.field),
            span=None,
            line=0,
            column=0,
            fix=None,
        )
        for finding in findings
    ]


_DIRECT = {"date": "issued", "keywords": "keyword", "pages": "page", "urldate": "accessed", "origdate": "original-date"}


def _variable(field: str) -> str:
    """The CSL variable that a field of BibLaTeX tells; the field where several could be."""
    if field in _DIRECT:
        return _DIRECT[field]
    for variable, places in BIBLATEX.places.items():
        if any(place == field for place, _ in places):
            return variable
    return field
