"""Where somebody of the desk begins: each function has its own first page."""

from __future__ import annotations

from flask import url_for

from portal.services.staff import StaffVisit


def home_url(visit: StaffVisit | None) -> str:
    """The list of demands, the people of the desk, or the figures; the list too for who has not signed in."""
    if visit is None or visit.on_files:
        return url_for("staff_board.board")
    return url_for("staff_people.show_all" if visit.administers else "staff_figures.show")
