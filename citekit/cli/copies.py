"""`citekit check --archives`: whether the archived copies of the links are good copies of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from citekit.cli.outcome import DONE, FINDINGS, complain
from citekit.cli.streams import console, print_json
from citekit.cli.visiting import progress

if TYPE_CHECKING:
    from citekit.store.memento_reading import StoredMemento

__all__ = ["check_copies"]

_ORDER = (
    *("missing", "wrong-date", "of-an-error-page", "of-a-redirect", "not-playable", "drifted", "blocked"),
    *("uncertain", "unchecked", "good"),
)
_FINDINGS = frozenset(_ORDER[:6])
_COLOURS = dict.fromkeys(_ORDER[:5], "red") | {
    "drifted": "yellow",
    "uncertain": "yellow",
    "blocked": "magenta",
    "good": "green",
}


def check_copies(
    store_path: str,
    *,
    recheck: timedelta | None,
    allowed: tuple[str, ...],
    offline: bool,
    as_json: bool,
    strict: bool,
) -> int:
    """Look at the copies and tell what they are like; the exit status."""
    import citekit
    from citekit.archive.session import open_session
    from citekit.cli.wording import counted
    from citekit.store.archiving import ArchiveOptions

    now = datetime.now(UTC)
    options = ArchiveOptions(recheck=recheck)
    with citekit.open(store_path, create=False) as kept:
        if not offline:
            due, whole = kept.mementos_due(options)
            if due < whole:
                left = counted(whole - due, "copy", "copies")
                complain(f"{left} looked at lately and left as they are; --recheck 0 looks at all")
            with open_session(allowed=allowed) as session, progress(due) as advance:
                for _, seen in kept.check_mementos(session, options=options):
                    advance(seen.url)
        if as_json:
            found = False
            for copy in kept.mementos():
                found |= copy.judgement().verdict.value in _FINDINGS or bool(copy.warnings(now))
                print_json({"schema": "citekit/archived/1", **copy.to_json(now)})
        else:
            found = _show(kept.mementos(), now)
    return FINDINGS if strict and found else DONE


def _show(copies: Iterable[StoredMemento], now: datetime) -> bool:
    """Print the copies, those that need attention first; whether there are any."""
    from rich.table import Table
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    rows: dict[str, list[tuple[str, str]]] = {}
    warned = 0
    for copy in copies:
        judged = copy.judgement()
        warnings = [one.message for one in copy.warnings(now)]
        warned += bool(warnings)
        rows.setdefault(judged.verdict.value, []).append(
            (one_line(copy.memento.url), one_line("; ".join([judged.reason, *warnings])))
        )
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Copy", overflow="fold", ratio=3)
    table.add_column("Why", overflow="fold", ratio=2)
    for verdict in _ORDER:
        for address, reason in rows.get(verdict, ()):
            table.add_row(Text(verdict, style=_COLOURS.get(verdict, "dim")), Text(address), Text(reason))
    output = console()
    if table.row_count:
        output.print(table)
    told = ", ".join(f"{len(rows[verdict])} {verdict}" for verdict in _ORDER if verdict in rows)
    output.print(Text(f"{counted(table.row_count, 'copy', 'copies')}{': ' if told else ''}{told}"))
    return warned > 0 or bool(_FINDINGS & rows.keys())
