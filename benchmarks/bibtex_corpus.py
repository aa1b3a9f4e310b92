"""Real .bib files, in and out: `python -m benchmarks.bibtex_corpus [FOLDER]` writes bibtex_corpus.md.

The files are other programs' test files (biber's, and those that a reader of Better BibTeX collected from its users'
reports); they are kept beside the checkout. Measured for each file: that it is read; that its blocks, joined, are its
bytes; that each entry, written and read again, says the same; that entries and blocks that cannot be read are as many
as a reader of the file counted (`bibtex_counts.toml`); and that no field is lost on the way through a store, BibLaTeX,
CSL-JSON and BibLaTeX again. The exit status is 1 where one of these does not hold.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import citekit
from benchmarks.bib_losses import lost_fields
from benchmarks.corpus import FOLDER, shared_folder
from citekit import formats
from citekit.errors import CitekitError, NoSuchWorkError
from citekit.formats.bib import BibFile, read_bytes, to_bytes
from citekit.formats.bibtex import dumps, items_of
from citekit.formats.dialects import BIBLATEX, BIBTEX
from citekit.formats.field_values import page_range
from citekit.model import Diagnostic, Item
from citekit.store.records import format_of
from citekit.store.store import Store

__all__ = ["bib_files", "main"]

REPORT = FOLDER / "bibtex_corpus.md"
COUNTS = FOLDER / "bibtex_counts.toml"
ENDINGS = (".bib", ".bibtex", ".biblatex")
SHOWN = 20


def main() -> int:
    """Measure, print, write the report; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of .bib files; else data/bibtex beside the gold")
    folder = parser.parse_args().folder
    if folder is None:
        shared = shared_folder()
        folder = shared / "data" / "bibtex" if shared else None
    if folder is None or not folder.is_dir():
        print("no .bib files: set CITEKIT_SHARED to the folder with data/bibtex, or name a folder", file=sys.stderr)
        return 0
    files = {str(path.relative_to(folder)): path for path in bib_files(folder)}
    counts: Counter[str] = Counter(files=len(files))
    failures: list[str] = []
    lost: Counter[str] = Counter()
    examples: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch) / "empty.db"
        with citekit.open(empty) as store:
            store.import_records(_one_record(Path(scratch)))
            store.remove(str(Path(scratch) / "one.bib"))
        for name, path in files.items():
            try:
                file = _read(name, path, counts, failures)
                _written_again(name, file, counts, failures)
                for key, field, words in _through_the_store(path, file, empty, Path(scratch), counts):
                    lost[field] += 1
                    examples.append(f"{name}, {key}: {field} = {words[:70]}")
            except CitekitError as error:
                failures.append(f"{name}: {error}")
    failures += _against_counts(files, counts)
    report = _report(counts, failures, lost, examples)
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 1 if failures else 0


def bib_files(folder: Path) -> Iterator[Path]:
    """The .bib files of a folder, in the order of their names."""
    return (path for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS)


def _one_record(folder: Path) -> Path:
    path = folder / "one.bib"
    path.write_text("@book{one, title = {One}}\n", encoding="utf-8")
    return path


def _read(name: str, path: Path, counts: Counter[str], failures: list[str]) -> BibFile:
    content = path.read_bytes()
    file = read_bytes(content)
    counts["entries"] += len(file.entries)
    counts["unreadable"] += len(file.unreadable)
    counts["fields"] += sum(len(entry.fields) for entry in file.entries)
    if "".join(block.raw for block in file.blocks) != file.text or to_bytes(file) != content:
        failures.append(f"{name}: its blocks are not its bytes")
    return file


