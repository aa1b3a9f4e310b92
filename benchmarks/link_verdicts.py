"""Which verdict each page of the small web of tests/ gets: `python -m benchmarks.link_verdicts`.

Each page is looked at once, and its observation repeated on two later days; link_verdicts.md sets what a reader
would say beside the verdicts.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from benchmarks.corpus import FOLDER, ROOT
from citekit.archive.observing import Observer
from citekit.archive.policy import judge
from citekit.archive.session import open_session

__all__ = ["main", "table"]

REPORT = FOLDER / "link_verdicts.md"


def main() -> int:
    """Look at each page, print, write the report; status 1 where a verdict is not a reader's."""
    sys.path.insert(0, str(ROOT / "tests"))
    from archive.doubles.pages import BEHAVIOURS, PageWorld
    from archive.doubles.server import LoopbackServer

    once, later, wrong = Counter[tuple[str, str]](), Counter[tuple[str, str]](), list[str]()
    with LoopbackServer(PageWorld()) as server, open_session(allowed=[server.netloc]) as session:
        observer = Observer(session)
        for behaviour in BEHAVIOURS:
            attempt = observer.look(server.url(behaviour.path))
            seen = observer.look(server.url(behaviour.path)).observation if attempt.may_pass else attempt.observation
            days = [seen, *(replace(seen, observed_at=seen.observed_at + timedelta(days=day)) for day in (1, 3))]
            found = judge([seen]).verdict.value, judge(days).verdict.value
            once[behaviour.verdict, found[0]] += 1
            later[behaviour.later, found[1]] += 1
            if found != (behaviour.verdict, behaviour.later):
                wrong.append(f"{behaviour.name}: {found[0]}, {found[1]}")
    lines = [
        "# Verdicts on links",
        "",
        f"Written by `python -m benchmarks.link_verdicts`: {len(BEHAVIOURS)} ways of a page to live, move, rot or lie",
        "(`tests/archive/doubles/pages.py`). Rows: what a reader would say; columns: what citekit says.",
        *table("Looked at once", once),
        *table("Looked at on three days", later),
        "",
        *([f"Not as a reader would say: {'; '.join(wrong)}"] if wrong else ["None differs."]),
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 1 if wrong else 0


def table(heading: str, counts: Counter[tuple[str, str]]) -> list[str]:
    """A confusion table under a heading: rows what is right, columns what was said."""
    names = sorted({name for pair in counts for name in pair})
    rows = [f"| **{wanted}** | {' | '.join(str(counts[wanted, found] or '') for found in names)} |" for wanted in names]
    return ["", f"## {heading}", "", f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|", *rows]


if __name__ == "__main__":
    raise SystemExit(main())
