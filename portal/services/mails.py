"""Mails that follow a filing. No mail holds a case fact: a reference, a clock, where to look.

A mail leaves at least once and is marked when the server took it. Its name and Message-ID are always the same, so
a repeat after a crash can be recognised by whoever receives it.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from portal.adapters.mail import Mailer, MailRefusedError
from portal.domain.deadlines import urgent_due
from portal.domain.demand import filing_day
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.text import Translator, translator
from portal.law.parameters import parameter
from portal.models import Adult, Demand, Dossier, SentMail
from portal.services.kit import Kit

ALERT_EVERY = timedelta(hours=24)


def tell_filing(kit: Kit, mailer: Mailer, demand_id: uuid.UUID) -> None:
    """After a filing: alert the duty address if it is urgent, then confirm by mail where an address was given."""
    alert_duty(kit, mailer, demand_id)
    with kit.database.transaction() as session:
        row = session.execute(
            select(Dossier.reference, Adult.email, Adult.language, Demand.instant)
            .join(Demand, Demand.dossier_id == Dossier.id)
            .join(Adult, Adult.id == Demand.adult_id)
            .where(Demand.id == demand_id)
        ).one()
    reference, email, language, instant = row
    if email:
        subject, body = _confirmation(translator(language), language, reference, instant, kit.public_url)
        _send_once(kit, mailer, confirmation_name(demand_id), email, subject, body, language)


def confirmation_name(demand_id: uuid.UUID) -> str:
    """The name of the confirmation mail of a demand."""
    return f"filed/{demand_id}"


def mail_refused(kit: Kit, demand_id: uuid.UUID) -> bool:
    """Whether the person's mail server refused the confirmation for good; the centre must use another way."""
    with kit.database.transaction() as session:
        row = session.get(SentMail, confirmation_name(demand_id))
        return row is not None and row.refused_at is not None


def alert_duty(kit: Kit, mailer: Mailer, demand_id: uuid.UUID) -> int:
    """Tell the duty addresses of an unopened urgent request, once per 24 hours each. Returns mails sent.

    Reference and clock only. A region without a known address is shown on every board instead. A request that no
    region has taken stays unopened whoever looks at it, so that all its regions are told until one takes it.
    """
    now = kit.clock.now()
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
    slot = max(0, int((now - requested_at) / ALERT_EVERY))
    sent = 0
    for target in (region,) if region else tuple(candidates):
        address = kit.duty_addresses.get(target)
        if address:
            language = "de" if target == "oberwallis" else "fr"
            text = translator(language)
            subject, body = _alert(text, language, reference, requested_at, kit.public_url, taken=region is not None)
            name = f"urgent/{demand_id}/{target}/{slot}"
            sent += _send_once(kit, mailer, name, address, subject, body, language)
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


def _send_once(kit: Kit, mailer: Mailer, name: str, to: str, subject: str, body: str, language: str) -> int:
    """Send a named mail unless it is marked as sent. 1 when it left now."""
    now = kit.clock.now()
    domain = parseaddr(mailer.sender)[1].rpartition("@")[2] or "localhost"
    message_id = f"<{sha256(name.encode()).hexdigest()[:32]}@{domain}>"
    with kit.database.transaction() as session:
        session.execute(
            insert(SentMail).values(name=name, message_id=message_id, created_at=now).on_conflict_do_nothing()
        )
    with kit.database.transaction() as session:
        row = session.scalars(select(SentMail).where(SentMail.name == name).with_for_update()).one()
        if row.sent_at is not None or row.refused_at is not None:
            return 0
        try:
            mailer.send(to=to, subject=subject, body=body, message_id=message_id, language=language, date=now)
        except MailRefusedError:
            row.refused_at = now
            return 0
        session.execute(update(SentMail).where(SentMail.name == name).values(sent_at=now))
    return 1


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


def _alert(
    text: Translator, language: str, reference: str, requested_at: datetime, url: str, *, taken: bool
) -> tuple[str, str]:
    _ = text.gettext
    day = filing_day(requested_at)
    due = urgent_due(day, parameter("urgent_clock", day).whole())
    lines = (
        _(
            "Une demande d’aide urgente est arrivée le %(date)s à %(time)s.",
            date=long_date(day, language),
            time=time_of_day(requested_at, language),
        ),
        _("Référence : %(reference)s", reference=reference),
        _("Décision au plus tard le %(date)s.", date=long_date(due, language)),
        _("Ouvrez-la dans l’espace du personnel. Ce rappel revient toutes les 24 heures jusque-là.")
        if taken
        else _(
            "Aucun centre ne l’a encore prise : prenez-la dans l’espace du personnel."
            " Ce rappel revient toutes les 24 heures jusque-là."
        ),
        f"{url}/staff/",
    )
    return _("Demande urgente %(reference)s", reference=reference), "\n\n".join(lines) + "\n"
