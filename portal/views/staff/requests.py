"""The requests of a thread at the desk: close one with a reason, open it again; and give a thread to a colleague."""

from __future__ import annotations

import secrets
import uuid
from http import HTTPStatus

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.case_request import AskedState
from portal.domain.request_closing import Because
from portal.forms.fields import clean
from portal.forms.requests import CloseForm, EndForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.i18n.languages import DEFAULT, official_beside
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.actor import NotYoursError
from portal.services.thread import closing, desk
from portal.services.thread.closing import CannotCloseError, Request
from portal.services.thread.closings import Asking
from portal.services.thread.desk import AdultThread, ChangedMeanwhileError, DeskThreads
from portal.services.thread.rows import Sent

blueprint = Blueprint("staff_requests", __name__, url_prefix="/staff")

OF_ADULT = "/dossiers/<uuid:dossier_id>/messages/<uuid:adult_id>"
REOPEN = "reopen"


@blueprint.route(f"{OF_ADULT}/requests/<uuid:request_id>", methods=["GET", "POST"])
@allow(Rule.STAFF)
def one(dossier_id: uuid.UUID, adult_id: uuid.UUID, request_id: uuid.UUID) -> Response:
    """One request: close it with a reason, or open again what was closed. The person reads both."""
    about = Request(dossier_id, adult_id, request_id)
    found, adult, asking = _look(about)
    reopening = REOPEN in request.form if request.method == "POST" else asking.state is AskedState.CLOSED
    form = _form(asking, reopening=reopening)
    if request.method == "GET" or not form.validate():
        status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(found, adult, asking, form, status)
    sent = Sent(clean(form.words.data) or "", form.made.data or "", form.language.data)
    where = (kit(), staff_actor(), about)
    try:
        if isinstance(form, CloseForm):
            line = closing.close(*where, Because(form.because.data), sent, form.lines_seen)
        else:
            line = closing.reopen(*where, sent, form.lines_seen)
    except ChangedMeanwhileError:
        form.fault(
            _("Rien n’est noté : il y a du nouveau dans cet échange. Lisez-le, puis notez. Votre texte est gardé.")
        )
        return _page(*_look(about), form, HTTPStatus.CONFLICT)
    except CannotCloseError as error:
        if isinstance(form, CloseForm):
            form.cannot(error.fault)
        return _page(found, adult, asking, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(url_for("staff_messages.show", dossier_id=dossier_id, _anchor=f"m-{line}"), 303)


def _look(about: Request) -> tuple[DeskThreads, AdultThread, Asking]:
    """The household's threads, the adult's, and the request. Raises NotYoursError."""
    found = desk.look_at_threads(kit(), staff_actor(), about.dossier_id)
    adult = next((one for one in found.adults if one.adult_id == about.adult_id), None)
    asking = next((one for one in adult.requests if one.id == about.id), None) if adult else None
    if adult is None or asking is None:
        raise NotYoursError
    return found, adult, asking


def _form(asking: Asking, *, reopening: bool) -> EndForm:
    language = official_beside(DEFAULT, staff_actor().region)
    begun = {"language": language} if request.method == "GET" else {}
    return EndForm(**begun) if reopening else CloseForm(asking.kind, g.lang, **begun)


def _page(found: DeskThreads, adult: AdultThread, asking: Asking, form: EndForm, status: HTTPStatus) -> Response:
    form.seen.data, form.made.data = str(adult.thread.total), secrets.token_urlsafe(16)
    html = render_template(
        "staff/request.html",
        found=found,
        adult=adult,
        asking=asking,
        form=form,
        closing=isinstance(form, CloseForm),
        faults=faults_of(form),
    )
    return make_response(html, status)
