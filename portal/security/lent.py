"""A device that the centre handed to the person: which pages open on it. All others of the desk show the way back."""

from __future__ import annotations

from typing import Final

from flask import g, request

from portal.security.context import HELPED_FORM, lent, staff_visit
from portal.services.lending import Lent

OPEN: Final = frozenset(f"{HELPED_FORM}.{journey}" for journey in ("situation", "situation_check", "situation_persons"))
"""The blueprints of the person's answers."""
BACK: Final = frozenset({"staff_sign_in.start", "staff_sign_in.callback"})
"""The way back to the desk: a fresh sign-in."""


class LentError(Exception):
    """Not this page while the device is with the person."""

    def __init__(self, state: Lent, *, over: bool) -> None:
        super().__init__("the device is with the person")
        self.state = state
        self.over = over
        """The visit or the form has ended: nothing can be written any more."""


def hold() -> None:
    """Let only the person's own pages pass, in the language that was agreed. Raises LentError."""
    state = lent()
    if state is None or request.endpoint in BACK:
        return
    over = staff_visit() is None
    if over or request.blueprint not in OPEN or g.lang != state.language:
        raise LentError(state, over=over)
    g.leads_out = True  # the band above the form has the button of the sign-in
