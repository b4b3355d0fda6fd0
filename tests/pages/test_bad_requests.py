"""Requests that no browser of a person sends: too large, too many, broken, to nowhere, with a wrong method."""

from __future__ import annotations

import pytest

from portal.security.sanity import LARGEST_BODY
from tests.pages.world import World

LANGUAGES = ("fr", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_body_over_the_limit(clean_world: World, language: str) -> None:
    form = clean_world.browser().open(f"/{language}/demand/new").form("/demand/new").fill(name="X" * LARGEST_BODY)
    page = form.submit()
    assert (page.status, page.lang) == (413, language)
    assert clean_world.count("demand") == 0


def test_300_fields(clean_world: World) -> None:
    """Sent as a browser sends a form: what is not ours is not read."""
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Léa")
    page = form.force(**{f"field{number}": "x" for number in range(300)}).submit()
    assert page.status == 200
    assert "field7" not in page.body.decode()


def test_300_parts(clean_world: World) -> None:
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Léa")
    values = form.force(**{f"field{number}": "x" for number in range(300)}).values
    page = form.page.browser.post("/fr/demand/new", values, content_type="multipart/form-data")
    assert (page.status, page.lang) == (413, "fr")


def test_three_hundred_times_the_same_field(clean_world: World) -> None:
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Léa", urgent="yes")
    form.values.setlist("needs", ["food"] * 300)
    page = form.submit().form("/demand/new").submit()
    assert page.path == "/fr/demand/filed"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"name=%FF%FE&csrf_token=x", "application/x-www-form-urlencoded"),
        (b'{"name": "x"}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"", ""),
        (b"name=x", "text/plain"),
    ],
)
def test_a_body_that_no_browser_sends(world: World, body: bytes, kind: str) -> None:
    browser = world.browser()
    browser.open("/fr/demand/new")
    answer = browser.send("POST", "/fr/demand/new", data=body, content_type=kind)
    assert answer.status_code == 400
    assert browser.read(answer).lang == "fr"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/xx/", 404),
        ("/FR/", 404),
        ("/fr", 308),
        ("/it/demand/new", 404),
        ("/../etc/passwd", 404),
        ("/fr/demand/new/", 404),
        ("/fr/" + "x" * 5000, 404),
        ("/fr/%00", 400),
        ("/fr/verify?q=%00", 400),
        ("/%ff%fe/", 404),
        ("/fr/<script>", 404),
        ("/staff/demands/not-a-uuid", 404),
        ("/.env", 404),
        ("/static/../app.py", 404),
    ],
)
def test_an_address_that_is_not_there(world: World, path: str, status: int) -> None:
    page = world.browser("de-CH,de;q=0.9").open(path, follow=False)
    assert page.status == status
    if status != 308 and not path.startswith("/static"):
        assert page.lang == ("fr" if path.startswith("/fr/") else "de")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/fr/demand/new"), ("DELETE", "/fr/dossier"), ("PATCH", "/fr/sign-in"), ("POST", "/fr/urgent"),
     ("GET", "/fr/leave"), ("GET", "/fr/dossier/urgent"), ("TRACE", "/fr/")],
)  # fmt: skip
def test_a_wrong_method(world: World, method: str, path: str) -> None:
    browser = world.browser()
    token = browser.open("/fr/demand/new").form("/demand/new").values["csrf_token"]
    answer = browser.send(method, path, headers={"X-CSRFToken": token})
    assert answer.status_code == 405
    assert browser.read(answer).lang == "fr"


@pytest.mark.parametrize(
    ("wished", "given"),
    [("de-CH", "de"), ("ar-SY,fr;q=0.5", "ar"), ("fr;q=0,de", "de"),
     ("it-CH,DE-at;q=0.3,fr;q=0.2", "de"), ("it,pt-BR;q=0.8", "pt"), ("zh", "fr"), ("", "fr"), ("*", "fr"),
     ("en-US,en;q=0.9,de;q=0.8", "en"), ("xx;q=abc,,;", "fr"), ("x" * 5000, "fr")],
)  # fmt: skip
def test_the_first_page_in_the_browsers_language(world: World, wished: str, given: str) -> None:
    assert world.browser(wished).open("/").path == f"/{given}/"


def test_headers_that_no_browser_sends(world: World) -> None:
    for headers in (
        {"Cookie": "visit=%%%; citizen=\x01"},
        {"Cookie": "x" * 8000},
        {"Content-Length": "-1"},
        {"Range": "bytes=0-"},
    ):
        answer = world.browser().send("GET", "/fr/", headers=headers)
        assert answer.status_code == 200, headers
