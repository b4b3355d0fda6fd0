"""Papers as the desk goes through them: which pages belong to which item, and what was noted of those of no item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.document_request import MISSING, Mark, RequestState, other_key
from portal.i18n.checklists.words import state_name
from portal.services.actor import Actor
from portal.services.begun_on_paper import Head
from portal.services.checklists import ChecklistText
from portal.services.checklists.explained import paper_title
from portal.services.document_requests import asked_of_everybody, marks_in
from portal.services.documents.desk import Waiting, documents_at_desk, waiting_at_desk
from portal.services.documents.shelf import DocumentView
from portal.services.kit import Kit


class Unlisted(StrEnum):
    """Why a paper belongs to no item of the list."""

    NOT_ASKED = "not_asked"
    NO_LIST = "no_list"
    """The household has sent no answers yet: nobody knows its list."""
    EVERYBODY = "everybody"
    """The same, and this paper is asked for before any answer."""


@dataclass(frozen=True)
class OtherPaper:
    """A paper that no item of the list asks for, or asks for no longer."""

    document: DocumentView
    title: str | None
    """Of the item it was sent for, or what the person calls it."""
    mark: Mark | None
    state_words: str | None
    unlisted: Unlisted

    @property
    def key(self) -> str:
        """Under which it is noted: where it was sent for an item, the person reads it there, asked for or not."""
        return self.document.key or other_key(self.document.id)

    @property
    def wanted_on(self) -> date | None:
        """The day by which the centre wants it, while what it noted is that it is missing."""
        return self.mark.wanted_by if self.mark and self.mark.state in MISSING else None


@dataclass(frozen=True)
class DeskPapers:
    """Everything of a demand that can be looked at."""

    of_item: Mapping[str, tuple[DocumentView, ...]]
    others: tuple[OtherPaper, ...]
    waiting: Waiting

    @property
    def to_review(self) -> bool:
        """Whether something of it waits for a review."""
        every = (*(one for found in self.of_item.values() for one in found), *(one.document for one in self.others))
        return any(one.to_review for one in every)

    @property
    def unseen(self) -> Mapping[str, tuple[DocumentView, ...]]:
        """Of each item what nobody at the centre has looked at yet."""
        new = {key: tuple(one for one in found if one.unseen) for key, found in self.of_item.items()}
        return {key: found for key, found in new.items() if found}


def desk_papers(kit: Kit, actor: Actor, demand: Head, text: ChecklistText | None, language: str) -> DeskPapers:
    """The papers of a demand in the actor's scope (the caller has proven it), by the items of its list.

    Raises NotYoursError where another region, or none yet, took the demand.
    """
    documents = documents_at_desk(kit, actor, demand)
    with kit.database.transaction() as session:
        marks = marks_in(session, kit, demand.dossier_id, language)
    asked = {item.key for item in text.items if item.state is not RequestState.NOT_NEEDED} if text else set()
    answered = text is not None and text.answered
    everybody = frozenset() if answered else asked_of_everybody(demand)
    of_item: defaultdict[str, tuple[DocumentView, ...]] = defaultdict(tuple)
    others: list[OtherPaper] = []
    for one in documents:
        if one.key is not None and one.key in asked:
            of_item[one.key] += (one,)
        else:
            why = Unlisted.EVERYBODY if one.key in everybody else Unlisted.NO_LIST
            mark = marks.get(one.key or other_key(one.id))
            others.append(_other(one, mark, Unlisted.NOT_ASKED if answered else why, language))
    return DeskPapers(dict(of_item), tuple(others), waiting_at_desk(kit, actor, demand))


def _other(document: DocumentView, mark: Mark | None, why: Unlisted, language: str) -> OtherPaper:
    asked = paper_title(document.key, language) if document.key else None
    words = state_name(mark.state, language) if mark else None
    return OtherPaper(document, document.title or asked, mark, words, why)
