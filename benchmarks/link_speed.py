"""How fast links are checked: `python -m benchmarks.link_speed` writes link_speed.md.

2,000 pages on 200 hosts of loopback, served by a process of its own; the same addresses are given to linkchecker and
lychee where they are installed. These keep nothing of what they see; citekit keeps each observation.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.corpus import FOLDER, ROOT

__all__ = ["main"]

REPORT = FOLDER / "link_speed.md"
LINKS, HOSTS = 2_000, 200
FEW = 500  # links, to tell how memory grows


def main() -> int:
    """Measure, print, write the report; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--links", type=int, default=LINKS)
    links = arguments.parse_args().links
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    with tempfile.TemporaryDirectory(prefix="citekit-links-") as folder:
        rows = [_citekit(Path(folder), port, number) for number in sorted({min(FEW, links), links})]
        Path(folder).chmod(0o755)  # linkchecker gives up the rights of root
        page = Path(folder) / "links.html"
        page.write_text("".join(f'<a href="{url}">a</a>\n' for url in addresses(port, links)), encoding="utf-8")
        for name, command in (
            ("linkchecker", ["linkchecker", "--check-extern", "--recursion-level=1", "--output=none", str(page)]),
            ("lychee", ["lychee", "--no-progress", "--quiet", str(page)]),
        ):
            if shutil.which(name):
                rows.append(_measured(f"{name}, {links:,} links", command))
    server.terminate()
    lines = [
        "# Speed of checking links",
        "",
        f"Written by `python -m benchmarks.link_speed` on Python {platform.python_version()}, {platform.machine()},",
        f"{multiprocessing.cpu_count()} processors: {links:,} pages on {HOSTS} hosts of loopback. citekit keeps all",
        "observations, asks robots.txt, probes for error pages, and waits half a second between visits to a host.",
        "",
        "| | seconds | of a processor | memory at most (MiB) |",
        "|---|---|---|---|",
        *rows,
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 0


def addresses(port: int, number: int) -> list[str]:
    """So many addresses, spread over the hosts."""
    hosts = [f"127.0.{host // 250}.{host % 250 + 1}:{port}" for host in range(HOSTS)]
    return [f"http://{hosts[link % HOSTS]}/pages/{link}.html" for link in range(number)]


def serve(pipe: Connection) -> None:
    """The pages, until the process is ended."""
    sys.path.insert(0, str(ROOT / "tests"))
    from archive.doubles.pages import article
    from archive.doubles.server import LoopbackServer, Reply, Request

    pages: dict[str, Reply] = {}

    def answer(request: Request) -> Reply:
        number = request.path.removeprefix("/pages/").removesuffix(".html")
        if not number.isdigit():
            return Reply(404)
        if number not in pages:
            pages[number] = Reply(200, article(f"Article {number}"))
        return pages[number]

    with LoopbackServer(answer, address="0.0.0.0") as server:
        for number in range(LINKS):  # made before anybody waits for them
            pages[str(number)] = Reply(200, article(f"Article {number}"))
        pipe.send(server.port)
        server.closing.wait()


def _citekit(folder: Path, port: int, number: int) -> str:
    import citekit

    store, bibliography = folder / f"{number}.db", folder / f"{number}.json"
    items = [
        {"id": f"w{at}", "type": "webpage", "title": f"Page {at}", "issued": {"date-parts": [[1000 + at]]}, "URL": url}
        for at, url in enumerate(addresses(port, number))
    ]
    bibliography.write_text(json.dumps(items), encoding="utf-8")
    with citekit.open(store) as kept:
        kept.import_records(bibliography)
        assert sum(1 for _ in kept.links()) == number
    command = [sys.executable, "-m", "citekit.cli", "check", "--store", str(store), "--allow-host", "127.0.0.0/8"]
    row = _measured(f"citekit check, {number:,} links", [*command, "--json"])
    with citekit.open(store) as kept:
        assert {link.judgement().verdict.value for link in kept.links()} == {"live"}
    return row


def _measured(name: str, command: list[str]) -> str:
    """A row: seconds, processor time and memory of a command and its children."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ended, most = 0, 0
    while not ended:  # what the system counts as a child's memory starts with its parent's
        most = max(most, _resident(process.pid))
        time.sleep(0.05)
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    seconds = time.monotonic() - began
    assert status == 0, f"{name} ended with {status}"
    return f"| {name} | {seconds:.1f} | {used.ru_utime + used.ru_stime:.1f} | {most / 1024:.0f} |"


def _resident(process: int) -> int:
    """KiB of memory that a process has had at most; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="ignore").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    raise SystemExit(main())
