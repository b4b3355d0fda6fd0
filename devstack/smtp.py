"""A mail sink: takes every mail, sends none, writes each to `mail/`, and shows them on a read-only page."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path
from threading import Thread

from aiosmtpd import smtp

from devstack.mailbox import mailbox_server
from devstack.ports import LOOPBACK, answers
from devstack.process import Server, module_environment

MAX_BYTES = 10 * 1024 * 1024


class Smtp(Server):
    """The mail sink and its page, one process."""

    name = "smtp"

    def __init__(self, root: Path, port: int, page_port: int) -> None:
        super().__init__(root)
        self.port = port
        self.page_port = page_port
        self.mail = root / "mail"

    @property
    def url(self) -> str:
        """The address for SMTP_URL."""
        return f"smtp://{LOOPBACK}:{self.port}"

    @property
    def page_url(self) -> str:
        """Where the mails can be read."""
        return f"http://{LOOPBACK}:{self.page_port}/"

    def prepare(self) -> None:
        self.mail.mkdir(parents=True, exist_ok=True)
        self.mail.chmod(0o700)

    def command(self) -> list[str]:
        ports = ["--port", str(self.port), "--page-port", str(self.page_port)]
        return [sys.executable, "-m", "devstack.smtp", *ports, "--mail", str(self.mail)]

    def environment(self) -> dict[str, str]:
        return module_environment()

    def ready(self) -> bool:
        return answers(self.port) and answers(self.page_port)

    def messages(self) -> list[Path]:
        """The files of the mails received so far, oldest first; a file is whole as soon as it is listed."""
        return sorted(self.mail.glob("*.eml"))


class Sink:
    """The handler: a mail is acknowledged only when its file is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope) -> str:  # noqa: N802, ARG002
        """Write one mail; the name of the method is given by aiosmtpd."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        recipients = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n".encode()
        name = f"{time.time_ns()}-{os.urandom(3).hex()}"
        partial = self.folder / f"{name}.part"
        partial.write_bytes(head + raw)
        partial.rename(self.folder / f"{name}.eml")
        return "250 Kept"


async def serve(port: int, folder: Path) -> None:
    """Take mails on `port` until cancelled."""
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(
        lambda: smtp.SMTP(Sink(folder), hostname="mail.localhost", data_size_limit=MAX_BYTES, enable_SMTPUTF8=True),
        LOOPBACK,
        port,
    )
    async with listener:
        await listener.serve_forever()


def main() -> None:
    """Run the sink and its page until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--page-port", type=int, required=True)
    parser.add_argument("--mail", type=Path, required=True)
    options = parser.parse_args()
    page = mailbox_server(options.page_port, options.mail)
    Thread(target=page.serve_forever, daemon=True).start()
    asyncio.run(serve(options.port, options.mail))


if __name__ == "__main__":
    main()
