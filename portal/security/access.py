"""Who may call which route. Deny by default: a route without a rule answers «not found» to everybody."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.security import sessions
from portal.security.context import citizen_visit, staff_visit

View = TypeVar("View", bound=Callable[..., Any])


class SessionEndedError(Exception):
    """Something was sent after the visit had ended: the answer must not lose it. `sign_in` is where to go first."""

    def __init__(self, sign_in: str) -> None:
        super().__init__("session ended")
        self.sign_in = sign_in


class Rule(StrEnum):
    """Access rules of routes; which row is seen is the service's business (it takes the actor)."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    """A signed-in adult, on their own dossier."""
    STAFF = "staff"
    """A signed-in caseworker, within their region."""


def allow(rule: Rule) -> Callable[[View], View]:
    """Declare the access rule of a view."""

    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule that a route declares; None denies."""
    if endpoint == "static":
        return Rule.PUBLIC
    return getattr(app.view_functions[endpoint], "access_rule", None)


def install(app: Flask) -> None:
    """Check the rule before every view."""

    @app.before_request
    def check() -> Response | None:
        if request.endpoint is None:
            return None
        rule = rule_of(app, request.endpoint)
        if rule is Rule.PUBLIC:
            sessions.load_lazily()
            return None
        if rule is Rule.CITIZEN:
            sessions.load_citizen()
            if citizen_visit() is None:
                return _sign_in_first(url_for("sign_in.sign_in", lang=g.lang, next=request.endpoint))
            return None
        if rule is Rule.STAFF:
            sessions.load_staff()
            if staff_visit() is None:
                return _sign_in_first(url_for("staff_sign_in.sign_in"))
            return None
        return abort(404)


def _sign_in_first(sign_in: str) -> Response:
    """Go to the sign-in page; a form that was sent is shown again instead, so that nothing typed is lost."""
    if request.method == "POST" and request.form:
        raise SessionEndedError(sign_in)
    return redirect(sign_in, 303)
