"""A server on this machine: the page, and the sound of any row, made when it is asked for."""

import re
import threading
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import sounds
from .table import Table

KEPT = 64  # sounds
ADDRESS = "sound/"  # and the number of a row, and .wav


def server(table: Table, page: str, port: int = 0) -> ThreadingHTTPServer:
    """Return a server on 127.0.0.1, for whoever calls its ``serve_forever``.

    It answers ``/`` with the page and ``/sound/ROW.wav`` with samples of 32 bits, one made at a
    time and the last of them kept; a row that is not there with 404 and a line that says so.

    Parameters
    ----------
    table : Table
        Whose rows.
    page : str
        What is at ``/``.
    port : int
        0: any that is free.

    Raises
    ------
    OSError
        If the port is taken.

    Examples
    --------
    >>> from pathlib import Path
    >>> with server(Table(Path("a.parquet"), {}, {}), "<title>an atlas</title>") as served:
    ...     served.server_address[0]
    '127.0.0.1'
    """
    made, one = lru_cache(KEPT)(lambda row: sounds.wav(table, row)), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            asked = re.fullmatch(rf"/{ADDRESS}(\d{{1,18}})\.wav", path)
            if path == "/":
                self._say(HTTPStatus.OK, "text/html; charset=utf-8", page.encode())
            elif asked:
                self._sound(int(asked[1]))
            else:
                self._refuse(f"there is / and /{ADDRESS}ROW.wav, not {path}")

        def _sound(self, row: int) -> None:
            try:
                with one:
                    content = made(row)
            except (ValueError, OSError) as error:
                self._refuse(str(error))
            else:
                self._part(content)

        def _part(self, content: bytes) -> None:
            """Send all, or the stretch that is asked for: a player that goes back asks for one."""
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            begin = int(asked[1]) if asked else 0
            if not asked or begin >= len(content):
                self._say(HTTPStatus.OK, "audio/wav", content)
                return
            end = min(int(asked[2] or len(content)) + 1, len(content))
            where = {"Content-Range": f"bytes {begin}-{end - 1}/{len(content)}"}
            self._say(HTTPStatus.PARTIAL_CONTENT, "audio/wav", content[begin:end], where)

        def _refuse(self, why: str) -> None:
            self._say(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", f"{why}\n".encode())

        def _say(
            self, status: HTTPStatus, kind: str, content: bytes, more: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            facts = {"Content-Type": kind, "Content-Length": str(len(content))}
            for name, value in (facts | {"Accept-Ranges": "bytes"} | (more or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing of what was asked."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
