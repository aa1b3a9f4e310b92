"""A clock that tests turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """Sleeping is turning it on; it stands still otherwise."""

    time: datetime = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """What it shows."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Turn it on."""
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    def forward(self, **of: float) -> None:
        """Turn it on by days, hours …"""
        self.time += timedelta(**of)
