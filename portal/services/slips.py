"""The slip with a new access code: made from the form's one-time token, handed out once, to who issued the code."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.demand import RESHOW_MINUTES
from portal.models import AccessCode, AuditEvent
from portal.services.actor import Actor
from portal.services.demands import DemandView, as_adult, view_of
from portal.services.kit import Kit
from portal.services.scope import adult_in, find
from portal.services.writing import audit

HANDED_OUT = "access-code:print"
AGAIN = timedelta(minutes=1)
"""A slip is handed out once; a double click or a download that broke off may ask again this long."""


@dataclass(frozen=True)
class NewCode:
    """A demand and its new access code; None when the slip was handed out, or the code is not this token's."""

    demand: DemandView
    access_code: str | None


def codes_of(kit: Kit, adult_id: uuid.UUID, token: bytes) -> tuple[str, ...]:
    """The access code that a one-time token of the desk gives an adult, under each secret, the current one first.

    Hashed first, so that no filing's token ever gives the code of its filing here.
    """
    return kit.keyring.access_codes(sha256(b"new-code" + adult_id.bytes + token).digest())


def code_digests(kit: Kit, adult_id: uuid.UUID, code: str) -> tuple[bytes, ...]:
    """What rows may keep of an access code, under each secret, the current one first."""
    return tuple(kit.keyring.digests("access-code", adult_id.bytes + code.encode()))


def new_code(
    kit: Kit,
    actor: Actor,
    demand_id: uuid.UUID,
    token: bytes | None,
    *,
    adult_id: uuid.UUID | None = None,
    hand_out: bool,
) -> NewCode:
    """The code just issued with this token, for the slip only. Raises NotYoursError outside the scope.

    `adult_id`: of another adult of the household; the demand is then as that one may see it. `hand_out` notes that the
    slip leaves now; afterwards there is no code any more.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = find(session, actor, demand_id, lock=hand_out)
        view, adult = view_of(session, kit, found), adult_in(session, found, adult_id)
        if adult.id != view.adult_id:
            view = as_adult(view, adult)
        code = code_in(session, kit, actor, view.dossier_id, view.adult_id, token, now)
        action = HANDED_OUT if hand_out and code is not None else "demand:read"
        audit(session, actor, action, now, view.dossier_id, adult_id=adult.id)
    return NewCode(view, code)


def code_in(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID,
    token: bytes | None,
    now: datetime,
) -> str | None:
    """The living code that this token has just made for an adult; None once it was handed out, or where it is another's."""
    if token is None:
        return None
    living = session.scalar(
        select(AccessCode).where(
            AccessCode.adult_id == adult_id,
            AccessCode.ended_at.is_(None),
            AccessCode.issued_by == actor.id,
            AccessCode.issued_at > now - timedelta(minutes=RESHOW_MINUTES),
        )
    )
    if living is None:
        return None
    handed_out = session.scalar(
        select(func.min(AuditEvent.instant)).where(
            AuditEvent.dossier_id == dossier_id,
            AuditEvent.adult_id == adult_id,
            AuditEvent.action == HANDED_OUT,
            AuditEvent.instant >= living.issued_at,
        )
    )
    if handed_out is not None and now - handed_out > AGAIN:
        return None
    for code in codes_of(kit, adult_id, token):
        if living.code_hash in code_digests(kit, adult_id, code):
            return code
    return None
