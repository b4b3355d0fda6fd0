"""What follows a demand recorded or changed at the desk: who sees it, what the papers say, what the person learns."""

from __future__ import annotations

import re
import uuid

import pytest

from portal.domain.demand import Channel, Person
from portal.models import Demand
from portal.services import citizen
from portal.services.demands import as_adult, joined, view_of
from portal.services.desk import correct
from portal.services.filing import Contact
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import Announced, World

REASON = "Appel chez Claire"
TOLD = {"name": "Rosa Nunes", "phone": "079 555 21 21", "commune": "6248", "language": "pt"}
EARLIER = Contact(Channel.PHONE, local("2026-10-29 08:05"), time_known=True, reason=REASON)


def record(desk: Browser, **answers: str) -> Page:
    """Record a demand at the counter."""
    form = desk.open("/staff/demands/new").form("/demands/new")
    return form.fill(**{"channel": "walk-in", **TOLD, **answers}).submit()  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", ["walk-in", "phone", "letter", "commune"])
def test_the_channel_and_the_caseworker_stand_on_every_write(clean_world: World, channel: str) -> None:
    assert record(clean_world.desk("sierre"), channel=channel).path == "/staff/demands/filed"
    assert clean_world.row("SELECT channel, recorded_by IS NOT NULL FROM demand") == (channel, True)
    assert clean_world.row("SELECT channel, kind FROM filing_register") == (channel, "filing")
    audited = (
        "SELECT actor_kind, region, actor_id = (SELECT recorded_by FROM demand) FROM audit_event WHERE action = %s"
    )
    assert clean_world.row(audited, "demand:file") == ("staff", "sierre", True)


def test_who_keyed_what_was_said_is_told_to_both_sides(clean_world: World) -> None:
    """Of what was recorded at the desk, and not of what the person wrote themselves, nor to another adult of the household."""
    desk = clean_world.desk("sierre")
    link = next(link for link in record(desk).links() if re.fullmatch(r"/staff/demands/[0-9a-f-]{36}", link))
    assert "Noté par le centre le mardi, 10 novembre 2026." in desk.open(link).text
    demand = uuid.UUID(link.rpartition("/")[2])
    with clean_world.staff.database.reading() as session:
        found = session.execute(joined().where(Demand.id == demand)).one()
        view = view_of(session, clean_world.staff, found)
        assert as_adult(view, found[2]).recorded_by is None
    own = Browser(clean_world.citizen_app)
    own.set_cookie("citizen", citizen.enter_after_filing(clean_world.citizen, view, "test"))
    told = "Ce que vous avez dit à l’annonce a été noté par le centre le mardi, 10 novembre 2026."
    assert told in own.open("/fr/dossier").text
    online = clean_world.announce()
    assert "Noté par le centre" not in desk.open(f"/staff/demands/{online.id}").text
    assert "noté par le centre" not in clean_world.visit(online).open("/fr/dossier").text


def test_one_recorded_for_another_region_is_handed_over(clean_world: World) -> None:
    """The person gets the papers where they stand; the demand is seen where it belongs."""
    desk = clean_world.desk("sierre")
    page = record(desk, commune="6297")
    reference = clean_world.row("SELECT reference FROM dossier")[0]
    assert reference in page.text
    assert reference in words(desk.open("/staff/demands/filed/receipt.pdf").body)
    assert reference not in desk.open("/staff/").text
    assert reference in clean_world.desk("oberwallis").open("/staff/").text


def test_urgent_help_asked_for_at_the_desk_runs_from_the_first_contact(clean_world: World) -> None:
    page = record(clean_world.desk("sierre"), urgent="yes", contact_day="9", contact_month="11", reason=REASON)
    assert "14 novembre 2026" in page.text  # day five from the ninth
    assert clean_world.row("SELECT urgent_requested_at FROM demand") == (local("2026-11-09 00:00"),)


