"""«Which papers will I need?»: the same guided path without a name, ending on the list."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from portal.forms.estimate import Path, situation_on
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.services.checklists import explain_checklist
from portal.services.estimates import seal_answers
from portal.views.guided import Goal, show_step, walk
from portal.views.language import LANG

blueprint = Blueprint("checklist", __name__)


@blueprint.route(f"{LANG}/checklist", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def checklist(lang: str) -> Response:
    """One page of the path, or the list for a filing today. Needs no database."""
    return walk(GOAL, lang)


def show_list(path: Path, lang: str, *, status: int = 200, notice: str = "") -> Response:
    """The list; a step with an answer that cannot be read comes first."""
    if (faulty := path.first_faulty()) is not None:
        return show_step(GOAL, path, faulty.name, faulty, status=422)
    page = render_template(
        "checklist/show.html",
        path=path,
        text=explain_checklist(situation_on(path), path.today, lang),
        answers=seal_answers(kit(), path.answers),
        notice=notice,
    )
    return make_response(page, status)


GOAL = Goal("checklist", "checklist.checklist", show_list)
