"""The words of reminders where no page shows them: in mails and on paper, of every kind."""

from __future__ import annotations

from datetime import timedelta

from portal.adapters.mail import Mailer
from portal.domain.demand import filing_day
from portal.domain.reminders import Due, Kind, To
from portal.services.reminders import calling, wishes
from portal.services.reminders.answer_words import ANSWER_CLOSED
from portal.services.reminders.by_mail import mail_centre
from portal.services.reminders.due import list_call, run_due
from portal.services.reminders.letter import letter_pdf
from tests.browser.dossier_cases import me
from tests.browser.people import URGENT
from tests.browser.world import World


class Keeper(Mailer):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__("smtp://127.0.0.1", "portal@example.ch")
        self.sent: list[str] = []

    def send(self, *, subject: str, body: str, **_: object) -> None:
        self.sent.append(f"{subject}\n{body}")


def reminder_mails(world: World, language: str) -> list[str]:
    """A reminder to a person who wished for it, and one to the centre of the Upper Valais."""
    known, keeper = world.file(URGENT), Keeper()
    wishes.wish(world.kit, me(known), "o.rey@example.ch", language)
    mail_centre(world.kit, keeper, f"x/{known.demand.id}", known.demand.dossier_id, "oberwallis")
    run_due(world.kit, keeper, filing_day(world.kit.clock.now()) + timedelta(days=25))
    return keeper.sent


def reminder_letters(world: World, language: str) -> None:
    """The letter of every kind of reminder, and of one that has no words of its own."""
    known = world.file(URGENT)
    demand, actor = known.demand, world.caseworker("oberwallis")
    day = demand.filing_date
    for kind in (*Kind, ANSWER_CLOSED, "of-another-part"):
        due = Due(f"{kind}/{demand.id}", kind, To.PERSON, demand.dossier_id, demand.adult_id, day)
        list_call(world.kit, due, "refused")
    for line in calling.call_list(world.kit, actor).lines:
        letter_pdf(line, language, world.kit.clock.now(), "https://example.ch")
