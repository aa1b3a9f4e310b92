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
from citekit.archive.trouble import Trouble, TroubleKind

__all__ = ["Finder", "Lookup"]

_UNREACHABLE = {FailureKind.DNS, FailureKind.OFFLINE, FailureKind.REFUSED}
_WHY = {
    FailureKind.DNS: "the name has no address",
    FailureKind.OFFLINE: "no way there from this machine",
    FailureKind.REFUSED: "nobody takes connections there",
    FailureKind.TIMEOUT: "no answer in time, several times",
}
_SILENT = 3  # questions without an answer, one behind the other: a slow index answers some, a silent host none
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
        self._sleep = sleep

    def find(self, url: str, wanted: Period) -> Lookup:
        """The copies of a page around a day.

        Args:
            url: of the page.
            wanted: the day.
        """
        found: list[Memento] = []
        troubles: dict[str, Trouble] = {}
        for archive in self._archives:
            if archive.name in self._closed:
                troubles[archive.name] = self._closed[archive.name]
                continue
            answer = self._ask(archive, url, wanted)
            if isinstance(answer, Trouble):
                troubles[archive.name] = answer
            else:
                found += answer
        return Lookup(tuple(found), closest(found, wanted), troubles)

    def _ask(self, archive: Archive, url: str, wanted: Period) -> list[Memento] | Trouble:
        ways: list[tuple[str | None, Callable[[], list[Memento] | Trouble]]] = [
            (archive.cdx, lambda: ask_cdx(self._session, archive, url, wanted)),
            (archive.timegate, lambda: ask_timegate(self._session, archive, url, wanted)),
            (archive.availability, lambda: ask_availability(self._session, archive, url, wanted)),
            (archive.timemap, lambda: ask_timemap(self._session, archive, url)),
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
            answer = self._patiently(archive, way)
            if gave_up := self._given_up(host, answer):
                trouble = gave_up if trouble is None or trouble.host == host else trouble
                continue
            if not isinstance(answer, Trouble):
                known = {one.moment for one in bad}
                usable = [one for one in answer if one.moment not in known]
                if closest(usable, wanted) is not None or not answer:
                    return [*bad, *usable]
                bad += usable
                continue
            trouble = answer
            if answer.kind is TroubleKind.BLOCKED:
                return answer
            if answer.kind is TroubleKind.THROTTLED:
                throttled.add(host)  # its other addresses count too
        if trouble is not None and trouble.kind is TroubleKind.THROTTLED:
            self._closed[archive.name] = trouble  # for the rest of the run
        return trouble or bad

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

    def _patiently(self, archive: Archive, way: Callable[[], list[Memento] | Trouble]) -> list[Memento] | Trouble:
        """One question, and once more after a confirmed "too many requests"; nothing else is repeated blindly."""
        pacer = self._pacers[archive.name]
        self._sleep(pacer.take(archive.name))
        answer = way()
        if isinstance(answer, Trouble) and answer.kind is TroubleKind.THROTTLED:
            wait = answer.wait or 0.0
            if wait > _LONGEST_WAIT:
                return answer
            self._sleep(wait)
            self._sleep(pacer.take(archive.name))
            answer = way()
        return answer
