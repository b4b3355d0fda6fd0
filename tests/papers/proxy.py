"""A line to the object store that can be shaken: it answers 500, drops, cuts in the midst, or keeps the answer to itself."""

from __future__ import annotations

import select
import socket
import threading
from collections import Counter, deque
from contextlib import suppress
from enum import StrEnum

from devstack.ports import LOOPBACK

_ERROR = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_CONTINUE = b"HTTP/1.1 100"
_RUN = 64 * 1024


class Shake(StrEnum):
    """What happens to one request."""

    ERROR = "500"
    DROP = "dropped"
    """Nothing of it arrives."""
    CUT = "cut"
    """Its first bytes arrive, no more."""
    UNHEARD = "unheard"
    """It is carried out, and nobody hears of it."""


class ShakyLine:
    """A TCP proxy on a port of its own. `shake` is for the next requests, `standing` for all until it is taken away."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server((LOOPBACK, 0))
        self._lock = threading.Lock()
        self._next: deque[Shake] = deque()
        self.standing: Shake | None = None
        self.done: Counter[Shake] = Counter()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The address to use in place of the store's."""
        return f"http://{LOOPBACK}:{self._listener.getsockname()[1]}"

    def shake(self, kind: Shake, times: int = 1) -> None:
        """Treat the next `times` requests so."""
        with self._lock:
            self._next.extend([kind] * times)

    def calm(self) -> None:
        """Pass everything on again."""
        with self._lock:
            self._next.clear()
            self.standing = None

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _fate(self) -> Shake | None:
        with self._lock:
            kind = self._next.popleft() if self._next else self.standing
            if kind:
                self.done[kind] += 1
            return kind

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection((LOOPBACK, self._target), timeout=5) as store:
            self._relay(client, store)

    def _relay(self, client: socket.socket, store: socket.socket) -> None:
        fresh, fate = True, None
        while True:
            for ready in select.select([client, store], [], [])[0]:
                run = ready.recv(_RUN)
                if not run:
                    return
                if ready is client:
                    if fresh:
                        fresh, fate = False, self._fate()
                    if fate in (Shake.ERROR, Shake.DROP):
                        _refuse(client, fate)
                        return
                    store.sendall(run[: len(run) // 2] if fate is Shake.CUT else run)
                    if fate is Shake.CUT:
                        return
                else:
                    said_more = run.startswith(_CONTINUE)
                    if fate is Shake.UNHEARD and not said_more:
                        return
                    client.sendall(run)
                    fresh = not said_more


def _refuse(client: socket.socket, fate: Shake) -> None:
    if fate is Shake.ERROR:
        client.sendall(_ERROR)
        client.shutdown(socket.SHUT_WR)
        client.settimeout(0.2)
        while client.recv(_RUN):  # closed with bytes unread, the answer would be lost on its way
            pass
