"""The read-only page of the mail sink: a list of mails, one mail as text, one mail as its file."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from devstack.ports import LOOPBACK

_NAME = re.compile(r"/(\d+-[0-9a-f]{6})(\.eml)?")
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:start;padding:.4rem;border-bottom:1px solid #ccc}}
pre{{white-space:pre-wrap;background:#f4f4f4;padding:1rem}}</style></head><body><h1>{title}</h1>{body}</body></html>"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def mailbox_server(port: int, folder: Path) -> ThreadingHTTPServer:
    """A server for the mails in `folder`, on the loopback address only."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A page elsewhere must not read the mails by pointing its own name at this address.
            if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
                self._answer(421, "text/plain", b"Wrong host\n")
                return
            path = self.path.partition("?")[0]
            if path == "/":
                self._answer(200, "text/html", _list(folder).encode())
                return
            match = _NAME.fullmatch(path)
            file = folder / f"{match[1]}.eml" if match else None
            if match is None or file is None or not file.is_file():
                self._answer(404, "text/plain", b"No such mail\n")
            elif match[2]:
                self._answer(200, "text/plain", file.read_bytes())
            else:
                self._answer(200, "text/html", _one(file).encode())

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", _POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Reading a mail is not worth a line in the log."""

    return ThreadingHTTPServer((LOOPBACK, port), Handler)


def _read(file: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())


def _list(folder: Path) -> str:
    rows = []
    for file in sorted(folder.glob("*.eml"), reverse=True)[:500]:
        mail = _read(file)
        cells = (mail["Date"], mail["X-Envelope-To"], mail["Subject"] or "(no subject)")
        date, to, subject = (escape(str(cell or "")) for cell in cells)
        rows.append(f'<tr><td>{date}</td><td>{to}</td><td><a href="/{file.stem}">{subject}</a></td></tr>')
    if not rows:
        return _PAGE.format(title="Mailbox", body="<p>No mail yet. Mails of the portal arrive here.</p>")
    head = "<tr><th>Date</th><th>To</th><th>Subject</th></tr>"
    return _PAGE.format(title="Mailbox", body=f"<table>{head}{''.join(rows)}</table>")


def _one(file: Path) -> str:
    mail = _read(file)
    heads = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(text))}</td></tr>" for name, text in mail.items())
    parts = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        if part.get_content_type() in ("text/plain", "text/html"):
            parts.append(f'<pre dir="auto">{escape(str(part.get_content()))}</pre>')
        else:
            name = part.get_filename() or "unnamed"
            parts.append(f"<p>Attachment: {escape(name)} ({escape(part.get_content_type())})</p>")
    links = f'<p><a href="/">All mails</a> · <a href="/{file.stem}.eml">as a file</a></p>'
    title = escape(str(mail["Subject"] or "(no subject)"))
    return _PAGE.format(title=title, body=f"{links}<table>{heads}</table>{''.join(parts)}")
