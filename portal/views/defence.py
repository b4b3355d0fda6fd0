"""Defend oneself: say what happened, see the last day and the law, take a letter along. The form carries everything."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.domain.defence import Event, Letter
from portal.domain.demand import start_of_day
from portal.domain.letter import LetterText
from portal.forms.defence import DefendForm
from portal.i18n.letters.explained import explained
from portal.law import directory
from portal.law.parameters import law_of
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.services.defence import Known, Outlook, help_offices, known_of, language_of, outlook
from portal.services.defence_letter import compose, letter_document, letter_pdf
from portal.views.estimate import Place
from portal.views.filed import pdf
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("defence", __name__)

_EVENTS: Final = ",".join(f"'{event}'" for event in Event)
EVENT: Final = f"{LANG}/defend/<any({_EVENTS}):event>"
RESULT: Final = "result"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get(f"{LANG}/defend")
@allow(Rule.PUBLIC)
def choose(lang: str) -> str:
    """What happened? Needs no database."""
    return render_template("defend/choose.html", events=Event, days=_days())


@blueprint.route(EVENT, methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def defend(lang: str, event: str) -> Response:
    """The questions; posted, what can be done. Needs no database, except for somebody signed in."""
    what = Event(event)
    if request.method != "POST":
        visit = citizen_visit()
        known = known_of(kit(), citizen_actor()) if visit else None
        return _form(DefendForm(what, today(), formdata=None, **_begun(known, what)))
    form = DefendForm(what, today())
    if "_edit" in request.form or ("_switch" in request.form and request.form.get("_page") != RESULT):
        return _form(form)
    if not form.validate():
        return _form(form, status=422)
    chosen = request.form.get("_letter") or request.form.get("letter", "")
    told = form.told()
    found = outlook(what, told.dates, today())
    letter = form.wish(chosen, found.letters)
    text = _letter(form, letter, lang)
    page = render_template(
        "defend/result.html",
        form=form,
        event=what,
        dates=told.dates,
        days=_days(),
        outlook=found,
        letter=letter,
        others=[one for one in found.letters if one is not letter],
        text=text,
        other_script=told.other_script,
        explained=explained(letter, g.lang),
        place=_place(form.commune.number, today()),
        offices=help_offices(),
    )
    return make_response(page)


@blueprint.post(f"{EVENT}/letter.pdf")
@allow(Rule.PUBLIC)
def paper(lang: str, event: str) -> Response:
    """The letter as PDF."""
    form = DefendForm(Event(event), today())
    if not form.validate():
        return _form(form, status=422)
    letter = _wished(form)
    content = letter_pdf(_letter(form, letter, lang), start_of_day(today()), kit().public_url)
    return pdf(content, f"{letter.value}-{today():%Y-%m-%d}.pdf")


@blueprint.post(f"{EVENT}/letter.docx")
@allow(Rule.PUBLIC)
def document(lang: str, event: str) -> Response:
    """The letter as a document that can be changed."""
    form = DefendForm(Event(event), today())
    if not form.validate():
        return _form(form, status=422)
    letter = _wished(form)
    response = make_response(letter_document(_letter(form, letter, lang)))
    response.mimetype = DOCX
    response.headers["Content-Disposition"] = f'attachment; filename="{letter.value}-{today():%Y-%m-%d}.docx"'
    return response


def _wished(form: DefendForm) -> Letter:
    found: Outlook = outlook(form.event, form.told().dates, today())
    return form.wish(request.form.get("letter", ""), found.letters)


def _letter(form: DefendForm, letter: Letter, lang: str) -> LetterText:
    language = language_of(form.commune.number, form.language.data, lang, today())
    return compose(form.told(), letter, language, today())


def _form(form: DefendForm, status: int = 200) -> Response:
    return make_response(render_template("defend/form.html", form=form, event=form.event), status)


def _begun(known: Known | None, event: Event) -> dict[str, object]:
    """First answers for somebody signed in."""
    if known is None:
        return {}
    days = {"filed": known.filed, "urgent": known.urgent if event is Event.NO_ANSWER else None}
    parts = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        if day
        for part in ("day", "month", "year")
    }
    return {
        "name": known.name,
        "address": known.address,
        "commune": str(known.commune_bfs or ""),
        "reference": known.reference,
        **parts,
    }


def _place(number: int | None, on: date) -> Place:
    """Which centre is responsible, where that is known for sure."""
    commune = directory.commune(number, on) if number else None
    if commune is None or len(commune.candidate_regions) != 1:
        return Place()
    return Place(commune.region, commune.antenna)


def _days() -> dict[str, int]:
    """The lengths of today's time limits, for sentences."""
    law = law_of(today())
    names = {
        "decision": "decision_clock",
        "urgent": "urgent_clock",
        "appeal": "appeal_period",
        "deemed": "deemed_notified",
        "reexamination": "reexamination_clock",
    }
    return {key: law(name).whole() for key, name in names.items()}
