"""The copy closest to a day, among all archives that are asked.

An archive is asked by its CDX server, which knows most; where that fails, by its TimeGate, its availability query and
its TimeMap, in this order. What one archive cannot tell keeps no other from being asked.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from citekit.archive.archives import Archive
from citekit.archive.exchange import FailureKind
from citekit.archive.indexes import ask_availability, ask_cdx, ask_timegate, ask_timemap
from citekit.archive.mementos import Memento, Period, closest
from citekit.archive.pacing import HostPacer
from citekit.archive.session import Session
from citekit.archive.trouble import NOT_JSON, Trouble, TroubleKind

__all__ = ["Finder", "Lookup"]

_UNREACHABLE = {FailureKind.DNS, FailureKind.OFFLINE, FailureKind.REFUSED, FailureKind.UNSAFE}
_WHY = {
    FailureKind.DNS: "the name has no address",
    FailureKind.OFFLINE: "no way there from this machine",
    FailureKind.REFUSED: "nobody takes connections there",
    FailureKind.UNSAFE: "it is this machine or in a private network",
    FailureKind.TIMEOUT: "no answer in time, several times",
}
_SILENT = 3  # questions without an answer, one behind the other: a slow index answers some, a silent host none
_PAGES_INSTEAD = 2  # a question may have a fault of its own; an archive that throttles answers no other either
_DEEPER = 50  # copies on each side of the day, where the nearest are known to be bad: pages fail for months
_LONGEST_WAIT = 90.0  # seconds for the sake of one question; what asks for longer is asked in the next run


@dataclass(frozen=True, slots=True)
class Lookup:
    """What archives said about a page.

    Attributes:
        mementos: all copies that were named.
        closest: the one closest to the day; None where there is none.
        troubles: by the archive's name: what kept it from answering; one that answered is not here.
    """

    mementos: tuple[Memento, ...] = ()
    closest: Memento | None = None
    troubles: dict[str, Trouble] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        """Whether every archive answered: only then does "none" mean that there is none."""
        return not self.troubles


class Finder:
    """Looks for copies, as often as the archives allow; for one thread.

    A host that cannot be reached is asked once in a run, one that stays silent three times.

    Args:
        session: the way to the network.
        archives: to be asked.
        sleep: waits.
    """

    def __init__(
        self, session: Session, archives: Sequence[Archive], *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._session = session
        self._archives = [archive for archive in archives if archive.finds]
        self._pacers = {archive.name: HostPacer(60 / archive.queries_per_minute) for archive in self._archives}
        self._closed: dict[str, Trouble] = {}
        self._unreachable: dict[str, Trouble] = {}
        self._silent: Counter[str] = Counter()
        self._pages_instead: Counter[str] = Counter()
        self._sleep = sleep

    def find(self, url: str, wanted: Period, *, passed_over: Sequence[Memento] = ()) -> Lookup:
        """The copies of a page around a day.

        Args:
            url: of the page.
            wanted: the day.
            passed_over: copies that are known to be bad: others are looked for, and chosen where there are any. One
                with a digest stands for all that the archive's index gives the same digest.
        """
        found: list[Memento] = []
        troubles: dict[str, Trouble] = {}
        for archive in self._archives:
            if archive.name in self._closed:
                troubles[archive.name] = self._closed[archive.name]
                continue
            bad = _KnownBad([one for one in passed_over if one.archive == archive.name])
            answer = self._ask(archive, url, wanted, bad)
            if isinstance(answer, Trouble):
                troubles[archive.name] = answer
            else:
                found += answer
        every = _KnownBad(passed_over)
        best = closest((one for one in found if one not in every), wanted) or closest(found, wanted)
        return Lookup(tuple(found), best, troubles)

    def _ask(self, archive: Archive, url: str, wanted: Period, known_bad: _KnownBad) -> list[Memento] | Trouble:
        depth = _DEEPER if known_bad else 1

        def turn() -> None:
            self._sleep(self._pacers[archive.name].take(archive.name))

        ways: list[tuple[str | None, Callable[[], list[Memento] | Trouble]]] = [
            (archive.cdx, lambda: ask_cdx(self._session, archive, url, wanted, turn=turn, depth=depth)),
            (archive.timegate, lambda: ask_timegate(self._session, archive, url, wanted, turn=turn)),
            (archive.availability, lambda: ask_availability(self._session, archive, url, wanted, turn=turn)),
            (archive.timemap, lambda: ask_timemap(self._session, archive, url, turn=turn)),
        ]
        trouble: Trouble | None = None
        bad: list[Memento] = []  # copies of error pages, which one way knows of and another does not know to be such
        throttled: set[str] = set()
        for address, way in ways:
            host = urlsplit(address or "").netloc
            if address is None or host in throttled:
                continue
            if host in self._unreachable:
                trouble = trouble or self._unreachable[host]
                continue
            answer = self._patiently(way, once=self._pages_instead[archive.name] > 0)
            if gave_up := self._given_up(host, answer):
                trouble = gave_up if trouble is None or trouble.host == host else trouble
                continue
            if not isinstance(answer, Trouble):
                self._pages_instead[archive.name] = 0
                known = {one.moment for one in bad}
                usable = [one for one in answer if one.moment not in known]
                others = [one for one in usable if one not in known_bad]
                # The CDX server lists all: where it names none that is not known to be bad, there is none.
                if closest(others, wanted) is not None or not answer or address == archive.cdx:
                    return [*bad, *usable]
                bad += usable
                continue
            trouble = answer
            if answer.kind is TroubleKind.BLOCKED:
                return answer
            if answer.kind is TroubleKind.THROTTLED:
                throttled.add(host)  # its other addresses count too
        if trouble is not None and trouble.kind is TroubleKind.THROTTLED and self._is_throttling(archive, trouble):
            self._closed[archive.name] = trouble  # for the rest of the run
        return trouble or bad

    def _is_throttling(self, archive: Archive, trouble: Trouble) -> bool:
        """Whether an archive says so, or gave a web page instead of an answer to the questions for two pages."""
        self._pages_instead[archive.name] += 1
        return trouble.code != NOT_JSON or self._pages_instead[archive.name] >= _PAGES_INSTEAD

    def _given_up(self, host: str, answer: list[Memento] | Trouble) -> Trouble | None:
        """Why a host is asked nothing more in this run; None where it is."""
        failed = isinstance(answer, Trouble) and answer.host == host
        kind = next((kind for kind in _WHY if failed and isinstance(answer, Trouble) and kind == answer.code), None)
        self._silent[host] = self._silent[host] + 1 if kind is FailureKind.TIMEOUT else 0
        if kind is None or (kind not in _UNREACHABLE and self._silent[host] < _SILENT):
            return None
        said = f"{host} cannot be reached: {_WHY[kind]}"
        self._unreachable[host] = Trouble(TroubleKind.TRANSIENT, kind.value, said, host=host)
        return self._unreachable[host]

    def _patiently(self, way: Callable[[], list[Memento] | Trouble], *, once: bool) -> list[Memento] | Trouble:
        """One question, and once more after a confirmed "too many requests"; nothing else is repeated blindly."""
        answer = way()
        if isinstance(answer, Trouble) and answer.kind is TroubleKind.THROTTLED:
            wait = answer.wait or 0.0
            if wait > _LONGEST_WAIT or (once and answer.code == NOT_JSON):
                return answer
            self._sleep(wait)
            answer = way()
        return answer


class _KnownBad:
    """Copies that are known to be bad."""

    def __init__(self, mementos: Sequence[Memento]) -> None:
        self._moments = {(one.archive, one.moment) for one in mementos}
        self._digests = {(one.archive, one.digest) for one in mementos if one.digest}

    def __bool__(self) -> bool:
        return bool(self._moments)

    def __contains__(self, one: Memento) -> bool:
        return (one.archive, one.moment) in self._moments or (one.archive, one.digest) in self._digests
