"""What a person does with pages that they sent: turn, order, take away, move to another item. Until the centre looked."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from portal.forms.papers import MoveForm
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.services.actor import NotYoursError
from portal.services.documents import arranging, shelf, uploads
from portal.services.documents.shelf import DocumentView
from portal.views.meant import another_dossier, meant
from portal.views.papers_shown import own_items, page_url, wanted

blueprint = Blueprint("acts", __name__)


@blueprint.post("/pages/<uuid:page_id>/turn")
@allow(Rule.CITIZEN)
def turn_page(lang: str, page_id: uuid.UUID) -> Response:
    """A quarter to the right. The form says how it stood: a second click on the same button turns nothing more."""
    if not meant():
        return another_dossier()
    found = _document()
    page = next((one for one in found.pages if one.id == page_id), None) if found else None
    if page is not None and str(page.turn) != request.form.get("turn", str(page.turn)):
        return _back(found)
    return _back(_of(arranging.turn_page(kit(), citizen_actor(), page_id)))


@blueprint.post("/pages/<uuid:page_id>/move")
@allow(Rule.CITIZEN)
def move_page(lang: str, page_id: uuid.UUID) -> Response:
    """To another place in the paper."""
    if not meant():
        return another_dossier()
    to = request.form.get("to", "")
    place = int(to) if to.isascii() and to.isdecimal() and len(to) < 4 else 1
    return _back(_of(arranging.move_page(kit(), citizen_actor(), page_id, to=place)))


@blueprint.post("/pages/<uuid:page_id>/remove")
@allow(Rule.CITIZEN)
def remove_page(lang: str, page_id: uuid.UUID) -> Response:
    """Take one page away; once more is the same."""
    if not meant():
        return another_dossier()
    before = _document()
    try:
        arranging.remove_page(kit(), citizen_actor(), page_id)
    except NotYoursError:
        if before is None:
            raise
    return _back(_document() or before)


@blueprint.post("/files/<uuid:file_id>/remove")
@allow(Rule.CITIZEN)
def remove_file(lang: str, file_id: uuid.UUID) -> Response:
    """Take one file away, whole or not; once more is the same."""
    if not meant():
        return another_dossier()
    before = _document()
    try:
        uploads.discard(kit(), citizen_actor(), file_id)
    except NotYoursError:
        if before is None:
            raise
    return _back(_document() or before)


@blueprint.post("/documents/<uuid:document_id>/remove")
@allow(Rule.CITIZEN)
def remove_document(lang: str, document_id: uuid.UUID) -> Response:
    """Take a whole paper back; once more is the same."""
    if not meant():
        return another_dossier()
    arranging.remove_document(kit(), citizen_actor(), document_id)
    return redirect(page_url(None), 303)


@blueprint.post("/documents/<uuid:document_id>/assign")
@allow(Rule.CITIZEN)
def assign(lang: str, document_id: uuid.UUID) -> Response:
    """Say which item of the list a paper is for; a choice that is not on the list changes nothing."""
    if not meant():
        return another_dossier()
    found = shelf.document_of(kit(), citizen_actor(), document_id)
    items = own_items(citizen_actor())
    form = MoveForm(request.form, wanted(items), None)
    if form.validate() and form.chosen != found.key:
        title = next((item.title for item in items if item.key == found.key), None)
        arranging.assign(kit(), citizen_actor(), document_id, form.chosen, title)
    return _back(_of(document_id))


def _document() -> DocumentView | None:
    """The own paper on whose page the button stood, if the form names one that is there."""
    try:
        return _of(uuid.UUID(request.form.get("document", "")[:40]))
    except (ValueError, NotYoursError):
        return None


def _of(document_id: uuid.UUID) -> DocumentView:
    return shelf.document_of(kit(), citizen_actor(), document_id)


def _back(document: DocumentView | None) -> Response:
    """To the page of the paper; where nothing of it is left, to everything that was sent."""
    if document is None:
        return redirect(page_url(None), 303)
    return redirect(f"{page_url(document.key, document.id)}#sent", 303)
