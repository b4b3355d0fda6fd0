"""What somebody who has just filed may see again, by the form's one-time token, for a short time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from portal.domain.demand import RESHOW_MINUTES, Announcement
from portal.models import AccessCode, Demand
from portal.services.demands import DemandView, joined, view_of
from portal.services.kit import Kit


@dataclass(frozen=True)
class Filed:
    """A filing found again. `access_code` is None once the hour has passed, or when the desk gave a new code."""

    demand: DemandView
    access_code: str | None
    same_content: bool
    recent: bool
    """Within RESHOW_MINUTES of the filing; afterwards nothing of it is shown by its token any more."""


def find_filed(kit: Kit, token: bytes, announcement: Announcement | None = None) -> Filed | None:
    """The demand filed with this token, or None.

    With `announcement`, `same_content` tells whether that is what was filed. The access code shows for
    RESHOW_MINUTES after the filing reached us, then never again.
    """
    with kit.database.reading() as session:
        hashes = kit.keyring.digests("filing-token", token)
        found = session.execute(joined().where(Demand.token_hash.in_(hashes))).one_or_none()
        if found is None:
            return None
        view = view_of(session, kit, found)
        code_hash = session.scalar(
            select(AccessCode.code_hash).where(AccessCode.adult_id == view.adult_id, AccessCode.ended_at.is_(None))
        )
        demand, _, _, entry = found
        same = announcement is None or announcement.content_hmac(demand.salt) == entry.content_hmac
    recent = kit.clock.now() - view.recorded_at <= timedelta(minutes=RESHOW_MINUTES)
    code = _code(kit, token, view.adult_id.bytes, code_hash) if recent else None
    return Filed(view, code, same, recent)


def _code(kit: Kit, token: bytes, adult: bytes, code_hash: bytes | None) -> str | None:
    """The code derived from the token, if it is still the adult's living code."""
    if code_hash is None:
        return None
    for code in kit.keyring.access_codes(token):
        if kit.keyring.matches("access-code", adult + code.encode(), code_hash):
            return code
    return None
