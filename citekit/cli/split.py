"""`citekit split`: citations that are of another work."""

from __future__ import annotations

import re

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE

__all__ = ["command", "numbers"]

_RANGE = re.compile(r"([0-9]{1,30})(?:-([0-9]{1,30}))?")
_MOST = 100_000  # citations of one work; a higher number is a slip of the finger


@click.command(
    "split",
    short_help="Decide that some citations of a work are of another one.",
    epilog=examples(
        "citekit show weber1922wirtschaft                    # numbers its citations",
        "citekit split weber1922wirtschaft --citations 3,7-9",
    ),
)
@click.argument("key", metavar="KEY")
@click.option(
    "--citations",
    metavar="NUMBERS",
    required=True,
    help="The citations that are of another work, by the numbers that citekit show gives them: 2 or 3,7-9.",
)
@as_json
@store
def command(key: str, citations: str, as_json: bool, store_path: str) -> int:
    """Decide that some citations of the work KEY are of another work, which gets a citation key of its own.

    The other citations keep KEY. A note that refers back (Ibid.) stays with them; name it too where it is to go along.
    """
    import citekit
    from citekit.cli.deciding import tell

    with citekit.open(store_path, create=False) as kept:
        tell(kept, kept.split(key, numbers(citations)), as_json=as_json)
    return DONE


def numbers(listed: str) -> list[int]:
    """`3,7-9` as numbers.

    Raises:
        click.UsageError: when it is not such a list.
    """
    found: list[int] = []
    for part in listed.replace(" ", "").split(","):
        written = _RANGE.fullmatch(part)
        if written is None:
            raise click.UsageError(f"--citations: {part!r} is no number; write 2 or 3,7-9")
        first, last = int(written[1]), int(written[2] or written[1])
        if last > _MOST:
            raise click.UsageError(
                f"--citations: {part}: a work has at most {_MOST:,} citations; citekit show numbers them"
            )
        if last < first:
            raise click.UsageError(f"--citations: {part} is no range; write the lower number first")
        found += range(first, last + 1)
    return found
