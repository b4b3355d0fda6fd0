"""The checklist as PDF, for somebody without a name. The sealed answers go with the request: nothing is stored."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.forms.estimate import Path, situation_on
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at
from portal.services.checklists import explain_checklist
from portal.services.checklists.paper import checklist_pdf, second_language
from portal.services.estimates import open_answers
from portal.views.estimate import place_of
from portal.views.filed import pdf
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("checklist_paper", __name__)


@blueprint.post(f"{LANG}/checklist/pdf")
@allow(Rule.PUBLIC)
def paper(lang: str) -> Response:
    """The paper as download; without answers that can be read, back to the path. Needs no database."""
    answers = open_answers(kit(), request.form.get("answers", ""))
    path = Path(answers or {}, today())
    if answers is None or path.first_faulty() is not None:
        return redirect(url_for("checklist.checklist", lang=lang), 303)
    situation = situation_on(path)
    second = second_language(lang, place_of(path).region, request.form.get("beside"))
    text = explain_checklist(situation, path.today, lang)
    beside = explain_checklist(situation, path.today, second) if second else None
    url = f"{kit().public_url}/{lang}/demand/new"
    return pdf(checklist_pdf(text, beside, url, received_at()), f"checklist-{today():%Y-%m-%d}.pdf")
