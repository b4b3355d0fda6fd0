"""Files of a plain form: each for itself, with a sentence for each; what was received can be read back."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator

import pytest
from flask import Flask, request
from werkzeug.wrappers import Response

from devstack.s3 import S3
from portal.domain.document import MOST_BYTES
from portal.factory import create_app
from portal.security.access import Rule, allow
from portal.security.bodies import FORM_BODY, takes
from portal.security.context import paper_actor
from portal.services.documents import shelf
from portal.services.documents.terms import Target
from portal.views.receiving import receive_files
from tests.pages.browser import Browser
from tests.pages.uploading import kept, objects, token_of
from tests.pages.world import Announced, World

Sent = tuple[str, bytes]
Answer = list[tuple[str, str, str]]


@pytest.fixture
def app(world: World, s3: S3) -> Iterator[Flask]:
    """The citizen surface with a form of its own, so that nothing but the taking in is tested."""
    app = create_app(world.settings("citizen"), world.clock)

    @app.post("/<lang>/receiving")
    @allow(Rule.CITIZEN)
    @takes(FORM_BODY)
    def receiving(lang: str) -> Response:
        received = receive_files(paper_actor(), Target(key=request.form.get("key"), title=request.form.get("title")))
        return Response(json.dumps([[one.name, one.state, one.words] for one in received]) + lang)

    yield app
    app.extensions["kit"].database.close()


@pytest.fixture
def announced(world: World) -> Announced:
    return world.announce()


def send(app: Flask, world: World, announced: Announced, *files: Sent, lang: str = "fr", **fields: str) -> Answer:
    """Send a form; what became of each file."""
    browser: Browser = world.visit(announced, app=app)
    data = {"csrf_token": token_of(browser), "files": [(io.BytesIO(body), name) for name, body in files], **fields}
    if not files:
        data["files"] = (io.BytesIO(b""), "")  # as browsers do
    answer = browser.send("POST", f"/{lang}/receiving", data=data, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    return [(name, state, words) for name, state, words in json.loads(answer.text.removesuffix(lang))]


def papers(world: World, announced: Announced) -> list[list[bytes]]:
    """What is kept, by paper and file."""
    found = shelf.documents_of(world.citizen, world.adult(announced))
    return [[kept(world.citizen, str(file.id)) for file in paper.files] for paper in found]


def test_several_files_are_one_paper(app: Flask, world: World, announced: Announced) -> None:
    contents = [os.urandom(size) for size in (1, 70_000, 3_000_000)]
    names = ("\u202egpj.page", "été.pdf", "")
    sent = send(app, world, announced, *zip(names, contents, strict=True), title="Jugement de divorce")
    assert sent == [
        ("gpj.page", "received", "Bien reçu"),
        ("été.pdf", "received", "Bien reçu"),
        ("", "received", "Bien reçu"),
    ]
    assert papers(world, announced) == [contents]
    assert shelf.documents_of(world.citizen, world.adult(announced))[0].title == "Jugement de divorce"
    send(app, world, announced, ("a", b"1"), key="lease")
    send(app, world, announced, ("b", b"2"), key="lease")
    assert sorted(papers(world, announced)) == sorted([contents, [b"1", b"2"]])  # made in one instant of the clock


def test_one_that_is_refused_does_not_stop_the_others(app: Flask, world: World, announced: Announced) -> None:
    before = objects(world)
    files = (("empty.pdf", b""), ("a.jpg", b"aaa"), ("large.pdf", bytes(MOST_BYTES + 1)), ("b.jpg", b"bbb"))
    empty, first, large, last = send(app, world, announced, *files, title="x")
    assert [first[1], last[1]] == ["received", "received"]
    assert empty == (
        "empty.pdf",
        "refused",
        "Ce fichier est vide. Choisissez-le encore une fois, ou prenez une photo.",
    )
    assert large[1:] == (
        "refused",
        "Ce fichier est trop grand\u00a0: au plus 20 Mo. Prenez une photo du papier.",
    )
    (kept,) = papers(world, announced)
    assert sorted(kept) == [b"aaa", b"bbb"]
    assert len(objects(world) - before) == 2


def test_nothing_chosen(app: Flask, world: World, announced: Announced) -> None:
    ((name, state, words),) = send(app, world, announced)
    assert (name, state) == ("", "refused")
    assert words == "Aucun fichier n’est choisi. Choisissez une photo ou un PDF, puis envoyez."
    assert papers(world, announced) == []


def test_thirty_at_once_and_thirty_in_all(app: Flask, world: World, announced: Announced) -> None:
    sent = send(app, world, announced, *((f"{number}.jpg", b"x") for number in range(32)), title="x", key="lease")
    assert [state for _, state, _ in sent] == ["received"] * 30 + ["refused"] * 2
    assert sent[-1][2] == "Au plus 30 fichiers à la fois. Envoyez celui-ci encore une fois, à part."
    ((_, state, words),) = send(app, world, announced, ("one more", b"x"), key="lease")
    assert (state, words.partition(".")[0]) == ("refused", "Il y a trop de fichiers")
    assert [len(paper) for paper in papers(world, announced)] == [30]


def test_the_store_is_away(app: Flask, world: World, announced: Announced, s3: S3) -> None:
    s3.stop()
    sent = send(app, world, announced, ("a.jpg", b"aaa"), ("b.jpg", os.urandom(3_000_000)), title="x")
    s3.start()
    words = "La connexion avec notre archive est perdue. Ce fichier n’est pas gardé\u00a0: envoyez-le encore."
    assert sent == [("a.jpg", "refused", words), ("b.jpg", "refused", words)]
    assert papers(world, announced) == []
    assert send(app, world, announced, ("a.jpg", b"aaa"), title="x")[0][1] == "received"
    assert papers(world, announced) == [[b"aaa"]]
