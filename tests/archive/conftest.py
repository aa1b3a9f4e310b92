"""A web on loopback, and a session that may visit it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from citekit.archive.archives import Archive
from citekit.archive.session import Session, open_session

from .doubles.archive import ArchiveDouble
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


@pytest.fixture
def double() -> ArchiveDouble:
    """A web archive, for a test to fill and to break."""
    return ArchiveDouble()


@pytest.fixture
def archive_server(double: ArchiveDouble) -> Iterator[LoopbackServer]:
    """The server of that archive."""
    with LoopbackServer(double) as server:
        yield server


@pytest.fixture
def archive_session(archive_server: LoopbackServer) -> Iterator[Session]:
    """A session that may visit the archive."""
    with open_session(allowed=[archive_server.netloc]) as opened:
        yield opened


@pytest.fixture
def archive(double: ArchiveDouble, archive_server: LoopbackServer) -> Archive:
    """The archive as citekit is told of it."""
    return double.configuration(archive_server)
