"""The pages of reminders: the wish, the link of a mail, no decision noted here, the desk's list and failures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from devstack.oidc import Oidc
from portal.domain.case_request import RequestKind
from portal.domain.demand import Person
from portal.domain.reminders import Due, To
from portal.services.reminders import wishes
from portal.services.reminders.due import list_call
from tests.pages.browser import Browser, text_of
from tests.pages.pdf import words
from tests.pages.world import JANE, VISP, Announced, World
from tests.services.households import second_adult
from tests.services.on_paper import on_paper
from tests.services.threads import ask


def wish_page(browser: Browser) -> Browser:
    browser.open("/fr/dossier/reminders")
    return browser


def line_for(world: World, announced: Announced) -> None:
    day = announced.view.filing_date
    name = f"decision-31/{announced.id}/{day}"
    due = Due(name, "decision-31", To.PERSON, announced.view.dossier_id, announced.view.adult_id, day)
    list_call(world.worker, due, "no-mail")


def test_wish_change_and_end(clean_world: World) -> None:
    announced = clean_world.announce()
    browser = wish_page(clean_world.visit(announced))
    assert browser.page is not None
    form = browser.page.form("/dossier/reminders")
    assert form.values["email"] == JANE.email, "begins with the address of the demand"
    assert clean_world.count("mail_wish") == 0, "which is no wish"
    page = form.submit()
    assert "Vous recevez des rappels" in page.text
    page = wish_page(browser).page.form("/dossier/reminders").fill(email="Other.Box@example.ch").submit()  # type: ignore[union-attr]
    assert "Other.Box@example.ch" in page.text
    assert clean_world.count("mail_wish") == 2
    page = browser.page.form("/reminders/end").submit()  # type: ignore[union-attr]
    assert "Vous recevez des rappels" not in page.text
    assert wishes.own_wish(clean_world.citizen, clean_world.adult(announced))[0] is None


@pytest.mark.parametrize("address", ["", "a", "a@", "a@b\nBcc: c@example.ch", "x" * 250 + "@example.ch"])
def test_what_is_no_address_is_said(clean_world: World, address: str) -> None:
    browser = wish_page(clean_world.visit(clean_world.announce()))
    page = browser.page.form("/dossier/reminders").fill(email=address).submit()  # type: ignore[union-attr]
    assert page.status == 422
    assert page.faulty() == {"email"}
    assert clean_world.count("mail_wish") == 0


def test_a_page_of_another_dossier_wishes_nothing(clean_world: World) -> None:
    browser = wish_page(clean_world.visit(clean_world.announce()))
    form = browser.page.form("/dossier/reminders")  # type: ignore[union-attr]
    page = form.fill(reference="VS-0000-0000-97").submit()
    assert page.status == 409
    assert clean_world.count("mail_wish") == 0


def test_the_link_of_a_mail(clean_world: World) -> None:
    announced = clean_world.announce()
    actor = clean_world.adult(announced)
    wishes.wish(clean_world.citizen, actor, "a@example.ch", "fr")
    found, _ = wishes.own_wish(clean_world.citizen, actor)
    assert found is not None
    address = f"/fr/reminders/{wishes.token_of(clean_world.citizen, found.id)}"
    anybody = clean_world.browser()
    for _ in range(2):  # programs that check mails look
        page = anybody.open(address)
    for word in (announced.reference, "a@example.ch", "Jeanne"):
        assert word not in page.text
    assert wishes.look(clean_world.citizen, address.rpartition("/")[2])
    page = page.form(address).submit()
    assert "Vous ne recevez plus d’e-mails" in page.text
    assert wishes.own_wish(clean_world.citizen, actor)[0] is None
    assert anybody.open("/fr/reminders/" + "x" * 43).status == 404
    assert anybody.open("/fr/reminders/short").status == 404


def test_day_31_asks_before_it_tells(clean_world: World) -> None:
    announced = clean_world.announce()
    page = clean_world.visit(announced).open("/fr/dossier/no-decision")
    links = [link.get("href") for link in page.main.iter("a")]
    assert not [link for link in links if "/defend" in (link or "")], "the clock still runs"
    clean_world.clock.forward(days=31)
    page = clean_world.visit(announced).open("/fr/dossier/no-decision")
    assert page.h1.startswith("Une lettre est-elle arrivée")
    hidden = [text_of(one) for one in page.main.iter("details")]
    assert [text.partition(",")[0].strip() for text in hidden[:2]] == ["Oui", "Non"]
    ways = [[link.get("href") for link in one.iter("a")] for one in page.main.iter("details")]
    assert "/fr/defend/refused" in ways[0]
    assert "/fr/defend/no-answer" in ways[1]
    said = text_of(page.main)
    for verdict in ("en retard", "hors délai", "tardi", "est refusé", "accord", "silence"):
        assert verdict not in said.replace("pas d’accord", "")


def test_the_desk_prints_and_marks(clean_world: World, oidc: Oidc) -> None:
    announced, other = clean_world.announce(language="pt"), clean_world.announce(Person("Autre Personne"), commune=VISP)
    for one in (announced, other):
        line_for(clean_world, one)
    desk = clean_world.desk()
    page = desk.open("/staff/call-list")
    assert announced.reference in page.text
    assert other.reference not in page.text
    (letter,) = [link for link in page.links() if link.endswith("/letter.pdf")]
    answer = desk.send("GET", letter)
    assert answer.mimetype == "application/pdf"
    assert announced.reference in words(answer.data)
    assert answer.headers["Content-Disposition"].endswith('"reminder.pdf"')
    page = page.form("/done").submit()
    assert "Lignes ouvertes" not in page.text
    assert announced.reference in page.text, "among what was done"
    assert clean_world.desk("oberwallis").send("GET", letter).status_code == 404


def test_nobody_with_an_address_is_said_to_have_none(clean_world: World, oidc: Oidc) -> None:
    nothing = "Aucun moyen de joindre cette personne"
    mail, desk = "Seule une adresse e-mail est connue", clean_world.desk()
    line_for(clean_world, clean_world.announce(Person("Que Mail", email="que@example.ch")))
    page = desk.open("/staff/call-list")
    assert (mail in page.text, nothing in page.text) == (True, False)
    line_for(clean_world, clean_world.announce(Person("Sans Rien", unreachable=True)))
    page = desk.open("/staff/call-list")
    assert (mail in page.text, nothing in page.text) == (True, True)
    line_for(clean_world, clean_world.announce(Person("Avec Tout", email="tout@example.ch", phone="+41 79 555 01 09")))
    page = desk.open("/staff/call-list")
    assert (page.text.count(mail), page.text.count(nothing)) == (1, 1)


def test_failures_show_kinds_only(clean_world: World, oidc: Oidc) -> None:
    assert "Tout a marché" in clean_world.desk().open("/staff/failures").text
    announced = clean_world.announce()
    with clean_world.superuser() as connection:
        connection.execute(
            "INSERT INTO sent_mail (name, message_id, created_at, refused_at) VALUES (%s, '<a>', %s, now())",
            [f"filed/{announced.id}", clean_world.clock.now()],
        )
    text = clean_world.desk().open("/staff/failures").text
    assert "Confirmation d’une annonce" in text
    assert str(announced.id) not in text


def test_own_mails_stand_on_the_page_in_words_that_tell_no_fact(clean_world: World) -> None:
    """Those of this adult alone, the newest first; one that was refused says so."""
    announced = clean_world.announce()
    paul = second_adult(clean_world, announced)
    browser = clean_world.visit(announced)
    assert "E-mails envoyés" not in browser.open("/fr/dossier/reminders").text
    row = "INSERT INTO sent_mail (name, message_id, created_at, sent_at, refused_at, adult_id) VALUES (%s, 'x', %s, %s, %s, %s)"
    now, mine = clean_world.clock.now(), announced.view.adult_id
    with clean_world.superuser() as connection:
        connection.execute(row, [f"filed/{announced.id}", now, now, None, mine])
        connection.execute(row, [f"reexamination-25/{announced.id}/x", now + timedelta(hours=1), None, now, mine])
        connection.execute(row, ["answer/x", now, now, None, paul.id])
    text = " ".join(browser.open("/fr/dossier/reminders").text.split())
    sent = text[text.index("E-mails envoyés") :]
    assert sent.index("Un rappel pour vous (refusé") < sent.index("Confirmation : votre message est arrivé")
    assert "Du nouveau" not in sent
    assert "décision" not in sent


def test_the_dossier_shows_the_clock_of_a_request_and_of_nobody_else_s(clean_world: World) -> None:
    """Of a demand, of another adult of its household, of a file that began on paper."""
    clean_world.clock.set("2026-11-02 09:10")
    announced, file = clean_world.announce(), on_paper(clean_world)
    browsers = {"demand": clean_world.visit(announced), "paper": file.browser(clean_world)}
    for browser in browsers.values():
        assert "Nouvelle décision demandée" not in browser.open("/fr/dossier").text
    ask(clean_world, second_adult(clean_world, announced), RequestKind.REEXAMINATION)
    assert "Nouvelle décision demandée" not in browsers["demand"].open("/fr/dossier").text
    for actor in (clean_world.adult(announced), file.actor):
        ask(clean_world, actor, RequestKind.REEXAMINATION)
    for name, browser in browsers.items():
        text = browser.open("/fr/dossier").text
        assert "Nouvelle décision demandée, au plus tard, selon un texte ancien" in text, name
        assert "2 décembre 2026" in text, name
