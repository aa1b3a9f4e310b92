"""A web on loopback, and a session that may visit it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from citekit.archive.session import Session, open_session

from .doubles.pages import PageWorld
from .doubles.server import LoopbackServer


@pytest.fixture
def world() -> PageWorld:
    """The pages, for a test to change."""
    return PageWorld()


@pytest.fixture
def web(world: PageWorld) -> Iterator[LoopbackServer]:
    """The server of these pages."""
    with LoopbackServer(world) as server:
        yield server


@pytest.fixture
def session(web: LoopbackServer) -> Iterator[Session]:
    """A session that may visit that server by its name and port."""
    with open_session(allowed=[web.netloc]) as opened:
        yield opened
