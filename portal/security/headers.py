"""Response headers: nothing is allowed that the portal does not use. No inline code, so no nonce."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as BaseResponse

from portal.settings import Settings

_DIRECTIVES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
LEADS_OUT: Final = frozenset({"staff_sign_in.sign_in"})
"""The page of the sign-in, also where it says that it was refused."""
HSTS: Final = "max-age=31536000; includeSubDomains"


def policy(form_target: str = "") -> str:
    """The Content-Security-Policy. `form_target` is one more origin that forms may lead to."""
    directives = _DIRECTIVES | {"form-action": f"'self' {form_target}".strip()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer, error pages included."""
    everywhere, to_provider = policy(), policy(_origin(settings))
    fixed = ALWAYS | ({"Strict-Transport-Security": HSTS} if settings.https else {})

    @app.after_request
    def add(response: Response) -> Response:
        # Browsers check a form's redirects too: only the pages with the sign-in button lead to the OpenID provider.
        leads_out = request.endpoint in LEADS_OUT or g.get("leads_out", False)
        wanted = fixed | {"Content-Security-Policy": to_provider if leads_out else everywhere}
        if request.endpoint != "static":
            # Not even the empty form is kept: on a shared machine the next person must not see the last one's pages.
            wanted["Cache-Control"] = "no-store"
        own = {name.lower() for name, _value in response.headers}  # read once: a view's own header stands
        for name, value in wanted.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        return response


def _origin(settings: Settings) -> str:
    if settings.oidc_staff is None:
        return ""
    parts = urlsplit(settings.oidc_staff.issuer)
    return f"{parts.scheme}://{parts.netloc}"


def forget_everything(response: BaseResponse) -> BaseResponse:
    """Tell the browser to drop what it keeps of the portal (sign-out, quick leave)."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def forget_pages(response: BaseResponse) -> BaseResponse:
    """Tell the browser to drop the pages and what scripts kept; the cookies stay: the caseworker is signed in."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
