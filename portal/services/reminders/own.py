"""What a person is reminded of now, as their own page shows it: with or without a mail."""

from __future__ import annotations

from portal.domain.demand import filing_day
from portal.domain.reminders import To
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.reminders.report_words import asked_words
from portal.services.reminders.sources import due_on
from portal.services.reminders.telling import Told
from portal.services.reminders.words import told
from portal.services.reports.asked_back import open_questions_in


def own_reminders(kit: Kit, actor: Actor, language: str) -> tuple[Told, ...]:
    """The actor's own reminders of this day, never another adult's; first what the centre asked about a report.

    That one is told here alone, on every day until it is answered: a mail left when it was asked. Raises NotYoursError.
    """
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    on = filing_day(kit.clock.now())
    with kit.database.transaction() as session:
        due = due_on(session, kit, on, actor.dossier_id)
        asked = open_questions_in(session, kit, actor, on)
    mine = sorted((one for one in due if one.to is To.PERSON and one.adult == actor.adult_id), key=lambda one: one.day)
    return (
        *(asked_words(one.report, one.wanted_by, language) for one in asked),
        *(told(one.kind, one.day, language) for one in mine),
    )
