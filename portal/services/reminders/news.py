"""A mail by wish at once: the centre wrote, or a report arrived. Without a wish there is nothing, not even at the desk:
they read it when they come. Whoever closed the online access cannot: then the desk's list says that the centre wrote.

Each job brings one id; whose it is, and when it came, is read from the state. What was said stays sealed: no role of the
worker can read it, so no mail can tell it.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from portal.adapters.mail import Mailer
from portal.domain.demand import filing_day
from portal.domain.reminders import Due, To
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.text import translator
from portal.models import Adult, ChangeReport, ChangeReportEvent, HouseholdEvent, ThreadMessage
from portal.services.closing import closed_since
from portal.services.kit import Kit
from portal.services.mailing import Outcome
from portal.services.reminders.answer_words import ANSWER_CLOSED, WHY_CLOSED
from portal.services.reminders.by_mail import Text, mail_adult
from portal.services.reminders.due import list_call


def tell_answer(kit: Kit, mailer: Mailer, message_id: uuid.UUID) -> Outcome:
    """The centre answered in the thread of one adult. Raises MailUnavailableError: try again later."""
    with kit.database.transaction() as session:
        adult = session.scalars(select(ThreadMessage.adult_id).where(ThreadMessage.id == message_id)).one()
    return _written(kit, mailer, f"answer/{message_id}", adult)


def tell_asked_back(kit: Kit, mailer: Mailer, event_id: uuid.UUID) -> Outcome:
    """The centre asked back about a report; only who made the report is told. Raises MailUnavailableError."""
    with kit.database.transaction() as session:
        adult = session.scalars(
            select(ChangeReport.adult_id)
            .join(ChangeReportEvent, ChangeReportEvent.report_id == ChangeReport.id)
            .where(ChangeReportEvent.id == event_id)
        ).one()
    return _written(kit, mailer, f"asked-back/{event_id}", adult)


def tell_report(kit: Kit, mailer: Mailer, report_id: uuid.UUID) -> Outcome:
    """A report arrived: the day and the time, to who made it. Raises MailUnavailableError: try again later."""
    with kit.database.transaction() as session:
        adult, instant = session.execute(
            select(ChangeReport.adult_id, ChangeReport.instant).where(ChangeReport.id == report_id)
        ).one()
    return _tell(kit, mailer, f"report/{report_id}", adult, received_text(instant))


def tell_household(kit: Kit, mailer: Mailer, event_id: uuid.UUID) -> None:
    """Something was done with a file as a whole: neutral words to its adults. Raises MailUnavailableError."""
    with kit.database.transaction() as session:
        adults = session.scalars(
            select(Adult.id)
            .join(HouseholdEvent, HouseholdEvent.dossier_id == Adult.dossier_id)
            .where(HouseholdEvent.id == event_id)
            .order_by(Adult.id)
        ).all()
    for adult in adults:
        _tell(kit, mailer, f"household/{event_id}/{adult}", adult, news_text)


def news_text(language: str, reference: str) -> tuple[str, tuple[str, ...]]:
    """An answer and a question have the same words: whoever sees the mail cannot tell them apart."""
    _ = translator(language).gettext
    lines = (
        _("Bonjour,"),
        _("Il y a du nouveau dans votre dossier."),
        _("Votre référence : %(reference)s", reference=reference),
    )
    return _("Du nouveau dans votre dossier %(reference)s", reference=reference), lines


def received_text(instant: datetime) -> Text:
    """That something arrived at `instant`, in the words of the confirmation of a demand: not what."""

    def text(language: str, reference: str) -> tuple[str, tuple[str, ...]]:
        _ = translator(language).gettext
        lines = (
            _("Bonjour,"),
            _(
                "Nous avons enregistré votre message du %(date)s à %(time)s.",
                date=long_date(filing_day(instant), language),
                time=time_of_day(instant, language),
            ),
            _("Votre référence : %(reference)s", reference=reference),
        )
        return _("Votre référence %(reference)s", reference=reference), lines

    return text


def _written(kit: Kit, mailer: Mailer, name: str, adult: uuid.UUID) -> Outcome:
    """The centre wrote: by mail, or on the desk's list where the person cannot read it here."""
    outcome = _tell(kit, mailer, name, adult, news_text)
    if outcome is Outcome.OFF:
        with kit.database.transaction() as session:
            closed = closed_since(session, adult) is not None
            dossier = session.scalars(select(Adult.dossier_id).where(Adult.id == adult)).one()
        if closed:
            day = filing_day(kit.clock.now())
            list_call(kit, Due(name, ANSWER_CLOSED, To.PERSON, dossier, adult, day), WHY_CLOSED)
    return outcome


def _tell(kit: Kit, mailer: Mailer, name: str, adult: uuid.UUID, text: Text) -> Outcome:
    return mail_adult(kit, mailer, name, adult, text)
