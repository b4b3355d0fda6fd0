"""A link for another device: on the screen of the signed-in person, as QR code and as text."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.qr import svg
from portal.domain.document import HANDOFF_MINUTES
from portal.domain.document_request import RequestState
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.documents import handoffs, shelf
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.papers_shown import Shown, context, of_document, of_key

blueprint = Blueprint("paper_links", __name__, url_prefix=f"{LANG}/dossier")

MOST_LINKS = 30
"""Of one adult in ten minutes."""


@blueprint.route("/papers/<key>/link", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def link(lang: str, key: str) -> str | Response:
    """For one item of the list. A link is made by a POST; it shows once, and ends the one before."""
    shown = of_key(key)
    if shown.item is None or shown.item.state is RequestState.NOT_NEEDED:
        return abort(404)
    return _page(lang, shown, None)


@blueprint.route("/documents/<uuid:document_id>/link", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def link_of_document(lang: str, document_id: uuid.UUID) -> str | Response:
    """For a paper that no item asks for; once the centre has looked at it, nothing is added to it."""
    document = shelf.document_of(kit(), citizen_actor(), document_id)
    if document.key or not document.changeable:
        return abort(404)
    return _page(lang, of_document(document), document_id)


def _page(lang: str, shown: Shown, document: uuid.UUID | None) -> str | Response:
    url = None
    if request.method == "POST":
        if not meant():
            return another_dossier()
        if limits.count(kit(), "handoff-make", str(citizen_actor().adult_id)) > MOST_LINKS:
            raise TooManyTriesError
        secret = handoffs.make_link(kit(), citizen_actor(), shown.key, document)
        url = f"{kit().public_url}{url_for('add.link', lang=lang, token=secret)}"
    return render_template(
        "add/link.html",
        url=url,
        qr=svg(url) if url else None,
        minutes=HANDOFF_MINUTES,
        ends_at=kit().clock.now() + timedelta(minutes=HANDOFF_MINUTES),
        **context(shown),
    )
