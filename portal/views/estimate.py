"""The estimate: a guided path without a name, then a result that explains itself. The answers travel sealed, in the form."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.forms.estimate import Path, Step, merged, situation_on
from portal.forms.estimate.what_if import PREFIX, changed, what_if
from portal.forms.text import gettext as _
from portal.law import directory
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.services.estimates import BudgetText, Explained, explain, open_answers, seal_answers
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("estimate", __name__)

RESULT = "result"


@dataclass(frozen=True)
class Difference:
    """One line as it is and as it would be; None where it does not stand."""

    title: str
    who: str | None
    before: str | None
    after: str | None

    @property
    def same(self) -> bool:
        """Whether nothing changes."""
        return self.before == self.after


@dataclass(frozen=True)
class Effect:
    """What changes in one budget, line by line, the aid last."""

    title: str | None
    pairs: tuple[Difference, ...]


@blueprint.route(f"{LANG}/estimate", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def estimate(lang: str) -> Response:
    """One page of the path, or its result. Needs no database."""
    if request.method != "POST":
        return show_step(Path({}, today()), "home")
    if lost():
        notice = _("Vos réponses d’avant ne peuvent plus être lues. Répondez à nouveau, ou annoncez votre demande.")
        return show_step(Path({}, today()), "home", notice=notice)
    if "_show" in request.form:
        return show_again(lang)
    answers, page = sent_answers()
    path = Path(answers, today())
    if "_switch" in request.form:
        return show_result(path, lang) if page == RESULT else show_step(path, page)
    if "_edit" in request.form:
        wanted = request.form["_edit"]
        return show_step(path, wanted if wanted in path.steps else "home", back_to_result=True)
    if page == RESULT:
        return show_result(path, lang)
    if "_back" in request.form:
        return show_step(path, neighbour(path, page, -1) or "home")
    step = path.step(page)
    if not step.validate():
        return show_step(path, page, step, status=422)
    following = neighbour(path, page, 1)
    if following is None or (request.form.get("_return") and nothing_new(path, page)):
        return show_result(path, lang)
    return show_step(path, following, back_to_result=False)


def kept_answers() -> dict[str, str]:
    """The sealed answers that came along."""
    return open_answers(kit(), request.form.get("answers", "")) or {}


def show_again(lang: str) -> Response:
    """A page that the person went back to, or loaded again, with all that was answered."""
    path, page = Path(kept_answers(), today()), request.form["_show"]
    if page == RESULT and path.answers:
        return show_result(path, lang)
    return show_step(path, page if page in path.steps else "home")


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
        path=path,
        step=step or path.step(name),
        number=path.steps.index(name) + 1,
        answers=seal_answers(kit(), path.answers),
        back_to_result=back_to_result,
        notice=notice,
        posted=request.method == "POST",
    )
    return make_response(page, status)


def show_result(path: Path, lang: str, *, status: int = 200, notice: str = "") -> Response:
    """The result; a step with an answer that cannot be read comes first."""
    if (faulty := path.first_faulty()) is not None:
        return show_step(path, faulty.name, faulty, status=422)
    result = explained(path, lang)
    wish = what_if(path, request.form)
    asked = any(name.startswith(PREFIX) for name in request.form)
    if "_switch" in request.form:  # the language menu takes along what was typed, and what was not
        asked = asked and wish.data != what_if(path).data
    fine = wish.validate()
    other = explained(Path(changed(path, wish), path.today), lang) if asked and fine else None
    page = render_template(
        "estimate/result.html",
        path=path,
        result=result,
        place=place_of(path),
        wish=wish,
        other=other,
        effects=effects(result, other) if other else (),
        faults=wish.faults,
        answers=seal_answers(kit(), path.answers),
        notice=notice,
    )
    return make_response(page, status if fine else 422)


@dataclass(frozen=True)
class Place:
    """The region and antenna of the commune that was chosen; None where that is not known for sure."""

    region: str | None = None
    antenna: str | None = None


def place_of(path: Path) -> Place:
    """Which centre this household would turn to."""
    number = path.answers.get("commune", "")
    commune = directory.commune(int(number), path.today) if number.isdecimal() and len(number) <= 4 else None
    if commune is None or len(commune.candidate_regions) != 1:
        return Place()
    return Place(commune.region, commune.antenna)


def explained(path: Path, lang: str) -> Explained:
    """The estimate of these answers, in words."""
    return explain(situation_on(path), path.today, lang)


def effects(before: Explained, after: Explained) -> tuple[Effect, ...]:
    """Both results side by side, each budget with the one that counts the same persons."""
    if len(before.budgets) != len(after.budgets):
        return ()
    return tuple(_effect(old, new) for old, new in zip(before.budgets, after.budgets, strict=True))


def _effect(old: BudgetText, new: BudgetText) -> Effect:
    sides = [{line.key: line for line in (*budget.needs, *budget.resources)} for budget in (old, new)]
    pairs = []
    for key in dict.fromkeys((*sides[0], *sides[1])):
        line, other = sides[0].get(key), sides[1].get(key)
        if said := other or line:
            amounts = [side.amount if side else None for side in (line, other)]
            pairs.append(Difference(said.title, said.who, *amounts))
    pairs.append(Difference(_("L’aide possible par mois"), None, old.aid, new.aid))
    return Effect(new.title, tuple(pairs))


def after_csrf_failure() -> Response:
    """The page was too old or cookies are off: show it again with what was typed."""
    answers, page = sent_answers()
    path = Path(answers, today())
    notice = _("Cette page était trop ancienne. Appuyez encore une fois : vos réponses sont là.")
    if page == RESULT:
        return show_result(path, g.lang, status=400, notice=notice)
    return show_step(path, page, status=400, notice=notice)
