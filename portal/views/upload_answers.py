"""Answers of the uploads: short texts for programs, the protocol's headers on each, the status that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, g, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal import logs
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.envelope import UnreadableError
from portal.adapters.objects import StorageUnavailableError
from portal.forms import tus
from portal.i18n.receiving import Trouble, trouble_words
from portal.security.bodies import RETRY_SECONDS, BusyError
from portal.services.actor import NotYoursError
from portal.services.documents import terms
from portal.services.documents.removing import LookedAtError

MISMATCH = "460 Checksum Mismatch"
"""A status of this protocol alone."""
AWAY = (DatabaseUnavailableError, StorageUnavailableError, UnreadableError, BusyError)


def answer(status: int | str, words: str = "", **headers: str | int | None) -> Response:
    """A short text; `upload_offset=5` becomes `Upload-Offset: 5`, None is left out."""
    response = Response(f"{words}\n" if words else "", status, mimetype="text/plain")
    for name, value in headers.items():
        if value is not None:
            response.headers[name.replace("_", "-").title()] = str(value)
    return response


def install(blueprint: Blueprint) -> None:
    """Version on every answer, and an answer for everything that goes wrong."""
    _install_version(blueprint)
    _install_refusals(blueprint)
    _install_words(blueprint)
    for kind in AWAY:
        blueprint.register_error_handler(kind, away)


def _install_version(blueprint: Blueprint) -> None:
    @blueprint.before_request
    def same_version() -> Response | None:
        if request.method == "OPTIONS" or request.headers.get("Tus-Resumable") == tus.VERSION:
            return None
        return answer(412, "Tus-Resumable must be 1.0.0.", tus_version=tus.VERSION)

    @blueprint.after_request
    def say_version(response: Response) -> Response:
        response.headers["Tus-Resumable"] = tus.VERSION
        return response


def _install_refusals(blueprint: Blueprint) -> None:
    """What a program should hear of."""

    @blueprint.errorhandler(CSRFError)
    def token(_error: CSRFError) -> Response:
        return answer(403, "The token of the page is missing or too old. Fetch a new one and send again.")

    @blueprint.errorhandler(tus.ProtocolError)
    def protocol(error: tus.ProtocolError) -> Response:
        return answer(error.status, error.words)

    @blueprint.errorhandler(terms.WrongOffsetError)
    def offset(error: terms.WrongOffsetError) -> Response:
        return answer(409, "The piece begins elsewhere.", upload_offset=error.offset)

    @blueprint.errorhandler(terms.ChecksumError)
    def mismatch(_error: terms.ChecksumError) -> Response:
        return answer(MISMATCH, "Nothing of it was kept.")

    @blueprint.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return answer(error.code or 500, error.name)

    @blueprint.errorhandler(Exception)
    def anything(error: Exception) -> Response:
        logs.failure(error)
        return answer(500, "A fault of ours.")


def _install_words(blueprint: Blueprint) -> None:
    """What a person should hear of, in their language: a page shows these words."""
    for kind, status, trouble in (
        (terms.EmptyFileError, 400, Trouble.EMPTY),
        (terms.TooLargeError, 413, Trouble.TOO_LARGE),
        (terms.TooManyError, 413, Trouble.TOO_MANY),
        (LookedAtError, 403, Trouble.CLOSED),
        (NotYoursError, 404, Trouble.CLOSED),
    ):
        blueprint.register_error_handler(kind, _teller(status, trouble))


def _teller(status: int, trouble: Trouble) -> Callable[[Exception], Response]:
    def tell(_error: Exception) -> Response:
        return answer(status, trouble_words(trouble, g.lang))

    return tell


def away(error: Exception) -> Response:
    """Clients try again at 5xx, and go on where they were."""
    logs.failure(error)
    return answer(503, "Not now. Try again.", retry_after=RETRY_SECONDS)
