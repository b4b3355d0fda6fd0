"""Cookies of signed-in visits. A cookie holds a random secret only; the visit is a row in PostgreSQL.

Visitors have no row. Public pages look a session up only when its cookie is there, and go on without one when the
database is away: nothing public may depend on it.
"""

from __future__ import annotations

from flask import Flask, g, request
from werkzeug.wrappers import Response

from portal.adapters.database import DatabaseUnavailableError
from portal.domain.staff_session import Ended
from portal.security import recheck
from portal.security.context import kit, on_desk, settings
from portal.security.lent import hold
from portal.services import citizen, helping, lending, staff
from portal.services.documents import handoffs
from portal.settings import Settings


def install(app: Flask, configuration: Settings) -> None:
    """Settings of Flask's own signed cookie: it holds the CSRF secret and the OpenID round trip, nothing else."""
    app.config.update(
        SESSION_COOKIE_NAME=cookie_name("visit", configuration),
        SESSION_COOKIE_SECURE=configuration.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )


def cookie_name(word: str, configuration: Settings | None = None) -> str:
    """The cookie's name; with TLS it carries the prefix that binds it to this host."""
    https = (configuration or settings()).https
    return f"__Host-{word}" if https else word


def give(response: Response, word: str, value: str, max_age: int | None = None) -> None:
    """Set one of our cookies."""
    response.set_cookie(
        cookie_name(word),
        value,
        max_age=max_age,
        secure=settings().https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def take_back(response: Response, *words: str) -> None:
    """Delete cookies of ours."""
    for word in words:
        response.delete_cookie(cookie_name(word), secure=settings().https, httponly=True, samesite="Lax", path="/")


def secret(word: str) -> str | None:
    """The value of one of our cookies, if it is short enough to be ours."""
    value = request.cookies.get(cookie_name(word))
    return value if value and len(value) <= 512 else None


def load_citizen() -> None:
    """Put the signed-in adult into `g`, if there is one."""
    value = secret("citizen") if settings().citizen else None
    g.citizen_visit = citizen.visit(kit(), value) if value else None


def load_staff() -> None:
    """Put the signed-in caseworker into `g`, if there is one. Raises LentError while the device is with the person."""
    value = secret("staff") if settings().staff else None
    g.staff_visit = visit = recheck.visit(value) if value else None
    g.lent = visit.lent if visit else lending.lent_by(kit(), value) if value else None
    hold()


def why_staff_ended() -> Ended | None:
    """Why the visit behind this browser's staff cookie is over; None where it holds, or where there was none."""
    value = secret("staff")
    return staff.why_ended(kit(), value) if value else None


def load_helped() -> None:
    """Put the caseworker and whom they help into `g`, if there are such."""
    load_staff()
    value = secret("staff")
    g.helped = (
        helping.helped(kit(), value, g.staff_visit.region) if value and g.staff_visit and g.staff_visit.region else None
    )


def load_linked() -> None:
    """Put into `g` what the link of this device is for, if it came by one."""
    value = secret("handoff") if settings().citizen else None
    g.linked = handoffs.visit(kit(), value) if value else None


def load_lazily() -> None:
    """On public pages: know the visit if we can, and never fail for it."""
    try:
        load_staff() if on_desk() else load_citizen()
    except DatabaseUnavailableError:
        g.citizen_visit = g.staff_visit = None
