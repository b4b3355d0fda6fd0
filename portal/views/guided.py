"""A guided path without a name that ends on the estimate or the checklist. The answers travel sealed, in the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.forms.estimate import Path, Step, merged
from portal.forms.text import gettext as _
from portal.security.context import kit
from portal.services.estimates import open_answers, seal_answers
from portal.views.names import today

RESULT = "result"


@dataclass(frozen=True)
class Goal:
    """What a path leads to."""

    name: str
    """`estimate` or `checklist`: the words of the steps differ a little."""
    endpoint: str
    show: Callable[..., Response]
    """Makes the last page: `(path, lang, *, status=200, notice="")`."""


def walk(goal: Goal, lang: str) -> Response:
    """One page of the path, or what it leads to. Needs no database."""
    if request.method != "POST":
        return show_step(goal, Path({}, today()), "home")
    if lost():
        notice = _("Vos réponses d’avant ne peuvent plus être lues. Répondez à nouveau, ou annoncez votre demande.")
        return show_step(goal, Path({}, today()), "home", notice=notice)
    if "_show" in request.form:
        return show_again(goal, lang)
    answers, page = sent_answers()
    path = Path(answers, today())
    if "_switch" in request.form:
        return goal.show(path, lang) if page == RESULT else show_step(goal, path, page)
    if "_edit" in request.form:
        wanted = request.form["_edit"]
        return show_step(goal, path, wanted if wanted in path.steps else "home", back_to_result=True)
    if page == RESULT:
        return goal.show(path, lang)
    if "_back" in request.form:
        return show_step(goal, path, neighbour(path, page, -1) or "home")
    step = path.step(page)
    if not step.validate():
        return show_step(goal, path, page, step, status=422)
    following = neighbour(path, page, 1)
    if following is None or (request.form.get("_return") and nothing_new(path, page)):
        return goal.show(path, lang)
    return show_step(goal, path, following, back_to_result=False)


def kept_answers() -> dict[str, str]:
    """The sealed answers that came along."""
    return open_answers(kit(), request.form.get("answers", "")) or {}


def show_again(goal: Goal, lang: str) -> Response:
    """A page that the person went back to, or loaded again, with all that was answered."""
    path, page = Path(kept_answers(), today()), request.form["_show"]
    if page == RESULT and path.answers:
        return goal.show(path, lang)
    return show_step(goal, path, page if page in path.steps else "home")


def lost() -> bool:
    """Whether sealed answers came along that cannot be opened (cut off, or of an old key)."""
    return bool(request.form.get("answers")) and open_answers(kit(), request.form["answers"]) is None


def sent_answers() -> tuple[dict[str, str], str]:
    """All answers with those of the page that was sent, and that page's name."""
    kept = kept_answers()
    path = Path(kept, today())
    page = request.form.get("_page", RESULT)
    if page == RESULT and kept:
        return kept, RESULT
    if page not in path.steps:
        return kept, "home"
    return merged(kept, path.step(page), request.form), page


def neighbour(path: Path, page: str, way: int) -> str | None:
    """The step after (1) or before (-1) a page; None past either end."""
    place = path.steps.index(page) + way
    return path.steps[place] if 0 <= place < len(path.steps) else None


def nothing_new(path: Path, page: str) -> bool:
    """Whether a changed answer brings no question that was not asked before."""
    before = Path(kept_answers(), today())
    return before.steps == path.steps and all(before.step(name).names == path.step(name).names for name in path.steps)


def show_step(
    goal: Goal,
    path: Path,
    name: str,
    step: Step | None = None,
    *,
    back_to_result: bool | None = None,
    status: int = 200,
    notice: str = "",
) -> Response:
    """The page of one step; `step` brings its faults. `back_to_result` None: as the page before was."""
    if back_to_result is None:
        back_to_result = bool(request.form.get("_return"))
    page = render_template(
        "estimate/step.html",
        goal=goal,
        path=path,
        step=step or path.step(name),
        number=path.steps.index(name) + 1,
        answers=seal_answers(kit(), path.answers),
        back_to_result=back_to_result,
        notice=notice,
        posted=request.method == "POST",
    )
    return make_response(page, status)


def after_csrf_failure(goal: Goal) -> Response:
    """The page was too old or cookies are off: show it again with what was typed."""
    answers, page = sent_answers()
    path = Path(answers, today())
    notice = _("Cette page était trop ancienne. Appuyez encore une fois : vos réponses sont là.")
    if page == RESULT:
        return goal.show(path, g.lang, status=400, notice=notice)
    return show_step(goal, path, page, status=400, notice=notice)
