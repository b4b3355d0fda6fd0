"""Who lives in the home: the list, somebody more, somebody less."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.domain.situation import Relation, Situation, SituationError
from portal.domain.situation.draft import TooManyPersonsError
from portal.domain.situation.questions import OTHERS, of_family
from portal.domain.situation.words import APPLICANT
from portal.forms.situation.persons import RELATIONS, RELATIONS_OF_ANOTHER
from portal.forms.text import gettext as _
from portal.i18n.situation import person_called, section_name
from portal.security.access import Rule, allow
from portal.security.context import form_actor, kit, whose_form
from portal.services import situations
from portal.services.situations import PERSONS, Opened
from portal.views.answer_marks import how_given, how_ticked, remember_how
from portal.views.form_url import form_url
from portal.views.meant import another_dossier, here_in_each_language, meant
from portal.views.names import today
from portal.views.situation import CHECK, ROOT, address, next_open

blueprint = Blueprint("situation_persons", __name__)


@blueprint.route(f"{ROOT}/persons", methods=["GET", "POST"])
@allow(Rule.HOUSEHOLD)
def persons(lang: str) -> Response:
    """The list of persons; POST adds one, or says that it is complete."""
    actor = form_actor()
    opened = situations.open_situation(kit(), actor)
    if request.method == "POST" and not meant():
        return another_dossier()
    if request.method != "POST" or "_switch" in request.form:
        return show(opened)
    if "_add" not in request.form and not request.form.get("relation"):
        saved = situations.save_page(kit(), actor, PERSONS, {}, seen="", how=how_given())
        remember_how()
        following = next_open(saved, PERSONS)
        back = request.form.get("_then") == CHECK or following is None
        return redirect(
            form_url("situation_check.check", lang=lang) if back or not following else address(following), 303
        )
    fault = _fault(opened.draft.situation(today()))
    if fault:
        return show(opened, fault=fault, status=422)
    try:
        person = situations.add_person(kit(), actor, Relation(request.form["relation"]), how=how_given())
    except TooManyPersonsError:
        return show(opened, fault=_("Plus de vingt personnes : dites-le au centre, il note le reste."), status=422)
    except SituationError:  # somebody else added the same person this very moment
        opened = situations.open_situation(kit(), actor)
        return show(opened, fault=_fault(opened.draft.situation(today())), status=422)
    remember_how()
    if Relation(request.form["relation"]) not in OTHERS:
        return redirect(form_url("situation.question", lang=lang, question="birth", person=person), 303)
    return redirect(form_url("situation_persons.persons", lang=lang, _anchor="main"), 303)


@blueprint.post(f"{ROOT}/persons/<person>/remove")
@allow(Rule.HOUSEHOLD)
def remove(lang: str, person: str) -> Response:
    """Somebody less, after a second press on the page that names them."""
    if not meant():
        return another_dossier()
    opened = situations.open_situation(kit(), form_actor())
    situation = opened.draft.situation(today())
    known = any(one.id == person and one.relation is not Relation.APPLICANT for one in situation.persons)
    if known and "_sure" not in request.form:
        return show(opened, leaving=person)
    if known:
        situations.remove_person(kit(), form_actor(), person, how=how_given())
    return redirect(form_url("situation_persons.persons", lang=lang), 303)


def show(opened: Opened, *, fault: str = "", leaving: str = "", status: int = 200) -> Response:
    """The list; `leaving`: who is about to be taken off it."""
    situation, me = opened.draft.situation(today()), form_actor().person
    relations = RELATIONS if me == APPLICANT else RELATIONS_OF_ANOTHER
    visit = whose_form()
    html = render_template(
        "situation/persons.html",
        persons=[(one, person_called(situation, one.id, g.lang, on=today(), me=me)) for one in situation.persons],
        me=me,
        seen_from=None if me == APPLICANT else person_called(situation, APPLICANT, g.lang, on=today(), me=me),
        relations=relations,
        relation_words={value: str(label) for value, label in relations},
        family={one.id for one in situation.persons if of_family(one)},
        chosen=request.form.get("relation", ""),
        section=section_name(PERSONS.question.section, g.lang),
        fault=fault,
        leaving=leaving,
        how_ticked=how_ticked(),
        then=request.values.get("then") or request.form.get("_then") or "",
        reference=visit.reference if visit else "",
        language_urls=here_in_each_language(),
    )
    return make_response(html, status)


def _fault(situation: Situation) -> str:
    """Why nobody can be added as that; empty where it is fine."""
    relation = request.form.get("relation", "")
    if relation not in {value for value, _label in RELATIONS}:
        return _("Choisissez qui est cette personne pour vous.")
    couple = (Relation.SPOUSE, Relation.PARTNER)
    if Relation(relation) in couple and any(one.relation in couple for one in situation.persons):
        return _("Une personne avec qui vous vivez en couple est déjà dans la liste.")
    return ""
