"""The adults of a household at the desk: fill in the form with one of them, give another one a code of their own."""

from __future__ import annotations

import uuid

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.forms.adults import HelpForm, NewAdultForm
from portal.forms.staff import NewCodeForm, faults_of
from portal.forms.text import gettext as _
from portal.i18n.languages import OWN_NAMES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import adults, at_desk, desk, helping, paper_files
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import PaperFileView
from portal.services.desk import NewAdult
from portal.services.notices.desk import missing_at_desk
from portal.services.situations import NotInHouseholdError
from portal.views.demand import new_token
from portal.views.household import named, on_household
from portal.views.staff import codes

blueprint = Blueprint("staff_adults", __name__)

ALL = "/adults"
ONE = f"{ALL}/<uuid:adult_id>"


@on_household(blueprint, ALL)
@allow(Rule.STAFF)
def show(place: DeskPlace) -> Response:
    """Who of the household has a code, and who could have one."""
    return _page(place)


@on_household(blueprint, ALL, methods=["POST"])
@allow(Rule.STAFF)
def add(place: DeskPlace) -> Response:
    """A file of their own for another adult, and the code for it."""
    head = at_desk.look(kit(), staff_actor(), place)
    household = adults.household_of(kit(), head, g.lang)
    form = NewAdultForm(household.others, list(OWN_NAMES), formdata=request.form)
    token = codes.token_of(form)
    if not form.validate() or token is None:
        return _page(place, new_form=form)
    new = NewAdult(form.person.data, form.chosen_name, form.language.data, form.paper)
    if isinstance(head, PaperFileView):
        adult_id = paper_files.add_adult(kit(), staff_actor(), head.dossier_id, new, token)
    else:
        adult_id = desk.add_adult(kit(), staff_actor(), head.id, new, token)
    return codes.to_slip(form, _made_at(place, adult_id))


@on_household(blueprint, f"{ONE}/help", methods=["POST"])
@allow(Rule.STAFF)
def help_(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """Open the form of an adult who is there and asks for it."""
    form = HelpForm()
    if not form.validate():
        return _page(place, help_form=form, asked=adult_id)
    try:
        language = helping.begin(kit(), staff_actor(), sessions.secret("staff") or "", place, adult_id)
    except NotInHouseholdError:
        form.present.errors = [_("Les réponses du ménage ne nomment plus cette personne.")]
        return _page(place, help_form=form, asked=adult_id)
    return redirect(url_for("staff_form.situation.tasks", lang=language), 303)


@on_household(blueprint, f"{ONE}/code", methods=["POST"])
@allow(Rule.STAFF)
def code(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """A new code for one of them."""
    form = NewCodeForm()
    token = codes.token_of(form)
    if not form.validate():
        return _page(place, code_form=form, asked=adult_id)
    head = at_desk.head(kit(), staff_actor(), place)
    if isinstance(head, PaperFileView):
        paper_files.new_letter(kit(), staff_actor(), head.dossier_id, token, adult_id, form.paper)
    else:
        desk.issue_code(kit(), staff_actor(), head.id, token, adult_id, form.paper)
    return codes.to_slip(form, _made_at(place, adult_id))


@on_household(blueprint, f"{ONE}/code")
@allow(Rule.STAFF)
def code_made(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """What was done, and the way to the slip."""
    return make_response(
        codes.made_page(place, url_for("staff_adults.slip", adult_id=adult_id, **named(place)), adult_id)
    )


@on_household(blueprint, f"{ONE}/slip.pdf")
@allow(Rule.STAFF)
def slip(place: DeskPlace, adult_id: uuid.UUID) -> Response:
    """The slip of one of them, once."""
    return codes.slip_pdf(place, _made_at(place, adult_id), adult_id)


def _made_at(place: DeskPlace, adult_id: uuid.UUID) -> str:
    return url_for("staff_adults.code_made", adult_id=adult_id, **named(place))


def _page(
    place: DeskPlace,
    *,
    new_form: NewAdultForm | None = None,
    help_form: HelpForm | None = None,
    code_form: NewCodeForm | None = None,
    asked: uuid.UUID | None = None,
) -> Response:
    """`asked`: of which adult a form with a fault is."""
    demand = at_desk.look(kit(), staff_actor(), place)
    household = adults.household_of(kit(), demand, g.lang)
    if new_form is None:
        new_form = NewAdultForm(household.others, list(OWN_NAMES), formdata=None)
        new_form.code_token.data, new_form.language.data = new_token(), demand.language
        forms = [form for form in (help_form, code_form) if form is not None]
    else:
        forms = [new_form]
    cards = []
    for number, adult in enumerate(household.adults):
        mine = asked == adult.id
        with_them = help_form if mine and help_form else HelpForm(formdata=None)
        with_them.present.id = f"present-{number}"
        again = code_form if mine and code_form else codes.fresh_form()
        again.identity_seen.id, again.identity_paper.id = f"identity-{number}", f"identity-paper-{number}"
        cards.append((adult, with_them, again))
    html = render_template(
        "staff/adults.html",
        demand=demand,
        cards=cards,
        taken=demand.region == staff_actor().region and demand.withdrawn_at is None,
        sent=household.sent,
        rights_missing=missing_at_desk(kit(), staff_actor(), demand, g.lang, household),
        new_form=new_form,
        faults=[fault for form in forms for fault in faults_of(form)],
    )
    return make_response(html, 422 if forms else 200)
