"""Anyone who holds a receipt can check it; the page says genuine or not, its date, and nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from portal.domain.demand import Channel, Person
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode
from portal.domain.reference import group
from portal.services.citizen import withdraw
from portal.services.desk import correct
from portal.services.filing import Contact
from portal.services.receipts import receipt_qr_text
from portal.views.verify import MOST_CHECKS
from tests.clock import local
from tests.pages.browser import Page
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.services.actors import citizen_of

SECRETIVE = Person("Verborgene Person", birth_year=1971, phone="+41 79 555 12 34", email="verborgen@example.ch")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026, 10:00."""
    return clean_world.announce(SECRETIVE)


def by_code(world: World, reference: str, check_code: str) -> Page:
    form = world.browser().open("/fr/verify").form("/verify")
    return form.fill(reference=reference, check_code=check_code).submit()


def by_qr(world: World, address: str) -> Page:
    parts = urlsplit(address)
    return world.browser().open(f"{parts.path}?{parts.query}")


def genuine(page: Page) -> bool:
    assert (page.status == 200) is bool(page.classed("panel-ok"))
    return page.status == 200


def test_genuine_by_code(world: World, announced: Announced) -> None:
    page = by_code(world, announced.reference, group(announced.view.check_code))
    assert genuine(page)
    assert "10 novembre 2026" in page.text
    assert "10:00" in page.text


def test_genuine_by_qr(world: World, announced: Announced) -> None:
    address = receipt_qr_text(world.citizen, announced.view)
    assert address.startswith(world.citizen.public_url)
    assert genuine(by_qr(world, address))
    assert len(address) < 300


def test_it_says_nothing_about_the_person(world: World, announced: Announced) -> None:
    for page in (
        by_code(world, announced.reference, announced.view.check_code),
        by_qr(world, receipt_qr_text(world.citizen, announced.view)),
    ):
        for word in ("Verborgene", "Person", "555", "verborgen", "Sierre", "6248", announced.code, "1971"):
            assert word not in page.body.decode().replace("\u00a0", " "), word


def test_the_access_code_is_not_in_the_qr(world: World, announced: Announced) -> None:
    address = receipt_qr_text(world.citizen, announced.view)
    assert announced.code not in address
    assert announced.view.check_code not in address
    assert "Verborgen" not in address


def test_a_wrong_code_and_an_unknown_reference_get_one_answer(world: World, announced: Announced) -> None:
    wrong = by_code(world, announced.reference, "00000000")
    unknown = by_code(world, "VS-0000-0001-95", "00000000")
    assert wrong.status == unknown.status == 422
    assert not genuine(wrong)
    assert wrong.text == unknown.text
    # The access code is no check code, and the other way round.
    assert not genuine(by_code(world, announced.reference, announced.code))


def test_every_changed_letter_of_the_qr_is_noticed(world: World, announced: Announced) -> None:
    address = receipt_qr_text(world.citizen, announced.view)
    head, _, text = address.partition("q=")
    client = world.browser()
    for place in range(0, len(text), 9):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert client.send("GET", f"/fr/verify?q={changed}").status_code == 422, place
        with world.superuser() as connection:
            connection.execute("DELETE FROM limit_counter")
    assert head.endswith("/fr/verify?")


@pytest.mark.parametrize("text", ["A", "HELLO", "é", "A" * 5000, "%00", "<script>", "' OR 1=1", "AE" * 200])
def test_what_is_no_receipt(clean_world: World, text: str) -> None:
    page = clean_world.browser().open(f"/fr/verify?q={text}")
    assert page.status in (400, 422)
    assert not page.classed("panel-ok")


def test_a_receipt_signed_for_another_entry(world: World, announced: Announced) -> None:
    """Our own signature alone is not enough: the register must agree."""
    signer = world.citizen.signer
    facts = ReceiptFacts(announced.reference, announced.view.instant, "online", 6248, "filing", 1, bytes(32))
    text = encode(facts, *signer.sign(canonical_bytes(facts)))
    assert not genuine(by_qr(world, f"/fr/verify?q={text}"))


