"""`citekit archive`: an archived copy for each link, of the day on which it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, FAILED, FINDINGS, complain
from citekit.cli.streams import console, print_json
from citekit.cli.visiting import age, allow_hosts, archives_file, progress

if TYPE_CHECKING:
    from citekit.archive.archives import Archive
    from citekit.archive.session import Session
    from citekit.store import Store
    from citekit.store.archiving import ArchiveOptions

__all__ = ["command"]

_LOCAL = "local"


@click.command(
    "archive",
    short_help="Find or make an archived copy of each web page.",
    epilog=examples(
        "citekit archive --find-only",
        "citekit archive",
        "citekit archive --save-to local --save-to wayback",
        "citekit archive --offline --json | jq -r '.copies[].memento'",
    ),
)
@click.option("--find-only", is_flag=True, help="Look for copies; have none made.")
@click.option(
    "--save-to",
    "targets",
    metavar="ARCHIVE",
    multiple=True,
    default=("wayback",),
    show_default=True,
    help="Where pages without a good copy are saved: an archive's name, or local (WARC files beside the store).",
)
@archives_file
@click.option(
    "--find-in",
    "asked",
    metavar="ARCHIVE",
    multiple=True,
    help="Look for copies in this archive alone, one of FILE or wayback. Can be given several times.",
)
@click.option(
    "--recheck",
    callback=age,
    metavar="AGE",
    default="30d",
    show_default=True,
    help="Look again for copies that were looked for as long ago: 30d, 12h, 2w; 0 looks for all.",
)
@click.option(
    "--within",
    callback=age,
    metavar="AGE",
    default="30d",
    show_default=True,
    help="Save no page of which the archive has a copy that is no older.",
)
@click.option("--every", is_flag=True, help="Save pages of which there is a good copy too.")
@click.option("--again", is_flag=True, help="Save pages once more that could not be saved.")
@click.option(
    "--patience",
    type=click.FloatRange(0, 86400),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an archive that is not ready; what is left goes on in the next run.",
)
@click.option("--offline", is_flag=True, help="Ask nobody; tell which copies are known and what waits to be saved.")
@click.option("--strict", is_flag=True, help="Exit with status 3 where a page has no copy, or could not be saved.")
@allow_hosts
@as_json
@store
def command(
    *,
    find_only: bool,
    targets: tuple[str, ...],
    archives: str | None,
    asked: tuple[str, ...],
    recheck: timedelta | None,
    within: timedelta | None,
    every: bool,
    again: bool,
    patience: float,
    offline: bool,
    strict: bool,
    allowed: tuple[str, ...],
    as_json: bool,
    store_path: str,
) -> int:
    """Find the archived copy of each web page that is closest to the day on which it was read, and save those without.

    The day is the access date that a citation states. Pages without a good copy are saved by the Wayback Machine (Save
    Page Now): faster with an access key in CITEKIT_SAVE_KEY (accesskey:secret). What is sent is written down before it
    is sent, so nothing is sent twice, whatever ends the command; the next run goes on where it stopped. A page counts
    as saved when its copy was read.
    """
    import citekit
    from citekit.archive.archives import read_archives
    from citekit.archive.session import open_session
    from citekit.store.archiving import ArchiveOptions

    listed = read_archives(archives)
    chosen = _saving(listed, targets)  # a name that is none is told, whether anything is saved or not
    saving = [] if find_only else chosen
    finding = _finding(listed, asked)
    options = ArchiveOptions(recheck, within, again=again, every=every, patience=patience)
    done = True
    with citekit.open(store_path, create=False) as kept:
        if not offline:
            with open_session(allowed=allowed) as session:
                _find(kept, session, finding, options)
                if not find_only and _LOCAL in targets:
                    done = _capture(kept, session, options)
                if saving:
                    done = _save(kept, session, saving, options) and done
        found = _print(kept) if as_json else _show(kept)
    if not done:
        return FAILED
    return FINDINGS if strict and found else DONE


def _finding(listed: Sequence[Archive], asked: Sequence[str]) -> Sequence[Archive]:
    by_name = {archive.name: archive for archive in listed if archive.finds}
    for name in asked:
        if name not in by_name:
            known = ", ".join(by_name)
            raise click.UsageError(f"--find-in {name}: is no archive that can be asked; there are {known}")
    return [by_name[name] for name in dict.fromkeys(asked)] or listed


def _saving(listed: Iterable[Archive], targets: Sequence[str]) -> list[Archive]:
    by_name = {archive.name: archive for archive in listed}
    for name in targets:
        if name != _LOCAL and (name not in by_name or by_name[name].save is None):
            known = [_LOCAL, *(one.name for one in by_name.values() if one.save)]
            raise click.UsageError(f"--save-to {name}: is no archive that saves pages; there are {', '.join(known)}")
    return [by_name[name] for name in dict.fromkeys(targets) if name != _LOCAL]


def _find(kept: Store, session: Session, listed: Sequence[Archive], options: ArchiveOptions) -> None:
    from citekit.archive.exchange import FailureKind
    from citekit.cli.wording import counted

    troubled: dict[str, dict[tuple[str, str], int]] = {}
    own = {one.name: _hosts(one) for one in listed}
    with progress(kept.lookups_due(options)) as advance:
        for found in kept.find_mementos(session, listed, options):
            for name, trouble in found.lookup.troubles.items():
                counts = troubled.setdefault(name, {})
                remedy = "the next run asks again"
                # Only what the user named himself: no archive may lead citekit into a private network.
                if trouble.code == FailureKind.UNSAFE and trouble.host in own[name]:
                    remedy = f"allow it with --allow-host {trouble.host}"
                counts[trouble.message, remedy] = counts.get((trouble.message, remedy), 0) + 1
            advance(found.url)
    for name, counts in troubled.items():
        for (message, remedy), number in counts.items():
            complain(f"{name}: {message} ({counted(number, 'page')}); {remedy}")


def _hosts(archive: Archive) -> set[str]:
    """The hosts that an archive is asked at."""
    asked = (archive.cdx, archive.timegate, archive.availability, archive.timemap)
    return {urlsplit(address).netloc for address in asked if address}


def _capture(kept: Store, session: Session, options: ArchiveOptions) -> bool:
    """Capture the pages; whether all that were tried were."""
    from citekit.archive.exchange import Exchange

    done = True
    with progress(sum(1 for _ in kept.links())) as advance:
        for link, made in kept.capture_links(session, options):
            if isinstance(made, Exchange):
                reason = made.failure.message if made.failure else f"{link.url}: HTTP {made.status}"
                complain(f"{reason}; not captured")
                done = False
            advance(link.url)
    return done


def _save(kept: Store, session: Session, saving: Sequence[Archive], options: ArchiveOptions) -> bool:
    """Have pages saved; whether the archives took the access keys."""
    from citekit.archive.save_page_now import credentials
    from citekit.archive.trouble import Trouble, TroubleKind
    from citekit.cli.wording import counted

    keys = {archive.name: credentials(archive) for archive in saving}
    kept.queue_saves(saving, options)
    waiting = sum(1 for job in kept.jobs() if job.ended_at is None)
    refused: list[str] = []

    def closed(name: str, trouble: Trouble) -> None:
        if trouble.kind is TroubleKind.REFUSED:
            refused.append(f"{name}: {trouble.message}; nothing more is sent")

    with progress(waiting) as advance:
        for job in kept.save_links(session, saving, options, keys=keys, closed=closed):
            if job.ended_at is not None:
                advance(job.url)
    left = [job for job in kept.jobs() if job.ended_at is None]
    if left:
        reasons = dict.fromkeys(job.message or job.error or "not ready" for job in left)
        complain(f"{counted(len(left), 'page')} still to be saved ({'; '.join(reasons)}); run citekit archive again")
    for told in refused:
        complain(told)
    return not refused


def _print(kept: Store) -> bool:
    """One object a link (docs/schema/archive.json); whether there is anything to look at."""
    from citekit.store.memento_reading import days_read
    from citekit.wording import without_passwords

    found = False
    jobs: dict[int, list[object]] = {}
    for job in kept.jobs():
        jobs.setdefault(job.link, []).append(job.to_json())
    for link, copies in kept.links_with_mementos():
        found |= not copies
        print_json(
            {
                "schema": "citekit/archive/1",
                "url": without_passwords(link.url),
                "kind": link.kind.value,
                "accessed": days_read(link.citations),
                "copies": [{**copy.memento.to_json(), "wanted": list(copy.wanted)} for copy in copies],
                "jobs": jobs.get(link.id, []),
            }
        )
    return found


def _show(kept: Store) -> bool:
    """Print each link with its copies; whether there is anything to look at."""
    from rich.table import Table
    from rich.text import Text

    from citekit.archive.jobs import JobState
    from citekit.archive.urls import LinkKind
    from citekit.cli.wording import counted, one_line
    from citekit.store.memento_reading import days_read

    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
    for name, ratio in (("Address", 2), ("Read", None), ("Copy", 3), ("Saving", 1)):
        table.add_column(name, overflow="fold", ratio=ratio, no_wrap=ratio is None)
    states = {job.link: job for job in kept.jobs()}
    without = failed = resolved = 0
    for link, copies in kept.links_with_mementos():
        job = states.get(link.id)
        saving = ""
        if job is not None:
            saving = job.state.value + (f": {job.message or job.error}" if job.message or job.error else "")
            failed += job.state is JobState.FAILED
        best = [copy for copy in copies if copy.wanted] or list(copies)
        without += not best and link.kind is LinkKind.WEB
        resolved += not best and link.kind in (LinkKind.DOI, LinkKind.HANDLE)
        shown = "\n".join(one_line(copy.memento.url) for copy in best)
        table.add_row(
            Text(one_line(link.url)), Text("\n".join(days_read(link.citations))), Text(shown), Text(one_line(saving))
        )
    output = console()
    if table.row_count:
        output.print(table)
    parts = [counted(table.row_count, "link"), f"{without} without a copy"]
    if resolved:
        parts.append(f"{counted(resolved, 'DOI or handle', 'DOIs and handles')} not looked for")
    if failed:
        parts.append(f"{failed} not saved")
    output.print(Text(", ".join(parts)))
    return bool(without or failed)
