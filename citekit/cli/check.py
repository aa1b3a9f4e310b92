"""`citekit check`: which links live, moved, rotted or changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, FINDINGS, complain
from citekit.cli.streams import console, print_json
from citekit.cli.visiting import age, allow_hosts, progress

if TYPE_CHECKING:
    from citekit.store import Store
    from citekit.store.link_keeping import CheckOptions
    from citekit.store.link_reading import LinkCitation, StoredLink

__all__ = ["command"]

_VERDICTS = (
    *("live", "redirected", "soft-404", "drifted", "parked", "blocked", "dead", "uncertain", "not-checkable"),
    "unchecked",
)
_FINDINGS = {"dead", "soft-404", "parked", "drifted"}
_COLOURS = {
    "dead": "red",
    "soft-404": "red",
    "parked": "red",
    "drifted": "yellow",
    "uncertain": "yellow",
    "blocked": "magenta",
    "redirected": "cyan",
    "live": "green",
}
_SEVERAL = 3  # links of which none was found: fewer may all be gone


@click.command(
    "check",
    short_help="See which links live, moved, rotted or changed.",
    epilog=examples(
        "citekit check",
        "citekit check --recheck 30d --report links.html",
        "citekit check --only dead --only uncertain",
        "citekit check --offline --json | jq -r 'select(.verdict == \"dead\") | .url'",
    ),
)
@click.option(
    "--only", "only", type=click.Choice(_VERDICTS), multiple=True, help="Only links of which this was true before."
)
@click.option(
    "--recheck",
    callback=age,
    metavar="AGE",
    default="20h",
    show_default=True,
    help="Look again at links that were last looked at as long ago: 30d, 12h, 2w; 0 looks at all.",
)
@click.option(
    "--archives", "copies", is_flag=True, help="Look at the archived copies of the links instead: are they good copies?"
)
@click.option("--offline", is_flag=True, help="Look at nothing; tell what follows from what was seen before.")
@click.option("--report", metavar="FILE", type=click.Path(), help="Write a page of HTML with a timeline of each link.")
@click.option("--strict", is_flag=True, help="Exit with status 3 where a link is dead, soft-404, parked or drifted.")
@click.option(
    "--interval",
    type=click.FloatRange(0, 3600),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Between two visits to one host.",
)
@click.option(
    "--hosts",
    type=click.IntRange(1, 256),
    default=32,
    show_default=True,
    metavar="NUMBER",
    help="How many hosts are visited side by side.",
)
@allow_hosts
@as_json
@store
def command(
    *,
    only: tuple[str, ...],
    recheck: timedelta | None,
    copies: bool,
    offline: bool,
    report: str | None,
    strict: bool,
    interval: float,
    hosts: int,
    allowed: tuple[str, ...],
    as_json: bool,
    store_path: str,
) -> int:
    """Look at each link and tell whether it is live, redirected, soft-404, drifted, parked, blocked, dead or uncertain.

    Each look is kept in the store for ever with its date: the chain of requests, status, headers, digest, title and a
    fingerprint of the text. Verdicts are derived from all looks at a link: it is dead only after failures on different
    days. What was kept is safe when the command is interrupted; the next run goes on where it stopped. Addresses in
    private networks are never asked.

    With --archives the archived copies that citations print, that citekit archive found or made, are looked at as they
    were stored, and each is good, wrong-date, of-an-error-page, of-a-redirect, not-playable, blocked, missing, drifted
    or uncertain.
    """
    import citekit
    from citekit.archive.policy import Verdict
    from citekit.cli.writing import check_target
    from citekit.store.link_keeping import CheckOptions

    if copies:
        if only or report is not None:
            raise click.UsageError("--archives has no --only and no --report")
        from citekit.cli.copies import check_copies

        return check_copies(
            store_path, recheck=recheck, allowed=allowed, offline=offline, as_json=as_json, strict=strict
        )
    if report is not None:
        check_target(report)  # before an hour's work, not behind it
    options = CheckOptions(
        recheck, frozenset(map(Verdict, only)), interval=interval, threads=hosts, refused=bool(allowed)
    )
    with citekit.open(store_path, create=False) as kept:
        chosen = frozenset(kept.links_with(options.only)) if only else None
        if not offline:
            _look(kept, options, allowed)
        found = False
        from citekit.wording import without_passwords

        shown = (link for link in kept.links() if chosen is None or link.id in chosen)
        if as_json:
            for link in shown:
                found |= link.judgement().verdict.value in _FINDINGS
                print_json(without_passwords(_as_object(link)))
        else:
            found = _show(shown)
        if report is not None:
            _write_report(report, kept, chosen)
    return FINDINGS if strict and found else DONE


def _look(kept: Store, options: CheckOptions, allowed: tuple[str, ...]) -> None:
    from citekit.archive.exchange import FailureKind
    from citekit.archive.session import open_session
    from citekit.cli.wording import counted

    due, whole = kept.links_due(options)
    if due < whole:
        complain(f"{counted(whole - due, 'link')} looked at lately and left as they are; --recheck 0 looks at all")
    with open_session(allowed=allowed) as session, progress(due) as advance:
        nowhere, private = True, 0
        for _, seen in kept.check_links(session, options):
            advance(seen.url)
            private += seen.failure is FailureKind.UNSAFE
            nowhere = nowhere and seen.failure in (FailureKind.DNS, FailureKind.OFFLINE)
    if private:
        complain(
            f"{counted(private, 'link')} into this machine or a private network not asked; "
            "allow a server of your own with --allow-host NAME[:PORT]"
        )
    if nowhere and due >= _SEVERAL:
        complain("no host was found at all; is this machine connected? If not, check again before you believe it")


def _as_object(link: StoredLink) -> dict[str, object]:
    """The object that `citekit check --json` prints (docs/schema/check.json)."""
    judged = link.judgement()
    return {
        "schema": "citekit/check/1",
        **link.to_json(),
        "verdict": judged.verdict.value,
        "reason": judged.reason,
        "since": judged.since.isoformat(timespec="seconds") if judged.since else None,
        "checked_at": judged.until.isoformat(timespec="seconds") if judged.until else None,
        "resemblance": round(judged.resemblance, 3) if judged.resemblance is not None else None,
        "observations": [
            {**seen.to_json(), "verdict": then.verdict.value, "reason": then.reason}
            for seen, then in zip(link.observations, link.timeline(), strict=True)
        ],
    }


def _show(links: Iterator[StoredLink]) -> bool:
    """Print the links, those that need attention first; whether there are any."""
    from rich.table import Table
    from rich.text import Text

    from citekit.archive.report import ORDER
    from citekit.cli.wording import counted, one_line

    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    for link in links:
        judged = link.judgement()
        since = judged.since.date().isoformat() if judged.since else ""
        row = (one_line(link.url), since, one_line(judged.reason), str(len(link.citations)))
        rows.setdefault(judged.verdict.value, []).append(row)
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Address", overflow="fold", ratio=3)
    table.add_column("Since", no_wrap=True)
    table.add_column("Why", overflow="fold", ratio=2)
    table.add_column("Cited", justify="right", no_wrap=True)
    for verdict in (one.value for one in ORDER):
        for url, since, reason, cited in rows.get(verdict, ()):
            name = Text(verdict, style=_COLOURS.get(verdict, "dim"))
            table.add_row(name, Text(url), Text(since), Text(reason), Text(cited))
    output = console()
    if table.row_count:
        output.print(table)
    told = ", ".join(f"{len(rows[one.value])} {one.value}" for one in ORDER if one.value in rows)
    output.print(Text(f"{counted(table.row_count, 'link')}{': ' if told else ''}{told}"))
    return bool(_FINDINGS & rows.keys())


def _write_report(path: str, kept: Store, chosen: frozenset[int] | None) -> None:
    from citekit.archive.report import ReportedLink, html_report
    from citekit.cli.writing import write_whole

    links = (
        ReportedLink(link.url, [_cited(one) for one in link.citations], link.observations, link.timeline())
        for link in kept.links()
        if chosen is None or link.id in chosen
    )
    write_whole(path, html_report(links, made_at=datetime.now(UTC), store=kept.path.name))


def _cited(citation: LinkCitation) -> str:
    """`thesis.txt, note 14 (yang2007mubei)`."""
    place = f"{citation.document}, note {citation.note}" if citation.note else citation.document
    return f"{place} ({', '.join(citation.keys)})" if citation.keys else place
