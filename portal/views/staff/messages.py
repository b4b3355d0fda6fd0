"""Threads at the desk: what waits for an answer in the region, a household's threads, an answer."""

from __future__ import annotations

import secrets
import uuid
from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.case_request import LONGEST
from portal.forms.fields import clean
from portal.forms.messages import AnswerForm
from portal.forms.requests import AssignForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.i18n.languages import DEFAULT, STAFF_CODES, official_beside
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.actor import NotYoursError
from portal.services.assigning import AssignedMeanwhileError, colleagues
from portal.services.thread import desk, waiting
from portal.services.thread.desk import ChangedMeanwhileError, OpenRequestError
from portal.services.thread.rows import Sent
from portal.services.thread.waiting import Given
from portal.views.messages import LAST_PAGE

blueprint = Blueprint("staff_messages", __name__, url_prefix="/staff")

OF_DOSSIER = "/dossiers/<uuid:dossier_id>/messages"
SETTLE = "settle"


@blueprint.get("/messages")
@allow(Rule.STAFF)
def waiting_list() -> str:
    """The threads of the region that wait for an answer: all, mine, or nobody's; urgent requests first, then the oldest."""
    given = next((one for one in Given if one.value == request.args.get("given")), None)
    return render_template(
        "staff/messages.html",
        threads=waiting.waiting_threads(kit(), staff_actor(), given),
        given=given,
        lonely=waiting.lonely_again(kit()),
        most=waiting.MOST,
    )


@blueprint.get(OF_DOSSIER)
@allow(Rule.STAFF)
def show(dossier_id: uuid.UUID) -> Response:
    """The threads of a household, one for each adult. Looking at them is dated, once."""
    return _page(dossier_id)


@blueprint.post(f"{OF_DOSSIER}/<uuid:adult_id>")
@allow(Rule.STAFF)
def answer(dossier_id: uuid.UUID, adult_id: uuid.UUID) -> Response:
    """Answer one adult, or note that nothing is to be answered. Sent twice it is once."""
    form = AnswerForm(adult_id)
    settling = SETTLE in request.form
    language = form.language.data if form.language.data in STAFF_CODES else DEFAULT  # the form refuses any other
    sent = Sent(clean(form.words.data) or "", form.made.data or "", language)
    where = (kit(), staff_actor(), dossier_id, adult_id)
    try:
        if settling and sent.words:
            form.fault(_("Vous avez écrit une réponse : envoyez-la, ou effacez-la."))
            return _page(dossier_id, adult_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        if settling:
            line = desk.settle(*where, sent, form.lines_seen)
        elif form.validate():
            line = desk.answer(*where, sent, form.lines_seen)
        else:
            return _page(dossier_id, adult_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except ChangedMeanwhileError:
        form.fault(
            _("Rien n’est envoyé : il y a du nouveau dans cet échange. Lisez-le, puis envoyez. Votre texte est gardé.")
        )
        return _page(dossier_id, adult_id, form, HTTPStatus.CONFLICT)
    except OpenRequestError:
        form.fault(_("Une demande est encore ouverte : répondez par écrit, ou fermez d’abord la demande."))
        return _page(dossier_id, adult_id, form, HTTPStatus.CONFLICT)
    return redirect(url_for("staff_messages.show", dossier_id=dossier_id, _anchor=f"m-{line}"), 303)


@blueprint.post(f"{OF_DOSSIER}/<uuid:adult_id>/assign")
@allow(Rule.STAFF)
def assign(dossier_id: uuid.UUID, adult_id: uuid.UUID) -> Response:
    """Give an adult's thread to a colleague of the region, or to nobody."""
    actor = staff_actor()
    form = AssignForm(adult_id, colleagues(kit(), actor), actor.id)
    if not form.validate():
        return _page(dossier_id, adult_id, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        desk.assign(kit(), actor, dossier_id, adult_id, form.chosen, form.seen)
    except AssignedMeanwhileError:
        form.fault(_("Un collègue a changé cela entre-temps. Regardez qui s’en occupe, puis choisissez."))
        return _page(dossier_id, adult_id, form, HTTPStatus.CONFLICT)
    return redirect(url_for("staff_messages.show", dossier_id=dossier_id, _anchor=f"adult-{adult_id}"), 303)


def _page(
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID | None = None,
    wrong: AnswerForm | AssignForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    """`wrong`: the form that was sent for `adult_id` and not taken, with what was typed."""
    actor = staff_actor()
    found = desk.look_at_threads(kit(), actor, dossier_id, _pages())
    if adult_id is not None and all(one.adult_id != adult_id for one in found.adults):
        raise NotYoursError
    cards = []
    for one in found.adults:
        sent = wrong if one.adult_id == adult_id else None
        form = sent if isinstance(sent, AnswerForm) else None
        if form is None:
            form = AnswerForm(one.adult_id, formdata=None, language=official_beside(DEFAULT, actor.region))
        form.seen.data, form.made.data = str(one.thread.total), secrets.token_urlsafe(16)
        given = (
            sent
            if isinstance(sent, AssignForm)
            else AssignForm(one.adult_id, found.colleagues, actor.id, formdata=None)
        )
        given.stands(one.assigned)
        cards.append((one, form, given))
    html = render_template(
        "staff/thread.html",
        found=found,
        cards=cards,
        faults=faults_of(wrong) if wrong is not None else [],
        longest=LONGEST,
    )
    return make_response(html, status)


def _pages() -> dict[uuid.UUID, int]:
    """Of which adult's thread an older page is wanted."""
    try:
        adult = uuid.UUID(request.args.get("adult", ""))
    except ValueError:
        return {}
    return {adult: min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)}
