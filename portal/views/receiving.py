"""Files of a plain form, field `files`: each for itself, so that one that is refused does not stop the others."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from flask import g, request
from werkzeug.datastructures import FileStorage

from portal.adapters.objects import StorageUnavailableError
from portal.adapters.spool import Spool
from portal.domain.document import FileState, ScanState
from portal.forms.tus import file_name
from portal.i18n.documents import file_state_name
from portal.i18n.receiving import Trouble, trouble_words
from portal.security.context import kit
from portal.services.actor import Actor, NotYoursError
from portal.services.documents import terms, uploads
from portal.services.documents.removing import LookedAtError
from portal.services.documents.terms import Target, Upload

FIELD: Final = "files"
MOST_AT_ONCE: Final = 30


@dataclass(frozen=True)
class Received:
    """What became of one file, in the words of the page."""

    name: str
    state: Literal["received", "refused"]
    words: str


class _RefusedError(Exception):
    """This file was not taken in."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def receive_files(actor: Actor, target: Target) -> list[Received]:
    """Take in what the form holds, in its order; the files of one form go to one paper.

    Never empty: a form without a file gets a sentence of its own. The view has asked whether `target` is the actor's.
    Its route declares `bodies.takes(bodies.FORM_BODY)`. Raises DatabaseUnavailableError; files before that one are kept.
    """
    # A browser sends a part without name and content where nothing was chosen.
    chosen = [file for file in request.files.getlist(FIELD) if file.filename or _spool(file).size]
    if not chosen:
        return [_refused("", Trouble.NOTHING)]
    found = []
    for number, file in enumerate(chosen):
        name = file_name(file.filename)
        if number >= MOST_AT_ONCE:
            found.append(_refused(name, Trouble.TOO_MANY_AT_ONCE))
            continue
        try:
            upload = _receive(actor, target, name, _spool(file))
        except _RefusedError as error:
            found.append(_refused(name, error.trouble))
        else:
            target = replace(target, document=upload.document)
            words = file_state_name(FileState.RECEIVED, ScanState.NONE, g.lang)
            found.append(Received(name, "received", words))
        file.close()
    return found


def _receive(actor: Actor, target: Target, name: str, spool: Spool) -> Upload:
    """One file, whole or not at all. Raises _RefusedError."""
    try:
        upload = uploads.begin(kit(), actor, target, spool.size, name=name)
    except terms.EmptyFileError:
        raise _RefusedError(Trouble.EMPTY) from None
    except terms.TooLargeError:
        raise _RefusedError(Trouble.TOO_LARGE) from None
    except terms.TooManyError:
        raise _RefusedError(Trouble.TOO_MANY) from None
    except NotYoursError:
        raise _RefusedError(Trouble.CLOSED) from None
    try:
        return uploads.append(kit(), actor, upload.id, 0, spool, spool.size)
    except (StorageUnavailableError, terms.CutError):
        with suppress(NotYoursError, LookedAtError):  # nobody can go on with it: the form is over
            uploads.discard(kit(), actor, upload.id)
        raise _RefusedError(Trouble.STORE) from None
    except (NotYoursError, terms.WrongOffsetError):  # taken away on another device meanwhile
        raise _RefusedError(Trouble.CLOSED) from None


def _refused(name: str, trouble: Trouble) -> Received:
    return Received(name, "refused", trouble_words(trouble, g.lang))


def _spool(file: FileStorage) -> Spool:
    """What `bodies.Request` gave Werkzeug to fill."""
    return cast(Spool, file.stream)
