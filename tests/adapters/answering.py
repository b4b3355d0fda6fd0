"""A server for what no real one says."""

from __future__ import annotations

import socket
import threading

from devstack.ports import LOOPBACK


class Answering:
    """A server that says one thing to whoever connects, and notes what it was asked."""

    def __init__(self, answer: bytes, asked: list[bytes]) -> None:
        self._answer, self._asked = answer, asked
        self._server = socket.create_server((LOOPBACK, 0))
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        while True:
            link, _ = self._server.accept()
            with link:
                asked = link.recv(65536)
                if not asked:
                    return
                self._asked.append(asked)
                link.sendall(self._answer)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://{LOOPBACK}:{self._server.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        socket.create_connection(self._server.getsockname()).close()
        self._thread.join()
        self._server.close()
