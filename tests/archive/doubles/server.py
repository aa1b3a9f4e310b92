"""A threaded HTTP server on loopback that answers as a function says, and remembers what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked.

    Attributes:
        method: GET, HEAD …
        target: path and query as they came.
        headers: by name in small letters.
        body: of a POST.
        number: how many requests for this target there were, this one included.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    number: int = 1

    @property
    def path(self) -> str:
        """The path, percent-encoding undone."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, list[str]]:
        """The fields of the query."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def form(self) -> dict[str, list[str]]:
        """The fields of a form that was posted."""
        return parse_qs(self.body.decode(), keep_blank_values=True)

    @property
    def host(self) -> str:
        """The Host header."""
        return self.headers.get("host", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. Content-Length is added where no header says how long the body is."""

    status: int = 200
    body: bytes | str = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Misbehave:
    """What no server should do: whatever the function does with the connection; it is closed behind it."""

    act: Callable[[socket.socket, threading.Event], None]
    """Given the connection, and an event that is set when the server closes."""


Answer = Callable[[Request], "Reply | Misbehave"]


class LoopbackServer:
    """A server for a test: `with LoopbackServer(answer) as server: … server.url("/page")`.

    Args:
        answer: says what is answered.
        tls: makes it an https server.
        address: the loopback address to listen on.
    """

    def __init__(self, answer: Answer, *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._answer = answer
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._scheme = "https" if tls else "http"
        self._server = _Server((address, 0), _handler(self), bind_and_activate=False)
        self._server.tls = tls
        if ":" in address:
            self._server.address_family = socket.AF_INET6
            self._server.socket = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        self._server.server_bind()
        self._server.server_activate()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def netloc(self) -> str:
        """Its address and port, as an address of a page names them."""
        return f"127.0.0.1:{self.port}"

    def url(self, target: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a page of it."""
        return f"{self._scheme}://{host}:{self.port}{target}"

    def asked_for(self, path: str, method: str | None = None) -> list[Request]:
        """The requests for a path so far."""
        with self._lock:
            return [one for one in self.requests if one.path == path and method in (None, one.method)]

    def take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply | Misbehave:
        """Answer a request and remember it."""
        with self._lock:
            key = f"{method} {target}"
            self._counts[key] = self._counts.get(key, 0) + 1
            request = Request(method, target, headers, body, self._counts[key])
            self.requests.append(request)
        return self._answer(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    tls: ssl.SSLContext | None = None

    def finish_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        if self.tls is not None:
            try:
                request = self.tls.wrap_socket(request, server_side=True)
            except OSError:  # the client does not like the certificate
                return
        super().finish_request(request, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is no trouble of the test's."""


def _handler(server: LoopbackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30
        wbufsize = -1  # one write for headers and body: two would wait for each other (Nagle, delayed ACK)

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else b""
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = server.take(self.command, self.path, headers, body)
            if isinstance(answer, Misbehave):
                self.close_connection = True
                self.wfile.flush()
                answer.act(self.connection, server.closing)
                return
            self._reply(answer)

        do_GET = do_HEAD = do_POST = do_PUT = _handle  # noqa: N815 - the names that http.server looks for

        def _reply(self, reply: Reply) -> None:
            content = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status, reply.reason)
            given = {name.lower() for name in reply.headers}
            if "content-type" not in given and reply.media_type:
                self.send_header("Content-Type", reply.media_type)
            for name, value in reply.headers.items():
                # http.server writes Latin-1; what is UTF-8 on the wire goes through it byte by byte.
                self.send_header(name, value.encode("utf-8").decode("latin-1"))
            if not given & {"content-length", "transfer-encoding"}:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)
            self.wfile.flush()

        def log_message(self, *arguments: object) -> None:
            """Tests are quiet."""

    return Handler
