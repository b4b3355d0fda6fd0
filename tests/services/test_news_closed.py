"""What the centre wrote to somebody whose online access is closed: a line of the desk's list, and a letter that says so."""

from __future__ import annotations

import pytest

from devstack.smtp import Smtp
from portal.domain.changes.report import EventKind
from portal.services.closing import close_account
from portal.services.mailing import Outcome
from portal.services.reminders import calling
from portal.services.reminders.letter import letter_pdf
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.services.letters import letters
from tests.services.reporting import report
from tests.services.test_news_mails import PERSON, RENT, News, happens, note, wish, work
from tests.services.test_news_mails import announced as announced
from tests.services.threads import answer, write


@pytest.mark.parametrize("what", [News.ANSWER, News.ASKED_BACK])
def test_who_closed_the_online_access_is_called_or_written_to(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    if what is News.ASKED_BACK:
        view = report(world, me, RENT)
    else:
        write(world, me, "Mon loyer secret")
    close_account(world.citizen, me)
    if what is News.ASKED_BACK:
        note(world, view, EventKind.ASKED_BACK, words="Votre attestation secrète ?")
    else:
        answer(world, world.caseworker(), me, "Votre attestation secrète ?")
    assert [work(world, what), work(world, what)] == [Outcome.OFF, Outcome.OFF]
    (line,) = calling.call_list(world.staff, world.caseworker()).lines
    assert (line.kind, line.why, line.phone) == ("answer-closed", "closed", PERSON.phone)
    assert letters(mailbox) == []
    text = words(letter_pdf(line, "fr", world.clock.now(), "https://example.ch"))
    assert "Vous avez fermé votre accès en ligne" in text
    assert "Entrez votre référence et votre code" not in text
    assert "secr" not in text


def test_without_a_wish_and_with_an_open_access_there_is_no_line(clean_world: World, announced: Announced) -> None:
    world, me = clean_world, clean_world.adult(announced)
    happens(world, me, News.ANSWER)
    assert work(world, News.ANSWER) is Outcome.OFF
    assert world.count("call_list") == 0
