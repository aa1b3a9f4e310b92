"""Setting right what can be set right safely: nothing else of a file changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citekit.formats.bib import BibFile, read_file
from citekit.lint.findings import Finding, Fix

__all__ = ["fixed"]

_ROUNDS = 10  # one fix can lay open another (“pp. 7-9”); a dozen would mean that two undo each other


def fixed(file: BibFile, lint: Callable[[BibFile], Sequence[Finding]]) -> tuple[str, list[Finding]]:
    """The text with all safe fixes, and the findings that they were for.

    A fix that the file's encoding cannot write is left out, and so is one after which an entry or a field more or less
    would be read than before.

    Args:
        file: the file.
        lint: the checks to make.
    """
    present, done = file, list[Finding]()
    for _ in range(_ROUNDS):
        chosen = _compatible([finding for finding in lint(present) if _can_be_written(finding.fix, file.encoding)])
        chosen = [finding for finding in chosen if finding.fix]
        if not chosen:
            break
        text = _applied(present.text, [finding.fix for finding in chosen if finding.fix])
        read = read_file(text)
        if _shape(read) != _shape(present, without=chosen):
            break
        done += chosen
        present = read
    return present.text, done


def _can_be_written(fix: Fix | None, encoding: str) -> bool:
    if fix is None:
        return False
    try:
        fix.replacement.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _compatible(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose fixes do not touch each other; of two that do the first."""
    chosen: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda each: (each.fix.span.start, -each.fix.span.end) if each.fix else (0, 0)):
        if finding.fix and finding.fix.span.start >= end:
            chosen.append(finding)
            end = max(finding.fix.span.end, finding.fix.span.start + 1)
    return chosen


def _applied(text: str, fixes: Sequence[Fix]) -> str:
    pieces: list[str] = []
    end = 0
    for fix in fixes:
        pieces += [text[end : fix.span.start], fix.replacement]
        end = fix.span.end
    return "".join([*pieces, text[end:]])


def _shape(file: BibFile, without: Sequence[Finding] = ()) -> list[tuple[str, str, tuple[str, ...]]]:
    """Types, keys and fields of all entries: what no fix may change, but that it takes a field out."""
    gone = [finding.fix.span for finding in without if finding.code == "CK205" and finding.fix]
    renamed = {
        finding.fix.span.start: finding.fix.replacement
        for finding in without
        if finding.code == "CK206" and finding.fix
    }
    return [
        (
            entry.type.lower(),
            entry.key,
            tuple(
                renamed.get(field.span.start, field.key)
                for field in entry.fields
                if not any(span.start <= field.span.start < span.end for span in gone)
            ),
        )
        for entry in file.entries
    ]
