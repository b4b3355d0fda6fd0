"""The centre asks a household for a paper with a deadline: from the catalogue, in the person's language, or in its own words."""

from __future__ import annotations

import secrets
import uuid
from hashlib import sha256

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from portal.checklists import checklist, rules
from portal.checklists.reading import TOPICS
from portal.checklists.rule import Whose
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState, centre_key, request_key
from portal.forms.asking_papers import OWN_WORDS, AskPaperForm
from portal.forms.fields import clean
from portal.i18n.checklists.words import topic_name
from portal.i18n.estimate.people import person_name
from portal.i18n.languages import DEFAULT, official_beside
from portal.law.parameters import law_of
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services import at_desk, document_requests, snapshots
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.checklists.explained import paper_title
from portal.services.document_requests import Note
from portal.services.situation_begun import before_answers
from portal.views.household import on_household
from portal.views.staff import noting
from portal.views.staff.papers import ASKED, ROOT, papers_url

blueprint = Blueprint("staff_asking_papers", __name__)


@on_household(blueprint, f"{ROOT}/ask", methods=["GET", "POST"])
@allow(Rule.STAFF)
def ask(place: DeskPlace) -> Response:
    """Ask for a paper. It comes on the person's list, with its day. Sent twice it is one paper."""
    demand = at_desk.look(kit(), staff_actor(), place, "checklist:read")
    if demand.region is None or demand.region != staff_actor().region:
        return abort(404)
    form = _form(demand)
    if request.method == "POST" and form.validate():
        own = form.paper.data == OWN_WORDS
        key = centre_key(_named(form.token.data or "")) if own else request_key(form.paper.data, form.whose)
        note = Note(
            RequestState.TO_BRING,
            words=clean(form.words.data),
            wanted_by=form.wanted_by.day,
            language=form.language.data,
            asks=form.months_asked,
        )
        document_requests.ask_at_desk(kit(), staff_actor(), demand.dossier_id, key, note)
        session[ASKED] = demand.reference
        return redirect(papers_url(demand), 303)
    status = 422 if form.errors else 200
    form.token.data = form.token.data or secrets.token_urlsafe(16)
    html = render_template("staff/paper_ask.html", demand=demand, form=form, faults=noting.faults_of(form))
    return make_response(html, status)


def _named(token: str) -> uuid.UUID:
    """The same form sent again names the same paper."""
    return uuid.UUID(bytes=sha256(token.encode()).digest()[:16])


def _form(demand: Head) -> AskPaperForm:
    said = snapshots.said_to_centre(kit(), demand)
    situation = said.situation if said else before_answers(demand)
    asked = [rule for rule in rules() if not rule.only_for_changes]
    if said is None:  # nothing is known: what may concern whoever asked for help, not what supposes others
        possible = {one.rule.id for one in checklist(situation, demand.begins, law_of(demand.begins))}
        asked = [rule for rule in asked if rule.id in possible]
    catalogue = {
        topic_name(topic, g.lang): [
            (rule.id, paper_title(rule.id, g.lang) or rule.id) for rule in asked if rule.topic == topic
        ]
        for topic in TOPICS
    }
    return AskPaperForm(
        request.form,
        filing_day(received_at()),
        official_beside(DEFAULT, staff_actor().region),
        {topic: papers for topic, papers in catalogue.items() if papers},
        frozenset(rule.id for rule in asked if rule.whose is not Whose.HOUSEHOLD),
        [(one.id, person_name(situation, one.id, g.lang, staff=True)) for one in situation.persons],
    )
