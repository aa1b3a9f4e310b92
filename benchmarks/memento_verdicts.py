"""Which verdict each archived copy of the small archive of tests/ gets: `python -m benchmarks.memento_verdicts`.

Each copy is looked at as `citekit check --archives` does; memento_verdicts.md sets what a reader would say beside the
verdicts.
"""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.corpus import FOLDER, ROOT
from benchmarks.link_verdicts import table
from citekit.archive.session import open_session

__all__ = ["main"]

REPORT = FOLDER / "memento_verdicts.md"


def main() -> int:
    """Look at each copy, print, write the report; status 1 where a verdict is not a reader's."""
    sys.path.insert(0, str(ROOT / "tests"))
    from archive.doubles.archive import ArchiveDouble
    from archive.doubles.copies import COPIES, fill
    from archive.doubles.server import LoopbackServer
    from archive.judging import verdict_on

    counts, wrong = Counter[tuple[str, str]](), list[str]()
    with LoopbackServer(fill(ArchiveDouble())) as server, open_session(allowed=[server.netloc]) as session:
        for copy in COPIES:
            judged = verdict_on(copy, server, session)
            counts[copy.verdict, judged.verdict.value] += 1
            if judged.verdict.value != copy.verdict:
                wrong.append(f"{copy.name}: {judged.verdict.value} ({judged.reason})")
    lines = [
        "# Verdicts on archived copies",
        "",
        f"Written by `python -m benchmarks.memento_verdicts`: {len(COPIES)} ways of a copy to be a copy or none",
        "(`tests/archive/doubles/copies.py`). Rows: what a reader would say; columns: what citekit says.",
        *table("Looked at once", counts),
        "",
        *([f"Not as a reader would say: {'; '.join(wrong)}"] if wrong else ["None differs."]),
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
