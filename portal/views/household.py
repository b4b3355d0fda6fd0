"""Pages of the desk about one household: at the addresses of its demand, and at those of its file that began on paper."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import Head
from portal.services.helping import Helped
from portal.services.opening import OpenFile

ROOTS: Final = ("/staff/demands/<uuid:demand_id>", "/staff/dossiers/<uuid:dossier_id>")

Answer = Callable[..., Response | str]


def on_household(blueprint: Blueprint, ending: str, *, methods: Sequence[str] = ("GET",)) -> Callable[[Answer], Answer]:
    """Register a view under both roots: one endpoint, and the view takes the DeskPlace first."""

    def register(view: Answer) -> Answer:
        @wraps(view)
        def called(
            *, demand_id: uuid.UUID | None = None, dossier_id: uuid.UUID | None = None, **values: Any
        ) -> Response | str:
            return view(DeskPlace(demand_id, dossier_id), **values)

        for root in ROOTS:
            blueprint.add_url_rule(f"{root}{ending}", view.__name__, called, methods=list(methods))
        return called

    return register


def household_url(one: Head | Helped | OpenFile) -> str:
    """The page of the desk about the household as a whole: that of its demand, or of its file that began on paper."""
    return url_for("staff_paper_files.show" if one.on_paper else "staff_demands.show", **one.at_desk)  # type: ignore[arg-type]


def named(place: DeskPlace) -> dict[str, Any]:
    """How an address names it."""
    return {"dossier_id": place.dossier_id} if place.demand_id is None else {"demand_id": place.demand_id}


def place_url(place: DeskPlace) -> str:
    """The same where only its name is known."""
    return url_for("staff_paper_files.show" if place.demand_id is None else "staff_demands.show", **named(place))


def start_url() -> str:
    """Where the desk begins with the next person: the search, else the list of demands."""
    return url_for("staff_search.start" if "staff_search.start" in current_app.view_functions else "staff_board.board")
