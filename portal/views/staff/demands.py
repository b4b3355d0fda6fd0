"""One demand at the staff desk: open, take, pass on, correct the date, new code, receipt."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.domain.demand import Channel
from portal.forms.fields import clean
from portal.forms.staff import CorrectionForm, NewCodeForm, PassOnForm, faults_of
from portal.forms.text import gettext as _
from portal.i18n.languages import BY_CODE, LANGUAGES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import desk, first_steps, snapshots, what_is_new
from portal.services.adults import household_by
from portal.services.at_desk import DeskPlace
from portal.services.demands import DemandView
from portal.services.documents.desk import papers_news
from portal.services.estimates import answer_rows, explain
from portal.services.interviews.desk import in_short
from portal.services.mails import mail_refused
from portal.services.matches import possible_matches
from portal.services.notices.desk import missing_at_desk
from portal.services.receipts import make_receipt
from portal.views.filed import pdf
from portal.views.names import today
from portal.views.staff import codes
from portal.views.staff.board import PASSED_ON
from portal.views.staff.filing import COOKIE as JUST_FILED

blueprint = Blueprint("staff_demands", __name__, url_prefix="/staff/demands")

DEMAND = "/<uuid:demand_id>"


@blueprint.get(DEMAND)
@allow(Rule.STAFF)
def show(demand_id: uuid.UUID) -> str:
    """Open a demand: the first opening is dated, every opening is audited."""
    actor = staff_actor()
    demand = desk.open_demand(kit(), actor, demand_id)
    return _page(demand)


@blueprint.post(f"{DEMAND}/take")
@allow(Rule.STAFF)
def take(demand_id: uuid.UUID) -> BaseResponse:
    """Take a demand that several regions could be responsible for."""
    desk.take(kit(), staff_actor(), demand_id)
    return redirect(url_for("staff_demands.show", demand_id=demand_id), 303)


@blueprint.post(f"{DEMAND}/pass-on")
@allow(Rule.STAFF)
def pass_on(demand_id: uuid.UUID) -> BaseResponse:
    """Pass a demand on; it then leaves this region's board."""
    actor = staff_actor()
    form = PassOnForm(actor.region or "", g.lang)
    if not form.validate():
        demand = desk.look(kit(), actor, demand_id, "demand:read")
        return make_response(_page(demand, pass_on_form=form), 422)
    desk.pass_on(kit(), actor, demand_id, form.region.data, clean(form.reason.data) or "")
    session[PASSED_ON] = [form.what, form.region.data]
    return redirect(url_for("staff_board.board"), 303)


@blueprint.post(f"{DEMAND}/correct")
@allow(Rule.STAFF)
def correct(demand_id: uuid.UUID) -> BaseResponse:
    """Record an earlier first contact."""
    form = CorrectionForm(received_at())
    valid = form.validate()
    if valid:
        try:
            desk.correct(kit(), staff_actor(), demand_id, form.contact(Channel(form.channel.data)))
        except desk.NotEarlierError:
            form.contact_day.errors = [
                _("Cette date n’est pas avant la date actuelle de l’annonce. La plus ancienne compte.")
            ]
            valid = False
    if not valid:
        demand = desk.look(kit(), staff_actor(), demand_id, "demand:read")
        return make_response(_page(demand, correction_form=form), 422)
    return redirect(url_for("staff_demands.show", demand_id=demand_id), 303)


@blueprint.post(f"{DEMAND}/code")
@allow(Rule.STAFF)
def code(demand_id: uuid.UUID) -> BaseResponse:
    """A new access code. The form's one-time token makes it: a double click or a resent form gives the same one."""
    form = NewCodeForm()
    actor = staff_actor()
    token = codes.token_of(form)
    if not form.validate():
        demand = desk.look(kit(), actor, demand_id, "demand:read")
        return make_response(_page(demand, code_form=form), 422)
    desk.issue_code(kit(), actor, demand_id, token, paper=form.paper)
    return codes.to_slip(form, url_for("staff_demands.code_made", demand_id=demand_id))


@blueprint.get(f"{DEMAND}/code")
@allow(Rule.STAFF)
def code_made(demand_id: uuid.UUID) -> str | BaseResponse:
    """What was done, and the way to the slip."""
    return codes.made_page(DeskPlace(demand_id), url_for("staff_demands.slip", demand_id=demand_id))


@blueprint.get(f"{DEMAND}/slip.pdf")
@allow(Rule.STAFF)
def slip(demand_id: uuid.UUID) -> BaseResponse:
    """The slip with the new access code, once."""
    return codes.slip_pdf(DeskPlace(demand_id), url_for("staff_demands.code_made", demand_id=demand_id))


@blueprint.get(f"{DEMAND}/receipt.pdf")
@allow(Rule.STAFF)
def receipt(demand_id: uuid.UUID) -> Response:
    """The receipt again, in the person's language or another."""
    demand = desk.look(kit(), staff_actor(), demand_id, "receipt:print", own=True)
    wanted = request.args.get("language", "")
    language = wanted if wanted in BY_CODE else demand.language
    return pdf(make_receipt(kit(), demand, language), "receipt.pdf")


def _answers(demand: DemandView, said: snapshots.Said | None) -> dict[str, object]:
    """What the household answered, in an estimate or in its dossier."""
    if said is None:
        waits = demand.situation is not None or snapshots.sent_at(kit(), demand.dossier_id) is not None
        return {"estimate": None, "estimate_rows": (), "estimate_waits": waits, "sent_at": None, "reported": 0}
    return {
        "estimate": explain(said.situation, demand.filing_date, g.lang, staff=True),
        "estimate_rows": answer_rows(said.situation, demand.filing_date, g.lang, staff=True),
        "estimate_waits": False,
        "sent_at": said.sent_at,
        "reported": said.reports,
    }


def _page(
    demand: DemandView,
    *,
    pass_on_form: PassOnForm | None = None,
    correction_form: CorrectionForm | None = None,
    code_form: NewCodeForm | None = None,
) -> str:
    actor = staff_actor()
    said = snapshots.said_to_centre(kit(), demand)  # opened once for all that stands on the page
    household = household_by(kit(), demand, said, g.lang) if demand.region else None
    code_form = code_form or codes.fresh_form()
    forms = [form for form in (correction_form, pass_on_form, code_form) if form is not None]
    new_papers = papers_news(kit(), actor, demand)
    rights_missing = missing_at_desk(kit(), actor, demand, g.lang, household)
    interview = in_short(kit(), demand)
    known = what_is_new.of_dossier(kit(), actor, demand)
    read = first_steps.Known(
        known.waits,
        known.urgent,
        new_papers or 0,
        len(rights_missing or ()),
        interview.state,
        said.situation if said else None,
    )
    return render_template(
        "staff/demand.html",
        faults=[fault for form in forms for fault in faults_of(form)],
        demand=demand,
        mail_refused=mail_refused(kit(), demand.id),
        matches=possible_matches(kit(), actor, demand),
        pass_on_form=pass_on_form or PassOnForm(actor.region or "", g.lang, formdata=None),
        correction_form=correction_form or CorrectionForm(received_at(), formdata=None),
        code_form=code_form,
        papers_news=new_papers,
        rights_missing=rights_missing,
        interview=interview,
        slip_waits=sessions.secret(JUST_FILED) is not None and demand.recorded_by == actor.id,
        known=known,
        first_lines=first_steps.lines_of(demand, read, today()),
        me=actor.id,
        **_answers(demand, said),
        receipt_languages=sorted(LANGUAGES, key=lambda language: language.code != demand.language),
    )
