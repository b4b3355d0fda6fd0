"""Administration of the desk: who may sign in, with which functions and region. No page of it opens a household."""

from __future__ import annotations

import uuid

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.invitation import INVITABLE
from portal.domain.role import Role
from portal.forms.people import AccessForm, InviteForm
from portal.forms.staff import faults_of
from portal.forms.text import gettext as _
from portal.i18n.roles import role_hint, role_name
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor, staff_visit
from portal.services import people
from portal.services.people import InvitedBeforeError, NewInvitation, Outcome

blueprint = Blueprint("staff_people", __name__, url_prefix="/staff/people")


@blueprint.get("")
@allow(Rule.STAFF_ADMINISTERS)
def show_all() -> str:
    """Who is in, who is invited, and who was in."""
    found = people.people(kit(), staff_actor())
    done = next((word for word in ("invited", "withdrawn", "late", "ended") if word in request.args), None)
    return render_template("staff/people.html", found=found, done=done, role_words=_role_words)


@blueprint.get("/invite")
@allow(Rule.STAFF_ADMINISTERS)
def invite() -> Response:
    """The form of an invitation."""
    return _invite_page(InviteForm(g.lang), 200)


@blueprint.post("/invite")
@allow(Rule.STAFF_ADMINISTERS)
def send_invitation() -> Response:
    """Invite an address; the mail leaves by itself."""
    form = InviteForm(g.lang)
    if not form.validate():
        return _invite_page(form, 422)
    whom = NewInvitation(form.name.data.strip(), form.address.normal or "", form.held, form.place, form.language.data)
    try:
        people.invite(kit(), staff_actor(), whom)
    except InvitedBeforeError:
        form.address.errors = [_("Cette adresse est déjà invitée. Retirez d’abord l’invitation ouverte.")]
        return _invite_page(form, 422)
    return redirect(url_for("staff_people.show_all", invited=1), 303)


@blueprint.post("/invitations/<uuid:invitation_id>/withdraw")
@allow(Rule.STAFF_ADMINISTERS)
def withdraw(invitation_id: uuid.UUID) -> Response:
    """Take back an invitation; one that was taken up meanwhile is somebody of the list."""
    ended = people.withdraw(kit(), staff_actor(), invitation_id)
    told = {"withdrawn": 1} if ended else {"late": 1}
    return redirect(url_for("staff_people.show_all", **told), 303)  # type: ignore[arg-type]


@blueprint.get("/<uuid:caseworker_id>")
@allow(Rule.STAFF_ADMINISTERS)
def show(caseworker_id: uuid.UUID) -> Response:
    """One of the desk: functions and region, and what was changed."""
    return _member_page(caseworker_id)


@blueprint.post("/<uuid:caseworker_id>")
@allow(Rule.STAFF_ADMINISTERS)
def change(caseworker_id: uuid.UUID) -> Response:
    """Other functions or another region; their sessions end at once."""
    form = AccessForm(g.lang, offered=(*INVITABLE, Role.ADMINISTRATOR))
    if not form.validate():
        return _member_page(caseworker_id, sent=True)
    outcome = people.change(kit(), staff_actor(), caseworker_id, form.held, form.place)
    if outcome is not Outcome.DONE:
        return _member_page(caseworker_id, refused=outcome)
    return redirect(url_for("staff_people.show", caseworker_id=caseworker_id, changed=1), 303)


@blueprint.post("/<uuid:caseworker_id>/end")
@allow(Rule.STAFF_ADMINISTERS)
def end(caseworker_id: uuid.UUID) -> Response:
    """End the access of somebody who leaves; what they did stays."""
    outcome = people.end_access(kit(), staff_actor(), caseworker_id)
    if outcome is not Outcome.DONE:
        return _member_page(caseworker_id, refused=outcome)
    return redirect(url_for("staff_people.show_all", ended=1), 303)


def _invite_page(form: InviteForm, status: int) -> Response:
    order = [field.id for field in (form.name, form.address, form.roles, form.region, form.language)]
    faults = sorted(faults_of(form), key=lambda fault: order.index(fault[0]))
    html = render_template("staff/people_invite.html", form=form, faults=faults, hints=_hints(INVITABLE))
    return make_response(html, status)


def _member_page(caseworker_id: uuid.UUID, *, sent: bool = False, refused: Outcome | None = None) -> Response:
    member, changes = people.member(kit(), staff_actor(), caseworker_id)
    held = member.roles & {Role.ADMINISTRATOR}
    offered = (*INVITABLE, *held)
    form = AccessForm(g.lang, roles=member.roles, region=member.region, offered=offered)
    if sent:
        form.validate()
    visit = staff_visit()
    html = render_template(
        "staff/people_member.html",
        member=member,
        changes=changes,
        form=form,
        faults=faults_of(form),
        hints=_hints(offered),
        refused=refused,
        changed="changed" in request.args,
        oneself=visit is not None and visit.caseworker_id == member.id,
        role_words=_role_words,
    )
    return make_response(html, 422 if sent else 409 if refused else 200)


def _hints(offered: tuple[Role, ...]) -> dict[str, str]:
    return {role.value: role_hint(role, g.lang) for role in offered}


def _role_words(roles: frozenset[Role]) -> list[str]:
    return [role_name(role, g.lang) for role in Role if role in roles]
