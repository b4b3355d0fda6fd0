"""Who may call which route. Deny by default: a route without a rule answers «not found» to everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.domain.role import ADMINISTERS, COUNTS, DESK, LEADS, PREPARES, Role
from portal.domain.staff_session import Ended
from portal.security import sessions
from portal.security.context import (
    citizen_visit,
    helped,
    lent,
    linked,
    on_desk,
    on_helped_form,
    on_linked_device,
    staff_visit,
)
from portal.security.lent import LentError

View = TypeVar("View", bound=Callable[..., Any])


class SessionEndedError(Exception):
    """Something was sent after the visit had ended: the answer must not lose it. `sign_in` is where to go first."""

    def __init__(self, sign_in: str, why: Ended | None = None) -> None:
        super().__init__("session ended")
        self.sign_in = sign_in
        self.why = why
        """Of a caseworker's visit: what is known of its end."""
        self.form_closed = on_helped_form() and staff_visit() is not None
        """Not the visit ended, but the form that a caseworker filled in with somebody."""


class NotYourFunctionError(Exception):
    """Somebody has signed in at the desk, and this page is not for their function."""


class Rule(StrEnum):
    """Access rules of routes; which row is seen is the service's business (it takes the actor)."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    """A signed-in adult, on their own dossier."""
    HOUSEHOLD = "household"
    """The same on the household's form; under the desk's addresses a caseworker who fills it in with that adult."""
    PAPERS = "papers"
    """A signed-in adult who sends papers; under the addresses of a link the device that came by it, for its one paper."""
    STAFF = "staff"
    """Somebody who works on files, within their region."""
    STAFF_ANYBODY = "anybody of the desk"
    """Somebody who has signed in at the desk, whatever their function: no file."""
    STAFF_PREPARES = "staff who prepare"
    """The same, who hands files to the commune and records its decisions."""
    STAFF_LEADS = "staff who lead"
    """The lead of a centre."""
    STAFF_COUNTS = "staff who count"
    """Who reads figures: of the canton, or of the own centre; no file."""
    STAFF_ADMINISTERS = "staff who administer"
    """Who lets people in and out of the desk; no file."""


FUNCTIONS: Final[Mapping[Rule, frozenset[Role]]] = {
    Rule.STAFF: DESK,
    Rule.STAFF_ANYBODY: frozenset(Role),
    Rule.STAFF_PREPARES: PREPARES,
    Rule.STAFF_LEADS: LEADS,
    Rule.STAFF_COUNTS: COUNTS,
    Rule.STAFF_ADMINISTERS: ADMINISTERS,
}
"""The roles of which one is wanted."""


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
            if on_desk():  # so that a device that is with the person says so here too, in their language
                sessions.load_lazily()
            return None
        rule = rule_of(app, request.endpoint)
        return abort(404) if rule is None else enter(rule)


def enter(rule: Rule) -> Response | None:
    """Load who is there; where the rule wants somebody else, the way to the sign-in, or an error that says why not."""
    first = _SIGN_IN[rule]()
    return _sign_in_first(first) if first else None


def _anybody() -> None:
    sessions.load_lazily()


def _citizen() -> str | None:
    sessions.load_citizen()
    return None if citizen_visit() else url_for("sign_in.sign_in", lang=g.lang, next=request.endpoint)


def _staff(rule: Rule) -> Callable[[], str | None]:
    wanted = FUNCTIONS[rule]

    def check() -> str | None:
        sessions.load_staff()
        visit = staff_visit()
        if visit is None:
            return url_for("staff_sign_in.sign_in")
        if not visit.roles & wanted:
            raise NotYourFunctionError
        return None

    return check


def _papers() -> str | None:
    if not on_linked_device():
        return _citizen()
    sessions.load_linked()
    return None if linked() else url_for("add.over", lang=g.lang)


def _household() -> str | None:
    if not on_helped_form():
        return _citizen()
    sessions.load_helped()
    visit = staff_visit()
    if visit is None:
        return url_for("staff_sign_in.sign_in")
    if not visit.roles & DESK:
        raise NotYourFunctionError
    if helped():
        return None
    if state := lent():
        raise LentError(state, over=True)
    return url_for("staff_board.board")


_SIGN_IN: Final[Mapping[Rule, Callable[[], str | None]]] = {
    Rule.PUBLIC: _anybody,
    Rule.CITIZEN: _citizen,
    Rule.HOUSEHOLD: _household,
    Rule.PAPERS: _papers,
    **{rule: _staff(rule) for rule in FUNCTIONS},
}
"""What each rule wants: it loads who is there, and names the page to go to first where the right one is not."""


def _sign_in_first(sign_in: str) -> Response:
    """Go to the sign-in page; a form that was sent is shown again instead, so that nothing typed is lost."""
    if (request.blueprint or "").endswith("uploads"):  # a program asks, it cannot sign in: no redirect
        return Response("Sign in first.\n", 401, mimetype="text/plain")
    if request.method == "POST" and not on_linked_device() and request.form:
        staffs = request.path.startswith("/staff/") and staff_visit() is None
        raise SessionEndedError(sign_in, sessions.why_staff_ended() if staffs else None)
    return redirect(sign_in, 303)
