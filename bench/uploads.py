"""A paper of 5 MB through the portal beside a bare `put_object` of the same bytes to the same store, in turns."""

from __future__ import annotations

import http.client
import io
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.client import Config
from PIL import Image

from bench.people import Person
from bench.servers import Bench
from bench.times import Times
from devstack.ports import LOOPBACK
from devstack.s3 import BUCKET, REGION

LIMIT = 3.0
"""Median of one PATCH against the median of the bare put."""
MIB = 1024 * 1024
SIZE = 5_000_000
WARM = 3
ROOT = "/fr/dossier/uploads"
PIECE = "application/offset+octet-stream"


class Sender:
    """A signed-in browser that sends files over one connection. RuntimeError when an answer is not as it must be."""

    def __init__(self, person: Person, port: int) -> None:
        page = person.visitor.get("/fr/dossier").text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        self._headers = {**person.cookies, "X-CSRFToken": token, "Tus-Resumable": "1.0.0"}
        self._port = port
        self._line = http.client.HTTPConnection(LOOPBACK, port, timeout=120)

    def anew(self) -> None:
        """A fresh connection: the old one may have rested too long."""
        self._line.close()
        self._line.connect()

    def announce(self, length: int) -> str:
        """The address of a new upload."""
        return self._ask("POST", ROOT, b"", 201, {"Upload-Length": str(length)})["Location"]

    def piece(self, place: str, offset: int, body: bytes) -> None:
        """One PATCH."""
        self._ask("PATCH", place, body, 204, {"Upload-Offset": str(offset), "Content-Type": PIECE})

    def whole(self, content: bytes) -> str:
        """However often it is told to come again: the last bytes are acknowledged when this returns."""
        place, reached = self.announce(len(content)), 0
        while reached < len(content):
            try:
                self.piece(place, reached, content[reached:])
            except (RuntimeError, OSError, http.client.HTTPException):
                self.anew()
            reached = int(self._ask("HEAD", place, b"", 200, {})["Upload-Offset"])
        return place

    def _ask(self, method: str, path: str, body: bytes, status: int, headers: dict[str, str]) -> dict[str, str]:
        self._line.request(method, path, body, {**self._headers, **headers})
        answer = self._line.getresponse()
        answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}, not {status}")
        return {name.title(): value for name, value in answer.getheaders()}


@dataclass(frozen=True)
class Uploads:
    """What was measured, in milliseconds."""

    put: Times
    patch: Times
    """From the first byte of one PATCH to "received"."""
    pieces: Times
    """As the page sends: announced, then pieces of 1 MiB."""

    @property
    def ratio(self) -> float:
        """One PATCH against the bare put."""
        return self.patch.median / self.put.median


def picture(size: int = SIZE) -> bytes:
    """A photograph of 12 million pixels with as many bytes: noise in large grains, then bytes that nobody looks at."""
    grains = Image.frombytes("RGB", (1000, 750), os.urandom(1000 * 750 * 3))
    out = io.BytesIO()
    for quality in (85, 60, 40, 25):
        out = io.BytesIO()
        grains.resize((4000, 3000), Image.Resampling.BICUBIC).save(out, "JPEG", quality=quality)
        if out.tell() <= size:
            break
    return out.getvalue() + bytes(max(0, size - out.tell()))


def compare(bench: Bench, sender: Sender, rounds: int) -> Uploads:
    """The three ways in turns, each round beginning with another; the first rounds are thrown away."""
    store = _store(bench)
    ways: list[tuple[Callable[[bytes], float], list[float]]] = [
        (lambda content: _put(store, content), []),
        (lambda content: _patch(sender, content), []),
        (lambda content: _pieces(sender, content), []),
    ]
    for number in range(WARM + rounds):
        content = os.urandom(SIZE)
        for way, times in ways[number % 3 :] + ways[: number % 3]:
            sender.anew()
            milliseconds = way(content) * 1000
            if number >= WARM:
                times.append(milliseconds)
    return Uploads(*(Times(times) for _, times in ways))


def table(found: Uploads) -> Iterator[str]:
    """The lines to print."""
    yield f"{SIZE / 1e6:.0f} MB to the store, {found.put.count} rounds   median      p95   median / put"
    for name, times, limit in (
        ("bare put_object", found.put, None),
        ("one PATCH, to received", found.patch, LIMIT),
        ("POST and pieces of 1 MiB", found.pieces, None),
    ):
        ratio = times.median / found.put.median
        over = f"   OVER {limit:g}" if limit and ratio > limit else ""
        yield f"{name:<30} {times.median:>7.1f} ms {times.p95:>8.1f} {ratio:>8.2f}{over}"


def _store(bench: Bench) -> Any:
    secrets = bench.stack.secrets
    return boto3.client(
        "s3",
        endpoint_url=bench.stack.s3.endpoint_url,
        aws_access_key_id=secrets.s3_access_key_id,
        aws_secret_access_key=secrets.s3_secret_access_key,
        region_name=REGION,
        config=Config(request_checksum_calculation="when_required", response_checksum_validation="when_required"),
    )


def _put(store: Any, content: bytes) -> float:
    begun = time.perf_counter()
    store.put_object(Bucket=BUCKET, Key=f"bench/{os.urandom(8).hex()}", Body=content)
    return time.perf_counter() - begun


def _patch(sender: Sender, content: bytes) -> float:
    place = sender.announce(len(content))
    begun = time.perf_counter()
    sender.piece(place, 0, content)
    return time.perf_counter() - begun


def _pieces(sender: Sender, content: bytes) -> float:
    begun = time.perf_counter()
    place = sender.announce(len(content))
    for offset in range(0, len(content), MIB):
        sender.piece(place, offset, content[offset : offset + MIB])
    return time.perf_counter() - begun
