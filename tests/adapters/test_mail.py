"""Mail over the real SMTP sink: what leaves is what was said, and a failure says whether to try again."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Thread

import pytest

from devstack.smtp import Smtp
from portal.adapters import mail as mail_module
from portal.adapters.mail import Mailer, MailRefusedError, MailUnavailableError

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


def send(
    mailer: Mailer, to: str = "lea@example.ch", subject: str = "Référence", body: str = "Bonjour,\n\nÀ bientôt.\n"
) -> None:
    mailer.send(to=to, subject=subject, body=body, message_id="<one@example.ch>", language="fr", date=NOW)


def received(mailbox: Smtp) -> EmailMessage:
    (path,) = mailbox.messages()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def test_a_mail_arrives_as_it_was_written(mailbox: Smtp) -> None:
    send(Mailer(mailbox.url, "Portail <portal@example.ch>"))
    message = received(mailbox)
    assert message["From"] == "Portail <portal@example.ch>"
    assert message["To"] == "lea@example.ch"
    assert message["Subject"] == "Référence"
    assert message["Message-ID"] == "<one@example.ch>"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert message.get_content_type() == "text/plain"
    assert text(message) == "Bonjour,\n\nÀ bientôt.\n"
    assert message["X-Envelope-To"] == "lea@example.ch"


@pytest.mark.parametrize("body", ["مرحبا\n", "x" * 2000 + "\n", ".\n.\nEnd\n"])
def test_any_body_arrives_whole(mailbox: Smtp, body: str) -> None:
    send(Mailer(mailbox.url, "portal@example.ch"), body=body)
    assert text(received(mailbox)) == body


@pytest.mark.parametrize("field", ["to", "subject"])
def test_a_line_end_cannot_add_a_header(mailbox: Smtp, field: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        send(Mailer(mailbox.url, "portal@example.ch"), **{field: "lea@example.ch\r\nBcc: other@example.ch"})
    assert mailbox.messages() == []


def test_an_address_outside_ascii(mailbox: Smtp) -> None:
    """Some servers take such addresses and some never will: then the job must not try for days."""
    mailer = Mailer(mailbox.url, "portal@example.ch")
    try:
        send(mailer, to="léa@example.ch")
    except MailRefusedError:
        assert mailbox.messages() == []
    else:
        assert "léa@example.ch" in str(received(mailbox)["X-Envelope-To"])


def test_no_server_means_later() -> None:
    with pytest.raises(MailUnavailableError):
        send(Mailer("smtp://127.0.0.1:1", "portal@example.ch"))


@contextmanager
def server(*answers: bytes) -> Iterator[str]:
    """A server that greets and then says one thing after the other, whatever it is told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 test\r\n")
            for answer in answers:
                if not lines.readline():
                    return
                connection.sendall(answer + b"\r\n")

    thread = Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
        thread.join(5)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ((b"250 hello", b"250 ok", b"550 no such mailbox", b"250 ok"), MailRefusedError),
        ((b"250 hello", b"250 ok", b"553 bad address", b"250 ok"), MailRefusedError),
        ((b"250 hello", b"250 ok", b"450 try later", b"250 ok"), MailUnavailableError),
        ((b"250 hello", b"250 ok", b"421 closing", b"250 ok"), MailUnavailableError),
        ((b"250 hello", b"451 not now"), MailUnavailableError),
        ((b"250 hello", b"250 ok", b"250 ok", b"354 go on", b"", b"452 full"), MailUnavailableError),
        ((), MailUnavailableError),
        ((b"500 what", b"500 what"), MailUnavailableError),
    ],
    ids=[
        "no-mailbox",
        "bad-address",
        "greylisted",
        "closing",
        "sender-later",
        "lost-after-data",
        "hangs-up",
        "no-greeting",
    ],
)
def test_the_servers_answer_decides_whether_to_try_again(answers: tuple[bytes, ...], kind: type[Exception]) -> None:
    with server(*answers) as url, pytest.raises(kind):
        send(Mailer(url, "portal@example.ch"))


GREETED = (b"250 hello", b"250 ok")


@pytest.mark.parametrize(
    ("answers", "away", "unclear"),
    [
        ((*GREETED, b"450 try later", b"250 ok"), False, False),
        ((*GREETED, b"250 ok", b"354 go on", b"", b"452 full"), True, True),
        ((*GREETED, b"250 ok", b"354 go on"), True, True),
        ((b"250 hello", b"451 not now"), False, False),
        ((), True, False),
    ],
    ids=["this-mail", "a-blank-answer", "lost-after-data", "not-now", "hangs-up"],
)
def test_a_failure_says_whether_others_may_leave_and_whether_this_one_did(
    answers: tuple[bytes, ...], away: bool, unclear: bool
) -> None:
    with server(*answers) as url, pytest.raises(MailUnavailableError) as raised:
        send(Mailer(url, "portal@example.ch"))
    assert (raised.value.away, raised.value.unclear) == (away, unclear)


def test_nobody_there_is_no_doubt() -> None:
    with pytest.raises(MailUnavailableError) as raised:
        send(Mailer("smtp://127.0.0.1:1", "portal@example.ch"))
    assert (raised.value.away, raised.value.unclear) == (True, False)


def test_a_goodbye_that_fails_is_no_failure() -> None:
    """The server took the mail and then broke: sent again it would come twice."""
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 test\r\n")
            for answer in (b"250 hello", b"250 ok", b"250 ok", b"354 go on"):
                lines.readline()
                connection.sendall(answer + b"\r\n")
            while lines.readline() != b".\r\n":
                pass
            connection.sendall(b"250 taken\r\n")
            lines.readline()
            connection.sendall(b"554 broken\r\n")

    thread = Thread(target=talk, daemon=True)
    thread.start()
    with listener:
        send(Mailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}", "portal@example.ch"))
    thread.join(5)


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_module, "TIMEOUT_SECONDS", 0.2)
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, pytest.raises(MailUnavailableError):
        send(Mailer(f"smtp://127.0.0.1:{listener.getsockname()[1]}", "portal@example.ch"))


def test_tls_is_asked_for_where_the_address_says_so(mailbox: Smtp) -> None:
    """The sink has no TLS: a mail that must be encrypted does not leave in the open."""
    for url in (f"{mailbox.url.rstrip('/')}/?starttls=1", mailbox.url.replace("smtp://", "smtps://")):
        with pytest.raises(MailUnavailableError):
            send(Mailer(url, "portal@example.ch"))
    assert mailbox.messages() == []
