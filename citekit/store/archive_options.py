"""How archived copies are looked for, made and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["ArchiveOptions"]


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How copies are looked for, made and checked.

    Attributes:
        recheck: what was looked for, or looked at, within this time is left as it is; None: nothing is left.
        within: a page is not saved where the archive has a copy that is no older; None: always.
        again: pages whose saving failed are queued once more.
        every: pages are saved though there is a good copy.
        patience: seconds that a run waits, while no job goes on, for such as are not due yet.
        at_once: requests that an archive may be at.
        threads: how many archives are visited side by side.
        retries: how often what may pass is tried again.
        first_wait: seconds before the first retry, doubled for the next.
    """

    recheck: timedelta | None = timedelta(days=30)
    within: timedelta | None = timedelta(days=30)
    again: bool = False
    every: bool = False
    patience: float = 300.0
    at_once: int = 5
    threads: int = 8
    retries: int = 2
    first_wait: float = 5.0

    def before(self, now: datetime) -> datetime | None:
        """What was done before this moment is done again; None: all is."""
        return now - self.recheck if self.recheck is not None else None
