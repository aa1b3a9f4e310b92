"""`citekit conflicts`: where the sources of a work disagree."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, FINDINGS
from citekit.cli.streams import console, print_json

__all__ = ["command"]


@click.command(
    "conflicts",
    short_help="List fields on which the citations of a work disagree.",
    epilog=examples(
        "citekit conflicts", "citekit conflicts --field issued", "citekit conflicts --json | jq -r .key | sort -u"
    ),
)
@click.option("--field", metavar="FIELD", help="Only this field: title, author, issued …")
@click.option("--strict", is_flag=True, help="Exit with status 3 when there is a conflict.")
@as_json
@store
def command(field: str | None, strict: bool, as_json: bool, store_path: str) -> int:
    """List each field that full citations and imports of a work state differently, with the value that was chosen (*).

    Case, accents, punctuation and dashes are no difference; nor is saying less: initials for given names, a year for
    a day, a short title. What short forms (op. cit., Weber, Wirtschaft, S. 33) seem to say is not weighed. A field that
    you set with citekit edit is settled.
    """
    import citekit

    found = 0
    with citekit.open(store_path, create=False) as kept:
        for conflict in kept.conflicts(field):
            found += 1
            if as_json:
                print_json(conflict.to_json())
                continue
            from rich.text import Text

            from citekit.cli.wording import counted, field_words, one_line

            console().print(Text.assemble((one_line(conflict.key), "bold"), f"  {conflict.field}"), soft_wrap=True)
            for value, number in conflict.values:
                mark = "*" if value == conflict.chosen else " "
                line = f"  {mark} {one_line(field_words(value))} ({counted(number, 'statement')})"
                console().print(Text(line), soft_wrap=True)
    if not as_json:
        from rich.text import Text

        from citekit.cli.wording import counted

        console().print(Text(counted(found, "conflict")))
    return FINDINGS if strict and found else DONE
