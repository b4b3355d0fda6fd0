"""The mail server is away while somebody reports a change: the proof is whole, and later one mail arrives."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from devstack.smtp import Smtp
from portal.services.reminders import wishes
from tests.browser.changes_cases import LEFT
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow, text_of
from tests.browser.launch import PHONE
from tests.browser.reporting import report
from tests.browser.situation_cases import at_home
from tests.browser.visits import BrowserVisit
from tests.browser.world import World
from tests.operations.waiting import Job, hurry, jobs, until
from tests.servers import PortalServer, PortalWorker
from tests.services.letters import letters

ADDRESS = "o.rey@example.ch"


@pytest.mark.parametrize(("language", "script"), [("de", True), ("ar", False)])
def test_an_hour_without_a_mail_server(
    open_page: OpenPage,
    world: World,
    live_server: PortalServer,
    live_worker: PortalWorker,
    mailbox: Smtp,
    language: str,
    script: bool,
) -> None:
    page = open_page(**PHONE, java_script_enabled=script)
    me = Hands(page, language)
    actor = at_home(BrowserVisit(world, page, live_server.base_url, language), LEFT)
    wishes.wish(world.kit, actor, ADDRESS, language)
    mailbox.kill()
    report(page, "moved", language, rent="900")
    me.says("Votre annonce est reçue")
    expect(page.locator(".qr svg")).to_be_visible()
    assert "mail" not in page.locator("main").inner_text().casefold()  # it promises none, so it owes none
    assert overflow(page) == []
    with page.expect_download() as waiting:
        page.locator("a[href$='/receipt.pdf']").click()
    hash_shown = page.locator(".hash").inner_text()
    assert hash_shown in text_of(waiting.value).replace("\n", "")

    for attempt in range(1, 4):  # once a minute, all the hour
        until(lambda n=attempt: waits(world, n), "the job waits")
        hurry(world.database)
    with world.database.connect() as connection:
        found = connection.execute("SELECT id FROM change_report").fetchall()
        assert connection.execute("SELECT count(*) FROM sent_mail WHERE sent_at IS NOT NULL").fetchone() == (0,)
    mailbox.start()
    assert letters(mailbox) == []
    hurry(world.database)
    until(lambda: letters(mailbox), "the mail leaves")
    until(lambda: not jobs(world.database, "tell_report"), "the job is done")
    with world.database.connect() as connection:  # a job that comes again, as after a kill, sends nothing
        arguments = [f'{{"report_id": "{found[0][0]}"}}']
        connection.execute("SELECT defer_job('tell_report', CAST(%s AS jsonb))", arguments)
        stored = connection.execute("SELECT name, message_id, tries FROM sent_mail").fetchall()
    hurry(world.database)
    until(lambda: not jobs(world.database, "tell_report"), "and once more")
    (letter,) = letters(mailbox)
    assert (letter.to, letter.language) == (ADDRESS, language)
    assert stored == [(f"report/{found[0][0]}", letter.message_id, 1)]
    page.reload()
    me.says("Votre annonce est reçue")
    expect(page.locator(".hash")).to_have_text(hash_shown)


def waits(world: World, attempts: int) -> list[Job]:
    """The one job of the report, once it was tried so often and waits again."""
    return [job for job in jobs(world.database, "tell_report") if job.status == "todo" and job.attempts >= attempts]
