"""`citekit edit`: what a field of a work says."""

from __future__ import annotations

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE

__all__ = ["command"]


@click.command(
    "edit",
    short_help="Decide what a field of a work says.",
    epilog=examples(
        "citekit edit levi1963tregua publisher-place Torino",
        "citekit edit levi1963tregua author 'Levi, Primo'",
        "citekit edit levi1963tregua issued 1963-04",
        "citekit edit levi1963tregua note --delete",
    ),
)
@click.argument("key", metavar="KEY")
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="[VALUE]", required=False)
@click.option("--delete", is_flag=True, help="The work has no such field.")
@as_json
@store
def command(*, key: str, field: str, value: str | None, delete: bool, as_json: bool, store_path: str) -> int:
    """Decide that the field FIELD of the work KEY says VALUE; no citation and no program changes it any more.

    FIELD is a variable of CSL (title, author, issued, publisher-place, DOI …). Names are written "Family, Given;
    Family, Given", an institution without a comma; dates in EDTF: 1963, 1963-04, 1849/1853, 1790~ (about), 1790?
    (perhaps). citekit show KEY --why FIELD tells who says what.
    """
    import citekit
    from citekit.cli.deciding import tell

    if delete == (value is not None):
        raise click.UsageError("give a value, or --delete")
    with citekit.open(store_path, create=False) as kept:
        tell(kept, kept.edit(key, field, value), as_json=as_json)
    return DONE
