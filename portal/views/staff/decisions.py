"""Written decisions of the commune: one caseworker records, another one confirms. There is no other way to a decision."""

from __future__ import annotations

import secrets
import uuid
from http import HTTPStatus

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.decision import State, Step
from portal.forms.fields import clean
from portal.forms.staff import faults_of
from portal.forms.staff_decisions import DecisionForm, WrongForm
from portal.forms.text import gettext as _
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.at_desk import DeskPlace
from portal.services.decisions import desk, recording
from portal.services.decisions.recording import EndedError, NeedsAnotherError, WaitingAlreadyError
from portal.services.document_requests import NotedMeanwhileError
from portal.views.household import household_url, named, on_household
from portal.views.names import today

blueprint = Blueprint("staff_decisions", __name__)

ONE = "/decisions/<uuid:decision_id>"


@blueprint.get("/staff/decisions")
@allow(Rule.STAFF_PREPARES)
def waiting_list() -> str:
    """Every record of the region that waits for a second person, the oldest first."""
    return render_template("staff/decisions_waiting.html", found=desk.to_confirm(kit(), staff_actor()), most=desk.MOST)


@on_household(blueprint, "/decisions")
@allow(Rule.STAFF)
def show(place: DeskPlace) -> Response:
    """What was recorded of a household, and the form for one more."""
    return _page(place)


@on_household(blueprint, "/decisions", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def record(place: DeskPlace) -> Response:
    """Record a decision. It waits for a second person; the person sees nothing yet."""
    return _record(place)


@on_household(blueprint, f"{ONE}/correct")
@allow(Rule.STAFF_PREPARES)
def correction(place: DeskPlace, decision_id: uuid.UUID) -> Response:
    """The form again, with what stands there, for a record that was confirmed and is wrong."""
    return _page(place, corrects=decision_id)


@on_household(blueprint, f"{ONE}/correct", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def correct(place: DeskPlace, decision_id: uuid.UUID) -> Response:
    """Record a correction: a second person confirms it too; until then the first one stands."""
    return _record(place, decision_id)


@on_household(blueprint, f"{ONE}/confirm", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def confirm(place: DeskPlace, decision_id: uuid.UUID) -> Response:
    """Confirm what another caseworker recorded: now the person sees it."""
    return _end(place, decision_id, Step.CONFIRMED)


@on_household(blueprint, f"{ONE}/refuse", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def refuse(place: DeskPlace, decision_id: uuid.UUID) -> Response:
    """Say what is wrong with it."""
    return _end(place, decision_id, Step.REFUSED)


@on_household(blueprint, f"{ONE}/take-back", methods=["POST"])
@allow(Rule.STAFF_PREPARES)
def take_back(place: DeskPlace, decision_id: uuid.UUID) -> Response:
    """Take back one's own record while it waits."""
    return _end(place, decision_id, Step.TAKEN_BACK)


def _record(place: DeskPlace, corrects: uuid.UUID | None = None) -> Response:
    found = desk.decisions_at_desk(kit(), staff_actor(), place)
    before = found.named(corrects) if corrects else None
    form = DecisionForm(request.form, found.matters, today(), g.lang, corrects=before)
    if not form.validate():
        return _shown(found, form, corrects, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = recording.record(kit(), staff_actor(), place, form.noted())
    except NotedMeanwhileError:
        form.fault(_("Quelqu’un a noté autre chose entre-temps. Lisez-le, puis notez encore une fois si c’est juste."))
    except WaitingAlreadyError:
        form.fault(_("Une décision là-dessus attend déjà une deuxième personne. Rien n’est noté deux fois."))
    else:
        return redirect(url_for("staff_decisions.show", **named(place), _anchor=f"d-{made}"), 303)
    return _shown(desk.decisions_at_desk(kit(), staff_actor(), place), form, corrects, HTTPStatus.CONFLICT)


def _end(place: DeskPlace, decision_id: uuid.UUID, step: Step) -> Response:
    wrong = WrongForm(request.form, decision_id)
    if step is Step.REFUSED and not wrong.validate():
        return _page(place, wrong=(decision_id, wrong), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        recording.end(kit(), staff_actor(), place, decision_id, step, clean(wrong.reason.data))
    except EndedError:
        said = _("Cette décision n’attend plus : une autre personne l’a traitée. Rien n’a changé.")
        return _page(place, said=said, status=HTTPStatus.CONFLICT)
    except NeedsAnotherError:
        said = _("Il faut une autre personne : qui note une décision ne la confirme pas.")
        return _page(place, said=said, status=HTTPStatus.CONFLICT)
    return redirect(url_for("staff_decisions.show", **named(place), _anchor=f"d-{decision_id}"), 303)


def _page(
    place: DeskPlace,
    *,
    corrects: uuid.UUID | None = None,
    wrong: tuple[uuid.UUID, WrongForm] | None = None,
    said: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    found = desk.decisions_at_desk(kit(), staff_actor(), place)
    before = found.named(corrects) if corrects else None
    if before is not None and before.state is not State.CONFIRMED:  # replaced meanwhile, or never confirmed
        return redirect(url_for("staff_decisions.show", **named(place), _anchor=f"d-{before.id}"), 303)
    form = DecisionForm(None, found.matters, today(), g.lang, corrects=before)
    return _shown(found, form, corrects, status, wrong=wrong, said=said)


def _shown(
    found: desk.DeskDecisions,
    form: DecisionForm,
    corrects: uuid.UUID | None,
    status: HTTPStatus,
    *,
    wrong: tuple[uuid.UUID, WrongForm] | None = None,
    said: str | None = None,
) -> Response:
    """`wrong`: a refusal without a reason, at its record. `said`: why nothing was done."""
    form.seen.data, form.token.data = str(found.seen), form.token.data or secrets.token_urlsafe(16)
    refusals = {one.id: WrongForm(None, one.id) for one in found.records if one.state is State.WAITING}
    if wrong is not None and wrong[0] in refusals:
        refusals[wrong[0]] = wrong[1]
    html = render_template(
        "staff/decisions.html",
        found=found,
        form=form,
        corrects=found.named(corrects) if corrects else None,
        refusals=refusals,
        me=staff_actor().id,
        said=said,
        back=household_url(found.head),
        faults=faults_of(form) + (faults_of(wrong[1]) if wrong else []),
    )
    return make_response(html, status)
