"""Pages for what goes wrong: what was saved, what was not, what to do. They need no database and no session."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from portal import logs
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.envelope import UnreadableError
from portal.adapters.objects import StorageUnavailableError
from portal.security.access import NotYourFunctionError, Rule, SessionEndedError, enter
from portal.security.bodies import RETRY_SECONDS, BusyError
from portal.security.context import request_id
from portal.security.csrf import CROSS_SITE
from portal.security.lent import OPEN, LentError
from portal.security.oidc import ProviderUnavailableError
from portal.security.opened import NotOpenError
from portal.security.slowdown import TooManyTriesError
from portal.services.actor import NotYoursError
from portal.services.documents.removing import LookedAtError
from portal.services.situations import NotInHouseholdError
from portal.views import changes_attempt, checklist, closing, demand, estimate, guided
from portal.views.household import named
from portal.views.language import choose
from portal.views.staff import filing as staff_filing
from portal.views.staff import paper_files as staff_paper_files
from portal.views.staff import phone as staff_phone
from portal.views.typed import typed_fields

_GOALS = {
    "estimate": estimate.GOAL,
    "estimate_paper": estimate.GOAL,
    "checklist": checklist.GOAL,
    "checklist_paper": checklist.GOAL,
}
"""By blueprint: the paths whose answers come back on a page that was too old."""
_AT_DESK = {
    "staff_filing.new": staff_filing.after_csrf_failure,
    "staff_phone.call": staff_phone.after_csrf_failure,
    "staff_paper_files.new": staff_paper_files.after_csrf_failure,
}
"""Where a demand is recorded or a file begun: the form itself comes back, so that nobody is recorded unseen."""
KEEPING = frozenset(
    {
        *("situation", "situation_persons", "situation_check", "dossier_checklist", "staff_papers", "staff_form"),
        *("messages", "staff_messages", "staff_requests", "staff_review", "staff_asking_papers"),
        "changes",
    }
)
KNOWN = frozenset({400, 403, 404, 405, 413, 429})
LAST_WORDS = "Une erreur est survenue. Téléphonez au centre. · Ein Fehler ist aufgetreten. Rufen Sie das Zentrum an. ·"


def install(app: Flask) -> None:
    """Register the handlers; the last one catches everything."""
    app.register_error_handler(SecurityError, wrong_host)

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> Response:
        choose()
        if request.endpoint == "demand.new":
            return demand.after_csrf_failure()
        if goal := _GOALS.get((request.endpoint or "").partition(".")[0]):
            return guided.after_csrf_failure(goal)
        if (made := _AT_DESK.get(request.endpoint or "")) and error.description != CROSS_SITE:
            return at_desk(app, made)
        return page("form-expired", 400, typed=kept())

    @app.errorhandler(SessionEndedError)
    def session_ended(error: SessionEndedError) -> Response:
        if request.endpoint == "closing.close" and (done := closing.after_session_ended()):
            return done
        name = "form-closed" if error.form_closed else "session-ended"
        return page(name, 401, sign_in=error.sign_in, why=error.why, typed=typed_fields())

    @app.errorhandler(LentError)
    def with_the_person(error: LentError) -> Response:
        typed = typed_fields() if request.method == "POST" and request.blueprint in OPEN else []
        g.leads_out = True  # its button leads to the provider
        return page("with-person", 403, language=error.state.language, state=error.state, over=error.over, typed=typed)

    @app.errorhandler(NotOpenError)
    def not_open(error: NotOpenError) -> Response:
        if request.method == "POST":
            return page("not-open", 409, place=named(error.place), typed=typed_fields())
        return page("not-open", 409, place={"to": request.full_path.rstrip("?")}, typed=None)

    _install_papers(app)
    _install_database(app)
    _install_failures(app)


def at_desk(app: Flask, made: Callable[[], Response]) -> Response:
    """A form of the desk whose token was refused: itself for who may have it, else why it is closed to them.

    The access rules stand behind the check of the token, so they are asked here.
    """
    try:
        if enter(Rule.STAFF) is not None:  # nobody has signed in, and nothing was sent
            return page("form-expired", 400)
        choose()  # in the caseworker's language, now that they are known
        return made()
    except SessionEndedError as error:
        response = make_response(app.handle_user_exception(error))
        response.status_code = 400  # as for every refused token
        return response
    except (LentError, NotYourFunctionError, DatabaseUnavailableError) as error:
        return make_response(app.handle_user_exception(error))


def on_papers() -> bool:
    """Whether this is about pages that somebody sends or looks at."""
    return (request.blueprint or "").partition(".")[0] in ("papers", "add", "own_data")


def kept() -> list[tuple[str, str]]:
    """The same where sending again is safe: an answer or a note of the own dossier. A filing has its own ways."""
    blueprint = (request.endpoint or "").partition(".")[0]
    return typed_fields() if blueprint in KEEPING and request.method == "POST" else []


def _install_papers(app: Flask) -> None:
    """What goes wrong with files that people send."""

    @app.errorhandler(BusyError)
    def busy(error: BusyError) -> Response:
        logs.failure(error)
        return page("busy", 503, retry_after=RETRY_SECONDS)

    @app.errorhandler(LookedAtError)
    def looked_at(_error: LookedAtError) -> Response:
        return page("looked-at", 409)

    @app.errorhandler(StorageUnavailableError)
    def store(error: StorageUnavailableError) -> Response:
        logs.failure(error)
        return page("store", 503, retry_after=60)


def _install_database(app: Flask) -> None:
    """What is sent while the database is away."""

    @app.errorhandler(DatabaseUnavailableError)
    def database(error: DatabaseUnavailableError) -> Response:
        logs.failure(error)
        if (tried := changes_attempt.attempted()) is not None:
            return page("report-attempt", 503, retry_after=60, typed=kept(), tried=tried)
        return page("unavailable", 503, retry_after=60, typed=kept())


def _install_failures(app: Flask) -> None:
    """What is not found, away or broken."""

    @app.errorhandler(NotYoursError)
    def not_yours(_error: NotYoursError) -> Response:
        return page("not-found", 404)

    @app.errorhandler(NotYourFunctionError)
    def not_your_function(_error: NotYourFunctionError) -> Response:
        return page("not-your-function", 403)

    @app.errorhandler(NotInHouseholdError)
    def not_in_household(_error: NotInHouseholdError) -> Response:
        return page("not-in-household", 403)

    @app.errorhandler(UnreadableError)
    def sealed(error: UnreadableError) -> Response:
        logs.failure(error)
        return page("paper-unreadable", 503) if on_papers() else page("unreadable", 503, typed=kept())

    @app.errorhandler(ProviderUnavailableError)
    def provider(error: ProviderUnavailableError) -> Response:
        logs.failure(error)
        return page("provider", 503, retry_after=60)

    @app.errorhandler(TooManyTriesError)
    def tries(error: TooManyTriesError) -> Response:
        return page("too-many", 429, retry_after=error.seconds)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.code is not None and 300 <= error.code < 400:
            return make_response(error.get_response())
        code = error.code if error.code in KNOWN else 500
        names = {404: "not-found", 405: "not-found", 413: "too-large", 429: "too-many"}
        return page(names.get(code or 500, "bad-request" if code == 400 else "failure"), code or 500)

    @app.errorhandler(Exception)
    def anything(error: Exception) -> Response:
        logs.failure(error)
        return page("failure", 500)


def wrong_host(_error: SecurityError) -> Response:
    """No address can be built for a host that is not ours, so no page either; only machines come this way."""
    return Response("This is not the name of this site.\n", 400, mimetype="text/plain")


def page(
    name: str, status: int, retry_after: int | None = None, *, language: str | None = None, **more: object
) -> Response:
    """One error page in the person's language; `language` where it is another than that of the address."""
    g.lang = language or choose()
    g.setdefault("citizen_visit", None)
    g.setdefault("staff_visit", None)
    try:
        response = make_response(render_template(f"errors/{name}.html", request_id=request_id(), **more), status)
    except Exception as error:  # the last resort: an error page must never fail in its turn
        logs.failure(error)
        response = make_response(
            f"{LAST_WORDS} {request_id()}\n", status, {"Content-Type": "text/plain; charset=utf-8"}
        )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
