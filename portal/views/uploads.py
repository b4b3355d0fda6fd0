"""Resumable uploads, tus 1.0.0: piece by piece, so that a break costs seconds and never a file.

A program asks here: errors are one line of text with a status that tells it whether to try again, never a page and
never a way to sign in. Stands under the addresses of a signed-in adult, and under those of a device that came by a link.
"""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, request, url_for
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date
from werkzeug.wrappers import Response

from portal.adapters.objects import StorageUnavailableError
from portal.domain.document import MOST_BYTES
from portal.forms import tus
from portal.security.access import Rule, allow
from portal.security.bodies import RETRY_SECONDS, UPLOAD_BODY, BusyError, takes
from portal.security.context import kit, linked, on_linked_device, paper_actor
from portal.services.actor import Actor
from portal.services.document_requests import own_checklist
from portal.services.documents import shelf, terms, uploads
from portal.services.documents.terms import Target, Upload
from portal.views.upload_answers import answer, install

blueprint = Blueprint("uploads", __name__)
install(blueprint)


@blueprint.route("/uploads", methods=["OPTIONS", "POST"], provide_automatic_options=False)
@allow(Rule.PAPERS)
@takes(UPLOAD_BODY)
def create(lang: str) -> Response:
    """Announce a file, with its first bytes if wanted; or ask what is spoken here."""
    if request.method == "OPTIONS":
        return _spoken()
    if "Upload-Defer-Length" in request.headers:
        raise tus.ProtocolError("Upload-Defer-Length is not spoken here.")
    length = tus.whole_number("Upload-Length", request.headers.get("Upload-Length"))
    said = tus.metadata(request.headers.get("Upload-Metadata"))
    carries = request.mimetype == tus.CONTENT_TYPE
    if carries and _announced() > length:
        raise terms.TooLargeError
    checksum = tus.checksum(request.headers.get("Upload-Checksum")) if carries else None
    actor = paper_actor()
    upload = uploads.begin(
        kit(),
        actor,
        _target(actor, said, lang),
        length,
        name=tus.file_name(said.get("filename")),
        metadata=request.headers.get("Upload-Metadata", "").strip(),
        fingerprint=said.get("fingerprint"),
    )
    if carries and _announced():
        upload = _first_bytes(actor, upload, checksum)
    place = url_for(".one", lang=lang, upload_id=upload.id)
    return answer(201, location=place, upload_offset=upload.offset if carries else None, **_expires(upload))


@blueprint.route(
    "/uploads/<uuid:upload_id>", methods=["OPTIONS", "HEAD", "PATCH", "DELETE", "POST"], provide_automatic_options=False
)
@allow(Rule.PAPERS)
@takes(UPLOAD_BODY)
def one(lang: str, upload_id: uuid.UUID) -> Response:
    """How far a file is; its next bytes; take it back. A POST says in a header which of them it is."""
    if request.method == "OPTIONS":
        return _spoken()
    meant = request.headers.get("X-HTTP-Method-Override", "") if request.method == "POST" else request.method
    act = {"HEAD": _look, "PATCH": _append, "DELETE": _discard}.get(meant.upper())
    if act is None:
        return answer(405, "X-HTTP-Method-Override must be HEAD, PATCH or DELETE.", allow="HEAD, PATCH, DELETE, POST")
    actor = paper_actor()
    _held_to_its_paper(actor, upload_id)
    return act(actor, upload_id)


def _spoken() -> Response:
    """What of the protocol there is here."""
    return answer(
        204,
        tus_version=tus.VERSION,
        tus_extension=tus.EXTENSIONS,
        tus_max_size=MOST_BYTES,
        tus_checksum_algorithm=",".join(tus.ALGORITHMS),
    )


def _look(actor: Actor, upload_id: uuid.UUID) -> Response:
    upload = uploads.look(kit(), actor, upload_id)
    return answer(
        200,
        upload_offset=upload.offset,
        upload_length=upload.length,
        upload_metadata=upload.metadata or None,
        cache_control="no-store",
        **_expires(upload),
    )


def _append(actor: Actor, upload_id: uuid.UUID) -> Response:
    if request.mimetype != tus.CONTENT_TYPE:
        return answer(415, f"Content-Type must be {tus.CONTENT_TYPE}.")
    offset = tus.whole_number("Upload-Offset", request.headers.get("Upload-Offset"))
    checksum, body = tus.checksum(request.headers.get("Upload-Checksum")), _Body()
    try:
        upload = uploads.append(kit(), actor, upload_id, offset, body, _announced(), checksum=checksum)
    except terms.CutError as error:
        upload = error.upload
        if error.by_store or body.busy:
            again = "What arrived is kept. Ask for the offset and go on."
            return answer(503, again, retry_after=RETRY_SECONDS, upload_offset=upload.offset)
    return answer(204, upload_offset=upload.offset, **_expires(upload))


def _discard(actor: Actor, upload_id: uuid.UUID) -> Response:
    uploads.discard(kit(), actor, upload_id)
    return answer(204)


def _first_bytes(actor: Actor, upload: Upload, checksum: tuple[str, bytes] | None) -> Upload:
    """What came with the announcement. The file stands already: were this an error, the client would begin another."""
    try:
        return uploads.append(kit(), actor, upload.id, 0, _Body(), _announced(), checksum=checksum)
    except terms.CutError as error:
        return error.upload
    except StorageUnavailableError:
        return upload
    except terms.ChecksumError:
        uploads.discard(kit(), actor, upload.id)
        raise


def _target(actor: Actor, said: tus.Metadata, lang: str) -> Target:
    """What the file is for; a device by a link adds to the paper of its link, whatever it says."""
    if on_linked_device():
        device = linked()
        return Target(key=device.key, document=device.document) if device else abort(404)
    key = said.get("key")
    if key is not None and key not in {item.key for item in own_checklist(kit(), actor, lang).items}:
        abort(404)
    try:
        document = uuid.UUID(said["document"]) if "document" in said else None
    except ValueError:
        abort(404)
    return Target(key=key, title=tus.file_name(said["title"]) if "title" in said else None, document=document)


def _held_to_its_paper(actor: Actor, upload_id: uuid.UUID) -> None:
    """For a device that came by a link, the adult's other papers do not exist."""
    device = linked() if on_linked_device() else None
    if device is None:
        return
    paper = shelf.document_of(kit(), actor, uploads.look(kit(), actor, upload_id).document)
    if paper.key != device.key or device.document not in (None, paper.id):
        abort(404)


def _announced() -> int:
    """How many bytes the body has."""
    if request.content_length is None and "Transfer-Encoding" in request.headers:
        raise tus.ProtocolError("Content-Length is missing.", 411)
    return request.content_length or 0


def _expires(upload: Upload) -> dict[str, str]:
    """Until when an unfinished file waits for its rest."""
    return {} if upload.whole else {"upload_expires": http_date(upload.expires_at)}


class _Body:
    """The body as the service reads it: at a break it ends, and the service counts what came."""

    def __init__(self) -> None:
        self.busy = False

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end or at a break."""
        try:
            return request.stream.read(size)
        except BusyError:
            self.busy = True
        except (ClientDisconnected, OSError):
            pass
        return b""
