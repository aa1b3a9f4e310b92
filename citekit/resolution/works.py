"""From full citations to works before the short forms are read, and to the finished works afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.matching import cluster, merge
from citekit.model import Citation, Form, Item, Keeper, Work
from citekit.resolution.archives import archives_in_full, under_full_name
from citekit.resolution.ledger import Draft, Ledger
from citekit.resolution.letters_again import different_letters
from citekit.resolution.state import State

__all__ = ["finished", "ledger_of_full_citations"]


def ledger_of_full_citations(citations: Sequence[Citation], items: Sequence[Item]) -> tuple[Ledger, dict[int, int]]:
    """The works that are cited in full or stated by an entry, and the work of each such citation.

    A work cited in full twice, in two notes or in a note and the bibliography, is one work; so are all citations by one
    key. The archive of a work is printed as the document explains it, whatever siglum another citation has for it.
    """
    ledger = Ledger()
    works: dict[int, int] = {}
    archives = archives_in_full(citations)
    compared = [under_full_name(item, archives) for item in items] if archives else items
    for group in _groups(citations, compared):
        full = tuple(index for index in group if citations[index].form is Form.FULL)
        said = {_identity(citations[index]) or index: compared[index] for index in reversed(group)}  # each entry once
        draft = ledger.open(list(reversed(said.values())), full)
        works |= dict.fromkeys(group, draft.number)
    return ledger, works


def _groups(citations: Sequence[Citation], items: Sequence[Item]) -> list[tuple[int, ...]]:
    """The citations of each work, as indices."""
    of_key: dict[tuple[Keeper, str], list[int]] = {}
    heads = []  # one citation for each key, and each one without
    for index, citation in enumerate(citations):
        key = _identity(citation)
        if key is None:
            if citation.form is Form.FULL or (citation.keyed and citation.keyed.names_work):
                heads.append(index)
        elif key in of_key:
            of_key[key].append(index)
        else:
            of_key[key] = [index]
            heads.append(index)
    groups = []
    for group in cluster([items[index] for index in heads]):
        for part in (
            letters
            for listed in _told_apart([heads[member] for member in group], citations)
            for letters in different_letters(listed, items)
        ):
            members = {index for head in part for index in (head, *of_key.get(_identity(citations[head]) or _NONE, ()))}
            groups.append(tuple(sorted(members)))
    return sorted(groups)


_NONE = (Keeper.CSL, "")


def _identity(citation: Citation) -> tuple[Keeper, str] | None:
    """The key by which a citation states its work; a wiki's template is no proof, for two works can have one name."""
    entry = citation.keyed
    if entry is None or not entry.key or not entry.names_work or entry.keeper is Keeper.TEMPLATE:
        return None
    return entry.keeper, entry.key


def _told_apart(group: list[int], citations: Sequence[Citation]) -> list[list[int]]:
    """A group cut where its author has two entries: in one bibliography, two keys are two works."""
    parts: dict[tuple[Keeper, str], list[int]] = {}
    others = []
    for index in group:
        key = _identity(citations[index])
        if key is not None and key[0] in _ONE_BIBLIOGRAPHY:
            parts.setdefault(key, []).append(index)
        else:
            others.append(index)
    if len(parts) < 2:
        return [group]
    return [*parts.values(), *([others] if others else [])]


_ONE_BIBLIOGRAPHY = (Keeper.LATEX, Keeper.PANDOC, Keeper.WORD)


def finished(state: State) -> tuple[tuple[Work, ...], tuple[Citation, ...]]:
    """The works in order of first mention, and the citations with their works."""
    cited: dict[int, list[int]] = {}
    for index in range(len(state.citations)):
        for number in state.decisions[index].works:
            cited.setdefault(number, []).append(index)
    names = {number: f"w{place}" for place, number in enumerate(cited, start=1)}
    works = tuple(
        Work(
            names[number],
            _record(state.draft(number)),
            tuple(state.citations[index].id for index in indices),
            state.draft(number).incomplete,
        )
        for number, indices in cited.items()
    )
    sure = _sureness(state)
    return works, tuple(
        replace(
            citation,
            confidence=sure[index],
            form=Form.FULL if _is_first_mention(state, index) else citation.form,
            works=tuple(names[number] for number in state.decisions[index].works),
            resolution=state.decisions[index].resolution,
            locator=state.locator(index),
        )
        for index, citation in enumerate(state.citations)
    )


def _sureness(state: State) -> list[float]:
    """How sure each citation is: an ibid. no surer than the one that it leans on."""
    sure: list[float] = []
    of_id: dict[str, float] = {}
    for index, citation in enumerate(state.citations):
        resolution = state.decisions[index].resolution
        leans_on = resolution.antecedent if resolution is not None and citation.form is Form.IBID else None
        sure.append(min(citation.confidence, of_id.get(leans_on or "", 1.0)))
        of_id[citation.id] = sure[-1]
    return sure


def _is_first_mention(state: State, index: int) -> bool:
    """Whether no rule had to lead a citation anywhere: it names its work itself, however short it is."""
    decision = state.decisions[index]
    return bool(decision.works) and decision.resolution is None


def _record(draft: Draft) -> Item:
    """What the full citations of a work say together; of a work never cited in full, its short forms."""
    return merge(draft.items)
