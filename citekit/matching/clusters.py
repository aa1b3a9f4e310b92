"""Groups of records that are one work.

Matches are not transitive: a title without its volume matches volume 1 and volume 2, which are two works. So no group
holds a pair with a veto, and a record that fits two groups that exclude each other stays out of both, unless it fits
one of them clearly better: refusing beats guessing. The groups depend on the records alone, never on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations

from citekit.matching.blocking import keys_of
from citekit.matching.candidates import candidates
from citekit.matching.comparison import KEYWORDS, match_probability
from citekit.matching.processes import mapped
from citekit.matching.record import Record, record_of, said_by
from citekit.matching.vetoes import a_matter_of_spelling, any_veto, articles
from citekit.matching.weights import SAME
from citekit.model import Item

__all__ = ["Grouping", "cluster", "grouped"]

CLEARLY = 20.0  # how many times the odds of the second-best group the best must have
_TOLD = 1_000  # records between two words on how far it is
_MANY = 10  # from so many pairs on, a few exclusions among them may be misprints
_ODD = 1 / 8  # the share of pairs that may be


@dataclass(slots=True)
class _Graph:
    """What is known of each pair of nodes; nodes are numbered in an order that follows from their content."""

    records: list[Record]
    apart: set[tuple[int, int]]
    matches: dict[tuple[int, int], float] = field(default_factory=dict)
    excluded: dict[tuple[int, int], bool] = field(default_factory=dict)
    forgiven: dict[tuple[int, int], bool] = field(default_factory=dict)

    def excludes(self, a: int, b: int) -> bool:
        """Whether two nodes may not be in one group."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self.excluded:
            known = pair not in self.apart and pair in self.matches
            self.excluded[pair] = not known and (pair in self.apart or any_veto(self.records[a], self.records[b]))
        return self.excluded[pair]

    def may_join(self, one: list[int], other: list[int]) -> bool:
        """Whether two groups exclude each other nowhere, or in an odd misprint among many matches.

        One citation with a wrong year or a mangled title would else split the citations of an often cited article.
        Only vetoes of spelling between articles are forgiven, none of volume, edition, translation or identifier.
        """
        pairs = [(x, y) for x in one for y in other]
        excluded = [pair for pair in pairs if self.excludes(*pair)]
        if not excluded:
            return True
        if len(pairs) < _MANY or len(excluded) > _ODD * len(pairs):
            return False
        matched = sum((min(pair), max(pair)) in self.matches for pair in pairs)
        return 2 * matched >= len(pairs) and all(self.forgivable(*pair) for pair in excluded)

    def forgivable(self, a: int, b: int) -> bool:
        """Whether misprints alone may make two nodes exclude each other."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self.forgiven:
            one, other = self.records[a], self.records[b]
            self.forgiven[pair] = articles(one, other) and pair not in self.apart and a_matter_of_spelling(one, other)
        return self.forgiven[pair]

    def hardly_ambiguous(self, node: int, a: int, b: int) -> bool:
        """Whether `a` and `b`, which both match `node`, seem to exclude each other by misprints alone.

        A title cut short that fits two longer ones is ambiguous all the same.
        """
        if (min(a, b), max(a, b)) in self.apart:
            return False
        titles = [record.title for record in (self.records[node], self.records[a], self.records[b])]
        lengths = [len(title.joined) if title else 0 for title in titles]
        if lengths[0] < KEYWORDS * min(lengths[1:]):
            return False
        return a_matter_of_spelling(self.records[a], self.records[b])


@dataclass(frozen=True, slots=True)
class Grouping:
    """Items in groups.

    Attributes:
        groups: positions of items, each in exactly one group, ascending; groups in the order of their first position.
        confidence: of each item, the probability of its best match in its group; 1.0 where it stands alone, for then
            it was matched with nothing.
    """

    groups: tuple[tuple[int, ...], ...]
    confidence: tuple[float, ...]


def cluster(
    items: Iterable[Item], *, apart: Iterable[tuple[int, int]] = (), bounded: bool = True
) -> tuple[tuple[int, ...], ...]:
    """Group items that are the same work.

    Args:
        items: CSL-JSON items.
        apart: pairs of positions in `items` that are known to be different works.
        bounded: whether keys that dozens of items share are cut (`citekit.matching.candidates`). What is found then
            depends on what else is in `items`; without, a group is the same among few items and among many.

    Returns:
        The groups as positions in `items`, each position in exactly one group, positions ascending, groups in the
        order of their first position. Another order of `items` gives the same groups.
    """
    return grouped(items, apart=apart, bounded=bounded).groups


def grouped(
    items: Iterable[Item],
    *,
    apart: Iterable[tuple[int, int]] = (),
    bounded: bool = True,
    processes: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> Grouping:
    """`cluster`, with how sure each item is where it is; for libraries of any size.

    Args:
        items: CSL-JSON items; each is read once and let go of.
        apart: pairs of positions in `items` that are known to be different works.
        bounded: as for `cluster`.
        processes: how many may work where there are thousands of items; the groups are the same.
        progress: called now and then with "read" or "compared" and how many items are.
    """
    records: list[Record] = []
    contents: list[bytes] = []
    for record, content in mapped(_read, items, processes=processes):
        records.append(record)
        contents.append(content)
        if progress is not None and len(records) % _TOLD == 0:
            progress("read", len(records))
    kept_apart = {(min(pair), max(pair)) for pair in apart if pair[0] != pair[1]}
    nodes = _nodes(contents, records, kept_apart)
    node_of = {position: node for node, positions in enumerate(nodes) for position in positions}
    graph = _Graph(
        [records[positions[0]] for positions in nodes],
        {(min(a, b), max(a, b)) for a, b in ((node_of[one], node_of[other]) for one, other in kept_apart)},
    )
    del records

    def matches_of(met: tuple[int, Sequence[int]]) -> list[tuple[int, int, float]]:
        node, others = met
        record = graph.records[node]
        probabilities = ((other, match_probability(record, graph.records[other])) for other in others)
        return [(node, other, probability) for other, probability in probabilities if probability >= SAME]

    met = candidates((keys_of(record) for record in graph.records), bounded=bounded)
    for done, found in enumerate(mapped(matches_of, met, processes=processes), 1):
        for node, other, probability in found:
            if (node, other) not in graph.apart:
                graph.matches[node, other] = probability
        if progress is not None and done % _TOLD == 0:
            progress("compared", done)
    found_groups = _groups(graph)
    sure = _confidence(found_groups, nodes, graph)
    groups = sorted(tuple(sorted(position for node in group for position in nodes[node])) for group in found_groups)
    return Grouping(tuple(groups), tuple(sure[node_of[position]] for position in range(len(contents))))


def _confidence(groups: Sequence[Sequence[int]], nodes: Sequence[Sequence[int]], graph: _Graph) -> dict[int, float]:
    """Of each node, the probability of its best match in its group."""
    group_of = {node: place for place, group in enumerate(groups) for node in group}
    best: dict[int, float] = {}
    for (a, b), probability in graph.matches.items():
        if group_of[a] == group_of[b]:
            best[a] = max(best.get(a, 0.0), probability)
            best[b] = max(best.get(b, 0.0), probability)
    for node, positions in enumerate(nodes):
        if len(positions) > 1:
            best[node] = max(best.get(node, 0.0), match_probability(graph.records[node], graph.records[node]))
    return {node: best.get(node, 1.0) for node in group_of}


def _read(item: Item) -> tuple[Record, bytes]:
    """An item read, and the digest of what it says beside its id."""
    content = {name: value for name, value in item.items() if name != "id"}
    ordered = said_by(content)
    return record_of(item, ordered), blake2b(ordered.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _nodes(contents: Sequence[bytes], records: Sequence[Record], apart: set[tuple[int, int]]) -> list[list[int]]:
    """Positions of items with the same content, in the order of their titles, which follows from the content.

    Items that are kept apart from another one stand alone, and so do those that do not even match themselves (a
    bare "Introduction").
    """
    constrained = {position for pair in apart for position in pair}
    by_content: defaultdict[tuple[str, bytes], list[int]] = defaultdict(list)
    for position, content in enumerate(contents):
        title = records[position].title
        by_content[title.joined if title else "", content].append(position)
    nodes = []
    for _, positions in sorted(by_content.items()):
        free = [position for position in positions if position not in constrained]
        record = records[positions[0]]
        if len(free) > 1 and match_probability(record, record) >= SAME:
            nodes.append(free)
        else:
            nodes.extend([position] for position in free)
        nodes.extend([position] for position in positions if position in constrained)
    return nodes


def _groups(graph: _Graph) -> list[list[int]]:
    """The groups of all nodes."""
    found = []
    components = _components(range(len(graph.records)), graph.matches)
    component_of = {node: place for place, nodes in enumerate(components) if len(nodes) > 2 for node in nodes}
    edges: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, probability in graph.matches.items():
        if pair[0] in component_of:
            edges[component_of[pair[0]]][pair] = probability
    for place, component in enumerate(components):
        found.extend(_divided(component, edges.pop(place, {}), graph))
    return found


def _components(nodes: Iterable[int], matches: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The connected components of the matches among `nodes`."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in matches:
        if a in parent and b in parent:
            parent[root(a)] = root(b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node in parent:
        members[root(node)].append(node)
    return [sorted(group) for group in members.values()]


def _divided(component: list[int], edges: dict[tuple[int, int], float], graph: _Graph) -> list[list[int]]:
    """A component, with the matches in it, as groups without exclusions."""
    if len(component) <= 2 or not any(graph.excludes(a, b) for a, b in combinations(component, 2)):
        return [component]
    undecided, kept = _undecided(component, edges, graph)
    decided = [node for node in component if node not in undecided]
    groups = []
    for part in _components(decided, kept):
        groups.extend(_grown(part, kept, graph))
    undecided -= _won_over(undecided, groups, edges, graph)
    if undecided:  # copies of one undecided record still belong together
        among = {pair: odds for pair, odds in edges.items() if pair[0] in undecided and pair[1] in undecided}
        for part in _components(sorted(undecided), among):
            groups.extend(_grown(part, among, graph))
    return groups


def _undecided(
    component: list[int], edges: dict[tuple[int, int], float], graph: _Graph
) -> tuple[set[int], dict[tuple[int, int], float]]:
    """Nodes that match two nodes that exclude each other, and the matches without those that lost clearly."""
    neighbours: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), probability in edges.items():
        neighbours[a].append((_odds(probability), b))
        neighbours[b].append((_odds(probability), a))
    undecided: set[int] = set()
    lost: set[tuple[int, int]] = set()
    for node in component:
        for (odds_a, a), (odds_b, b) in combinations(neighbours[node], 2):
            if not graph.excludes(a, b) or graph.hardly_ambiguous(node, a, b):
                continue
            if max(odds_a, odds_b) < CLEARLY * min(odds_a, odds_b):
                undecided.add(node)
            else:
                loser = a if odds_a < odds_b else b
                lost.add((min(node, loser), max(node, loser)))
    return undecided, {pair: probability for pair, probability in edges.items() if pair not in lost}


def _won_over(
    undecided: set[int], groups: list[list[int]], edges: Mapping[tuple[int, int], float], graph: _Graph
) -> set[int]:
    """Undecided nodes that join a group after all: what speaks against it are a few misprints among many citations.

    A node matches two that exclude each other. Where the exclusion is one that misprints bring about, and one group
    has many times the matches of all others, the others are the misprints.
    """
    group_of = {node: place for place, group in enumerate(groups) for node in group}
    joined: dict[int, list[int]] = defaultdict(list)
    for node in undecided:
        met: defaultdict[int, list[int]] = defaultdict(list)
        for a, b in edges:
            other = b if a == node else a if b == node else None
            if other is not None and other in group_of:
                met[group_of[other]].append(other)
        ranked = sorted(met.items(), key=lambda found: (-len(found[1]), found[0]))
        if not ranked or len(ranked[0][1]) < _MANY:
            continue
        best, inside = ranked[0]
        outside = [other for _, found in ranked[1:] for other in found]
        if len(outside) > _ODD * len(inside):
            continue
        rivals = [(a, b) for a in inside for b in outside if graph.excludes(a, b)]
        if all(graph.forgivable(a, b) for a, b in rivals) and graph.may_join(groups[best], [node]):
            joined[best].append(node)
    for place, nodes in joined.items():
        groups[place].extend(nodes)
    return {node for nodes in joined.values() for node in nodes}


def _odds(probability: float) -> float:
    return probability / max(1e-9, 1.0 - probability)


def _grown(part: list[int], edges: dict[tuple[int, int], float], graph: _Graph) -> list[list[int]]:
    """Groups grown from the surest matches, joined only where no pair across them is excluded.

    The surest are those that have the most neighbours in common: a record misprinted so that many exclude it comes
    last, and cannot keep the others apart.
    """
    inside = set(part)
    within = {pair: probability for pair, probability in edges.items() if inside.issuperset(pair)}
    neighbours = {node: {node} for node in part}
    for a, b in within:
        neighbours[a].add(b)
        neighbours[b].add(a)
    ranked = sorted(
        (-probability * len(neighbours[a] & neighbours[b]) / len(neighbours[a] | neighbours[b]), (a, b))
        for (a, b), probability in within.items()
    )
    group_of = {node: [node] for node in part}
    refused: set[tuple[int, int, int, int]] = set()
    for _, (a, b) in ranked:
        one, other = group_of[a], group_of[b]
        attempt = (one[0], len(one), other[0], len(other))
        if one is other or attempt in refused:
            continue
        if not graph.may_join(one, other):
            refused.update({attempt, attempt[2:] + attempt[:2]})
            continue
        one.extend(other)
        for node in other:
            group_of[node] = one
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]
