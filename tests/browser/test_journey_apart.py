"""A couple separates; one of them is not safe. From that moment each sees only their own, and the other learns nothing."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import expect

from devstack.smtp import Smtp
from portal.domain.demand import Announcement, Person
from portal.services import desk, snapshots
from portal.services.desk import NewAdult
from portal.services.slips import codes_of
from portal.services.thread import desk as thread_desk
from portal.services.thread.rows import Sent
from tests.browser.conftest import OpenPage
from tests.browser.dossier_cases import me
from tests.browser.hands import Filed, Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.own_pages import Read, read_everything
from tests.browser.reporting import details, report
from tests.browser.world import SIERRE, VISP, Known, World
from tests.operations.waiting import jobs, until
from tests.pages.changes import COUPLE
from tests.servers import PortalServer, PortalWorker
from tests.services.letters import letters

TOKEN: Final = bytes(range(32))
PAUL: Final = "Paul Second"
HIS_MAIL, HER_MAIL = "odette.seule@example.ch", "paul.cache@example.ch"
HERS: Final = (
    "Chemin Caché 9",
    "3930 Visp",
    "79 555 44 33",
    HER_MAIL,
    "Je dors chez une amie",
    "Ne dites rien",
    "1777",
    "vous attendons",
)
"""What the one who is not safe says: in the old file for themselves, and in the new one."""
HIS: Final = ("79 555 01 02", HIS_MAIL, "Mon avocat est Me Tissot", "432.10", "432,10", "Odette Rey")
"""What the other one says, and who they are."""


@pytest.fixture
def announced(world: World) -> Known:
    """Odette made the demand of both and sent their answers; the desk gave Paul a code of his own."""
    person = Person("Odette Rey", birth_year=1974, phone="+41 79 555 01 02", email=HIS_MAIL)
    known = world.file(Announcement(person, "fr", SIERRE), situation=COUPLE)
    snapshots.send(world.kit, me(known))
    desk.open_demand(world.kit, world.caseworker(), known.demand.id)
    return known


def second_code(world: World, known: Known) -> str:
    """The code that the desk gave to the second adult."""
    adult = desk.add_adult(world.kit, world.caseworker(), known.demand.id, NewAdult("b", PAUL, "fr"), TOKEN)
    return codes_of(world.kit, adult, TOKEN)[0]


def sign_in(hands: Hands, reference: str, code: str) -> None:
    hands.go("/sign-in")
    hands.page.locator("[name=reference]").fill(reference)
    hands.page.locator("[name=code]").fill(code)
    hands.button("Ouvrir mon dossier").click()


def say(hands: Hands, words: str) -> None:
    """Write to the centre."""
    hands.go("/dossier/messages")
    hands.page.locator("[name=words]").fill(words)
    hands.button("Envoyer le message").click()
    expect(hands.page.locator(".thread")).to_contain_text(words)


def apart(hands: Hands, code: str, *, script: bool) -> Filed:
    """The way from the dossier, or from the questions about a separation, to a file of one's own."""
    page = hands.page
    if script:
        details(page, "separated")
    else:
        hands.go("/dossier")
    page.locator("main a[href$='/dossier/not-safe']").click()
    hands.heading("Vous n’êtes pas en sécurité avec une personne de votre ménage")
    assert overflow(page) == []
    page.locator(f"label:has-text('{code}')").click()
    page.locator("[name=phone]").fill("079 555 44 33")
    page.locator("[name=email]").fill(HER_MAIL)
    page.locator("[name=postal_address]").fill("Chemin Caché 9\n3930 Visp")
    page.locator("[name=commune]").select_option(str(VISP))
    hands.choice("Un toit pour cette nuit").click()
    hands.button("Ouvrir mon propre dossier").dblclick()
    return hands.filed()


def others(read: Read, words: tuple[str, ...]) -> None:
    """Nothing of these words stands anywhere."""
    assert read.mentions(words) == []


