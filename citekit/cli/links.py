"""`citekit links`: each web address that the store's citations state, once."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

__all__ = ["command"]


@click.command(
    "links",
    short_help="List the web addresses that are cited.",
    epilog=examples("citekit links", "citekit links --json | jq -r .url"),
)
@as_json
@store
def command(as_json: bool, store_path: str) -> int:
    """List each web address, DOI and handle that citations state, once, with how often it is cited.

    Addresses are cleaned of line breaks and of punctuation around them; one in a web archive stands for the page that
    the archive keeps. Addresses that lead to the same page are one link: http and https, with and without "www.";
    other hosts of a site ("www2.", "m.") answer for themselves.
    With --json each link gives one line, with all its citations and each address as printed.
    The password of an address is printed as ***.
    """
    import citekit
    from citekit.wording import without_passwords

    with citekit.open(store_path, create=False) as kept:
        if as_json:
            for link in kept.links():
                print_json(without_passwords({"schema": "citekit/links/1", **link.to_json()}))
            return DONE
        from rich.table import Table
        from rich.text import Text

        from citekit.cli.wording import counted, one_line

        table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
        table.add_column("Address", overflow="fold", ratio=1)
        table.add_column("Archived", justify="right", no_wrap=True)
        table.add_column("Cited", justify="right", no_wrap=True)
        for link in kept.links():
            copies = len({citation.memento for citation in link.citations if citation.memento})
            cited = len(link.citations)
            table.add_row(Text(one_line(link.url)), Text(str(copies) if copies else ""), Text(str(cited)))
        output = console()
        if table.row_count:
            output.print(table)
        output.print(Text(counted(table.row_count, "link")))
    return DONE
