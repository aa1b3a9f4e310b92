"""What the decisions in force demand of the groups: which mentions are one work, and which are not.

A mention is one of the works that one citation cites. Demands can contradict each other: the user merges two works
and later parts them. The later decision wins, as far as the two collide and no further. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Constraints", "Demand", "JoinedBlocks", "Mention", "settle"]


class Mention(NamedTuple):
    """A citation (its row), and which of the works that it cites (from 0)."""

    citation: int
    place: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What one decision demands.

    Attributes:
        event: the decision; later ones have higher numbers.
        together: sets of mentions, each of which is one work.
        apart: two sides; no mention of one is the work of a mention of the other.
    """

    event: int
    together: tuple[tuple[Mention, ...], ...] = ()
    apart: tuple[tuple[Mention, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Constraints:
    """What holds in the end.

    Attributes:
        block: the number of the block that each mention belongs to; a block is one work.
        enemies: the blocks that are other works than a block, both ways.
        blocks: the mentions of each block.
        overridden: decisions that a later one overrides, at least in part.
    """

    block: dict[Mention, int]
    enemies: dict[int, frozenset[int]]
    blocks: dict[int, tuple[Mention, ...]]
    overridden: frozenset[int] = frozenset()


class JoinedBlocks:
    """Blocks, of which the machine has put some together: what a document was read to say, where nothing forbids it."""

    def __init__(self, constraints: Constraints) -> None:
        self._parent: dict[int, int] = {}
        self._enemies = {block: set(enemies) for block, enemies in constraints.enemies.items()}

    def root(self, block: int) -> int:
        """The block that stands for all that were put together with `block`."""
        while block in self._parent:
            block = self._parent[block]
        return block

    def enemies(self, root: int) -> frozenset[int]:
        """The roots that are other works than this one."""
        return frozenset(self._enemies.get(root, ()))

    def join(self, one: int, other: int) -> bool:
        """Put two blocks together unless they exclude each other; whether they are together now."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        if second in self._enemies.get(first, ()):
            return False
        self._parent[second] = first
        for enemy in self._enemies.pop(second, set()):
            self._enemies[enemy].discard(second)
            self._enemies[enemy].add(first)
            self._enemies.setdefault(first, set()).add(enemy)
        return True


def settle(demands: Iterable[Demand]) -> Constraints:
    """Take the demands from the latest to the earliest, each as far as those before it allow."""
    blocks = _Blocks()
    overridden: set[int] = set()
    for demand in sorted(demands, key=lambda demand: -demand.event):
        complete = True
        for mentions in demand.together:
            complete &= blocks.join_all(mentions)
        if len(demand.apart) == 2:
            complete &= blocks.part(*demand.apart)
        if not complete:
            overridden.add(demand.event)
    return blocks.settled(overridden)


class _Blocks:
    """Union-find over mentions that knows which blocks exclude each other."""

    def __init__(self) -> None:
        self._parent: dict[Mention, Mention] = {}
        self._enemies: dict[Mention, set[Mention]] = {}

    def _root(self, mention: Mention) -> Mention:
        parent = self._parent
        parent.setdefault(mention, mention)
        while parent[mention] != mention:
            parent[mention] = parent[parent[mention]]
            mention = parent[mention]
        return mention

    def join_all(self, mentions: Sequence[Mention]) -> bool:
        """Make one block of the mentions, or as few as exclusions allow; whether it is one."""
        made: list[Mention] = []
        for mention in mentions:
            root = self._root(mention)
            roots = list(dict.fromkeys(self._root(block) for block in made))
            if root in roots:
                continue
            home = next((other for other in roots if other not in self._enemies.get(root, ())), None)
            if home is None:
                made.append(root)
            else:
                self._unite(home, root)
        return len({self._root(block) for block in made}) <= 1

    def _unite(self, one: Mention, other: Mention) -> None:
        self._parent[other] = one
        for enemy in self._enemies.pop(other, set()):
            self._enemies[enemy].discard(other)
            self._enemies[enemy].add(one)
            self._enemies.setdefault(one, set()).add(enemy)

    def part(self, one: Sequence[Mention], other: Sequence[Mention]) -> bool:
        """Let the blocks of two sides exclude each other; False where a block is on both."""
        left = {self._root(mention) for mention in one}
        right = {self._root(mention) for mention in other}
        for block in left - right:
            for enemy in right - left:
                self._enemies.setdefault(block, set()).add(enemy)
                self._enemies.setdefault(enemy, set()).add(block)
        # A block that a later decision made across the line is part of neither side's demand any more.
        return left.isdisjoint(right)

    def settled(self, overridden: Iterable[int]) -> Constraints:
        roots: dict[Mention, list[Mention]] = {}
        for mention in sorted(self._parent):
            roots.setdefault(self._root(mention), []).append(mention)
        number = {root: index for index, root in enumerate(roots)}
        return Constraints(
            block={mention: number[root] for root, mentions in roots.items() for mention in mentions},
            enemies={
                number[root]: frozenset(number[enemy] for enemy in enemies)
                for root, enemies in self._enemies.items()
                if enemies
            },
            blocks={number[root]: tuple(mentions) for root, mentions in roots.items()},
            overridden=frozenset(overridden),
        )
