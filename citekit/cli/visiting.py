"""What the commands that visit the web have in common: how long ago, which hosts, how far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import click

from citekit.cli.streams import console, is_terminal

__all__ = ["age", "allow_hosts", "archives_file", "hosts_allowed", "progress"]

_UNITS = {"": "days", "d": "days", "h": "hours", "m": "minutes", "w": "weeks"}
_Command = TypeVar("_Command", bound=Callable[..., Any])


def hosts_allowed(_: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names and networks as they are typed, one by one or in a list with commas."""
    from ipaddress import ip_network

    named = tuple(name for entry in value for name in re.split(r"[\s,]+", entry) if name)
    for name in named:
        try:
            if "/" in name:
                ip_network(name, strict=False)
        except ValueError:
            raise click.BadParameter(f"{name}: is no network; write 192.168.7.0/24, or a name", param=option) from None
    return named


def age(_: click.Context, option: click.Parameter, value: str) -> timedelta | None:
    """A length of time as it is typed: `30d`, `12h`, `2w`; None for `0`."""
    match = re.fullmatch(r"(\d{1,5})\s?([dhmw]?)", value.strip().lower())
    if match is None:
        raise click.BadParameter(f"{value}: is no time; write 30d, 12h, 2w, or 0 to check all", param=option)
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) or None


def allow_hosts(command: _Command) -> _Command:
    """`--allow-host HOST`."""
    return click.option(
        "--allow-host",
        "allowed",
        callback=hosts_allowed,
        metavar="HOST",
        multiple=True,
        envvar="CITEKIT_ALLOW_HOSTS",
        show_envvar=True,
        help="Visit this host of your own network too: NAME, NAME:PORT, *.NAME or a network.",
    )(command)


def archives_file(command: _Command) -> _Command:
    """`--archives-file FILE`."""
    return click.option(
        "--archives-file",
        "archives",
        metavar="FILE",
        type=click.Path(),
        envvar="CITEKIT_ARCHIVES",
        show_envvar=True,
        help="Web archives (TOML) that are asked besides the Wayback Machine, or instead.",
    )(command)


@contextmanager
def progress(number: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error where somebody watches it, given what to call behind each link."""
    import sys

    if not is_terminal(sys.stderr):
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from citekit.cli.wording import one_line

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[url]}", markup=False))
    with Progress(*columns, console=console(to_error=True), transient=True) as shown:
        task = shown.add_task("check", total=number, url="")
        yield lambda url: shown.update(task, advance=1, url=one_line(url)[:60])
