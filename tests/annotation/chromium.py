"""A real browser for tests: Chromium without a window, driven over a pipe (Chrome DevTools Protocol).

The protocol is JSON ended by NUL on file descriptors 3 and 4 (`--remote-debugging-pipe`), so that no driver has to be
installed and no port is opened.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions", "--mute-audio"),
    *("--remote-debugging-pipe", "--force-device-scale-factor=1"),
)


def chromium() -> str | None:
    """Where the browser is; None where there is none."""
    named = os.environ.get("CITEKIT_CHROMIUM")
    return next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)


@dataclass
class Browser:
    """A browser; `pages` opens one after the other."""

    process: subprocess.Popen[bytes]
    writing: int
    reading: int
    number: int = 0
    unread: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; events that come between are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, f"{method}: {answer.get('error')}"
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """The next event of this name, or one that has come since `events` was emptied."""
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    return event
            self.events.append(self._receive())

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self.unread:
            content = os.read(self.reading, 1 << 16)
            assert content, "the browser has gone away"
            self.unread += content
        message, _, self.unread = self.unread.partition(b"\0")
        received: dict[str, Any] = json.loads(message)
        return received


@dataclass
class Tab:
    """A page that is shown."""

    browser: Browser
    session: str

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.browser.send(method, self.session, **parameters)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript, promises awaited."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def go(self, fragment: str) -> None:
        """Follow a link of the page, and wait until it is shown."""
        self.evaluate(f"location.hash = {json.dumps(fragment)}")
        self.settle()

    def settle(self) -> None:
        """Have the next frame drawn, and with it all that was asked for; without scripts no page could say when."""
        self.send("Page.captureScreenshot", clip={"x": 0, "y": 0, "width": 1, "height": 1, "scale": 1})

    def press(self, key: str) -> None:
        code = {"Tab": 9}[key]
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def click(self, selector: str) -> None:
        """Click into the middle of an element, as a finger would."""
        place = self.evaluate(
            f"(() => {{ const element = document.querySelector({json.dumps(selector)});"
            "element.scrollIntoView({block: 'center'});"
            "const box = element.getClientRects()[0]; return [box.left + box.width / 2, box.top + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)
        self.settle()

    def said(self, *methods: str) -> list[dict[str, Any]]:
        """What the page has reported."""
        return [
            event["params"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event.get("method") in methods
        ]

    def pdf(self) -> bytes:
        return base64.b64decode(self.send("Page.printToPDF", printBackground=False)["data"])


@contextmanager
def running(executable: str, profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, ended with the block."""
    to_browser, writing = os.pipe()
    reading, from_browser = os.pipe()
    # The browser wants the descriptors 3 and 4, which may be in use here: the shell puts ours in their place.
    script = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
    process = subprocess.Popen(
        ["bash", "-c", script, executable, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(to_browser, from_browser),
    )
    for descriptor in (to_browser, from_browser):
        os.close(descriptor)
    browser = Browser(process, writing, reading)
    try:
        yield browser
    finally:
        try:
            browser.send("Browser.close")
            process.wait(timeout=20)
        except (AssertionError, OSError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
        os.close(writing)
        os.close(reading)


@contextmanager
def shown(
    browser: Browser, file: Path, *, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True
) -> Iterator[Tab]:
    """A file in a tab of its own."""
    target = browser.send("Target.createTarget", url="about:blank")["targetId"]
    session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.events.clear()
    tab = Tab(browser, session)
    for domain in ("Page", "Runtime", "Log", "Network"):
        tab.send(f"{domain}.enable")
    tab.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
    scheme = "dark" if dark else "light"
    tab.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.send("Emulation.setScriptExecutionDisabled", value=not scripts)
    tab.send("Page.navigate", url=file.as_uri())
    browser.wait_for("Page.loadEventFired", session)
    try:
        yield tab
    finally:
        browser.send("Target.closeTarget", targetId=target)
