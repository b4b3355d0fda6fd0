"""What a caseworker notes of a paper: from the sent form to the note. Used for items of the list and for other papers."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime

from flask import request

from portal.domain.demand import filing_day
from portal.domain.document_request import Refusal, RequestState
from portal.forms.documents import DeskNoteForm
from portal.forms.fields import clean
from portal.i18n.languages import DEFAULT, official_beside
from portal.security.context import kit, received_at, staff_actor
from portal.services.begun_on_paper import Head
from portal.services.document_requests import Note
from portal.services.documents.reviewing import judge


def form_of() -> DeskNoteForm:
    """The form as it was sent, or an empty one."""
    return DeskNoteForm(request.form, filing_day(received_at()), official_beside(DEFAULT, staff_actor().region))


def write(demand: Head, key: str, form: DeskNoteForm) -> None:
    """Write the note. Raises NotedMeanwhileError, ReplacedMeanwhileError."""
    judge(kit(), staff_actor(), demand, key, _note(form), _shown(), _seen())


def turn_asked() -> int:
    """By how much the caseworker turned a page for this look: 0, 90, 180 or 270 degrees; what the person sent stays as it is."""
    return request.args.get("turn", 0, type=int) // 90 * 90 % 360


def faults_of(form: DeskNoteForm) -> list[tuple[str, str]]:
    """Field and message of what is wrong."""
    return [(field.id, error) for field in form for error in field.errors]


def _shown() -> dict[uuid.UUID, int]:
    """The papers that stood on the page, with the version of each; what came since was not judged."""
    found = {}
    for value in request.form.getlist("document")[:100]:
        id_, _, version = value.partition(".")
        with suppress(ValueError):
            found[uuid.UUID(id_)] = int(version[:9])
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
        language=form.language.data,
    )