@pytest.mark.parametrize(
    ("script", "code"),
    [(True, "Non, je suis la seule personne"), (False, "Oui, ou je ne sais pas")],
    ids=["script-own-code", "no-script-shared-code"],
)
def test_separated_and_not_safe(
    open_page: OpenPage,
    world: World,
    announced: Known,
    live_server: PortalServer,
    live_worker: PortalWorker,
    mailbox: Smtp,
    script: bool,
    code: str,
) -> None:
    first, second = (Hands(open_page(**PHONE, java_script_enabled=script), "fr") for _ in range(2))
    reference, old_code = announced.demand.reference, second_code(world, announced)
    assert announced.code is not None
    sign_in(first, reference, announced.code)
    first.go("/dossier/reminders")
    first.page.locator("[name=email]").fill(HIS_MAIL)
    first.button("Recevoir des rappels").click()
    first.says("Vous recevez des rappels")
    say(first, "Mon avocat est Me Tissot")
    report(first.page, "separated", still_here="no", alimony_paid="432.10")
    until(lambda: HIS_MAIL in {one.to for one in letters(mailbox)}, "the own report is confirmed")
    quiet(world)
    before = read_everything(first.page, world, reference, "a")
    told = mails_to(mailbox, HIS_MAIL)

    sign_in(second, reference, old_code)
    say(second, "Je dors chez une amie")
    theirs = apart(second, code, script=script)
    assert theirs.reference != reference
    second.button("J’ai noté mon code : ouvrir mon dossier").click()
    second.heading("Mon dossier")
    second.says(theirs.reference)
    say(second, "Ne dites rien à la maison")
    report(second.page, "moved", rent="1777", address="Chemin Caché 9")
    the_centre_answers(world, theirs.reference)
    until(lambda: mails_to(mailbox, HER_MAIL), "the new file is confirmed at the safe address")
    quiet(world)

    after = read_everything(first.page, world, reference, "a")
    assert after.changed_since(before) == []
    others(after, (*HERS, theirs.reference))
    assert seen_by(after) == seen_by(before)
    assert {name: part for name, part in after.data.items() if name != "access_log"} == {
        name: part for name, part in before.data.items() if name != "access_log"
    }
    assert mails_to(mailbox, HIS_MAIL) == told
    assert [one for one in told if theirs.reference in one] == []
    assert len(after.mentions(HIS[2:3])) >= 2, (
        "the own words stand in the thread and in the ZIP: the walk does see them"
    )
    own = read_everything(second.page, world, theirs.reference, "a")
    others(own, (*HIS, reference))
    assert {one.partition(": ")[2] for one in own.mentions(HERS)} == {*HERS} - {"Je dors chez une amie"}

    other = Hands(open_page(**PHONE, java_script_enabled=script), "fr")
    sign_in(other, reference, old_code)
    if script:  # the code was theirs alone, and is closed
        expect(other.page).to_have_url(re.compile("/sign-in"))
        expect(other.page.locator(".error-summary, .callout").first).to_be_visible()
    else:  # whoever knows the old code comes in as ever, and finds nothing of the new file
        other.heading("Mon dossier")
        new = ("Chemin Caché 9", "79 555 44 33", HER_MAIL, "Ne dites rien", "1777", "vous attendons", theirs.reference)
        others(read_everything(other.page, world, reference, "b"), new)


def mails_to(mailbox: Smtp, address: str) -> list[str]:
    """What arrived there, whole."""
    return [one.whole for one in letters(mailbox) if one.to == address]


def quiet(world: World) -> None:
    """Wait until no mail is under way."""
    tasks = ("tell_filing", "tell_report", "tell_answer", "alert_duty", "alert_request")
    until(lambda: not any(jobs(world.database, task) for task in tasks), "every mail left")


def seen_by(read: Read) -> list[object]:
    """The access log but for what this walk does itself."""
    return [one for one in read.data["access_log"] if one["action"] != "export:take"]


def the_centre_answers(world: World, reference: str) -> None:
    """The Upper Valais opens the new file and writes back."""
    anna = world.caseworker("oberwallis")
    with world.database.connect() as connection:
        query = "SELECT d.id, d.dossier_id, d.adult_id FROM demand d JOIN dossier f ON f.id = d.dossier_id WHERE reference = %s"
        row = connection.execute(query, [reference]).fetchone()
    assert row is not None
    desk.open_demand(world.kit, anna, row[0])
    seen = thread_desk.look_at_threads(world.kit, anna, row[1]).adults[0].thread.total
    thread_desk.answer(world.kit, anna, row[1], row[2], Sent("Nous vous attendons demain", "once", "fr"), seen)
