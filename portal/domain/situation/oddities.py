"""Which contradictions are worth pointing out now: those whose questions were all answered, each with the pages it is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from portal.domain.situation.contradictions import Contradiction, contradictions
from portal.domain.situation.model import Situation
from portal.domain.situation.questions import Page, pages

_ALSO = {"age": "born"}
"""Fields that are asked by the page of another one."""


@dataclass(frozen=True)
class Oddity:
    """One contradiction, and the pages where it can be put right."""

    found: Contradiction
    pages: tuple[Page, ...]

    def concerns(self, page: Page) -> bool:
        """Whether it can be put right on that page."""
        return page.key in {one.key for one in self.pages}


def oddities(situation: Situation, done: Collection[str], on: date) -> tuple[Oddity, ...]:
    """Nobody is asked about an answer that they have not reached yet."""
    every = pages(situation, on)
    found = []
    for one in contradictions(situation, on):
        names = {name.removeprefix("persons.") for name in one.fields}
        wanted = {_ALSO.get(name, name) for name in names}
        about = tuple(
            page
            for page in every
            if wanted & set(page.question.fields) and (page.person is None or page.person in one.persons)
        )
        if all(page.answered(situation, done) for page in about):
            found.append(Oddity(one, about))
    return tuple(found)
