"""Duty mails for urgent requests from a dossier: at once and every 24 hours until opened, as for those of a demand."""

from __future__ import annotations

import uuid

from portal.adapters.mail import Mailer
from portal.services.kit import Kit
from portal.services.mails import Urgent, tell_duty
from portal.services.thread.waiting import ALERT, Unopened, unopened


def alert_request(kit: Kit, mailer: Mailer, request_id: uuid.UUID) -> int:
    """Tell the duty addresses of one urgent request, unless it was opened. Returns mails sent."""
    with kit.database.transaction() as session:
        found = unopened(session, request_id)
    return sum(_tell(kit, mailer, one) for one in found)


def sweep_requests(kit: Kit, mailer: Mailer) -> int:
    """The same for every unopened one. Derived from the state: run it as often as you like. Returns mails sent."""
    with kit.database.transaction() as session:
        found = unopened(session)
    return sum(_tell(kit, mailer, one) for one in found)


def _tell(kit: Kit, mailer: Mailer, one: Unopened) -> int:
    about = Urgent(f"{ALERT}/{one.id}", one.reference, one.region, one.candidates, one.requested_at, "/staff/messages")
    return tell_duty(kit, mailer, about)
