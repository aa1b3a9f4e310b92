"""What biber and TeX say of what citekit writes: `python -m benchmarks.bib_conformance` writes bib_conformance.md.

`biber --tool --validate-datamodel` reads the exports of the annotated seeds and worked examples, and a thousand entries
of real .bib files, each file before and after citekit wrote it: a warning counts that the input did not already cause.
Then pdflatex and biber typeset the worked examples. Without biber or TeX that part says so and is passed over; the exit
status is 1 where biber complains of something new, or nothing was typeset.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import citekit
from benchmarks.bibtex_corpus import bib_files
from benchmarks.corpus import FOLDER, ROOT, shared_folder
from citekit import formats
from citekit.formats.bib import read_bytes
from citekit.model import Item
from citekit.store.records import format_of

__all__ = ["main"]

REPORT = FOLDER / "bib_conformance.md"
ENTRIES = 1_000
CHUNK = 100  # biber crashes on some files of its own tests: the others are still read
_MISSING = re.compile(r"Entry '([^']+)'.*Missing mandatory field(.*)")
_VARIABLES = {"date": "issued", "year": "issued", "type": "genre", "institution": "publisher", "url": "URL"}
_VARIABLES |= {"journaltitle": "container-title", "booktitle": "container-title", "doi": "DOI"}
_TROUBLE = re.compile(r"^(?:WARN|ERROR) - (.*)", re.MULTILINE)
# What names a place or a key in a warning, so that the same warning about the same entry is the same.
_VARYING = re.compile(r"/tmp/\S+|\S+\.bib\S*|'\S+\.tmp'|line \d+")
DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage[backend=biber,style=authortitle]{biblatex}
\addbibresource{works.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""


def main() -> int:
    """Measure, print, write the report; the exit status."""
    lines = ["# BibLaTeX files before biber and TeX", "", "Written by `python -m benchmarks.bib_conformance`.", ""]
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        exports = _exports()
        if shutil.which("biber"):
            for name, items in exports.items():
                warned = _biber(folder, formats.dumps(items, "biblatex"))
                found = ["biber crashed"] if warned is None else _stated(warned, items)
                lines.append(
                    f"- {name}: {len(items)} entries, {len(found)} warnings, besides {len(warned or ()) - len(found)} "
                    "of a mandatory field that no document states"
                )
                lines += [f"  - {warning}" for warning in found[:10]]
                failed = failed or bool(found)
            told, new = _corpus(folder)
            lines += [told, *(f"  - {warning}" for warning in new)]
            failed = failed or bool(new)
        else:
            lines.append("- biber is not installed: nothing validated")
        told, typeset = _typeset(
            folder, [item for name, items in exports.items() if "example" in name for item in items]
        )
        lines.append(f"- {told}")
        failed = failed or not typeset
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return int(failed)


def _exports() -> dict[str, list[dict[str, Any]]]:
    """The works of the worked examples, and of the seeds where they are there."""
    folders = {"worked examples": sorted((ROOT / "references").glob("*/document.*"))}
    shared = shared_folder()
    if shared:
        folders["seeds"] = sorted(path for path in (shared / "seeds").iterdir() if path.is_file())
    found = {}
    for name, paths in folders.items():
        with tempfile.TemporaryDirectory() as scratch, citekit.open(Path(scratch) / "store.db") as store:
            store.add(*paths)
            found[name] = formats.loads(store.export("biblatex"), "biblatex")
    return found


def _biber(folder: Path, text: str) -> list[str] | None:
    """The warnings of biber's validation, without what differs from run to run; None where it crashed."""
    source = folder / "works.bib"
    source.write_text(text, encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--nolog", "--output-file", "out.bib", "works.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = done.stdout + done.stderr
    if done.returncode < 0 or "FATAL" in said:
        return None
    return [_VARYING.sub("…", warning) for warning in _TROUBLE.findall(said)]


def _stated(warnings: Sequence[str], items: Sequence[Item]) -> list[str]:
    """Without those about a field that a document does not state, and nobody may make up."""
    by_key = {str(item["id"]): item for item in items}
    found = []
    for warning in warnings:
        missing = _MISSING.search(warning)
        item = by_key.get(missing[1], {}) if missing else {}
        if missing is None or any(item.get(_VARIABLES.get(name, name)) for name in re.findall(r"\w+", missing[2])):
            found.append(warning)
    return found


def _corpus(folder: Path) -> tuple[str, list[str]]:
    """A thousand entries of real files: the warnings of what citekit writes that their own text does not cause."""
    shared = shared_folder()
    corpus = shared / "data" / "bibtex" if shared else None
    if corpus is None or not corpus.is_dir():
        return "- real .bib files: not there, set CITEKIT_SHARED", []
    counts: Counter[str] = Counter()
    new: list[str] = []
    for raw, items in _chunks(corpus):
        caused = _biber(folder, raw)
        if caused is None:
            counts["crashed"] += len(items)
            continue
        warned = _biber(folder, formats.dumps(items, "biblatex"))
        counts["entries"] += len(items)
        counts["before"] += len(caused)
        counts["after"] += len(warned or ())
        new += ["biber crashed"] if warned is None else sorted((Counter(warned) - Counter(caused)).elements())
        if counts["entries"] >= ENTRIES:
            break
    told = (
        f"- real .bib files: {counts['entries']:,} entries, {counts['before']} warnings before, {counts['after']} "
        f"after citekit wrote them, {len(new)} of them new; left out {counts['crashed']} entries on which biber crashes"
    )
    return told, new


def _chunks(corpus: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Entries of real files, as they stand there and as items, a hundred or so at a time."""
    raw: list[str] = []
    items: list[dict[str, Any]] = []
    keys: set[str] = set()
    for path in bib_files(corpus):
        file = read_bytes(path.read_bytes())
        entries = [entry for entry in file.entries if entry.key]
        if file.strings or file.diagnostics or not entries or keys & {entry.key.lower() for entry in entries}:
            continue  # what stands in several files at once, or only with abbreviations, is no file of its own
        keys |= {entry.key.lower() for entry in entries}
        raw += [entry.raw for entry in entries]
        items += formats.loads("\n".join(entry.raw for entry in entries), format_of("x.bib", file.text))
        if len(raw) >= CHUNK:
            yield "\n".join(raw), items
            raw, items, keys = [], [], set()
    if raw:
        yield "\n".join(raw), items


def _typeset(folder: Path, items: Sequence[dict[str, Any]]) -> tuple[str, bool]:
    if not all(map(shutil.which, ("pdflatex", "biber"))):
        return "pdflatex or biber is not installed: nothing typeset", True
    # pdflatex has letters of Latin script alone; XeLaTeX and LuaLaTeX have all.
    latin = [item for item in items if all(ord(sign) < 0x250 or 0x2000 < ord(sign) < 0x2030 for sign in str(item))]
    (folder / "works.bib").write_text(formats.dumps(latin, "biblatex"), encoding="utf-8")
    (folder / "paper.tex").write_text(DOCUMENT, encoding="utf-8")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
    for command in (latex, ["biber", "paper"], latex):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            return f"not typeset: {command[0]} says {done.stdout[-400:]!r}", False
    size = (folder / "paper.pdf").stat().st_size
    return f"a bibliography of {len(latin)} works typeset by pdflatex and biber, {size:,} bytes of PDF", True


if __name__ == "__main__":
    sys.exit(main())
