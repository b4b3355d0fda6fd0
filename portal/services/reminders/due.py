"""The sweep of reminders: what is due on a day leaves by mail, or becomes a line of the desk's list. Each once.

Derived from the state: run it as often as you like. Whether a reminder was given already stands in `sent_mail` and
`call_list`, by its name.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.adapters.mail import Mailer, MailUnavailableError
from portal.domain.reminders import Due, To
from portal.models import CallLine, SentMail
from portal.services.actor import Actor, ActorKind
from portal.services.kit import Kit
from portal.services.mailing import Outcome, lock_mail, state_in
from portal.services.reminders.by_mail import mail_adult, mail_centre
from portal.services.reminders.sources import due_on
from portal.services.reminders.wishes import wished
from portal.services.writing import audit

WHY = {Outcome.OFF: "no-mail", Outcome.REFUSED: "refused"}
"""Why a line stands on the desk's list: there is no address to send to, or its server refused."""
_BATCH = 500


@dataclass(frozen=True)
class Counts:
    """What one sweep did."""

    due: int
    """Reminders of this day, those given before among them."""
    mailed: int
    listed: int
    """New lines of the desk's list."""
    waiting: int
    """Mails that the server did not take now: the next sweep goes on."""


def run_due(kit: Kit, mailer: Mailer, on: date) -> Counts:
    """Give every reminder that is due on a local day and was not given yet. A mail server that is away ends no sweep."""
    with kit.database.transaction() as session:
        due = due_on(session, kit, on)
        left = _not_given(session, due)
    mailed = listed = waiting = 0
    away = False
    for one in left:
        try:
            outcome = _tell(kit, None if away else mailer, one)
        except MailUnavailableError as error:
            waiting, away = waiting + 1, away or error.away
            continue
        mailed += outcome is Outcome.SENT
        listed += outcome in WHY and one.listed and list_call(kit, one, WHY[outcome])
        waiting += outcome is None
    return Counts(len(due), mailed, listed, waiting)


def list_call(kit: Kit, due: Due, why: str) -> bool:
    """Put a reminder on the desk's list, unless a mail brought it meanwhile or it stands there; whether it is new."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_mail(session, due.name)
        if state_in(session, due.name) is Outcome.BEFORE:
            return False
        if why == WHY[Outcome.OFF] and due.adult is not None and wished(session, kit, due.adult) is not None:
            return False  # wished for this very moment: the next sweep sends it
        row = {
            "id": uuid.uuid4(), "name": due.name, "dossier_id": due.dossier, "adult_id": due.adult, "region": due.region,
            "kind": due.kind, "day": due.day, "why": why, "made_at": now,
        }  # fmt: skip
        made = session.scalar(insert(CallLine).values(row).on_conflict_do_nothing().returning(CallLine.id))
        if made is None:
            return False
        audit(session, Actor(ActorKind.WORKER, "worker"), "call-list:add", now, due.dossier)
        return True


def _tell(kit: Kit, mailer: Mailer | None, due: Due) -> Outcome | None:
    """By mail if there is an address for it; None: it has to wait, as the server is away."""
    if due.to is To.PERSON and due.adult is not None:
        if mailer is not None:
            return mail_adult(kit, mailer, due.name, due.adult)
        with kit.database.transaction() as session:
            return None if wished(session, kit, due.adult) else Outcome.OFF
    region = due.region or ""
    if mailer is not None:
        return mail_centre(kit, mailer, due.name, due.dossier, region)
    return None if kit.duty_addresses.get(region) else Outcome.OFF


def _not_given(session: Session, due: Iterable[Due]) -> list[Due]:
    """Those that neither a mail nor the desk's list has."""
    by_name = {one.name: one for one in due}
    names = list(by_name)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        sent = select(SentMail.name).where(SentMail.name.in_(batch), SentMail.sent_at.is_not(None))
        listed = select(CallLine.name).where(CallLine.name.in_(batch))
        for name in session.scalars(sent.union(listed)):
            del by_name[name]
    return list(by_name.values())
