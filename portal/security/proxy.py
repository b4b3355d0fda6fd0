"""Which host and which address we believe: exactly as many proxies as the setting names, and only our own host."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Trust forwarded headers of `TRUSTED_PROXIES` hops, and refuse every other host name."""
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    host = urlsplit(settings.public_url).netloc
    app.config["TRUSTED_HOSTS"] = [host, *(["127.0.0.1", "localhost"] if not settings.https else [])]
    app.config["PREFERRED_URL_SCHEME"] = urlsplit(settings.public_url).scheme


def address() -> str:
    """The network address of the other side; only ever stored as a keyed hash."""
    return request.remote_addr or "unknown"
