"""The links of a store: each once, whoever cites it; what was observed stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import citekit
from citekit.archive.observation import Observation, Sign
from citekit.store import Store
from citekit.store import connection as opening
from citekit.store.connection import Access, begin_writing
from citekit.store.migration import downgrade, upgrade
from citekit.store.observing import keep_observation

from .stores import store_of


def observe(store: Store, url: str, status: int = 200) -> Observation:
    """Write down that somebody looked at a link."""
    when = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
    seen = Observation(when, url, "GET", status=status, final_url=url, signs={Sign.EMPTY: "0 bytes"}, attempts=2)
    (link,) = (link.id for link in store.links() if link.url == url)
    with store._changing() as connection:
        keep_observation(connection, link, seen)
    return seen


def test_one_link_for_many_citations(tmp_path: Path) -> None:
    urls = [
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://web.archive.org/web/2010/http://example.org/a",
    ]
    with store_of(tmp_path / "references.db", urls) as store:
        (link,) = store.links()
        assert link.url == "http://example.org/a"
        assert sorted(citation.printed for citation in link.citations) == sorted(urls)
        assert {citation.memento for citation in link.citations} == {None, urls[2]}


def test_a_citation_tells_when_its_author_read_the_page(tmp_path: Path) -> None:
    note = "Text.1\n\n1 Jane Smith, “A Title of Hers”, http://example.org/page.html (accessed 3 May 2012).\n"
    (tmp_path / "essay.txt").write_text(note, encoding="utf-8")
    with citekit.open(tmp_path / "references.db") as store:
        store.add(tmp_path / "essay.txt")
        (link,) = store.links()
        (citation,) = link.citations
        assert (citation.note, citation.role) == ("1", "url")
        assert citation.accessed is not None
        assert citation.accessed["date-parts"] == [[2012, 5, 3]]
        assert len(citation.keys) == 1


def test_dois_are_links_too(tmp_path: Path) -> None:
    (tmp_path / "one.bib").write_text(
        "@article{a, title={A title of an article}, author={Smith, Jane}, year=2001, doi={10.1234/ABC}}\n"
        "@article{b, title={Another title altogether}, author={Jones, Tom}, year=1999, url={https://doi.org/10.1234/abc}}\n",
        encoding="utf-8",
    )
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "one.bib")
        (link,) = store.links()
        assert (link.kind.value, link.url) == ("doi", "https://doi.org/10.1234/abc")
        assert len(link.citations) == 2


def test_what_was_seen_comes_back_as_it_was(tmp_path: Path) -> None:
    url = "http://example.org/a"
    with store_of(tmp_path / "references.db", [url]) as store:
        seen = observe(store, url)
        (link,) = store.links()
        (kept,) = link.observations
        assert kept.id is not None
        assert kept.to_json() == seen.to_json()
        assert (kept.observed_at, kept.signs) == (seen.observed_at, seen.signs)


def test_a_link_that_nobody_cites_any_more_goes_and_one_that_was_looked_at_stays(tmp_path: Path) -> None:
    with store_of(tmp_path / "references.db", ["http://example.org/a", "http://example.org/b"]) as store:
        observe(store, "http://example.org/b", 404)
        store.remove(tmp_path / "links.json")
        assert list(store.links()) == []
        with closing(sqlite3.connect(tmp_path / "references.db")) as connection:
            assert connection.execute("SELECT url FROM links").fetchall() == [("http://example.org/b",)]
        store.import_records(tmp_path / "links.json")
        seen = {link.url: [one.status for one in link.observations] for link in store.links()}
        assert seen == {"http://example.org/a": [], "http://example.org/b": [404]}


def test_the_same_bibliography_in_a_new_version_keeps_what_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "references.db"
    with store_of(path, ["http://example.org/a"]) as store:
        observe(store, "http://example.org/a")
    with store_of(path, ["http://example.org/a", "http://example.org/c"]) as store:
        assert [(link.url, len(link.observations)) for link in store.links()] == [
            ("http://example.org/a", 1),
            ("http://example.org/c", 0),
        ]


def test_an_upgrade_reads_the_links_anew_and_loses_no_printed_address(tmp_path: Path) -> None:
    urls = [
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://web.archive.org/web/2010/http://example.org/a",
    ]
    path = tmp_path / "references.db"
    store_of(path, urls).close()
    with closing(sqlite3.connect(path)) as before:
        stated = before.execute("SELECT citation_id, role, url FROM link_citations ORDER BY 1, 2").fetchall()
        links = before.execute("SELECT kind, url, canonical, host FROM links").fetchall()
    connection = opening.connect(path, Access.WRITE, busy_timeout=1, foreign_keys=False)
    with begin_writing(connection):
        downgrade(connection, path, to="0004")
    with closing(sqlite3.connect(path)) as down:
        assert down.execute("SELECT citation_id, role, url FROM links ORDER BY 1, 2").fetchall() == stated
    with begin_writing(connection):
        upgrade(connection, path)
    opening.close(connection)
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("SELECT citation_id, role, url FROM link_citations ORDER BY 1, 2").fetchall() == stated
        assert after.execute("SELECT kind, url, canonical, host FROM links").fetchall() == links


def test_one_job_of_an_archive_is_open_for_a_link(tmp_path: Path) -> None:
    """What the queue of archives rests on: nothing is submitted twice while it is under way."""
    store_of(tmp_path / "references.db", ["http://example.org/a"]).close()
    columns = "link_id, archive, url, state, created_at, attempts"
    job = f"INSERT INTO archive_jobs ({columns}) VALUES (1, 'w', 'u', 'queued', 't', 0)"
    with closing(sqlite3.connect(tmp_path / "references.db")) as connection:
        connection.execute(job)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(job)
        connection.execute("UPDATE archive_jobs SET ended_at = 't'")
        connection.execute(job)


def test_a_doi_alone_is_no_web_address_to_search_by(tmp_path: Path) -> None:
    from citekit.store.search import Filters

    (tmp_path / "one.bib").write_text(
        "@article{a, title={A title of an article}, author={Smith, Jane}, year=2001, doi={10.1234/ABC}}\n"
        "@online{b, title={Another title altogether}, author={Jones, Tom}, year=1999, url={http://example.org/b}}\n",
        encoding="utf-8",
    )
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "one.bib")
        assert [hit.works for hit in store.search("", filters=Filters(has_url=True)).hits if hit.kind == "work"] == [
            ("b",)
        ]
