"""The works beside the text: each with all its citations, and each citation with the fields that were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from citekit.annotation.body import antecedent_link, field_id, linked_ids
from citekit.annotation.escaping import address, language, text
from citekit.annotation.rules import rule_in_words
from citekit.annotation.view import View
from citekit.grades import figure, grade, sureness
from citekit.model import Citation, Item, Resolution, Work
from citekit.wording import counted, field_words, one_line, reference

__all__ = ["to_check", "works"]

_EXCERPT = 160  # characters by which a citation is recognised; the whole stands in the text


def works(view: View) -> str:
    """All works in the order of their first mention, then the citations that lead to none."""
    extraction = view.extraction
    pieces = [_work(view, work) for work in extraction.works]
    lost = [citation for citation in extraction.citations if not citation.works]
    if lost:
        doubtful = " u" if any(citation.id in view.doubts for citation in lost) else ""
        cards = "".join(_card(view, citation) for citation in lost)
        heading = "<h3>Citations that lead to no work</h3>"
        pieces.append(f'<section class="wk{doubtful}" id="no-work">{heading}<ol>{cards}</ol></section>')
    return "".join(pieces)


def to_check(view: View) -> tuple[int, str]:
    """How many places somebody should look at, and the list of them in the order of the text."""
    extraction = view.extraction
    rows: list[tuple[int, str]] = []
    for citation in extraction.citations:
        if doubts := view.doubts.get(citation.id):
            words = f"<bdi>{text(one_line(view.words(citation), 80))}</bdi>"
            rows.append((citation.span.start, _row(view, citation.id, view.place(citation), words, doubts)))
    for name, marker in view.lost.items():
        messages = [remark.message for remark in view.remarks.get(name, ())] or ["it has no note"]
        rows.append((marker.span.start, _row(view, name, f"marker {one_line(marker.label, 20)}", "", messages)))
    for note in extraction.notes:
        if remarks := view.remarks.get(note.id):
            messages = [remark.message for remark in remarks]
            rows.append((note.span.start, _row(view, note.id, view.note_names[note.id], "", messages)))
    general = [f"<li>{linked_ids(view, remark.message)}</li>" for remark in view.remarks.get("", ())]
    listed = "".join((*general, *(row for _, row in sorted(rows, key=lambda row: row[0]))))
    return len(general) + len(rows), f'<ol class="ck">{listed}</ol>' if listed else ""


def _row(view: View, target: str, where: str, words: str, messages: Iterable[str]) -> str:
    said = "; ".join(linked_ids(view, message) for message in messages)
    return f'<li><a href="#{target}">{text(where)}</a> {words} <span class="d">{said}</span></li>'


def _work(view: View, work: Work) -> str:
    cited = [view.citations[name] for name in work.citations]
    doubtful = " u" if any(citation.id in view.doubts for citation in cited) else ""
    merged = f"<details><summary>all that its citations say</summary>{_item(work.item)}</details>"
    if len(cited) == 1:
        merged = ""  # its fields say it already
    incomplete = ", never in full" if work.incomplete else ""
    # A citation of several works is told in full with the first of them.
    cards = "".join(
        _card(view, citation) if citation.works[0] == work.id else _mention(view, citation) for citation in cited
    )
    return (
        f'<article class="wk{doubtful}" id="{work.id}"><h3><a href="#{work.id}">{work.id}</a> '
        f"<bdi{language(work.item.get('language'))}>{text(reference(work.item))}</bdi></h3>"
        f'<p class="s">cited {_times(len(cited))}{incomplete}</p>'
        f"{merged}<ol>{cards}</ol></article>"
    )


def _times(number: int) -> str:
    return "once" if number == 1 else counted(number, "time")


def _mention(view: View, citation: Citation) -> str:
    return (
        f'<li class="k"><a href="#{citation.id}">{text(view.place(citation))}</a> '
        f'<a class="s" href="#k-{citation.id}">with {text(citation.works[0])}</a></li>'
    )


def _card(view: View, citation: Citation) -> str:
    doubts = view.doubts.get(citation.id, ())
    confidence = sureness(citation)
    sure = grade(confidence)
    told = [citation.form.value, f"{sure.words} {figure(confidence)}"]
    if citation.locator:
        told.append(f"{citation.locator.label} {citation.locator.value}")
    if citation.signal:
        told.append(f"“{one_line(citation.signal, 40)}”")
    warned = "".join(f'<p class="d">⚠ {linked_ids(view, doubt)}</p>' for doubt in doubts)
    return (
        f'<li class="k g{sure.value}{" u" if doubts else ""}" id="k-{citation.id}">'
        f'<a href="#{citation.id}">{text(view.place(citation))}</a> '
        f"<bdi>{text(one_line(view.words(citation), _EXCERPT))}</bdi>"
        f'<p class="s">{text(citation.id)} · <span class="gr">{text(" · ".join(told))}</span></p>'
        f"{_led(view, citation.resolution)}{warned}{_fields(citation)}</li>"
    )


def _led(view: View, resolution: Resolution | None) -> str:
    if resolution is None:
        return ""
    told = text(f"{rule_in_words(resolution.method)} ({resolution.method}, {figure(resolution.confidence)})")
    if antecedent := view.citations.get(resolution.antecedent or ""):
        told = f'leads to <a href="#{antecedent.id}">{text(view.place(antecedent))}</a>: {told}'
    others = [view.citations[name] for name in resolution.alternatives if name in view.citations]
    listed = "".join(f"<li>{antecedent_link(view, other)}</li>" for other in others)
    alternatives = f'<p class="s">could also be</p><ul>{listed}</ul>' if listed else ""
    return f'<p class="s">{told}</p>{alternatives}'


def _fields(citation: Citation) -> str:
    """The fields that were read, each linked to its words."""
    if not citation.field_spans:
        return ""
    rows = []
    for name, spans in citation.field_spans.items():
        links = " ".join(_field_link(citation, name, number) for number in range(len(spans)))
        sure = citation.field_confidence.get(name)
        told = f' <span class="s">{grade(sure).words} {figure(sure)}</span>' if sure is not None else ""
        rows.append(f"<dt>{links}</dt><dd>{_words(field_words(_value(citation, name)))}{told}</dd>")
    summary = counted(len(rows), "field")
    return f'<details class="fs"><summary>{summary}</summary><dl>{"".join(rows)}</dl></details>'


def _field_link(citation: Citation, name: str, number: int) -> str:
    """A field's name as a link to its words; for a further stretch of them its number."""
    words = text(name.replace("-", " "))
    spoken = f' aria-label="{words}, part {number + 1}"' if number else ""
    return f'<a href="#{text(field_id(citation, name, number))}"{spoken}>{number + 1 if number else words}</a>'


def _value(citation: Citation, name: str) -> Any:
    """What was read from a field's words, wherever the item keeps it."""
    if name == "locator" and citation.locator:
        return f"{citation.locator.label} {citation.locator.value}"
    custom = citation.item.get("custom")
    value = citation.item.get(name)
    return custom.get(name) if value is None and isinstance(custom, Mapping) else value


def _item(item: Item) -> str:
    rows = []
    for name, value in item.items():
        if isinstance(value, Mapping) and name == "custom":
            rows += [f"<dt>{text(str(part))}</dt><dd>{_words(field_words(said))}</dd>" for part, said in value.items()]
        else:
            rows.append(f"<dt>{text(name.replace('-', ' '))}</dt><dd>{_words(field_words(value))}</dd>")
    return f"<dl>{''.join(rows)}</dl>"


def _words(said: str) -> str:
    """A field's words; a web address can be followed."""
    if link := address(said):
        return f'<a href="{link}" rel="noopener noreferrer nofollow"><bdi>{link}</bdi></a>'
    return f"<bdi>{text(said)}</bdi>" if said else "–"
