"""A mail to an adult who wished for mails: the reference, where to look, how to end them. Never a fact of the case."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.mail import Mailer
from portal.i18n.text import translator
from portal.i18n.words import joined
from portal.models import Adult, CallLine, Dossier
from portal.services.kit import Kit
from portal.services.mailing import Mail, Outcome, send_once
from portal.services.reminders.wishes import Wish, token_of, wished

Text: TypeAlias = Callable[[str, str], tuple[str, tuple[str, ...]]]
"""(language, reference) → subject, and the lines before the address of the portal."""


def reminder_text(language: str, reference: str) -> tuple[str, tuple[str, ...]]:
    """The words of every reminder: that there is something to look at, not what."""
    _ = translator(language).gettext
    lines = (
        _("Bonjour,"),
        _("Il y a un rappel pour vous. Regardez dans votre espace."),
        _("Votre référence : %(reference)s", reference=reference),
    )
    return _("Rappel %(reference)s", reference=reference), lines


def mail_adult(kit: Kit, mailer: Mailer, name: str, adult: uuid.UUID, text: Text = reminder_text) -> Outcome:
    """Send an adult a mail by their wish, once by that name. OFF: they want none; another way must do.

    `text` must hold no fact of the case, not even in the subject. Raises MailUnavailableError: try again later.
    """
    with kit.database.transaction() as session:
        wish = wished(session, kit, adult)
        reference = session.scalars(
            select(Dossier.reference).join(Adult, Adult.dossier_id == Dossier.id).where(Adult.id == adult)
        ).one()
    if wish is None:
        return Outcome.OFF
    subject, lines = text(wish.language, reference)
    mail = Mail(name, subject, _body(kit, wish, lines), wish.language, adult)

    def address(session: Session) -> str | None:
        """Asked again when it leaves: who ended the mails meanwhile gets none, and what the desk has is not sent too."""
        now = wished(session, kit, adult)
        on_the_list = session.scalar(select(CallLine.id).where(CallLine.name == name)) is not None
        return None if now is None or now.id != wish.id or on_the_list else now.address

    return send_once(kit, mailer, mail, address)


def mail_centre(kit: Kit, mailer: Mailer, name: str, dossier: uuid.UUID, region: str) -> Outcome:
    """Tell a centre's duty address, once by that name. OFF: no address is known. Raises MailUnavailableError."""
    address = kit.duty_addresses.get(region)
    if not address:
        return Outcome.OFF
    language = "de" if region == "oberwallis" else "fr"
    _ = translator(language).gettext
    with kit.database.transaction() as session:
        reference = session.scalars(select(Dossier.reference).where(Dossier.id == dossier)).one()
    lines = (
        _("Il y a un rappel pour votre centre."),
        _("Référence : %(reference)s", reference=reference),
        _("Regardez dans l’espace du personnel."),
        f"{kit.public_url}/staff/",
    )
    subject = _("Rappel %(reference)s", reference=reference)
    return send_once(kit, mailer, Mail(name, subject, joined("\n\n", lines) + "\n", language), address)


def _body(kit: Kit, wish: Wish, lines: tuple[str, ...]) -> str:
    _ = translator(wish.language).gettext
    home = f"{kit.public_url}/{wish.language}"
    parts = (
        *lines,
        _("Pour lire la suite, ouvrez cette page et entrez votre référence et votre code d’accès :"),
        f"{home}/sign-in",
        _("Nous ne demandons jamais votre code d’accès par e-mail."),
        _("Personne ne lit les réponses à cet e-mail."),
        _("Vous ne voulez plus de ces e-mails ? Ouvrez cette page :"),
        f"{home}/reminders/{token_of(kit, wish.id)}",
    )
    return joined("\n\n", parts) + "\n"
