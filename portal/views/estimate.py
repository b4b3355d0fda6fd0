"""The estimate: a guided path without a name, then a result that explains itself. The answers travel sealed, in the form."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.forms.estimate import Path, situation_on
from portal.forms.estimate.what_if import PREFIX, changed, what_if
from portal.forms.text import gettext as _
from portal.law import directory
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.services.estimates import BudgetText, Explained, explain, seal_answers
from portal.views.guided import Goal, show_step, walk
from portal.views.language import LANG

blueprint = Blueprint("estimate", __name__)


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
    return walk(GOAL, lang)


def show_result(path: Path, lang: str, *, status: int = 200, notice: str = "") -> Response:
    """The result; a step with an answer that cannot be read comes first."""
    if (faulty := path.first_faulty()) is not None:
        return show_step(GOAL, path, faulty.name, faulty, status=422)
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


GOAL = Goal("estimate", "estimate.estimate", show_result)
