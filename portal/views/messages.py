"""The adult's own thread with the centre: read it, write, ask for urgent help, a re-examination, a decision, the file."""

from __future__ import annotations

import secrets
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.case_request import LONGEST, RequestKind
from portal.forms.fields import clean
from portal.forms.messages import MessageForm, RequestForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at
from portal.services.thread import asking, reading, writing
from portal.services.thread.asking import StandsError
from portal.services.thread.rows import Sent, TooManyError
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant

blueprint = Blueprint("messages", __name__, url_prefix=f"{LANG}/dossier")

AGAIN = timedelta(minutes=10)
"""After «Back» a browser puts the words that were sent into a fresh form: sent again so soon, they are no second message."""
LAST_PAGE = 10_000
"""Above this no thread reaches; a larger number would be too large for the database."""


@blueprint.route("/messages", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def show(lang: str) -> Response:
    """The thread, and a box to write; a message that was sent stands in it."""
    form, status = MessageForm(), HTTPStatus.OK
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if "_switch" not in request.form:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if form.validate():
                try:
                    line = writing.write(kit(), citizen_actor(), _sent(form, lang), received_at(), once_within=AGAIN)
                except TooManyError:
                    status = HTTPStatus.TOO_MANY_REQUESTS
                    form.fault(too_many())
                else:
                    return redirect(url_for("messages.show", lang=lang, _anchor=f"m-{line}"), 303)
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    html = render_template(
        "messages/thread.html",
        thread=reading.own_thread(kit(), citizen_actor(), page),
        kinds=tuple(RequestKind),
        form=form,
        faults=faults_of(form),
        longest=LONGEST,
        **_carried(),
    )
    return make_response(html, status)


@blueprint.route("/requests/<kind>", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def ask(lang: str, kind: str) -> Response:
    """One request in plain words; confirmed it stands in the thread, with its day and time."""
    wanted = next((one for one in RequestKind if one.value == kind), None)
    if wanted is None:
        abort(404)
    form, status = RequestForm(wanted), HTTPStatus.OK
    stands = asking.standing(kit(), citizen_actor(), wanted, received_at())
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if "_switch" not in request.form:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if form.validate():
                try:
                    line = asking.ask(kit(), citizen_actor(), wanted, _sent(form, lang), received_at())
                except TooManyError:
                    status = HTTPStatus.TOO_MANY_REQUESTS
                    form.fault(too_many())
                except StandsError as error:
                    status, stands = HTTPStatus.CONFLICT, error.last
                else:
                    return redirect(url_for("messages.show", lang=lang, _anchor=f"m-{line}"), 303)
    message = MessageForm(formdata=None, data={"words": form.words.data})
    html = render_template(
        "messages/request.html",
        kind=wanted,
        form=form,
        faults=faults_of(form),
        stands=stands,
        kept=message if clean(form.words.data) else None,
        **_carried(),
    )
    return make_response(html, status)


def too_many() -> str:
    """Why a message was not taken, and what to do."""
    return _("Vous avez envoyé beaucoup de messages. Celui-ci n’est pas parti. Attendez dix minutes, puis envoyez-le.")


def _sent(form: MessageForm | RequestForm, lang: str) -> Sent:
    return Sent(clean(form.words.data) or "", form.made.data or "", lang)


def _carried() -> dict[str, str]:
    """What every form of these pages carries."""
    visit = citizen_visit()
    return {"reference": visit.reference if visit else "", "made": secrets.token_urlsafe(16)}
