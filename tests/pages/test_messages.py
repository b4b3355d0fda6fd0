"""The own thread on its page: write, ask, read; whatever goes wrong, what was typed is still there."""

from __future__ import annotations

import re

import pytest

from portal.adapters.database import Database, DatabaseUnavailableError
from portal.domain.case_request import LONGEST, RequestKind
from portal.services import limits
from portal.services.thread import writing
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.threads import answer, ask, write

THREAD = "/fr/dossier/messages"
HOSTILE = '</textarea><script>alert("x")</script> %s & « ﷽ »'


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def phone(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def lines(page: Page) -> list[str]:
    """The lines of the thread, as they are read."""
    (found,) = page.classed("thread") or [None]
    return [] if found is None else [" ".join("".join(line.itertext()).split()) for line in found]


def count(world: World) -> int:
    return world.count("thread_message")


def test_what_is_written_stands_in_the_thread_with_its_moment(world: World, phone: Browser) -> None:
    page = phone.open(THREAD)
    assert "Pas encore de message" in page.text
    page = page.form(THREAD).fill(words="Bonjour,\r\nune question").submit()
    assert (page.status, page.path) == (200, THREAD)
    (line,) = lines(page)
    for words in ("Vous", "10.11.2026 · 10:", "Bonjour, une question", "Pas encore lu par le centre"):
        assert words in line, words
    assert page.form(THREAD).values["words"].strip() == ""


def test_the_centre_s_name_and_never_the_caseworker_s(world: World, announced: Announced, phone: Browser) -> None:
    write(world, world.adult(announced))
    answer(world, world.caseworker(), world.adult(announced), "Venez demain.")
    page = phone.open(THREAD)
    assert "CMS régional de Sierre" in lines(page)[1]
    assert "Nouveau" in lines(page)[1]
    assert "Name of" not in page.text
    assert "Lu par le centre :" in lines(page)[0]
    assert "Nouveau" not in lines(phone.open(THREAD))[1]
    assert "Le portail ne traduit pas ces messages" in page.text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Écrivez d’abord votre message."),
        (" \n\u200b ", "Écrivez d’abord votre message."),
        ("x" * (LONGEST + 1), "C’est trop long"),
        ("a\u202eb", "signes invisibles"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(world: World, phone: Browser, said: str, why: str) -> None:
    page = phone.open(THREAD).form(THREAD).fill(words=said).submit()
    assert page.status == 422
    assert page.summary() == ["words"]
    assert why in page.text
    assert page.form(THREAD).values["words"].lstrip("\n").replace("\r\n", "\n") == said.lstrip("\n")
    assert count(world) == 0


def test_hostile_words_are_words(world: World, announced: Announced, phone: Browser) -> None:
    page = phone.open(THREAD).form(THREAD).fill(words=HOSTILE).submit()
    assert HOSTILE in lines(page)[0]
    assert "<script>alert" not in page.body.decode()
    desk = world.desk().open(f"/staff/dossiers/{announced.view.dossier_id}/messages")
    assert HOSTILE in lines(desk)[0]
    assert "<script>alert" not in desk.body.decode()


def test_a_double_click_is_one_message(world: World, phone: Browser) -> None:
    form = phone.open(THREAD).form(THREAD).fill(words="Une fois")
    assert [form.submit().status for _ in range(2)] == [200, 200]
    assert count(world) == 1


def test_the_same_words_in_a_fresh_form_are_one_message_for_ten_minutes(
    world: World, announced: Announced, phone: Browser
) -> None:
    """After «Back» a browser puts what was sent into the form that it loads anew."""

    def say() -> None:
        assert phone.open(THREAD).form(THREAD).fill(words="Une fois").submit().status == 200

    say()
    world.clock.forward(minutes=10)
    say()
    assert count(world) == 1
    world.clock.forward(seconds=1)
    say()
    assert count(world) == 2
    answer(world, world.caseworker(), world.adult(announced), "Lu.")
    say()  # it answers something: it is said anew
    assert count(world) == 4


def test_a_flood_is_told_and_keeps_the_text(world: World, announced: Announced, phone: Browser) -> None:
    form = phone.open(THREAD).form(THREAD).fill(words="Un de trop")
    for _ in range(writing.MOST):
        limits.count(world.citizen, "thread-write", str(announced.view.adult_id))
    page = form.submit()
    assert page.status == 429
    assert "Attendez dix minutes" in page.text
    assert page.form(THREAD).values["words"].strip() == "Un de trop"
    page = phone.open("/fr/dossier/requests/urgent").form("/urgent").submit()
    assert (page.status, page.path) == (200, THREAD)  # urgent help is never counted


def test_another_language_keeps_the_text(phone: Browser) -> None:
    for path in (THREAD, "/fr/dossier/requests/file"):
        page = phone.open(path).form(path).fill(words="Mein Text").switch("de")
        assert page.lang == "de"
        assert page.form(path.replace("/fr/", "/de/")).values["words"].strip() == "Mein Text"


@pytest.mark.parametrize("path", [THREAD, "/fr/dossier/requests/decision"])
def test_a_session_that_ended_keeps_the_text(world: World, announced: Announced, phone: Browser, path: str) -> None:
    form = phone.open(path).form(path).fill(words="Encore là")
    world.clock.forward(hours=9)
    page = form.submit()
    assert page.status == 401
    again = page.form(path)
    assert again.values["words"] == "Encore là"
    phone.set_cookie("citizen", world.visit(announced).cookie("citizen") or "")
    assert "Encore là" in lines(again.submit())[0]


@pytest.mark.parametrize("path", [THREAD, "/fr/dossier/requests/urgent"])
def test_without_the_database_the_text_is_kept(
    phone: Browser, monkeypatch: pytest.MonkeyPatch, world: World, path: str
) -> None:
    form = phone.open(path).form(path).fill(words="Encore là")
    real, calls = Database.transaction, [0]

    def away(database: Database) -> object:
        calls[0] += 1
        if calls[0] > 1:  # the visit is found, and then the database goes away
            raise DatabaseUnavailableError
        return real(database)

    monkeypatch.setattr(Database, "transaction", away)
    page = form.submit()
    assert page.status == 503
    again = page.form(path)
    monkeypatch.undo()
    assert again.values["words"] == "Encore là"
    assert "Encore là" in lines(again.submit())[0]
    assert count(world) == 1


@pytest.mark.parametrize("path", [THREAD, "/fr/dossier/requests/urgent"])
def test_a_form_of_another_dossier_sends_nothing(world: World, phone: Browser, path: str) -> None:
    form = phone.open(path).form(path).fill(words="Pour l’autre")
    other = world.visit(world.announce())
    phone.set_cookie("citizen", other.cookie("citizen") or "")
    page = form.submit()
    assert page.status == 409
    assert "Pour l’autre" in page.body.decode()
    assert count(world) == 0


def test_a_form_of_another_adult_of_the_same_dossier_sends_nothing(
    world: World, announced: Announced, phone: Browser
) -> None:
    form = phone.open(THREAD).form(THREAD).fill(words="De Jeanne").force(whose="b")
    second_adult(world, announced)
    assert form.submit().status == 409
    assert count(world) == 0


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_stands_in_the_thread(world: World, phone: Browser, kind: RequestKind) -> None:
    path = f"/fr/dossier/requests/{kind}"
    assert path in phone.open(THREAD).links()
    page = phone.open(path).form(path).fill(words="Parce que").submit()
    assert (page.status, page.path) == (200, THREAD)
    (line,) = lines(page)
    assert "Parce que" in line
    assert "Pas encore lue par le centre" in line
    registered = kind in (RequestKind.URGENT, RequestKind.REEXAMINATION)
    assert ("Inscrite avec sa date au registre" in line) is registered
    assert ("15 novembre 2026" in line) is (kind is RequestKind.URGENT)
    assert ("10 décembre 2026 (texte de 2011, probable)" in line) is (kind is RequestKind.REEXAMINATION)
    again = phone.open(path)
    assert "Vous l’avez déjà demandé" in again.text
    assert not [form for form in again.forms() if form.action == path]


def test_a_request_from_an_older_page_keeps_its_words_for_a_message(
    world: World, announced: Announced, phone: Browser
) -> None:
    form = phone.open("/fr/dossier/requests/urgent").form("/urgent").fill(words="Aussi pour les enfants")
    ask(world, world.adult(announced))
    page = form.submit()
    assert page.status == 409
    assert world.count("case_request") == 1
    page = page.form(THREAD).submit()
    assert "Aussi pour les enfants" in lines(page)[1]


def test_of_another_adult_there_is_nothing(world: World, announced: Announced, phone: Browser) -> None:
    paul = second_adult(world, announced)
    ask(world, paul, RequestKind.URGENT, "Seul Paul le sait")
    write(world, paul, "Seul Paul le sait")
    page = phone.open(THREAD)
    assert lines(page) == []
    assert "Seul Paul le sait" not in page.body.decode()
    assert "Vous l’avez déjà demandé" not in phone.open("/fr/dossier/requests/urgent").text


@pytest.mark.parametrize("kind", ["nothing", "URGENT", "x" * 500])
def test_nothing_else_can_be_asked(phone: Browser, kind: str) -> None:
    assert phone.open(f"/fr/dossier/requests/{kind}").status == 404


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x"])
def test_any_number_of_a_page(phone: Browser, page: str) -> None:
    assert phone.open(f"{THREAD}?page={page}").status == 200


def test_who_signs_in_first_comes_back_to_the_request(world: World, announced: Announced) -> None:
    browser = world.browser()
    page = browser.open("/fr/dossier/requests/urgent")
    assert page.path.startswith("/fr/sign-in")
    page = page.form("/sign-in").fill(reference=announced.reference, code=announced.code).submit()
    assert page.status == 200
    assert re.match("/fr/dossier", page.path)


def test_no_page_says_late_or_granted(world: World, announced: Announced, phone: Browser) -> None:
    for kind in RequestKind:
        ask(world, world.adult(announced), kind)
    answer(world, world.caseworker(), world.adult(announced))
    texts = [phone.open(THREAD).text] + [phone.open(f"/fr/dossier/requests/{kind}").text for kind in RequestKind]
    for word in ("en retard", "à temps", "acceptée", "accordée", "refusée", "rejetée"):
        assert not [text for text in texts if word in text], word
