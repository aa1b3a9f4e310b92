"""`citekit rescue`: an archived copy in the place of a page that is gone."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, complain
from citekit.cli.streams import console, print_json

__all__ = ["command"]


@click.command(
    "rescue",
    short_help="Put archived copies in the place of pages that are gone.",
    epilog=examples(
        "citekit rescue",
        "citekit rescue --accept yang2007mubei",
        "citekit rescue --accept-all",
    ),
)
@click.option("--accept", "accepted", metavar="KEY", multiple=True, help="Write the proposal to this work.")
@click.option("--accept-all", is_flag=True, help="Write each proposal to its work.")
@as_json
@store
def command(*, accepted: tuple[str, ...], accept_all: bool, as_json: bool, store_path: str) -> int:
    """Propose, for each work whose page is dead, soft-404, parked or drifted, the best archived copy.

    A copy is proposed when citekit check --archives found it good; of several, the one closest to the day on which the
    page was read. A good copy that a work names itself is proposed where the work does not say that its page is gone,
    or gives the copy another day than its address does. Accepted, it becomes the work's archive-url, with archive-date
    and url-status (dead, usurped for a parked name, deviated for a page that drifted): three decisions that citekit
    undo takes back, and that exports hold. For a work that --accept names and that has no proposal it is told why.
    """
    import citekit
    from citekit.errors import NoSuchWorkError

    with citekit.open(store_path, create=False) as kept:
        asked = {kept.work(key).key for key in accepted}
        proposed = list(kept.rescues())
        if missing := sorted(asked - {one.key for one in proposed}):
            why = kept.not_rescued(missing)
            raise NoSuchWorkError("; ".join(f"{key}: nothing is proposed: {why[key]}" for key in missing))
        for one in proposed:
            taken = accept_all or one.key in asked
            if taken:
                kept.accept(one)
            if as_json:
                print_json({"schema": "citekit/rescue/1", **one.to_json(), "accepted": taken})
            else:
                _show(one.key, one.verdict.value, one.archive_url, one.copy_reason, taken=taken)
        if not proposed:
            complain("nothing to propose; run citekit check, citekit archive and citekit check --archives first")
    return DONE


def _show(key: str, verdict: str, address: str, reason: str, *, taken: bool) -> None:
    from rich.text import Text

    from citekit.cli.wording import one_line

    words = "accepted" if taken else "proposed"
    line = Text.assemble((one_line(key), "bold"), f"  {verdict}  {words}: {one_line(address)} ({one_line(reason)})")
    console().print(line, soft_wrap=True)
