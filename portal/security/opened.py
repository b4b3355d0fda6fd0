"""The desk shows one household at a time: an address of any other asks for a new opening.

The answer does not depend on whether there is such a household: nobody learns from it what lies outside their scope.
"""

from __future__ import annotations

from flask import Flask, request

from portal.security.access import FUNCTIONS, rule_of
from portal.security.context import kit, staff_visit
from portal.services.at_desk import DeskPlace
from portal.services.opening import is_of


class NotOpenError(Exception):
    """The household of this address is not the one that is open in this session."""

    def __init__(self, place: DeskPlace) -> None:
        super().__init__("not open")
        self.place = place


def place_in(arguments: dict[str, object] | None) -> DeskPlace | None:
    """The household that an address names; None for an address that names none."""
    named = {name: value for name, value in (arguments or {}).items() if name in ("demand_id", "dossier_id")}
    return DeskPlace(**named) if named else None  # type: ignore[arg-type]


def install(app: Flask) -> None:
    """Ask before every view of the desk that is about a household. Stands behind the access rules."""

    @app.before_request
    def check() -> None:
        place = place_in(request.view_args)
        if request.method == "OPTIONS":  # it shows nothing of anybody
            return
        if request.endpoint is None or place is None or rule_of(app, request.endpoint) not in FUNCTIONS:
            return
        visit = staff_visit()
        if visit is None or visit.open is None or not is_of(kit(), visit.open, place):
            raise NotOpenError(place)
