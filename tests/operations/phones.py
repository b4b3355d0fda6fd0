"""Uploads over a real connection: one that can be cut anywhere, and one that a client of the protocol uses."""

from __future__ import annotations

import http.client
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.operations.live import LiveBrowser, code_on, reference_on

ANSWERS = {"name": "Odette Rey", "commune": "6248", "email": "odette@example.ch"}
ROOT = "/fr/dossier/uploads"
PIECE = "application/offset+octet-stream"


@dataclass
class Phone:
    """A device of somebody who has signed in at the served portal."""

    base: str
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str]]:
        """One request; status and headers of the answer."""
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {**self.headers, **named})
            answer = connection.getresponse()
            answer.read()
            return answer.status, {name.title(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def begun(self, length: int) -> str:
        """The address of a new upload."""
        status, headers = self.ask("POST", ROOT, Upload_Length=str(length))
        assert status == 201
        return headers["Location"]

    def offset(self, place: str) -> int:
        """How far it is."""
        status, headers = self.ask("HEAD", place)
        assert status == 200
        return int(headers["Upload-Offset"])

    def patch(self, place: str, offset: int, body: bytes) -> int:
        """A piece; the status."""
        return self.ask("PATCH", place, body, Upload_Offset=str(offset), Content_Type=PIECE)[0]

    def opened(self, place: str, offset: int, length: int) -> socket.socket:
        """A connection on which a piece of `length` bytes was announced, and none sent."""
        where = urlsplit(self.base)
        line = socket.create_connection((where.hostname or "", where.port or 0), timeout=60)
        said = {
            **self.headers,
            "Host": where.netloc,
            "Upload-Offset": str(offset),
            "Content-Type": PIECE,
            "Content-Length": str(length),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        line.sendall(f"PATCH {place} HTTP/1.1\r\n{head}\r\n".encode())
        return line


def phone_of(browser: LiveBrowser) -> Phone:
    """The device of somebody who files a demand and signs in with what they got."""
    filed = browser.file(**ANSWERS)
    page = browser.sign_in(reference_on(filed), code_on(filed))
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.body.decode())
    assert token is not None
    cookies = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    return Phone(browser.base, {"Cookie": cookies, "X-CSRFToken": token[1], "Tus-Resumable": "1.0.0"})


def answered(line: socket.socket) -> tuple[int, dict[str, str]]:
    """The answer on a connection."""
    answer = http.client.HTTPResponse(line)
    answer.begin()
    return answer.status, {name.title(): value for name, value in answer.getheaders()}
