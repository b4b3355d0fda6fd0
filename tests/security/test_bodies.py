"""How large and how slow a body may be, by route; and that no file of a form rests on the disk in clear."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from flask import Flask, request

from devstack.stack import Stack
from portal.adapters.spool import IN_MEMORY, Spool
from portal.factory import create_app
from portal.i18n.languages import CODES
from portal.i18n.text import translator
from portal.security import bodies
from portal.security.access import Rule, allow
from portal.security.bodies import FORM_BODY, UPLOAD_BODY, BusyError, Patient, takes
from portal.security.sanity import LARGEST_BODY
from portal.settings import Settings
from tests.adapters.test_spool import WORDS, nameless_files
from tests.pages.browser import Browser


class Dripping:
    """A connection that gives `rate` bytes a second, on a clock of its own."""

    def __init__(self, rate: float, length: int) -> None:
        self.now, self.rate, self.left = 0.0, rate, length

    def read(self, size: int) -> bytes:
        """What was asked, late."""
        given = min(size, self.left)
        self.left -= given
        self.now += given / self.rate
        return b"x" * given

    def through(self, slow: BoundedSemaphore) -> tuple[Patient, Iterator[int]]:
        """It, as a request reads it, and how many bytes each piece has."""
        patient = Patient(self, slow, None, lambda: self.now)
        return patient, iter(lambda: len(patient.read(1_000_000)), 0)


def test_a_quick_body_needs_no_place() -> None:
    none = BoundedSemaphore(1)
    assert none.acquire(blocking=False)
    _, pieces = Dripping(10_000_000, 20_000_000).through(none)
    assert sum(pieces) == 20_000_000


def test_only_so_many_slow_bodies_at_once() -> None:
    slow = BoundedSemaphore(1)
    first, pieces = Dripping(5_000, 100_000).through(slow)
    second = Dripping(5_000, 100_000)
    _, others = second.through(slow)
    assert sum(next(pieces) for _ in range(20)) > 0
    with pytest.raises(BusyError):
        list(others)
    assert bodies.QUICK_SECONDS < second.now < bodies.QUICK_SECONDS + 1, "it is noticed when the time is over"
    first.done()
    _, later = Dripping(5_000, 100_000).through(slow)
    assert sum(later) == 100_000


def test_no_body_lasts_for_ever() -> None:
    dripping = Dripping(100, 1_000_000)
    _, pieces = dripping.through(BoundedSemaphore(1))
    with pytest.raises(BusyError):
        list(pieces)
    assert dripping.now < bodies.LONGEST_SECONDS + 60


def test_the_time_of_the_store_is_not_the_sender_s() -> None:
    dripping = Dripping(10_000_000, 1_000_000)
    none = BoundedSemaphore(1)
    assert none.acquire(blocking=False)
    _, pieces = dripping.through(none)
    for _ in pieces:
        dripping.now += 5  # between two pieces the store is slow


@pytest.fixture
def app(bare_stack: Stack) -> Flask:
    """A portal with a form for files, and one for words."""
    app = create_app(Settings.from_env(bare_stack.env("citizen")))

    @app.post("/fr/files")
    @allow(Rule.PUBLIC)
    @takes(FORM_BODY)
    def files() -> str:
        # The smaller ones are pytest's own.
        held = [WORDS[:20] in one for one in nameless_files() if len(one) > 1_000_000]
        spools = [file.stream for file in request.files.getlist("files")]
        assert all(isinstance(spool, Spool) for spool in spools)
        return f"{len(spools)} {len(held)} {any(held)} {sum(len(spool.read()) for spool in spools)}"

    @app.post("/fr/words")
    @allow(Rule.PUBLIC)
    def words() -> str:
        return "taken"

    return app


def send(app: Flask, path: str, *sizes: int) -> tuple[int, str]:
    """Send files of words in a form; status and text of the answer."""
    browser = Browser(app)
    token = browser.open("/fr/sign-in").form("/sign-in").values["csrf_token"]
    parts = [b'name="csrf_token"\r\n\r\n' + str(token).encode()]
    named = b'name="files"; filename="a.pdf"\r\n\r\n'
    parts += [named + (WORDS * (size // len(WORDS) + 1))[:size] for size in sizes]
    start = b"--limit\r\nContent-Disposition: form-data; "
    body = b"".join(start + part + b"\r\n" for part in parts) + b"--limit--\r\n"  # Werkzeug's own would use the disk
    answer = browser.send(
        "POST",
        path,
        input_stream=io.BytesIO(body),
        content_length=len(body),
        content_type="multipart/form-data; boundary=limit",
    )
    return answer.status_code, answer.text


def test_files_of_a_form_never_rest_in_clear(app: Flask) -> None:
    before = set(Path("/tmp").iterdir())  # noqa: S108 - where Werkzeug would put them
    status, text = send(app, "/fr/files", 5_000_000, IN_MEMORY - 1, 3_000_000, 0)
    assert (status, text) == (200, f"4 2 False {8_000_000 + IN_MEMORY - 1}")
    assert not [one for one in set(Path("/tmp").iterdir()) - before if one.is_file()]  # noqa: S108


def test_only_a_route_that_says_so_takes_more(app: Flask) -> None:
    assert send(app, "/fr/words", LARGEST_BODY // 2) == (200, "taken")
    assert send(app, "/fr/words", LARGEST_BODY)[0] == 413
    assert send(app, "/fr/files", LARGEST_BODY)[0] == 200
    assert send(app, "/fr/files", FORM_BODY)[0] == 413


def test_who_takes_more(app: Flask) -> None:
    taking = {name: view.largest_body for name, view in app.view_functions.items() if hasattr(view, "largest_body")}
    uploads = {f"{parent}.uploads.{view}" for parent in ("papers", "add") for view in ("create", "one")}
    assert {name for name, most in taking.items() if most == UPLOAD_BODY} == uploads
    assert set(taking.values()) <= {UPLOAD_BODY, FORM_BODY}


@pytest.mark.parametrize("language", CODES)
def test_a_body_that_was_too_slow_gets_a_page(app: Flask, language: str) -> None:
    @app.get("/<lang>/slow")
    @allow(Rule.PUBLIC)
    def slow(lang: str) -> str:
        raise BusyError(lang)

    page = Browser(app).open(f"/{language}/slow")  # and is read as every page is
    words = translator(language).gettext
    assert (page.status, page.h1) == (503, words("L’envoi a duré trop longtemps"))
    assert page.headers["Retry-After"] == str(bodies.RETRY_SECONDS)
