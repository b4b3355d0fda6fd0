"""How a mail leaves: at least once, by a name of its own, and marked when the server took it.

Its name and Message-ID are always the same, so a repeat after a crash can be recognised by whoever receives it. A repeat
is possible only where a process died between the server's yes and the mark; `tries` counts it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.adapters.mail import Mailer, MailRefusedError, MailUnavailableError
from portal.models import SentMail
from portal.services.kit import Kit

_MAIL_LOCK: Final = 7201110


@dataclass(frozen=True)
class Mail:
    """One mail without its addressee. `name` says what it is about, with its day: the same mail never has two."""

    name: str
    subject: str
    body: str
    language: str
    adult: uuid.UUID | None = None
    """To which adult it goes, so that they find it among their own; none for a centre."""


class Outcome(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    """It left now."""
    BEFORE = "before"
    """It left before."""
    REFUSED = "refused"
    """The server will never take it for this address."""
    OFF = "off"
    """There is nobody to send it to."""


def send_once(kit: Kit, mailer: Mailer, mail: Mail, to: str | Callable[[Session], str | None]) -> Outcome:
    """Send a named mail unless it is marked as sent. `to` is asked again right before it leaves: None sends nothing.

    Raises MailUnavailableError: try again later.
    """
    with kit.database.transaction() as session:
        row, address = _ready(session, mail.name, to)
        if isinstance(address, Outcome):
            return address
        if row is None:
            row = SentMail(
                name=mail.name, message_id=message_id(mailer, mail.name), created_at=kit.clock.now(), tries=0,
                adult_id=mail.adult,
            )  # fmt: skip
            session.add(row)
        row.tries += 1  # kept before it is handed over: who dies in between leaves a trace
    now, fault = kit.clock.now(), None
    with kit.database.transaction() as session:
        row, address = _ready(session, mail.name, to)
        if isinstance(address, Outcome) or row is None:
            return address if isinstance(address, Outcome) else Outcome.OFF
        try:
            mailer.send(
                to=address, subject=mail.subject, body=mail.body, message_id=row.message_id,
                language=mail.language, date=now,
            )  # fmt: skip
        except MailRefusedError:
            row.refused_at = now
            return Outcome.REFUSED
        except MailUnavailableError as error:
            fault = error
            if not error.unclear:
                row.tries -= 1  # it did not leave, and is known not to have
        else:
            row.sent_at = now
    if fault is not None:
        raise fault
    return Outcome.SENT


def message_id(mailer: Mailer, name: str) -> str:
    """The Message-ID of a named mail: always the same."""
    domain = parseaddr(mailer.sender)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(name.encode()).hexdigest()[:32]}@{domain}>"


def lock_mail(session: Session, name: str) -> None:
    """Whoever sends this mail, or decides that another way takes its place, is alone until the transaction's end."""
    session.execute(select(func.pg_advisory_xact_lock(_MAIL_LOCK, func.hashtext(name))))


def state_in(session: Session, name: str) -> Outcome | None:
    """BEFORE or REFUSED for a mail whose end is known; None while it may still leave, or never was begun."""
    row = session.get(SentMail, name)
    return None if row is None else _state(row)


def _ready(
    session: Session, name: str, to: str | Callable[[Session], str | None]
) -> tuple[SentMail | None, str | Outcome]:
    """The row under its lock, and the address; an outcome instead where nothing is to be sent."""
    lock_mail(session, name)
    row = session.get(SentMail, name)
    if row is not None and (known := _state(row)) is not None:
        return row, known
    address = to if isinstance(to, str) else to(session)
    return row, Outcome.OFF if address is None else address


def _state(row: SentMail) -> Outcome | None:
    if row.sent_at is not None:
        return Outcome.BEFORE
    return Outcome.REFUSED if row.refused_at is not None else None
