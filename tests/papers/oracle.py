"""What the person holds in their hands, against what the portal holds: every byte that was acknowledged, every page."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.domain.document import FileState
from portal.models import DocumentFile, DocumentPage
from portal.services.actor import Actor, NotYoursError
from portal.services.documents import shelf, uploads
from portal.services.documents.shelf import in_order
from portal.services.kit import Kit
from tests.papers.contents import Content, expected
from tests.services.sending import read_back

WHOLE = (FileState.RECEIVED, FileState.CHECKING, FileState.REFUSED)
"""All of it is kept as it was sent."""


@dataclass
class Sent:
    """One file, as its sender knows it."""

    place: str
    content: Content
    acked: int = 0
    """The furthest offset that an answer named: these bytes were acknowledged."""
    deleted: bool = False
    ready: bool = False
    killed_checks: int = 0

    @property
    def id(self) -> uuid.UUID:
        """As it stands in the address."""
        return uuid.UUID(self.place.rpartition("/")[2])

    @property
    def whole(self) -> bool:
        """Whether the person was told that all of it is there."""
        return self.acked == len(self.content.data)


@dataclass
class Paper:
    """One paper of a person: its files, and its pages in their order as (file, number in it), with their turns."""

    actor: Actor
    files: list[Sent] = field(default_factory=list)
    document: uuid.UUID | None = None
    pages: list[tuple[uuid.UUID, int]] = field(default_factory=list)
    turns: dict[tuple[uuid.UUID, int], int] = field(default_factory=dict)

    def living(self) -> list[Sent]:
        """Those that were not taken back."""
        return [file for file in self.files if not file.deleted]

    def forget_pages(self, file: Sent) -> None:
        """The file is gone, and its pages with it."""
        file.deleted = True
        self.pages = [page for page in self.pages if page[0] != file.id]


def state_of(kit: Kit, file: Sent) -> FileState | None:
    """What its row says; None: it has none."""
    with kit.database.transaction() as session:
        row = session.get(DocumentFile, file.id)
        return FileState(row.state) if row else None


def became_ready(paper: Paper, file: Sent) -> None:
    """Its pages stand at the end of the paper."""
    assert file.content.kind is not None
    file.ready = True
    for number in range(len(expected(file.content.kind).pages)):
        paper.pages.append((file.id, number))
        paper.turns[file.id, number] = 0


def faults_of(kit: Kit, paper: Paper, *, swept: bool = False) -> Iterator[str]:
    """Everything in which the portal is not as the person was told. `swept`: unfinished files may be gone."""
    for file in paper.files:
        if file.deleted:
            yield from _of_deleted(kit, paper, file)
        else:
            yield from (f"file {file.id}: {fault}" for fault in _of_file(kit, paper, file, swept))
    if paper.document is not None:
        yield from _of_pages(kit, paper)


def _of_file(kit: Kit, paper: Paper, file: Sent, swept: bool) -> Iterator[str]:
    state = state_of(kit, file)
    if file.ready:
        yield from _of_ready(kit, paper, file, state)
    elif state is None:
        if file.whole or not swept:
            yield f"is gone with {file.acked} acknowledged bytes"
    elif state in WHOLE or (state is FileState.RECEIVING and not file.whole):
        yield from _of_bytes(file, read_back(kit, file.id), whole=state in WHOLE)
    else:
        yield f"is {state} with {file.acked} of {len(file.content.data)} bytes acknowledged"


def _of_ready(kit: Kit, paper: Paper, file: Sent, state: FileState | None) -> Iterator[str]:
    if state is not FileState.READY:
        yield f"was ready, is {state}"
    elif shelf.take(kit, paper.actor, file.id).content != expected(file.content.kind or "").clean:
        yield "the clean file is another"


def _of_bytes(file: Sent, kept: bytes, *, whole: bool) -> Iterator[str]:
    if len(kept) < file.acked:
        yield f"{file.acked} bytes were acknowledged, {len(kept)} are there"
    if kept != file.content.data[: len(kept)]:
        yield "other bytes than those that were sent"
    if whole and len(kept) != len(file.content.data):
        yield f"counts as whole with {len(kept)} of {len(file.content.data)} bytes"


def _of_deleted(kit: Kit, paper: Paper, file: Sent) -> Iterator[str]:
    for attempt in (
        lambda: uploads.look(kit, paper.actor, file.id),
        lambda: shelf.take(kit, paper.actor, file.id),
    ):
        try:
            attempt()
        except NotYoursError:
            continue
        yield f"file {file.id} was deleted and is there"


def _of_pages(kit: Kit, paper: Paper) -> Iterator[str]:
    with kit.database.transaction() as session:
        rows = list(session.scalars(in_order().where(DocumentPage.document_id == paper.document)))
    found = [(row.file_id, row.number) for row in rows]
    if found != paper.pages:
        yield f"paper {paper.document}: pages {found} in place of {paper.pages}"
        return
    kinds = {file.id: file.content.kind for file in paper.files}
    for row in rows:
        kind = kinds[row.file_id]
        page = expected(kind or "").pages[row.number]
        for thumb, wanted in ((False, page.image), (True, page.thumb)):
            picture, turn = shelf.page_picture(kit, paper.actor, row.id, thumb=thumb)
            if picture != wanted:
                yield f"page {row.number} of file {row.file_id} is another ({'thumb' if thumb else 'page'})"
            if turn != paper.turns[row.file_id, row.number]:
                yield f"page {row.number} of file {row.file_id} is turned by {turn}"


def page_id(kit: Kit, page: tuple[uuid.UUID, int]) -> uuid.UUID:
    """The id of a page that stands."""
    query = select(DocumentPage.id).where(DocumentPage.file_id == page[0], DocumentPage.number == page[1])
    with kit.database.transaction() as session:
        return session.scalars(query).one()
