"""Somebody sent a report while nothing could be stored: a signed proof of the attempt. Needs no database and no session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request

from portal.adapters.qr import svg
from portal.security.context import kit, received_at
from portal.services.attempts import prove_attempt, read_attempt
from portal.views.changes_state import sent_state

SENDS = frozenset({"changes.new", "changes.correct"})


@dataclass(frozen=True)
class Tried:
    """What the page shows of an attempt. `proof` travels with what is sent again."""

    instant: datetime
    proof: str
    qr: str


def attempted() -> Tried | None:
    """The attempt of this request; None where it is not the sending of a report that stood on its last page."""
    endpoint = (request.endpoint or "").removeprefix("staff_form.")
    if endpoint not in SENDS or request.method != "POST" or "_send" not in request.form:
        return None
    state = sent_state()
    if state is None or state.checked is None:
        return None
    now, proof = received_at(), request.form.get("proof", "")
    before = read_attempt(kit(), proof, state, state.token, now)
    if before is None:
        proof = prove_attempt(kit(), state, state.token, now)
    return Tried(before.instant if before else now, proof, svg(proof))
