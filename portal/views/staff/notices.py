"""Rights and duties at the desk: who of a household acknowledged, what to explain again, a link for an adult."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import content
from portal.adapters.qr import svg
from portal.domain.notice import LINK_DAYS, RIGHTS
from portal.forms.staff import faults_of
from portal.forms.staff_notices import AcknowledgedForm, LanguageForm
from portal.forms.text import gettext as _
from portal.i18n.languages import LANGUAGES
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import at_desk as household
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.notices.acknowledging import OtherVersionError
from portal.services.notices.desk import (
    AtDesk,
    acknowledge_at_desk,
    at_desk,
    link_at_desk,
    take_back_at_desk,
)
from portal.services.notices.sheet import link_sheet
from portal.services.notices.texts import plain_words
from portal.services.situations import NotInHouseholdError
from portal.views.household import on_household

blueprint = Blueprint("staff_notices", __name__)

READ, ALL = "rights:read", "/rights"
ONE = f"{ALL}/<person>"
LINK = f"{ONE}/link"


@on_household(blueprint, ALL)
@allow(Rule.STAFF)
def show(place: DeskPlace) -> Response:
    """Who of the household has acknowledged the notice, and who is missing."""
    return _page(household.look(kit(), staff_actor(), place, READ))


@on_household(blueprint, ONE, methods=["POST"])
@allow(Rule.STAFF)
def acknowledge(place: DeskPlace, person: str) -> Response:
    """An adult who is there acknowledges the text that was explained to them. Sent twice it is once."""
    demand = _taken(place, person)
    form = AcknowledgedForm(person)
    if not form.validate():
        return _page(demand, form, person)
    try:
        acknowledge_at_desk(kit(), staff_actor(), demand, person, form.explained, form.language.data)
    except OtherVersionError:
        form.other_version(content.current(RIGHTS).version)
        return _page(demand, form, person)
    except NotInHouseholdError:
        return _page(demand, gone=True)
    return redirect(_url(demand, person), 303)


@on_household(blueprint, LINK, methods=["GET", "POST"])
@allow(Rule.STAFF)
def link(place: DeskPlace, person: str) -> Response:
    """A link for an adult, to show or print: it stands in the answer to the POST only, and ends the one before."""
    if request.method != "POST":  # a switch of the language, a reload: what was shown once is not shown again
        demand = household.look(kit(), staff_actor(), place, READ, person=person)
        return redirect(_url(demand), 303)
    demand = _taken(place, person)
    form = LanguageForm(person)
    if not form.validate():
        return _page(demand, form, person)
    try:
        secret = link_at_desk(kit(), staff_actor(), demand, person, request.form.get("made", "")[:64])
    except NotInHouseholdError:
        return _page(demand, gone=True)
    url = f"{kit().public_url}/{form.language.data}/notice/{secret}"
    sheet = link_sheet(form.language.data, kit().clock.now() + timedelta(days=LINK_DAYS))
    return make_response(render_template("staff/notice_link.html", demand=demand, sheet=sheet, url=url, qr=svg(url)))


@on_household(blueprint, f"{LINK}/end", methods=["POST"])
@allow(Rule.STAFF)
def take_back(place: DeskPlace, person: str) -> Response:
    """The open link for an adult works no more."""
    demand = _taken(place, person)
    take_back_at_desk(kit(), staff_actor(), demand, person)
    return redirect(_url(demand, person), 303)


def _taken(place: DeskPlace, person: str) -> Head:
    """The household, looked at, for what only the region does that has it. Raises NotYoursError, also once it is withdrawn."""
    demand = household.look(kit(), staff_actor(), place, READ, person=person)
    if demand.withdrawn_at is not None:
        raise NotYoursError
    return demand


def _url(demand: Head, person: str | None = None) -> str:
    """The page, at one of its adults."""
    anchor = f"person-{person}" if person else None
    return url_for("staff_notices.show", **demand.at_desk, _anchor=anchor)  # type: ignore[arg-type]


def _page(
    demand: Head,
    wrong: LanguageForm | None = None,
    person: str = "",
    *,
    gone: bool = False,
) -> Response:
    """`wrong`: the form that was sent with a fault, about `person`; `gone`: it was about somebody who left."""
    newest, actor = content.current(RIGHTS), staff_actor()
    taken = demand.region == actor.region
    found = at_desk(kit(), actor, demand, g.lang) if taken else AtDesk((), {}, {}, ())
    cards = []
    for standing in found.standings:
        one, language = standing.signer.person, standing.signer.language or demand.language
        acknowledged = AcknowledgedForm(one, formdata=None, language=language, version=str(newest.version))
        to_link = LanguageForm(one, formdata=None, language=language)
        if wrong is not None and one == person:
            if isinstance(wrong, AcknowledgedForm):
                acknowledged = wrong
            else:
                to_link = wrong
        chapters = [plain_words(RIGHTS, chapter, g.lang) for chapter in found.to_explain.get(one, ())]
        cards.append((standing, chapters, found.links.get(one), acknowledged, to_link))
    faults = faults_of(wrong) if wrong is not None else []
    if gone:
        faults = [("gone", _("Les réponses du ménage ne nomment plus cette personne."))]
    html = render_template(
        "staff/rights.html",
        demand=demand,
        cards=cards,
        former=found.former,
        made=secrets.token_urlsafe(16),
        taken=taken,
        open=taken and demand.withdrawn_at is None,
        notice=newest,
        texts=[(one, f"{kit().public_url}/{one.code}/rights") for one in LANGUAGES],
        signing_url=url_for("staff_notice_papers.form", **demand.at_desk),  # type: ignore[arg-type]
        faults=faults,
    )
    return make_response(html, 422 if faults else 200)
