"""What a caseworker notes of a paper: from the sent form to the note. Used for items of the list and for other papers."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime

from flask import request

from portal.domain.document_request import Refusal, RequestState
from portal.forms.documents import DeskNoteForm
from portal.forms.fields import clean
from portal.security.context import kit, staff_actor
from portal.services import document_requests
from portal.services.begun_on_paper import Head
from portal.services.document_requests import Note
from portal.services.documents.desk import decide_at_desk

DECIDED = (RequestState.ACCEPTED, RequestState.REFUSED)


def write(demand: Head, key: str, form: DeskNoteForm) -> None:
    """Write the note. Raises NotedMeanwhileError; pages that were on the page with a decision stay as they are."""
    said = _note(form)
    if said.state in DECIDED and demand.region == staff_actor().region:
        decide_at_desk(kit(), staff_actor(), demand, _shown())
    document_requests.note_at_desk(kit(), staff_actor(), demand.dossier_id, key, said, seen=_seen())


def faults_of(form: DeskNoteForm) -> list[tuple[str, str]]:
    """Field and message of what is wrong."""
    return [(field.id, error) for field in form for error in field.errors]


def _shown() -> list[uuid.UUID]:
    """The papers that stood on the page; what came since was not decided."""
    found = []
    for value in request.form.getlist("document")[:100]:
        with suppress(ValueError):
            found.append(uuid.UUID(value))
    return found


def _seen() -> datetime | None:
    """When the note was made that stood on the page."""
    try:
        return datetime.fromisoformat(request.form.get("seen", ""))
    except ValueError:
        return None


def _note(form: DeskNoteForm) -> Note:
    refused = form.state.data == RequestState.REFUSED.value and form.refusal.data
    return Note(
        RequestState(form.state.data),
        refusal=Refusal(form.refusal.data) if refused else None,
        words=clean(form.words.data),
        wanted_by=form.wanted_by.day,
    )
