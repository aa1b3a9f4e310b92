"""Which archives are asked: by configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.archive.archives import WAYBACK, read_archives
from citekit.archive.save_page_now import credentials
from citekit.errors import ArchiveError


def test_without_a_file_it_is_the_wayback_machine() -> None:
    assert read_archives(None) == (WAYBACK,)


def test_a_file_names_more(tmp_path: Path) -> None:
    file = tmp_path / "archives.toml"
    file.write_text(
        '[[archive]]\nname = "national"\ntimegate = "https://archive.example.org/web/"\nqueries_per_minute = 10\n'
    )
    national = read_archives(file)[1]
    assert (national.name, national.timegate, national.queries_per_minute) == (
        "national",
        "https://archive.example.org/web/",
        10,
    )
    assert national.memento("2010", "http://a.org/") == "https://archive.example.org/web/2010/http://a.org/"


def test_one_called_wayback_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "archives.toml"
    file.write_text('[[archive]]\nname = "wayback"\ncdx = "http://127.0.0.1:1/cdx"\n')
    (only,) = read_archives(file)
    assert only.save is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "names no archive"),
        ("[[archive]", "is no TOML"),
        ("archive = 3", "names no archive"),
        ('[[archive]]\nname = "x"', "has no address"),
        ('[[archive]]\ntimegate = "https://a.org/"', "has no name"),
        ('[[archive]]\nname = "local"\ntimegate = "https://a.org/"', "has no name"),
        ('[[archive]]\nname = "x"\ntimegate = "a.org"', "timegate is no web address"),
        ('[[archive]]\nname = "x"\ntimegate = "https://u:p@a.org/"', "timegate is no web address"),
        ('[[archive]]\nname = "x"\ntimegte = "https://a.org/"', "has no setting timegte"),
        ('[[archive]]\nname = "x"\ntimegate = "https://a.org/"\nsaves_per_minute = 0', "no number above 0"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "archives.toml"
    file.write_text(content)
    with pytest.raises(ArchiveError, match=said) as caught:
        read_archives(file)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value).partition("(")[0]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_archives(tmp_path / "none.toml")


def test_a_key_from_the_environment_is_never_shown() -> None:
    key = credentials(WAYBACK, {"CITEKIT_SAVE_KEY": "access:s3cr3t"})
    assert key is not None
    assert "s3cr3t" not in repr(key)
    assert key.header_for("https://web.archive.org/save") == {"Authorization": "LOW access:s3cr3t"}
    assert key.header_for("https://archive.example.org/save") == {}


@pytest.mark.parametrize("value", ["s3cr3t", ":s3cr3t", "a b:s3cr3t", "a:s3cr3t\r\nX: y"])
def test_what_is_no_key_is_not_repeated(value: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        credentials(WAYBACK, {"CITEKIT_SAVE_KEY": value})
    assert "s3cr3t" not in str(caught.value)


def test_a_key_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring", reason="the extra keyring is not installed")
    kept = {("citekit", "wayback"): "access:s3cr3t"}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: kept.get((service, name)))
    key = credentials(WAYBACK, {})
    assert key is not None
    assert key.header_for("https://web.archive.org/save") == {"Authorization": "LOW access:s3cr3t"}
    kept["citekit", "wayback"] = "s3cr3t"
    with pytest.raises(ArchiveError, match="keyring, citekit, wayback: is no access key"):
        credentials(WAYBACK, {})