def test_a_possible_match_refuses_nothing_at_the_desk(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    assert [record(desk).path, record(desk).path] == ["/staff/demands/filed"] * 2
    assert clean_world.count("demand") == 2


def test_the_reason_rests_sealed_and_is_for_the_desk_only(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    page = record(desk, contact_day="9", contact_month="11", reason=REASON)
    with clean_world.superuser() as connection:
        rows = connection.execute("SELECT d::text, encode(d.answers, 'escape') FROM demand d").fetchall()
    assert REASON not in str(rows)
    link = next(link for link in page.links() if link.startswith("/staff/demands/") and len(link) > 45)
    assert REASON in desk.open(link).text
    assert REASON not in words(desk.open("/staff/demands/filed/receipt.pdf").body)


def test_the_papers_belong_to_the_last_one_recorded(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    first = record(desk).text
    second = record(desk, name="Nuno Nunes")
    references = [r[0] for r in _references(clean_world)]
    assert references[0] in first
    assert references[1] in second.text
    assert references[0] not in words(desk.open("/staff/demands/filed/slip.pdf").body)


def _references(world: World) -> list[tuple[str]]:
    with world.superuser() as connection:
        return connection.execute("SELECT reference FROM filing_register ORDER BY sequence").fetchall()  # type: ignore[return-value]


@pytest.fixture
def corrected(clean_world: World) -> Announced:
    """A demand of the tenth of November whose first contact was a call on the 29th of October."""
    announced = clean_world.announce(Person("Rosa Nunes"), language="pt")
    clean_world.clock.forward(hours=1)
    correct(clean_world.staff, clean_world.caseworker("sierre"), announced.id, EARLIER)
    return announced


def test_the_person_sees_the_corrected_date_but_not_its_reason(world: World, corrected: Announced) -> None:
    page = world.visit(corrected).open("/fr/dossier")
    assert "La date de votre annonce a été corrigée" in page.text
    assert "29 octobre 2026" in page.text
    assert "28 novembre 2026" in page.text  # day 30 from the earlier day
    assert REASON not in page.text


def test_the_receipt_after_a_correction_proves_the_earlier_day(world: World, corrected: Announced) -> None:
    browser = world.visit(corrected)
    receipt = words(browser.open("/fr/dossier/receipts/filing.pdf").body)
    assert "29 octobre 2026" in receipt
    assert "Annonce reçue mardi, 10 novembre 2026, 10:00" in receipt.replace("\u00a0", " ")
    assert f"{corrected.view.register_sequence + 1}" in receipt
    checked = browser.open("/fr/verify").form("/verify")
    page = checked.fill(reference=corrected.reference, check_code=corrected.view.check_code).submit()
    assert "29 octobre 2026" in page.text
    assert "corrigée" in page.text


def test_a_new_code_is_in_the_persons_language_and_known_to_the_person(world: World, corrected: Announced) -> None:
    desk = world.desk("sierre")
    desk.open(f"/staff/demands/{corrected.id}").form("/code").fill(identity_seen=True).submit()
    slip = desk.open(f"/staff/demands/{corrected.id}/slip.pdf")
    assert slip.headers["Cache-Control"] == "no-store"
    assert corrected.reference in words(slip.body)
    assert "Código de acesso" in words(slip.body)
    code = "".join(c for c in words(slip.body).split("Código de acesso")[1] if c.isdigit())[:16]
    signed_in = world.browser().open("/fr/sign-in").form("/sign-in").fill(reference=corrected.reference, code=code)
    assert "Nouveau code d’accès remis au guichet" in signed_in.submit().text
    assert code not in world.desk("sierre").open(f"/staff/demands/{corrected.id}").body.decode().replace(" ", "")


def test_after_a_new_code_the_papers_of_the_filing_show_the_old_one_no_more(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    page = record(desk)
    assert desk.open("/staff/demands/filed/slip.pdf").status == 200
    link = next(link for link in page.links() if link.startswith("/staff/demands/") and len(link) > 45)
    desk.open(link).form("/code").fill(identity_seen=True).submit()
    assert desk.open("/staff/demands/filed/slip.pdf").status == 404
    assert "Le code ne s’affiche plus" in desk.open("/staff/demands/filed").text
