"""Mails that follow a filing: what stands in them, who is told of an urgent request, and for how long."""

from __future__ import annotations

from datetime import date

import pytest

from devstack.smtp import Smtp
from portal.domain.demand import Helper, Need, Person
from portal.domain.reference import group
from portal.i18n.languages import CODES
from portal.services.citizen import request_urgent_help, withdraw
from portal.services.desk import open_demand, pass_on, take
from portal.services.kit import Kit, build_kit
from portal.services.mails import alert_duty, sweep_urgent, tell_filing
from tests.pages.world import SIERRE, SION, UNSURE, VISP, Announced, World
from tests.services.actors import citizen_of
from tests.services.letters import letters

ADDRESS = "zenaide@example.ch"
PERSON = Person(
    "Zénaïde Introuvable", latin_name="Zenaide Unfindable", birth_date=date(1961, 2, 3), phone="+41 79 555 66 77",
    email=ADDRESS, postal_address="Ruelle Cachée 9\n3960 Sierre", interview_language="ti", interpreter=True,
)  # fmt: skip
SAID = (
    "Zénaïde",
    "Introuvable",
    "Zenaide Un",
    "1961",
    "555 66 77",
    "Ruelle",
    "3960",
    "Sierre",
    "Siders",
    "Nachbarin",
    "Cousine",
)
# Words that would tell somebody who looks at the phone what the mail is about, in the five languages.
TOPIC = (
    "social", "sozial", "sociale", "aide ", "hilfe", " help", "ajuda", "urgent", "dringend",
    "urgente", "مساعدة", "اجتماعي", "عاجل",
    "demande", "gesuch", "antrag", "pedido", " طلب", "طلبكم", "centre", "zentrum", "centro",
    "commune", "gemeinde", "câmara", "bedürftig",
    "logement", "manger", "médicament", "toit", "obdach", "essen", "food", "lodging", "medicine", "abrigo", "comida",
    "interprète", "dolmetsch", "interpreter", "الإعانة", "مأوى", "طعام", "دواء",
)  # fmt: skip


def send(world: World, announced: Announced) -> None:
    """What the worker does after a filing."""
    tell_filing(world.worker, world.mailer, announced.id)


def kit(world: World, **addresses: str) -> Kit:
    """A worker that knows these duty addresses and no other."""
    known = {region.replace("_", "-"): address for region, address in addresses.items()}
    return build_kit(world.settings("worker", duty_addresses=known), world.clock)


@pytest.mark.parametrize("language", CODES)
def test_a_confirmation_holds_no_case_fact(clean_world: World, mailbox: Smtp, language: str) -> None:
    announced = clean_world.announce(
        PERSON, commune=SIERRE, language=language, urgent=True, needs=tuple(Need), helper=Helper("Nachbarin", "Cousine")
    )
    send(clean_world, announced)
    (letter,) = [one for one in letters(mailbox) if one.to == ADDRESS]
    content = f"{letter.subject}\n{letter.body}"
    assert announced.reference in letter.subject
    assert f"/{language}/sign-in" in letter.body
    assert letter.language == language
    secrets = (announced.code, group(announced.code), announced.view.check_code, group(announced.view.check_code))
    assert [word for word in (*SAID, *secrets) if word in letter.whole.replace(ADDRESS, "")] == []
    assert [word for word in TOPIC if word in content.casefold()] == []


def test_each_language_has_its_own_words(clean_world: World, mailbox: Smtp) -> None:
    for language in CODES:
        send(clean_world, clean_world.announce(Person("A B", email=ADDRESS), language=language))
    assert len({letter.body.split("\n")[0] for letter in letters(mailbox)}) == len(CODES)


def test_without_an_address_nothing_is_sent(clean_world: World, mailbox: Smtp) -> None:
    send(clean_world, clean_world.announce(Person("A B", phone="+41 79 555 66 77")))
    assert letters(mailbox) == []
    assert clean_world.count("sent_mail") == 0


@pytest.mark.parametrize(
    ("commune", "to", "language", "day"),
    [
        (SIERRE, "duty.sierre@example.ch", "fr", "15 novembre"),
        (VISP, "duty.oberwallis@example.ch", "de", "15. November"),
    ],
)
def test_an_alert_holds_the_reference_and_the_clock_only(
    clean_world: World, mailbox: Smtp, commune: int, to: str, language: str, day: str
) -> None:
    announced = clean_world.announce(PERSON, commune=commune, urgent=True, needs=tuple(Need))
    alert_duty(clean_world.worker, clean_world.mailer, announced.id)
    (letter,) = letters(mailbox)
    assert (letter.to, letter.language) == (to, language)
    assert announced.reference in letter.subject
    assert day in letter.body  # day five
    assert "/staff/" in letter.body
    told = letter.whole.replace(to, "")
    assert [word for word in (*SAID, ADDRESS, announced.code, "ruelle", "Visp", "toit", "Obdach") if word in told] == []


