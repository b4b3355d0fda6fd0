"""Read the mails that arrived at the sink."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from devstack.smtp import Smtp


@dataclass(frozen=True)
class Letter:
    """One mail, as its reader sees it."""

    to: str
    subject: str
    body: str
    message_id: str
    language: str
    whole: str
    """Everything of it, headers included, decoded."""


def letters(mailbox: Smtp) -> list[Letter]:
    """Every mail of the sink, oldest first."""
    return [_letter(path) for path in mailbox.messages()]


def _letter(path: Path) -> Letter:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_content()
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
    return Letter(
        to=mail["X-Envelope-To"],
        subject=mail["Subject"],
        body=body,
        message_id=mail["Message-ID"],
        language=mail["Content-Language"],
        whole=f"{headers}\n{body}",
    )