def _written_again(name: str, file: BibFile, counts: Counter[str], failures: list[str]) -> None:
    """Each entry says the same when it is written and read again, in its own notation."""
    dialect = BIBLATEX if format_of("x.bib", file.text) == "biblatex" else BIBTEX
    for item in items_of(file, dialect):
        counts["written and read"] += 1
        # A key that no program could write is replaced; what the entry says is not.
        again, trouble = formats.read(dumps([item], dialect), dialect.name)
        if trouble or len(again) != 1 or _whole_pages({**again[0], "id": item["id"]}) != _whole_pages(item):
            failures.append(f"{name}, {item['id']}: says something else when it is written and read again")


def _whole_pages(item: Item) -> Item:
    """The item with its pages as BibTeX writes them: the second number of a range whole."""
    page = item.get("page")
    return {**item, "page": page_range(page)} if isinstance(page, str) else item


def _through_the_store(
    path: Path, file: BibFile, empty: Path, scratch: Path, counts: Counter[str]
) -> list[tuple[str, str, str]]:
    """What fields of the file are in no entry any more: BibTeX, store, BibLaTeX, CSL-JSON, BibLaTeX."""
    database = scratch / "store.db"
    shutil.copyfile(empty, database)
    with citekit.open(database) as store:
        (report,) = store.import_records(path)
        if report.error:
            counts["files without a record"] += 1
            return []
        first = store.export("biblatex")
        together = _together(store, file, report.diagnostics)
    items = formats.loads(formats.dumps(formats.loads(first, "biblatex"), "csl-json"), "csl-json")
    last = formats.dumps(items, "biblatex")
    counts["fields sent through"] += sum(len(entry.fields) for entry in file.entries)
    missing = lost_fields(file, last)
    refused = {found.message.split(": ")[1] for found in report.diagnostics if found.code == "record-unusable"}
    # The store has what each record of a work says (`citekit show --why`); an export has one value of each field.
    counts["lost where the store takes entries for one work"] += sum(key in together for key, _, _ in missing)
    counts["lost of entries that say nothing of a work, and are told"] += sum(key in refused for key, _, _ in missing)
    return [found for found in missing if found[0] not in together and found[0] not in refused]


def _together(store: Store, file: BibFile, diagnostics: Sequence[Diagnostic]) -> set[str]:
    """The keys of entries that the store takes for one work with another entry of the file."""
    led: dict[str, list[str]] = {}
    for entry in file.entries:
        with suppress(NoSuchWorkError):
            led.setdefault(store.work(entry.key).key, []).append(entry.key)
    for found in diagnostics:
        if found.code == "key-unwritable":  # it leads nowhere; the message ends with the key of the record's work
            led.setdefault(found.message.rsplit(" ", 1)[1], []).append(found.message.partition(": ")[0])
    return {key for keys in led.values() if len(keys) > 1 for key in keys}


def _against_counts(files: dict[str, Path], counts: Counter[str]) -> list[str]:
    wrong = []
    for name, (entries, unreadable) in tomllib.loads(COUNTS.read_text(encoding="utf-8"))["counts"].items():
        if name not in files:
            continue
        file = read_bytes(files[name].read_bytes())
        counts["counted by hand"] += 1
        found = (len(file.entries), len(file.unreadable))
        if found != (entries, unreadable):
            wrong.append(f"{name}: {found} entries and unreadable blocks, by hand ({entries}, {unreadable})")
    return wrong


def _report(counts: Counter[str], failures: list[str], lost: Counter[str], examples: list[str]) -> str:
    lines = [
        "# Real .bib files, in and out",
        "",
        "Written by `python -m benchmarks.bibtex_corpus`.",
        "",
        "| | |",
        "|---|---:|",
        *(f"| {name} | {number:,} |" for name, number in counts.items()),
        f"| failures | {len(failures):,} |",
        f"| fields lost | {sum(lost.values()):,} |",
        "",
        *(f"- {failure}" for failure in failures[:SHOWN]),
        "",
        "Fields lost by name: "
        + (", ".join(f"{name} {number}" for name, number in lost.most_common()) or "none")
        + ".",
        "",
        *(f"- {example}" for example in examples[: 2 * SHOWN]),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