def test_until_somebody_opens_it_the_alert_comes_back_each_day_weekends_too(clean_world: World, mailbox: Smtp) -> None:
    clean_world.clock.set("2026-11-13 18:00")  # a Friday
    announced = clean_world.announce(urgent=True)
    send(clean_world, announced)
    sent = []
    for _ in range(3 * 24 * 2):  # sweep after sweep, until Monday evening
        clean_world.clock.forward(minutes=30)
        if sweep_urgent(clean_world.worker, clean_world.mailer):
            sent.append(f"{clean_world.clock.now():%a %H:%M}")
    assert sent == ["Sat 17:00", "Sun 17:00", "Mon 17:00"]  # UTC
    alerts = [letter for letter in letters(mailbox) if letter.to == "duty.sierre@example.ch"]
    assert len({letter.message_id for letter in alerts}) == len(alerts) == 4
    open_demand(clean_world.staff, clean_world.caseworker(), announced.id)
    clean_world.clock.forward(days=2)
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 0


def test_a_worker_that_was_away_sends_one_alert_not_all_that_were_missed(clean_world: World, mailbox: Smtp) -> None:
    clean_world.announce(urgent=True)
    clean_world.clock.forward(days=4, hours=1)
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 1
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 0


def test_none_after_a_withdrawal(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(urgent=True)
    withdraw(clean_world.citizen, citizen_of(announced), clean_world.clock.now(), None)
    clean_world.clock.forward(days=1)
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 0
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 0


def test_none_without_an_urgent_request(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 0
    request_urgent_help(clean_world.citizen, citizen_of(announced), clean_world.clock.now())
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 1


def test_every_candidate_region_is_told_until_one_takes_it(clean_world: World, mailbox: Smtp) -> None:
    worker = kit(clean_world, martigny="m@example.ch", bas_valais="b@example.ch", sierre="s@example.ch")
    announced = clean_world.announce(commune=UNSURE, urgent=True)
    assert alert_duty(worker, clean_world.mailer, announced.id) == 2
    assert {letter.to for letter in letters(mailbox)} == {"m@example.ch", "b@example.ch"}
    take(clean_world.staff, clean_world.caseworker("martigny"), announced.id)
    clean_world.clock.forward(days=1)
    assert alert_duty(worker, clean_world.mailer, announced.id) == 1
    assert letters(mailbox)[-1].to == "m@example.ch"


def test_a_look_stops_no_reminder_while_nobody_has_taken_it(clean_world: World, mailbox: Smtp) -> None:
    world = clean_world
    announced = world.announce(commune=None, urgent=True)
    assert alert_duty(world.worker, world.mailer, announced.id) == 2
    assert all("prenez-la" in letter.body or "Übernehmen Sie" in letter.body for letter in letters(mailbox))
    open_demand(world.staff, world.caseworker("sierre"), announced.id)
    world.clock.forward(days=1)
    assert sweep_urgent(world.worker, world.mailer) == 2
    take(world.staff, world.caseworker("sierre"), announced.id)
    open_demand(world.staff, world.caseworker("sierre"), announced.id)
    world.clock.forward(days=1)
    assert sweep_urgent(world.worker, world.mailer) == 0


def test_an_unknown_commune_tells_every_region_with_an_address(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(commune=None, urgent=True)
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 2
    assert {letter.to for letter in letters(mailbox)} == {"duty.sierre@example.ch", "duty.oberwallis@example.ch"}


def test_a_region_without_an_address_gets_no_mail(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(commune=SION, urgent=True)
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 0


def test_passed_on_the_new_region_is_told_at_once(clean_world: World, mailbox: Smtp) -> None:
    """Not a day after the first alert, but now: the job is in the transaction of passing on."""
    announced = clean_world.announce(commune=SIERRE, urgent=True)
    alert_duty(clean_world.worker, clean_world.mailer, announced.id)
    caseworker = clean_world.caseworker("sierre")
    open_demand(clean_world.staff, caseworker, announced.id)
    waiting = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'alert_duty'"
    before = clean_world.row(waiting)[0]
    clean_world.clock.forward(minutes=20)
    pass_on(clean_world.staff, caseworker, announced.id, "oberwallis", "Domicile")
    assert clean_world.row(waiting)[0] == before + 1
    assert alert_duty(clean_world.worker, clean_world.mailer, announced.id) == 1
    assert [letter.to for letter in letters(mailbox)] == ["duty.sierre@example.ch", "duty.oberwallis@example.ch"]
