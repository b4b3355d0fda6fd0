"""An invitation on its way: the mail that tells of it, and who takes it up at the first sign-in."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from portal.adapters.mail import Mailer
from portal.domain.demand import filing_day
from portal.domain.invitation import InvitationState, folded, state_of
from portal.i18n.formats import long_date
from portal.i18n.text import translator
from portal.models import Caseworker, Invitation
from portal.services.kit import Kit
from portal.services.mailing import Mail, send_once

_READ: Final = (
    *(Invitation.address, Invitation.language),
    *(Invitation.ends_at, Invitation.taken_at, Invitation.withdrawn_at),
)
"""All that the worker may read of one."""


def take_up(session: Session, address: str | None, issuer: str, subject: str, now: datetime) -> Caseworker | None:
    """Let somebody in by the open invitation to this address, which the provider has verified; None where there is none."""
    if address is None:
        return None
    taken = session.scalar(select(func.take_up_invitation(folded(address), issuer, subject, now)))
    return session.get(Caseworker, taken) if taken else None


def tell_invitation(kit: Kit, mailer: Mailer, invitation_id: uuid.UUID) -> None:
    """Send the mail of an invitation once. One that ended meanwhile is not told of."""
    query = select(Invitation).where(Invitation.id == invitation_id).options(load_only(*_READ))

    def still(session: Session) -> str | None:
        row = session.scalars(query).one()
        standing = state_of(row.ends_at, row.taken_at, row.withdrawn_at, kit.clock.now())
        return row.address if standing is InvitationState.OPEN else None

    with kit.database.transaction() as session:
        row = session.scalars(query).one()
    language, ends_at = row.language, row.ends_at
    subject, body = invitation_mail(language, ends_at, kit.public_url)
    send_once(kit, mailer, Mail(f"invitation/{invitation_id}", subject, body, language), still)


def invitation_mail(language: str, ends_at: datetime, url: str) -> tuple[str, str]:
    """Subject and text: neither the function, nor the centre, nor who invited."""
    _ = translator(language).gettext
    lines = (
        _("Bonjour,"),
        _("Vous pouvez vous connecter à l’espace des centres. Ouvrez cette page :"),
        f"{url}/staff/sign-in",
        _("Connectez-vous avec le compte de cette adresse e-mail, au plus tard le %(date)s.",
          date=long_date(filing_day(ends_at), language)),
        _("Vous n’attendiez pas ce message ? Alors ne faites rien."),
        _("Personne ne lit les réponses à cet e-mail."),
    )  # fmt: skip
    return _("Votre accès à l’espace des centres"), "\n\n".join(lines) + "\n"
