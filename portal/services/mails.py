"""Mails that follow a filing. No mail holds a case fact: a reference, a clock, where to look."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.adapters.mail import Mailer
from portal.domain.deadlines import urgent_due
from portal.domain.demand import filing_day
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.text import Translator, translator
from portal.law.parameters import parameter
from portal.models import Adult, Demand, Dossier, SentMail
from portal.services.closing import closed_since
from portal.services.kit import Kit
from portal.services.mailing import Mail, Outcome, send_once

ALERT_EVERY = timedelta(hours=24)


@dataclass(frozen=True)
class Urgent:
    """An urgent request that nobody has opened."""

    name: str
    """What the names of its alerts begin with; it is never another's."""
    reference: str
    region: str | None
    candidates: tuple[str, ...]
    requested_at: datetime
    path: str = "/staff/"
    """Where the centre opens it."""


def tell_filing(kit: Kit, mailer: Mailer, demand_id: uuid.UUID) -> None:
    """After a filing: alert the duty address if it is urgent, then confirm by mail where an address was given."""
    alert_duty(kit, mailer, demand_id)
    with kit.database.transaction() as session:
        row = session.execute(
            select(Dossier.reference, Adult.email, Adult.language, Demand.instant, Adult.id)
            .join(Demand, Demand.dossier_id == Dossier.id)
            .join(Adult, Adult.id == Demand.adult_id)
            .where(Demand.id == demand_id)
        ).one()
        reference, email, language, instant, adult_id = row
        closed = closed_since(session, adult_id)
    if email and closed is None:
        subject, body = _confirmation(translator(language), language, reference, instant, kit.public_url)
        send_once(kit, mailer, Mail(confirmation_name(demand_id), subject, body, language, adult_id), email)


def confirmation_name(demand_id: uuid.UUID) -> str:
    """The name of the confirmation mail of a demand."""
    return f"filed/{demand_id}"


def mail_refused(kit: Kit, demand_id: uuid.UUID) -> bool:
    """Whether the person's mail server refused the confirmation for good; the centre must use another way."""
    with kit.database.reading() as session:
        row = session.get(SentMail, confirmation_name(demand_id))
        return row is not None and row.refused_at is not None


def alert_duty(kit: Kit, mailer: Mailer, demand_id: uuid.UUID) -> int:
    """Tell the duty addresses of an unopened urgent request, once per 24 hours each. Returns mails sent.

    Reference and clock only. A region without a known address is shown on every board instead. A request that no
    region has taken stays unopened whoever looks at it, so that all its regions are told until one takes it.
    """
    with kit.database.transaction() as session:
        row = session.execute(
            select(
                Dossier.reference,
                Demand.region,
                Demand.candidate_regions,
                Demand.urgent_requested_at,
                Demand.urgent_opened_at,
                Demand.withdrawn_at,
            )
            .join(Demand, Demand.dossier_id == Dossier.id)
            .where(Demand.id == demand_id)
        ).one()
    reference, region, candidates, requested_at, opened_at, withdrawn_at = row
    if requested_at is None or opened_at is not None or withdrawn_at is not None:
        return 0
    return tell_duty(kit, mailer, Urgent(f"urgent/{demand_id}", reference, region, tuple(candidates), requested_at))


def tell_duty(kit: Kit, mailer: Mailer, urgent: Urgent) -> int:
    """Mail the duty addresses of an urgent request that nobody has opened, once per 24 hours each. Returns mails sent."""
    slot = max(0, int((kit.clock.now() - urgent.requested_at) / ALERT_EVERY))
    sent = 0
    for target in (urgent.region,) if urgent.region else urgent.candidates:
        address = kit.duty_addresses.get(target)
        if address:
            language = "de" if target == "oberwallis" else "fr"
            subject, body = _alert(translator(language), language, urgent, kit.public_url)
            mail = Mail(f"{urgent.name}/{target}/{slot}", subject, body, language)
            sent += send_once(kit, mailer, mail, address) is Outcome.SENT
    return sent


def sweep_urgent(kit: Kit, mailer: Mailer) -> int:
    """Alert for every urgent request that nobody has opened. Derived from the state: run it as often as you like."""
    with kit.database.transaction() as session:
        waiting = session.scalars(
            select(Demand.id).where(
                Demand.urgent_requested_at.is_not(None),
                Demand.urgent_opened_at.is_(None),
                Demand.withdrawn_at.is_(None),
            )
        ).all()
    return sum(alert_duty(kit, mailer, demand_id) for demand_id in waiting)


def _confirmation(text: Translator, language: str, reference: str, instant: datetime, url: str) -> tuple[str, str]:
    _ = text.gettext
    lines = (
        _("Bonjour,"),
        _(
            "Nous avons enregistré votre message du %(date)s à %(time)s.",
            date=long_date(filing_day(instant), language),
            time=time_of_day(instant, language),
        ),
        _("Votre référence : %(reference)s", reference=reference),
        _("Pour lire la suite, ouvrez cette page et entrez votre référence et votre code d’accès :"),
        f"{url}/{language}/sign-in",
        _("Nous ne demandons jamais votre code d’accès par e-mail."),
        _("Personne ne lit les réponses à cet e-mail."),
    )
    return _("Votre référence %(reference)s", reference=reference), "\n\n".join(lines) + "\n"


def _alert(text: Translator, language: str, urgent: Urgent, url: str) -> tuple[str, str]:
    _ = text.gettext
    day = filing_day(urgent.requested_at)
    due = urgent_due(day, parameter("urgent_clock", day).whole())
    lines = (
        _(
            "Une demande d’aide urgente est arrivée le %(date)s à %(time)s.",
            date=long_date(day, language),
            time=time_of_day(urgent.requested_at, language),
        ),
        _("Référence : %(reference)s", reference=urgent.reference),
        _("Décision au plus tard le %(date)s.", date=long_date(due, language)),
        _("Ouvrez-la dans l’espace du personnel. Ce rappel revient toutes les 24 heures jusque-là.")
        if urgent.region
        else _(
            "Aucun centre ne l’a encore prise : prenez-la dans l’espace du personnel."
            " Ce rappel revient toutes les 24 heures jusque-là."
        ),
        f"{url}{urgent.path}",
    )
    return _("Demande urgente %(reference)s", reference=urgent.reference), "\n\n".join(lines) + "\n"
