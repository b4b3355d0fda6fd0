"""Compare two answers byte for byte, save what must differ: references, codes, times, tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
import pytest

from tests.pages.browser import HANDLE

MASKS: Final = (
    (re.compile(rb'(name="csrf_token"(?: type="hidden")? value=")[^"]+'), rb"\1CSRF"),
    (re.compile(rb'(name="(?:filing_token|checked)" value=")[^"]+'), rb"\1TOKEN"),
    (re.compile(rb"([?&;]of=|name=\"of\" value=\")[0-9a-f]{8}"), rb"\1HANDLE"),
    (re.compile(rb"VS-\d{4}-\d{4}-\d{2}"), rb"VS-REFERENCE"),
    (re.compile(rb"(<span>)(\d{2,4}|VS)(</span>|-)"), rb"\1GROUP\3"),
    (re.compile(rb'data-copy="[^"]+"'), rb'data-copy="CODE"'),
    (re.compile(rb'(<bdi dir="ltr">)\d{4} \d{4}( \d{4} \d{4})?<'), rb"\1CODE<"),
    (re.compile(rb"[0-9a-f]{64}"), rb"HASH"),
    (re.compile(rb'<svg[^>]* class="qr.*?</svg>|<div class="qr">.*?</div>', re.S), rb"QR"),
    (re.compile(rb"(: )[0-9a-f]{16}(\. )"), rb"\1REQUEST\2"),
)


def masked(body: bytes) -> bytes:
    """The body without what differs from one filing to the next."""
    for pattern, mask in MASKS:
        body = pattern.sub(mask, body)
    return body


def masked_headers(headers: Any) -> list[tuple[str, str]]:
    """The headers; of a cookie, only its name and its attributes without the time."""
    return sorted((name, HANDLE.sub("", _masked_cookie(value))) for name, value in headers if name != "Content-Length")


def _masked_cookie(value: str) -> str:
    return re.sub(r"^([\w-]+=)[^;]*(?=;.*HttpOnly)|(?<=Expires=)[^;]*", r"\1…", value)


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every SQL statement that this process sends meanwhile, in order, without its values."""
    seen: list[str] = []
    original = psycopg.Cursor.execute

    def execute(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(query.decode() if isinstance(query, bytes) else str(query))
        return original(self, query, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", execute)
        yield seen
