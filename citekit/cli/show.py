"""`citekit show`: one work, with each citation of it in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from rich.text import Text

    from citekit.store import Store, StoredCitation, StoredWork
    from citekit.store.relation_reading import Relation
    from citekit.store.statements import FieldStatements, Statement

__all__ = ["command"]

_CONTEXT = 300  # code points on each side: a long sentence
_HIGHLIGHT = "bold yellow"


@click.command(
    "show",
    short_help="Show one work and each citation of it in its context.",
    epilog=examples(
        "citekit show weber1922wirtschaft",
        "citekit show weber1922wirtschaft --why title",
        "citekit show weber1922wirtschaft --json | jq .item",
    ),
)
@click.argument("key", metavar="KEY")
@click.option(
    "--why", "field", metavar="FIELD", help="Show who says what about this field, and why its value was chosen."
)
@as_json
@store
def command(key: str, field: str | None, as_json: bool, store_path: str) -> int:
    """Show the work with the citation key KEY, and each citation of it: where it stands, and the words around it."""
    import citekit

    with citekit.open(store_path, create=False) as kept:
        if field is not None:
            said = kept.statements(key, field)
            if as_json:
                print_json(said.to_json())
            else:
                _explain(said)
            return DONE
        work = kept.work(key)
        if as_json:
            print_json({**work.to_json(), "relations": [relation.to_json() for relation in kept.relations(work.key)]})
        else:
            _show(kept, work)
    return DONE


def _show(kept: Store, work: StoredWork) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from citekit.cli.wording import counted, field_words, one_line, reference

    output = console()
    output.print(Text.assemble((one_line(work.key), "bold"), f"  {reference(work.item)}"))
    table = Table(box=None, show_header=False, pad_edge=True)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    custom = dict(work.item.get("custom") or {})
    others = custom.pop("fields", None)  # of imported records, without a place in CSL
    more = others if isinstance(others, dict) else {} if others is None else {"fields": others}
    fields = {**work.item, **custom, **{name: value for name, value in more.items() if name not in work.item}}
    for name, value in fields.items():
        if name not in ("id", "custom"):
            table.add_row(Text(one_line(name)), Text(one_line(field_words(value))))
    output.print(table)
    for relation in kept.relations(work.key):
        output.print(Text(one_line(_relation(relation, work.key))), soft_wrap=True)
    output.print(Text(counted(len(work.citations), "citation")))
    for number, citation in enumerate(work.citations, 1):
        output.print()
        output.print(Text(f"{number}. {_place(citation)}", style="bold"), soft_wrap=True)
        output.print(Padding(_in_context(kept, citation), (0, 0, 0, 2)))


def _explain(said: FieldStatements) -> None:
    """The chosen value, the reason, and each statement with its place."""
    from rich.text import Text

    from citekit.cli.wording import counted, field_words, one_line

    output = console()
    chosen = "(nothing)" if said.chosen is None else one_line(field_words(said.chosen))
    output.print(Text.assemble((one_line(said.key), "bold"), f"  {said.field}: ", (chosen, "bold")), soft_wrap=True)
    output.print(Text(f"because: {said.reason}"), soft_wrap=True)
    output.print(Text(counted(len(said.statements), "statement")))
    for statement in said.statements:
        value = "(deleted)" if statement.value is None else one_line(field_words(statement.value))
        mark = "*" if statement.value == said.chosen else " "
        output.print(Text(f"{mark} {value}", style="bold" if mark == "*" else ""), soft_wrap=True)
        output.print(Text(f"    {_source(statement)}"), soft_wrap=True)


def _source(statement: Statement) -> str:
    """`thesis.txt, note 14, read 2024-05-01, confidence 0.97: Weber, Wirtschaft, …`."""
    from citekit.cli.wording import one_line

    day = statement.said_at[:10]
    if statement.decision is not None:
        return f"you, on {day} (decision {statement.decision})"
    place = f"{statement.document}, note {statement.note}" if statement.note else statement.document
    how = "" if statement.weighed else " (a short form, not weighed)"
    return one_line(f"{place}, read {day}, confidence {statement.confidence:.2f}{how}: {statement.text}")


def _relation(relation: Relation, key: str) -> str:
    """`translation of genette1972figures (thesis.txt, note 1)`, from the side of the work with this key."""
    kind = relation.kind.value.replace("-", " ")
    said = f"{kind} {relation.target}" if relation.work == key else f"{relation.work} is {kind} this"
    note = f", note {relation.note}" if relation.note else ""
    return f"{said} ({relation.document}{note})"


def _place(citation: StoredCitation) -> str:
    """`thesis.txt, note 14, characters 210-260 (short, page 17)`."""
    from citekit.cli.wording import one_line

    stands = f"note {citation.note}" if citation.note else "in a note" if citation.note_text else "in the text"
    how = [citation.form.value]
    if citation.locator:
        how.append(f"{citation.locator.label} {citation.locator.value}")
    start, end = citation.span
    return one_line(f"{citation.document}, {stands}, characters {start}-{end} ({', '.join(how)})")


def _in_context(kept: Store, citation: StoredCitation) -> Text:
    """The citation, highlighted, in the words of its note, or in its sentence."""
    from rich.text import Text

    from citekit.cli.wording import one_line, sentence_end, sentence_start

    whole = citation.note_text or ""
    place = whole.find(citation.text)
    if place >= 0:
        before, behind = whole[:place], whole[place + len(citation.text) :]
        cut_before, cut_behind = len(before) > _CONTEXT, len(behind) > _CONTEXT
        before, behind = before[-_CONTEXT:], behind[:_CONTEXT]
    else:
        before, behind = kept.context(citation, _CONTEXT)
        cut_before, cut_behind = len(before) == _CONTEXT, len(behind) == _CONTEXT
        start, end = sentence_start(before), sentence_end(behind)
        before, cut_before = (before[start:], False) if start else (before, cut_before)
        behind, cut_behind = (behind[:end], False) if end < len(behind) else (behind, cut_behind)
    return Text.assemble(
        "…" if cut_before else "",
        one_line(before) + " " * before[-1:].isspace(),
        (one_line(citation.text), _HIGHLIGHT),
        " " * behind[:1].isspace() + one_line(behind),
        "…" if cut_behind else "",
    )