def test_later_corrected(world: World, announced: Announced) -> None:
    old = receipt_qr_text(world.citizen, announced.view)
    world.clock.forward(days=3)
    contact = Contact(Channel.PHONE, local("2026-10-29 00:00"), time_known=False, reason="Téléphone noté")
    correct(world.staff, world.caseworker("sierre"), announced.id, contact)
    for page in (by_code(world, announced.reference, announced.view.check_code), by_qr(world, old)):
        assert genuine(page)
        assert "10 novembre 2026" in page.text
        assert "29 octobre 2026" in page.text
        assert "Téléphone" not in page.text
    # The receipt of today states the corrected day, and is genuine too.
    receipt = words(world.visit(announced).open("/fr/dossier/receipts/filing.pdf").body)
    assert "29 octobre 2026" in receipt
    assert "Annonce reçue mardi, 10 novembre 2026, 10:00" in receipt.replace("\u00a0", " ")


def test_withdrawn_stays_genuine_and_does_not_tell(world: World, announced: Announced) -> None:
    """That somebody withdrew is not the business of whoever holds the receipt: it proves the date only."""
    before = by_code(world, announced.reference, announced.view.check_code)
    withdraw(world.citizen, citizen_of(announced), world.clock.now(), "Privat")
    after = by_code(world, announced.reference, announced.view.check_code)
    assert genuine(after)
    assert after.text == before.text


def test_too_many_checks_are_refused(world: World, announced: Announced) -> None:
    """A check code has eight digits only: above the limit, even the right one must wait."""
    browser = world.browser()
    form = browser.open("/fr/verify").form("/verify").fill(reference=announced.reference, check_code="00000000")
    for _ in range(MOST_CHECKS):
        assert browser.send("POST", "/fr/verify", data=form.values).status_code == 422
    page = form.fill(check_code=announced.view.check_code).submit()
    assert page.status == 429
    assert page.headers["Retry-After"]
    assert browser.open(urlsplit(receipt_qr_text(world.citizen, announced.view)).path + "?q=A").status == 429
    # Looking at the form costs nothing; another address is not touched; ten minutes later all is well.
    assert browser.open("/fr/verify").status == 200
    assert form.submit(environ_overrides={"REMOTE_ADDR": "192.0.2.9"}).status == 200
    world.clock.forward(minutes=10)
    assert form.submit().status == 200


def test_a_forged_forwarded_address_does_not_escape_the_limit(world: World, announced: Announced) -> None:
    browser = world.browser()
    form = browser.open("/fr/verify").form("/verify").fill(reference=announced.reference, check_code="00000000")
    for number in range(MOST_CHECKS + 1):
        headers = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
        last = browser.send("POST", "/fr/verify", data=form.values, headers=headers)
    assert last.status_code == 429


def test_the_addresses_on_paper_open(world: World, announced: Announced) -> None:
    """Whatever address a receipt or a slip prints, in each language, leads to a page."""
    browser = world.visit(announced)
    filed = world.browser()
    for language in ("fr", "de", "en", "pt", "ar"):
        receipt = words(browser.open(f"/{language}/dossier/receipts/filing.pdf").body)
        for word in receipt.split():
            if word.startswith(world.citizen.public_url):
                path = word.removeprefix(world.citizen.public_url).rstrip(".,")
                assert filed.open(path or "/").status == 200, path
    assert parse_qs(urlsplit(receipt_qr_text(world.citizen, announced.view)).query).keys() == {"q"}


def test_the_public_keys_are_shown(world: World) -> None:
    page = world.browser().open("/fr/verify")
    for key_id, key in world.citizen.signer.public_keys().items():
        assert key_id in page.text
        assert key in page.text
