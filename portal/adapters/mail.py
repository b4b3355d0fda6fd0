"""Mail over SMTP. `smtp://` and `smtps://`; add `?starttls=1` where the server wants it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT_SECONDS = 20


class MailUnavailableError(Exception):
    """The mail server could not be reached or did not take the mail; try again later."""

    def __init__(self, name: str, *, away: bool = True, unclear: bool = False) -> None:
        super().__init__(name)
        self.away = away
        """Nobody answered: other mails will not leave now either."""
        self.unclear = unclear
        """The connection was lost on the way: the server may have taken the mail all the same."""


class MailRefusedError(Exception):
    """The server will never take a mail to this address."""


class Mailer:
    """Sends one plain-text mail at a time. Bodies hold no case facts; the callers see to it."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._options = parse_qs(self._url.query)
        self.sender = sender

    def send(self, *, to: str, subject: str, body: str, message_id: str, language: str, date: datetime) -> None:
        """Hand a mail to the server; raises MailUnavailableError when it was not taken, MailRefusedError when it
        never will be."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, to, subject
        mail["Message-ID"], mail["Date"] = message_id, format_datetime(date)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body)
        mail["Content-Language"] = language  # after the content, which clears every header of its kind
        begun = taken = False
        try:
            with self._server() as server:
                server.ehlo_or_helo_if_needed()
                begun = True
                server.send_message(mail)
                taken = True
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            # Its words name the address; they must not reach a log.
            if all(code >= 500 for code in codes):
                raise MailRefusedError(type(error).__name__) from None
            raise MailUnavailableError(type(error).__name__, away=False) from None
        except (OSError, smtplib.SMTPException) as error:
            if taken:  # only the goodbye failed
                return
            if begun and isinstance(error, smtplib.SMTPNotSupportedError):  # an address that this server cannot take
                raise MailRefusedError(type(error).__name__) from None
            answered = begun and isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0
            unclear = begun and not answered
            raise MailUnavailableError(type(error).__name__, away=not answered, unclear=unclear) from None

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        host, secure = self._url.hostname or "127.0.0.1", self._url.scheme == "smtps"
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with kind(host, self._url.port or (465 if secure else 25), timeout=TIMEOUT_SECONDS) as server:
            if self._options.get("starttls") == ["1"]:
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            yield server
