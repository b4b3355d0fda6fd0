"""The board of clocks: everything of the centre that waits, by the nearest last day; and who takes care of it."""

from __future__ import annotations

import uuid
from contextlib import suppress
from enum import StrEnum
from typing import Any, Final, TypeVar

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from portal.domain.clock_board import ClockKind, State
from portal.forms.clocks import AssignForm
from portal.forms.staff import faults_of
from portal.law import directory
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import absences
from portal.services import clock_board as boards
from portal.services.clock_board import Given
from portal.services.clock_lines import Hand, Wanted
from portal.views.staff.board import LAST_PAGE

blueprint = Blueprint("staff_clocks", __name__, url_prefix="/staff")

Choice = TypeVar("Choice", bound=StrEnum)
GIVEN: Final = "lines-given"
"""Where the signed cookie keeps how many lines were given and how many not, until the board has said so."""
_FILTERS: Final = ("clock", "state", "hand", "antenna", "page")


@blueprint.get("/clocks")
@allow(Rule.STAFF)
def show() -> Response:
    """One page of it; the address holds what it is limited to, and no name."""
    said = session.pop(GIVEN, None)
    return _page(given=Given(*said) if said else None)


@blueprint.post("/clocks")
@allow(Rule.STAFF)
def assign() -> Response:
    """Give the ticked lines to a colleague; what somebody gave meanwhile stays, and is said."""
    form = AssignForm(absences.members(kit(), staff_actor()), staff_actor().id)
    if not form.validate():
        return _page(form=form, status=422)
    given = boards.assign(kit(), staff_actor(), form.holds, form.whom)
    chosen = {name: value for name in _FILTERS if (value := request.args.get(name))}
    session[GIVEN] = [given.done, given.meanwhile]
    return redirect(url_for("staff_clocks.show", **chosen), 303)  # type: ignore[arg-type]


def _page(*, form: AssignForm | None = None, given: Given | None = None, status: int = 200) -> Response:
    actor = staff_actor()
    antennas = directory.antennas(actor.region) if actor.region else ()
    wanted = _wanted({one.id for one in antennas})
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = boards.clock_board(kit(), actor, wanted, page=page)
    chosen: dict[str, Any] = {
        "clock": wanted.clock, "state": wanted.state, "antenna": wanted.antenna, "hand": wanted.hand,
    }  # fmt: skip
    body = render_template(
        "staff/clocks.html",
        board=found,
        wanted=wanted,
        chosen={name: str(value) for name, value in chosen.items() if value is not None},
        antennas=antennas,
        form=form or AssignForm(found.members, actor.id, formdata=None),
        faults=faults_of(form) if form else (),
        given=given,
        kinds=list(ClockKind),
        states=list(State),
        own=actor.id,
    )
    return make_response(body, status)


def _wanted(antennas: set[str]) -> Wanted:
    """What the address asks for; anything else limits nothing."""
    antenna = request.args.get("antenna", "")
    hand: Hand | uuid.UUID | None = _one_of(Hand, "hand")
    if hand is None:
        with suppress(ValueError):
            hand = uuid.UUID(request.args.get("hand", ""))
    return Wanted(_one_of(ClockKind, "clock"), _one_of(State, "state"), antenna if antenna in antennas else None, hand)


def _one_of(kind: type[Choice], name: str) -> Choice | None:
    try:
        return kind(request.args.get(name, ""))
    except ValueError:
        return None
