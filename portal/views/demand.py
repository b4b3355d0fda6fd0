"""File a demand: one page, a check page at the same address, then the filed page. The state travels in the form."""

from __future__ import annotations

import os
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import logs
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.qr import svg
from portal.domain.demand import RESHOW_MINUTES, Announcement, Channel
from portal.domain.months import last_days_of_month, month_edge
from portal.forms.estimate import situation_json
from portal.forms.filing import FilingForm
from portal.forms.text import gettext as _
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, visitor
from portal.security.proxy import address
from portal.services.attempts import prove_attempt, read_attempt
from portal.services.checked import open_checked, seal_checked
from portal.services.estimates import open_answers
from portal.services.filed import find_filed
from portal.services.filing import Contact, Filing, file_demand
from portal.views.filed_cookie import filed_tokens, handle_of, remember_filing, seal_token
from portal.views.filed_cookie import open_token as open_token  # also for the desk's form
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("demand", __name__)

FIRST = "who"


@blueprint.route(f"{LANG}/demand/new", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def new(lang: str) -> Response | str:
    """The filing form, its check page, and the act of filing. Nothing but the act needs the database."""
    checked, token = checked_announcement(lang), open_token(request.form.get("filing_token"))
    if checked is not None and token is not None:
        return file(checked, token, lang)
    form = make_form()
    if request.method != "POST" or request.form.get("_page") == "estimate":
        return begin(form, lang)
    on_check_page = request.form.get("_page") in ("check", "attempt")
    if "_switch" in request.form:
        if request.form.get("_page") == "attempt" and token and form.validate():
            return show_attempt(form, form.announcement(lang), token)
        return show_check(form) if on_check_page and form.validate() else show_form(form, faults=False)
    if "_edit" in request.form:
        return show_form(form, step=request.form["_edit"] or FIRST, faults=False)
    if not form.validate():
        if form.first_faulty_step is None:  # only the Latin spelling, which the check page asks for
            return show_check(form, status=422)
        return show_form(form, step=form.first_faulty_step, status=422)
    if not on_check_page:
        return show_check(form)
    if token is None:
        form.filing_token.data = new_token()
        return show_check(form, notice=_("Appuyez encore une fois sur le bouton. Vos réponses sont toujours là."))
    return file(form.announcement(lang), token, lang)


def begin(form: FilingForm, lang: str) -> Response:
    """An empty form. Who comes from an estimate finds their commune there, and their answers come along sealed."""
    form.filing_token.data = new_token()
    if request.method != "POST":
        return show_form(form)
    answers = open_answers(kit(), form.estimate.data or "")
    form.estimate.data = form.estimate.data if answers else ""
    form.commune.data = (answers or {}).get("commune", "")
    form.interview_language.follow(lang)
    return show_form(form, faults=False)


def checked_announcement(lang: str) -> Announcement | None:
    """What the check page showed today, when its button was pressed; None for every other way of sending."""
    sent = request.form
    if sent.get("_page") != "check" or "_switch" in sent or "_edit" in sent:
        return None
    return open_checked(kit(), sent.get("checked", ""), today(), lang)


def file(announcement: Announcement, token: bytes, lang: str) -> Response:
    """File what stands on the check page; answers the same however often the same page is sent."""
    instant, proof = received_at(), request.form.get("proof", "")
    filing = Filing(
        announcement=announcement,
        contact=Contact(Channel.ONLINE, instant),
        token=token,
        source=address(),
        attempt=read_attempt(kit(), proof, announcement, token, instant) if proof else None,
        situation=sent_situation(),
    )
    try:
        filed_now = file_demand(kit(), visitor(), filing, instant)
    except DatabaseUnavailableError as error:
        logs.failure(error)
        form = make_form()
        form.validate()
        return show_attempt(form, announcement, token)
    changed = not filed_now and differs(token, announcement)
    target = url_for("filed.filed", lang=lang, changed=1 if changed else None, of=handle_of(token))
    response = redirect(target, 303)
    remember_filing(response, request.form["filing_token"])
    return response


def sent_situation() -> dict[str, Any] | None:
    """What was answered for an estimate, unless the person keeps it; nothing in it may ever stop a filing."""
    if request.form.get("without_estimate"):
        return None
    answers = open_answers(kit(), request.form.get("estimate", ""))
    return situation_json(answers, today()) if answers else None


def differs(token: bytes, announcement: Announcement) -> bool:
    """Whether this form was filed before with other answers: then the person must hear of it."""
    try:
        found = find_filed(kit(), token, announcement)
    except DatabaseUnavailableError:
        return False  # it is filed; the filed page says so as soon as the database is back
    return found is not None and not found.same_content


def make_form() -> FilingForm:
    """The form of this request, with the communes of today."""
    return FilingForm(today())


def new_token() -> str:
    """A new one-time filing token, sealed for its way through the browser."""
    return seal_token(os.urandom(32))


def show_form(form: FilingForm, *, step: str | None = None, faults: bool = True, status: int = 200) -> Response:
    """The page with the questions, open at `step`."""
    if not faults:
        for field in form:
            field.errors = []
    # The script keeps what a POST brought; who changes one answer, or mends one, goes straight back to the check page.
    posted = request.method == "POST"
    keep = "" if not posted else "edit" if request.form.get("_edit") or form.faults else "form"
    page = render_template(
        "demand/new.html",
        form=form,
        step=step or request.form.get("_step"),
        faults=form.faults,
        edge=edge(),
        keep=keep,
        sent=None if posted else next(map(handle_of, filed_tokens()), None),
        minutes=RESHOW_MINUTES,
    )
    return make_response(page, status)


def show_check(form: FilingForm, notice: str | None = None, status: int = 200) -> Response:
    """Check your answers; the button files."""
    announcement = form.announcement(g.lang)
    page = render_template(
        "demand/check.html",
        form=form,
        announcement=announcement,
        checked=None if form.asks_latin_name else seal_checked(kit(), announcement, today()),
        notice=notice,
        edge=edge(),
    )
    return make_response(page, status)


def show_attempt(form: FilingForm, announcement: Announcement, token: bytes) -> Response:
    """Nothing could be stored: say so, give a signed proof of the attempt, and keep everything that was typed."""
    now = received_at()
    earlier = read_attempt(kit(), form.proof.data or "", announcement, token, now)
    if earlier is None:
        form.proof.data = prove_attempt(kit(), announcement, token, now)
    page = render_template(
        "demand/attempt.html",
        form=form,
        announcement=announcement,
        instant=earlier.instant if earlier else now,
        qr=svg(form.proof.data),
    )
    response = make_response(page, 503)
    response.headers["Retry-After"] = "60"
    return response


def after_csrf_failure() -> Response:
    """The page was too old or cookies are off: show what was typed again, with a fresh page around it."""
    form = make_form()
    if not form.filing_token.data:
        form.filing_token.data = new_token()
    notice = _(
        "Rien n’est encore enregistré. Appuyez encore une fois : vos réponses sont là."
        " Si cette page revient, votre navigateur refuse les cookies : autorisez-les, ou téléphonez au centre."
    )
    if request.form.get("_page") == "check" and form.validate():
        response = show_check(form, notice=notice)
    else:
        g.form_notice = notice
        response = show_form(form, faults=False)
    response.status_code = 400
    return response


def edge() -> object:
    """The dates behind «announcing today may be worth a month», in the last days of a month."""
    return month_edge(today()) if last_days_of_month(today()) else None
