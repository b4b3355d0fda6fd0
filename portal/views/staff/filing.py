"""Record a demand that came by phone, at the counter, by letter or through the commune, on the person's own form."""

from __future__ import annotations

import os
from contextlib import suppress

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.qr import svg
from portal.domain.demand import RESHOW_MINUTES, Channel
from portal.forms.paper_file import PaperFileForm
from portal.forms.staff import DeskFilingForm
from portal.i18n.languages import LANGUAGES, STAFF_CODES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.desk import look
from portal.services.filed import Filed, find_filed
from portal.services.filing import Filing, file_demand
from portal.services.handover import make_handover
from portal.services.matches import possible_matches
from portal.services.receipts import make_receipt, receipt_qr_text
from portal.views.demand import new_token, open_token
from portal.views.filed import pdf
from portal.views.names import today
from portal.views.staff.language import remember
from portal.views.staff.opening import opened_after
from portal.views.staff.search import BEGIN

blueprint = Blueprint("staff_filing", __name__, url_prefix="/staff/demands")

COOKIE = "staff-filed"
SECONDS = 3600


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Rule.STAFF)
def new() -> BaseResponse | str:
    """The form and the act of recording; the language menu sends it too, and gets it back as it was."""
    switched_to = request.form.get("_switch")
    if switched_to in STAFF_CODES:
        remember(switched_to)
    form = _form()
    if begins(form) or switched_to is not None:
        return render_template("staff/new.html", form=form)
    if not form.validate():
        return make_response(render_template("staff/new.html", form=form), 422)
    return recorded(form)


def after_csrf_failure() -> BaseResponse:
    """The page was older than «next person», or than a sign-out: what was typed comes back and nothing is recorded."""
    form = _form()
    begins(form)
    return make_response(render_template("staff/new.html", form=form, too_old=True), 400)


def begins(form: DeskFilingForm | PaperFileForm) -> bool:
    """Whether this request only opens the form, empty or from the search: then it gets its token and its language."""
    if request.method != "GET" and BEGIN not in request.form:
        return False
    form.filing_token.data, form.language.data = new_token(), g.lang
    return True


def recorded(form: DeskFilingForm) -> BaseResponse:
    """File what a valid form of the desk says, open it, and go on to what is handed over. Sent twice it is one demand."""
    if (token := open_token(form.filing_token.data)) is None:  # changed on its way: the papers need one that opens
        form.filing_token.data = new_token()
        token = open_token(form.filing_token.data) or os.urandom(32)
    filing = Filing(form.announcement(form.language.data), form.contact(Channel(form.channel.data)), token)
    file_demand(kit(), staff_actor(), filing, received_at())
    with suppress(DatabaseUnavailableError):  # it is filed: whatever happens now, the answer says so
        if (just_now := find_filed(kit(), token)) is not None:
            opened_after(DeskPlace(just_now.demand.id))
    response = redirect(url_for("staff_filing.filed"), 303)
    sessions.give(response, COOKIE, form.filing_token.data or "", SECONDS)
    return response


@blueprint.get("/filed")
@allow(Rule.STAFF)
def filed() -> str | BaseResponse:
    """What to hand over: the receipt, and the slip with the code for the person alone."""
    found = _found()
    if found is None:
        return redirect(url_for("staff_board.board"), 303)
    return render_template(
        "staff/filed.html",
        filed=found,
        matches=possible_matches(kit(), staff_actor(), found.demand),
        demand=found.demand,
        qr=svg(receipt_qr_text(kit(), found.demand)),
        minutes=RESHOW_MINUTES,
    )


@blueprint.get("/filed/receipt.pdf")
@allow(Rule.STAFF)
def receipt() -> Response:
    """The receipt, in the person's language."""
    found = _found() or abort(404)
    return pdf(make_receipt(kit(), found.demand, found.demand.language), "receipt.pdf")


@blueprint.get("/filed/slip.pdf")
@allow(Rule.STAFF)
def slip() -> Response:
    """The slip of the hand-over, in the person's language, with the code of the filing."""
    found = _found()
    if found is None or found.access_code is None:
        abort(404)
    try:
        view, ours = look(kit(), staff_actor(), found.demand.id, "demand:read", own=True), True
    except NotYoursError:  # recorded here for another centre: of its file this desk knows what was filed, no more
        view, ours = found.demand, False
    return pdf(make_handover(kit(), view, found.access_code, as_filed=not ours), "slip.pdf")


def _form() -> DeskFilingForm:
    return DeskFilingForm(received_at(), [(language.code, language.name) for language in LANGUAGES], today=today())


def _found() -> Filed | None:
    """The demand just recorded here, by this very caseworker; nothing once its file has gone to another centre.

    One recorded for another centre from the start is still shown: the person stands here and takes the papers along.
    """
    token = open_token(sessions.secret(COOKIE))
    found = find_filed(kit(), token) if token is not None else None
    if found is None or found.demand.recorded_by != staff_actor().id:
        return None
    handed_on = any(event.kind == "passed-on" for event in found.demand.events)  # by itself, or with its whole file
    if handed_on and found.demand.region != staff_actor().region:
        return None
    return found
