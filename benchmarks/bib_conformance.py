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
from collections.abc import Sequence
from pathlib import Path

import citekit
from benchmarks.bibtex_corpus import bib_files
from benchmarks.corpus import FOLDER, ROOT, shared_folder
from citekit import formats
from citekit.formats.bib import read_bytes, read_file
from citekit.store.records import format_of

__all__ = ["main"]

REPORT = FOLDER / "bib_conformance.md"
ENTRIES = 1_000
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
                found = _biber(folder, formats.dumps(items, "biblatex"))
                lines.append(f"- {name}: {len(items)} entries, {len(found)} warnings")
                lines += [f"  - {warning}" for warning in found[:10]]
                failed = failed or bool(found)
            told, new = _corpus(folder)
            lines += [told, *(f"  - {warning}" for warning in new[:20])]
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


def _exports() -> dict[str, list[dict[str, object]]]:
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


def _biber(folder: Path, text: str) -> list[str]:
    """The warnings of biber's validation, without what differs from run to run."""
    source = folder / "works.bib"
    source.write_text(text, encoding="utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "--nolog", "--output-file", "out.bib", "works.bib"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return [_VARYING.sub("…", warning) for warning in _TROUBLE.findall(done.stdout + done.stderr)]


def _corpus(folder: Path) -> tuple[str, list[str]]:
    """A thousand entries of real files: the warnings of what citekit writes that their own text does not cause."""
    shared = shared_folder()
    corpus = shared / "data" / "bibtex" if shared else None
    if corpus is None or not corpus.is_dir():
        return "- real .bib files: not there, set CITEKIT_SHARED", []
    before, after, keys = [], [], set()
    for path in bib_files(corpus):
        file = read_bytes(path.read_bytes())
        notation = format_of(path.name if path.suffix != ".bibtex" else "x.bib", file.text)
        entries = [entry for entry in file.entries if entry.key and entry.key.lower() not in keys]
        if any(block.reason for block in file.unreadable) or file.strings or file.diagnostics or not entries:
            continue  # what biber itself cannot read as it stands says nothing about what citekit writes
        keys |= {entry.key.lower() for entry in entries}
        items = formats.loads("\n".join(entry.raw for entry in entries), notation)
        before.append("\n".join(entry.raw for entry in entries))
        after += items
        if len(after) >= ENTRIES:
            break
    caused = Counter(_biber(folder, "\n".join(before)))
    written = formats.dumps(after, "biblatex")
    warned = Counter(_biber(folder, written))
    new = sorted((warned - caused).elements())
    told = f"- real .bib files: {len(read_file(written).entries):,} entries, {sum(caused.values())} warnings before, "
    return told + f"{sum(warned.values())} after citekit wrote them, {len(new)} of them new", new


def _typeset(folder: Path, items: Sequence[dict[str, object]]) -> tuple[str, bool]:
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
