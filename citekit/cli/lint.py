"""`citekit lint`: what should be looked at in a bibliography, and what can safely be set right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import STORE, examples
from citekit.cli.outcome import DONE, FAILED, FINDINGS, complain, explain
from citekit.cli.streams import json_line, print_json, printable, standard_output
from citekit.errors import CitekitError

if TYPE_CHECKING:
    from citekit.formats.bib import BibFile
    from citekit.formats.key_patterns import KeyPattern
    from citekit.lint import Finding

__all__ = ["command"]


@click.command(
    "lint",
    short_help="Look bibliographies over, and set right what is safe.",
    epilog=examples(
        "citekit lint library.bib",
        "citekit lint --fix --diff library.bib",
        "citekit lint --select CK3,CK4 --ignore CK407 *.bib",
        "citekit lint --store references.db --format json | jq -r .message",
    ),
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--select", metavar="CODES", multiple=True, help="Only these checks: CK301, all of CK3, or ALL.")
@click.option("--ignore", metavar="CODES", multiple=True, help="Not these checks.")
@click.option("--fix", is_flag=True, help="Write FILE anew with what is safe set right; all else stays byte for byte.")
@click.option("--diff", is_flag=True, help="Show what --fix changes, and write nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif")),
    default="text",
    show_default=True,
    help="How findings are printed: a line each, JSON a line each, or SARIF 2.1.0.",
)
@click.option(
    "--dialect",
    type=click.Choice(("auto", "bibtex", "biblatex")),
    default="auto",
    show_default=True,
    help="What .bib files are written for; auto: as their types and fields say.",
)
@click.option("--key-pattern", metavar="PATTERN", help="Report keys that this pattern would not give (CK902).")
@click.option("--strict", is_flag=True, help="End with status 3 instead of 1 where there are findings.")
@click.option("--list", "listing", is_flag=True, help="Print the checks with their codes.")
@click.option("--store", "store_path", metavar="PATH", type=click.Path(), help="Look over the works of a store.")
def command(  # noqa: PLR0917 - click gives all by name
    files: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    fix: bool,
    diff: bool,
    form: str,
    dialect: str,
    key_pattern: str | None,
    strict: bool,
    listing: bool,
    store_path: str | None,
) -> int:
    """Look over each FILE (.bib, CSL-JSON and what else citekit imports), or the works of a store.

    Each finding is a line: file:line:column:key:field: CODE message. The status is 1 where there are findings, as with
    other linters, or a file could not be read; with --strict 3 where there are findings.
    """
    from citekit.formats.key_patterns import KeyPattern
    from citekit.lint import CHECKS, chosen_codes

    if listing:
        for check in CHECKS.values():
            marks = ", ".join(filter(None, ("" if check.on else "off", "--fix" if check.fixable else "")))
            standard_output().write(f"{check.code} {check.summary}{f' ({marks})' if marks else ''}\n")
        return DONE
    if not files and store_path is None:
        raise click.UsageError(f"name a FILE, or a store with --store ({STORE}).")
    if store_path is not None and (fix or diff):
        raise click.UsageError("--fix and --diff are for files; citekit edit corrects a work of a store.")
    try:
        codes = chosen_codes(_listed(select), _listed(ignore))
        pattern = KeyPattern.read(key_pattern) if key_pattern is not None else None
    except CitekitError as error:
        raise click.UsageError(str(error)) from error
    seeing = _Seeing(codes, {"auto": None, "bibtex": False, "biblatex": True}[dialect], pattern)
    failed = False
    found: list[tuple[str, Finding]] = []
    with _progress(len(files)) as announce:
        for file in files:
            announce(file)
            try:
                left = _file(file, seeing, fix=fix, diff=diff)
            except (CitekitError, OSError) as error:
                complain(explain(error))
                failed = True
                continue
            found += [(file, finding) for finding in left]
            if form != "sarif" and not diff:
                _print(file, left, as_json=form == "json")
    if store_path is not None:
        left = _store(store_path, seeing)
        found += [(store_path, finding) for finding in left]
        if form != "sarif":
            _print(store_path, left, as_json=form == "json")
    if form == "sarif":
        from citekit.lint.sarif import sarif

        standard_output().write(json_line(sarif(found)) + "\n")
    if failed:
        return FAILED
    return (FINDINGS if strict else FAILED) if found else DONE


class _Seeing:
    """What was asked for: codes of checks, the dialect of .bib files, a pattern for keys."""

    def __init__(self, codes: Collection[str], biblatex: bool | None, pattern: KeyPattern | None) -> None:
        self.codes, self.biblatex, self.pattern = codes, biblatex, pattern

    def bib(self, path: str, file: BibFile) -> list[Finding]:
        """The findings of a .bib file."""
        from citekit.lint import lint_bib

        folder = Path(path).resolve().parent if "CK901" in self.codes else None
        return lint_bib(file, codes=self.codes, biblatex=self.biblatex, folder=folder, pattern=self.pattern)


def _listed(values: Sequence[str]) -> list[str]:
    return [code for value in values for code in value.replace(",", " ").split()]


def _file(path: str, seeing: _Seeing, *, fix: bool, diff: bool) -> list[Finding]:
    """The findings of a file that are left, after fixes where these were asked for.

    Raises:
        OSError: it cannot be read or written.
        FormatError: it is in no format that is known, or cannot be fixed.
    """
    from citekit.errors import FormatError
    from citekit.formats.bib import read_bytes
    from citekit.formats.recognition import format_of

    content = Path(path).read_bytes()
    file = read_bytes(content)
    try:
        form = format_of(path, file.text)
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
    if form not in ("bibtex", "biblatex"):
        if fix or diff:
            complain(
                f"{path}: --fix and --diff are for .bib files; the findings are shown, and the file stays as it is"
            )
        return _items(file.text, form, seeing)
    if not (fix or diff):
        return seeing.bib(path, file)
    from citekit.formats.bib.encoding import bytes_of
    from citekit.lint import fixed

    if file.stray:
        complain(f"{path}: has bytes that are no letters in its encoding, and was not fixed; convert it to UTF-8 first")
        return seeing.bib(path, file)
    text, _ = fixed(file, lambda present: seeing.bib(path, present))
    if diff:
        _show_difference(path, file.text, text)
        return seeing.bib(path, file)
    if text != file.text:
        from citekit.cli.writing import write_whole

        write_whole(path, bytes_of(text, file.encoding, file.mark, {}))
    return seeing.bib(path, read_bytes(bytes_of(text, file.encoding, file.mark, {})))


def _items(text: str, form: str, seeing: _Seeing) -> list[Finding]:
    """The findings of items, each at the place of its record where that is known."""
    from dataclasses import replace

    from citekit.cli.wording import line_and_column
    from citekit.lint import lint_items
    from citekit.store.records import read_records

    records, trouble = read_records(text, form)
    for diagnostic in trouble:
        if diagnostic.code != "key-unusable":  # only a store gives keys
            complain(diagnostic.message)
    found: list[Finding] = []
    for record in records:
        line, column = line_and_column(text, record.span.start)
        looked_at = lint_items([{**record.item, "id": record.name}], codes=seeing.codes)
        found += [replace(finding, line=line, column=column, span=record.span) for finding in looked_at]
    return found


def _store(path: str, seeing: _Seeing) -> list[Finding]:
    import citekit
    from citekit.lint import lint_items

    with citekit.open(path, create=False) as kept:
        return lint_items([work.item for work in kept.works()], codes=seeing.codes)


def _show_difference(path: str, before: str, after: str) -> None:
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), path, path)
    for line in lines:
        standard_output().write(printable(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"))


def _print(path: str, findings: Sequence[Finding], *, as_json: bool) -> None:
    for finding in findings:
        if as_json:
            print_json(finding.to_json(path))
        else:
            standard_output().write(" ".join(printable(finding.to_line(path)).split()) + "\n")


@contextmanager
def _progress(number: int) -> Iterator[Callable[[str], None]]:
    from citekit.cli.streams import is_terminal

    if number < 2 or not is_terminal(sys.stderr):
        yield lambda _: None
        return
    from citekit.cli.visiting import progress

    with progress(number) as announce:
        yield announce
