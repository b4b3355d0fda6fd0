"""The pictures of sent pages, and what was sent as download."""

from __future__ import annotations

import unicodedata
import uuid
from urllib.parse import quote

from flask import Blueprint, make_response
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response

from portal.adapters.jpeg import turned
from portal.domain.file_names import stem_of
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.services.documents import shelf
from portal.services.documents.shelf import ENDINGS

blueprint = Blueprint("files", __name__)


@blueprint.get("/pages/<uuid:page_id>.jpg")
@allow(Rule.CITIZEN)
def picture(lang: str, page_id: uuid.UUID) -> Response:
    """One page, the right way up."""
    return _picture(page_id, thumb=False)


@blueprint.get("/pages/<uuid:page_id>/thumb.jpg")
@allow(Rule.CITIZEN)
def thumb(lang: str, page_id: uuid.UUID) -> Response:
    """The same, small."""
    return _picture(page_id, thumb=True)


@blueprint.get("/files/<uuid:file_id>")
@allow(Rule.CITIZEN)
def take(lang: str, file_id: uuid.UUID) -> Response:
    """What was sent, cleaned, to take along. It leaves as a download only: no browser of ours opens a stranger's file."""
    taken = shelf.take(kit(), citizen_actor(), file_id)
    response = make_response(taken.content)
    response.mimetype = taken.mime
    name = download_name(taken.name, taken.mime)
    # The plain name for old devices, the real one beside it: a header holds no letter beyond ASCII.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    names = {
        "filename": plain if plain.strip(" .") not in ("", "pdf", "jpg", "png") else f"papier{ENDINGS[taken.mime]}"
    }
    if plain != name:
        names["filename*"] = f"UTF-8''{quote(name, safe='')}"
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response


def download_name(name: str, mime: str) -> str:
    """How the file is called once it is saved: the name it came with, made harmless, with the ending of what it is now."""
    return f"{stem_of(name, 'papier')}{ENDINGS[mime]}"


def _picture(page_id: uuid.UUID, *, thumb: bool) -> Response:
    content, turn = shelf.page_picture(kit(), citizen_actor(), page_id, thumb=thumb)
    response = make_response(turned(content, turn))
    response.mimetype = "image/jpeg"
    response.headers["Content-Disposition"] = "inline"
    return response
