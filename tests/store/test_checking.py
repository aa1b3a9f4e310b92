"""Looking a store over: each kind of damage is told as what it is, and derived rows are computed anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from citekit.errors import NewerStoreError, NotAStoreError, StoreError
from citekit.model import Severity
from citekit.store import Store, backup, checking, recovery
from citekit.store.connection import write_ahead_log

from .conftest import Write
from .dump import dump, whole
from .test_backup import damage

Open = Callable[..., Store]

ESSAY = """Yang, Jisheng; Mubei; 2007; p. 12
Ibid.; p. 14
MacFarquhar, Roderick; Origins 3; 1997 + Yang, Jisheng; Mubei; 2007; p. 3
@ Levi, Primo; La tregua; 1963"""
LIBRARY = "@book{levi, title = {La tregua}, author = {Levi, Primo}, year = 1963}\n@book{x, title = {Echo}, year = 1999}"


@pytest.fixture
def kept(open_store: Open, write: Write, tmp_path: Path) -> Path:
    """A store of a document and a bibliography."""
    with open_store() as store:
        store.add(write("essay.txt", ESSAY), write("other.txt", "Levi, Primo; La tregua; 1963; p. 3"))
        store.import_records(write("library.bib", LIBRARY))
    return tmp_path / "references.db"


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def codes(report: checking.CheckReport) -> list[str]:
    return [finding.code for finding in report.findings]


def test_nothing_is_wrong_with_a_new_store_and_it_is_not_touched(kept: Path) -> None:
    before, listed = kept.read_bytes(), sorted(kept.parent.iterdir())
    report = checking.check(kept)
    assert (report.findings, report.damaged) == ((), False)
    assert (report.documents, report.works) == (3, 4)
    assert (kept.read_bytes(), sorted(kept.parent.iterdir())) == (before, listed)


def test_a_backup_is_not_touched_either(kept: Path) -> None:
    copy = backup.back_up(kept).path
    before, listed = copy.read_bytes(), sorted(kept.parent.iterdir())
    assert checking.check(copy).findings == ()
    assert checking.repair(copy).backup is None, "where nothing is to repair"
    assert (copy.read_bytes(), sorted(kept.parent.iterdir())) == (before, listed)


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("look", [checking.check, checking.repair])
def test_another_program_s_database_is_refused_and_kept(
    tmp_path: Path, journal: str, look: Callable[[Path], checking.CheckReport]
) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAStoreError, match="of another program"):
        look(path)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["UPDATE documents SET text = 'X' || text WHERE source LIKE '%essay.txt'"], "span-wrong"),
        (["UPDATE notes SET text = 'Idem' WHERE id = 2"], "span-wrong"),
        (["UPDATE citations SET span_start = span_start + 1 WHERE id = 1"], "span-wrong"),
        (["UPDATE citations SET parts = '[[0,99999]]', span_start = 0, span_end = 99999 WHERE id = 1"], "span-wrong"),
        (["UPDATE citations SET field_spans = '{\"title\":[[7,99999]]}' WHERE id = 1"], "span-wrong"),
        (["INSERT INTO markers VALUES (99, 1, NULL, '9', 0, 99999)"], "span-wrong"),
        (["DELETE FROM notes WHERE id = 1"], "reference-broken"),
        (["DELETE FROM works WHERE id = 1"], "reference-broken"),
    ],
)
def test_damage(kept: Path, statements: list[str], code: str) -> None:
    change(kept, *statements)
    report = checking.check(kept)
    assert report.damaged
    assert code in codes(report)
    with pytest.raises(StoreError, match="no repair makes good; restore a backup"):
        checking.repair(kept)


def test_damaged_pages(kept: Path) -> None:
    damage(kept)
    report = checking.check(kept)
    assert set(codes(report)) == {"page-damaged"}
    assert report.damaged


LESSER = [
    (['UPDATE works SET item = \'{"title":"Nonsense"}\' WHERE id = 1'], "item-outdated"),
    (["UPDATE works SET incomplete = 1 WHERE id = 1"], "item-outdated"),
    (["DELETE FROM candidate_keys WHERE document_work_id = 1"], "candidate-keys-outdated"),
    (["INSERT INTO candidate_keys VALUES (1, 'nonsense')"], "candidate-keys-outdated"),
    (["UPDATE memberships SET work_id = (SELECT max(id) FROM works) WHERE document_work_id = 1"], "group-outdated"),
    (["DELETE FROM memberships WHERE document_work_id = 1"], "work-ungrouped"),
    (
        [
            "INSERT INTO citation_keys (key) VALUES ('nobody')",
            "INSERT INTO works (citation_key_id, item, incomplete) SELECT max(id), '{}', 0 FROM citation_keys",
        ],
        "work-without-member",
    ),
    (["UPDATE search_works SET title = 'nonsense' WHERE work_id = 1"], "search-outdated"),
    (["INSERT INTO search_works_fts(search_works_fts) VALUES ('delete-all')"], "search-outdated"),
]


@pytest.mark.parametrize(("statements", "code"), LESSER)
def test_derived_rows_are_repaired_behind_a_backup(
    kept: Path, statements: list[str], code: str, open_store: Open
) -> None:
    works = [work.to_json() for work in open_store().works()]
    change(kept, *statements)
    report = checking.check(kept)
    assert code in codes(report)
    assert not report.damaged
    assert {finding.severity for finding in report.findings} == {Severity.WARNING}
    spoilt = dump(kept)
    repaired = checking.repair(kept)
    assert repaired.findings == ()
    assert repaired.backup is not None
    assert {**dump(repaired.backup), "store_metadata": []} == {**spoilt, "store_metadata": []}
    assert [work.to_json() for work in open_store().works()] == works
    assert whole(kept)


def test_a_store_without_findings_is_not_repaired(kept: Path) -> None:
    before = kept.read_bytes()
    assert checking.repair(kept).backup is None
    assert kept.read_bytes() == before


def test_a_work_of_a_document_that_nothing_cites(kept: Path) -> None:
    change(kept, "DELETE FROM citation_works WHERE document_work_id = 2")
    assert "work-without-citation" in codes(checking.check(kept))


def test_quick_leaves_the_groups_out(kept: Path) -> None:
    change(kept, "UPDATE works SET incomplete = 1 WHERE id = 1")
    assert codes(checking.check(kept, quick=True)) == []


def test_very_many_findings_are_summed_up(kept: Path) -> None:
    change(kept, *(f"INSERT INTO markers VALUES ({number}, 1, NULL, '9', 0, 99999)" for number in range(100, 170)))
    report = checking.check(kept)
    assert len(report.findings) == 51
    assert report.findings[-1].message == "and 20 more of this kind"


def test_an_older_store_is_not_upgraded_by_looking(kept: Path) -> None:
    change(kept, "UPDATE alembic_version SET version_num = '0001'")
    assert codes(checking.check(kept)) == ["older-store"]
    assert dump(kept)["alembic_version"] == [("0001",)]


def test_a_newer_store(kept: Path) -> None:
    change(kept, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerStoreError):
        checking.check(kept)


def test_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        checking.check(tmp_path / "references.db")


class TestAfterACrash:
    """A log beside a store that nobody has open was left by a crash."""

    @pytest.fixture
    def crashed(self, kept: Path, open_store: Open, write: Write, tmp_path: Path) -> Path:
        """The store as it lay on the disk when its last user was killed."""
        store = open_store()
        store.add(write("late.txt", "Weber, Max; Wirtschaft; 1922"))
        folder = tmp_path / "crashed"
        folder.mkdir()
        for file in (kept, write_ahead_log(kept)):
            (folder / file.name).write_bytes(file.read_bytes())
        return folder / "references.db"

    def test_the_log_of_a_live_writer_is_no_crash(self, kept: Path, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("late.txt", "Weber, Max; Wirtschaft; 1922"))
        assert write_ahead_log(kept).stat().st_size
        assert not recovery.left_unclean(kept)
        store.close()
        assert not recovery.left_unclean(kept)

    def test_all_that_was_committed_is_there(self, crashed: Path, open_store: Open) -> None:
        assert recovery.left_unclean(crashed)
        with open_store("crashed/references.db") as store:
            assert "weber1922wirtschaft" in {work.key for work in store.works()}
        assert not recovery.left_unclean(crashed)

    def test_every_page_is_looked_at(self, crashed: Path, open_store: Open, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[Path] = []
        monkeypatch.setattr(recovery, "check_whole", lambda _, path: looked.append(path))
        open_store("crashed/references.db").close()
        open_store("crashed/references.db").close()
        assert looked == [crashed]

    def test_damage_names_the_newest_backup(self, crashed: Path, open_store: Open) -> None:
        wal = write_ahead_log(crashed).read_bytes()
        copies = [backup.back_up(crashed).path for _ in range(2)]
        write_ahead_log(crashed).write_bytes(wal)
        damage(crashed)
        with pytest.raises(StoreError, match=f"damaged; restore the newest backup: copy {copies[-1]} to {crashed}"):
            open_store("crashed/references.db")
