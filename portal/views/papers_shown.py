"""What the pages of sent papers show: one item of the list or one paper of its own, with everything sent for it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import abort, g, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.document import MOST_BYTES, FileState
from portal.domain.document_request import RequestState
from portal.forms.papers import MoveForm
from portal.i18n import documents as words
from portal.i18n.sizes import size_words
from portal.security.context import citizen_actor, citizen_visit, kit
from portal.services import document_requests
from portal.services.actor import Actor
from portal.services.checklists import ItemText
from portal.services.documents import shelf, uploads
from portal.services.documents.shelf import DocumentView, FileView
from portal.services.documents.terms import Upload


@dataclass(frozen=True)
class Shown:
    """One page about papers."""

    key: str | None
    """None: a paper that no item asks for."""
    item: ItemText | None
    items: tuple[ItemText, ...]
    """The own list: what a paper can be moved to."""
    documents: tuple[DocumentView, ...]
    unfinished: dict[uuid.UUID, Upload]
    """By id of the file."""
    other: ItemText | None = None
    """A paper that no item asks for, where the centre noted something of it."""

    @property
    def title(self) -> str:
        """What the page is about, in the list's words or in the person's own."""
        if self.item is not None:
            return self.item.title
        return next((one.title for one in self.documents if one.title), "")

    @property
    def url(self) -> str:
        """Where the page stands."""
        return page_url(self.key, self.documents[0].id if self.documents else None)

    @property
    def target(self) -> uuid.UUID | None:
        """The paper to add to, where no item of the list gathers them."""
        return None if self.key else next((one.id for one in self.documents if one.changeable), None)

    @property
    def waiting(self) -> bool:
        """Whether something is on its way or being checked."""
        return any(one.waiting for one in self.documents)

    @property
    def ready_pages(self) -> int:
        """How many pages the centre can see."""
        return sum(len(one.pages) for one in self.documents)

    @property
    def version(self) -> str:
        """What the page was made of."""
        return version_of(self.key, self.documents)


def page_url(key: str | None, document: uuid.UUID | None = None) -> str:
    """The page of an item of the list, or of a paper that no item asks for."""
    if key:
        return url_for("papers.show", lang=g.lang, key=key)
    if document is None:
        return url_for("papers.show_all", lang=g.lang)
    return url_for("papers.document", lang=g.lang, document_id=document)


def of_key(key: str) -> Shown:
    """Everything about one item of the own list. Not found: neither asked for, nor anything sent for it."""
    actor = citizen_actor()
    items = own_items(actor)
    item = next((one for one in items if one.key == key), None)
    documents = sent_for(key)
    if item is None and not documents:
        abort(404)
    return Shown(key, item, wanted(items), documents, unfinished(actor))


def sent_for(key: str) -> tuple[DocumentView, ...]:
    """What the adult sent for one item of the list, oldest first."""
    return tuple(one for one in shelf.documents_of(kit(), citizen_actor()) if one.key == key)


def of_document(document: DocumentView) -> Shown:
    """Everything about one paper that no item asks for."""
    actor = citizen_actor()
    text = document_requests.own_checklist(kit(), actor, g.lang)
    other = next((one for one in text.others if one.document == document.id), None)
    return Shown(None, None, wanted(text.items), (document,), unfinished(actor), other)


def own_items(actor: Actor) -> tuple[ItemText, ...]:
    """The own list."""
    return document_requests.own_checklist(kit(), actor, g.lang).items


def wanted(items: tuple[ItemText, ...]) -> tuple[ItemText, ...]:
    """Those that a paper can be for."""
    return tuple(item for item in items if item.state is not RequestState.NOT_NEEDED)


def sent_counts(documents: Iterable[DocumentView]) -> Counter[str]:
    """How much was sent for each item of the list: pages, and files that wait for their check as one each."""
    found = Counter[str]()
    for one in documents:
        waiting = sum(file.state in (FileState.RECEIVED, FileState.CHECKING) for file in one.files)
        found[one.key or ""] += len(one.pages) + waiting
    return found


def fragment(key: str | None, documents: tuple[DocumentView, ...]) -> Response:
    """What was sent and where it stands, to be put into the page that is open; 304 where nothing is new.

    It is asked for every two seconds: the list of papers is worked out only when there is something to show.
    """
    if request.if_none_match.contains(version_of(key, documents)):
        return Response(status=304)
    shown = of_document(documents[0]) if key is None else of_key(key)
    response = make_response(render_template("papers/state.html", **context(shown)))
    response.set_etag(shown.version)
    return response


def version_of(key: str | None, documents: Sequence[DocumentView | FileView]) -> str:
    """Another one whenever something is to be seen that was not there before."""
    return sha256(repr((g.lang, key, tuple(documents))).encode()).hexdigest()[:32]


def context(shown: Shown) -> dict[str, object]:
    """What the templates of these pages need."""
    visit, lang = citizen_visit(), g.lang
    return {
        "shown": shown,
        "reference": visit.reference if visit else "",
        "moving": {one.id: MoveForm(None, shown.items, one.key, str(one.id)) for one in shown.documents},
        **file_words(lang),
    }


def file_words(lang: str) -> dict[str, object]:
    """Words about files and the limit of one, for templates."""

    def advice(file: FileView) -> str:
        if file.state is FileState.REFUSED and file.fault:
            return words.fault_words(file.fault, lang)
        return words.file_advice(file.state, file.scan, lang)

    return {
        "most_bytes": MOST_BYTES,
        "state_name": lambda file: words.file_state_name(file.state, file.scan, lang),
        "advice": advice,
        "flaw_words": lambda flaw: words.flaw_words(flaw, lang),
        "fault_words": lambda fault: words.fault_words(fault, lang),
        "size_words": lambda count: size_words(count, lang),
    }


def unfinished(actor: Actor) -> dict[uuid.UUID, Upload]:
    """Files that are not whole yet, by id: choosing one again goes on with it."""
    return {one.id: one for one in uploads.unfinished(kit(), actor)}
