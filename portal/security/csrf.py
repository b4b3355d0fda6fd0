"""Requests that change something must come from our own pages: a token, and the browser's own word for it.

Tokens may be reused (a page may stay open for days on a phone); that a form files once is the filing token's work.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from portal.settings import Settings

CROSS_SITE = "cross-site"
"""What the error says of a request that came from another site's page: nothing of it is shown again."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
EXEMPT = "portal.views.staff.backchannel.logout"
"""The only view that wants no token: the provider's server calls it, and what it says is signed."""


def install(app: Flask, settings: Settings) -> None:
    """Protect every unsafe method of every route but `EXEMPT`, which a browser on a foreign page cannot call either."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # The last one signs, all of them verify: a page that was open while the secret changed can still be sent.
    app.config["WTF_CSRF_SECRET_KEY"] = list(reversed(settings.secrets))
    app.config["WTF_CSRF_SSL_STRICT"] = False  # no Referer is sent; Origin and Sec-Fetch-Site are checked instead
    own = urlsplit(settings.public_url)

    @app.before_request
    def same_site() -> None:
        if request.method in SAFE:
            return
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin")
        foreign = origin is not None and origin != "null" and urlsplit(origin).netloc not in (own.netloc, request.host)
        if site not in ("same-origin", "none") or foreign:
            raise CSRFError(CROSS_SITE)

    CSRFProtect(app).exempt(EXEMPT)
