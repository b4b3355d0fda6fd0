"""What a page or a paper reads of a checklist: frozen, and already in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from portal.domain.document_request import CENTRE_PAPER, RequestState, Told, read_key
from portal.domain.parameter import Parameter
from portal.i18n.words import joined

DONE = (RequestState.ADDED, RequestState.SEEN, RequestState.ACCEPTED)
"""The person has done their part."""


def anchor_of(key: str) -> str:
    """The id of the place on a page of the paper with that name."""
    return f"paper-{key.replace('@', '-').replace('~', '-')}"


@dataclass(frozen=True)
class RuleWords:
    """What a rule says of its paper, in one language: the same for everybody."""

    title: str
    official: str | None
    why: str
    basis: str
    sureness: str
    source: str
    """As it is written elsewhere, in French."""
    looks_like: str
    where: str
    cost: str
    cost_known: bool
    instead: tuple[str, ...]


@dataclass(frozen=True)
class ItemText:
    """One paper of one person, or of the household."""

    key: str
    """Its stable name: `payslips`, `payslips@b`."""
    rule: str
    person: str | None
    """The id of the person; None: the household."""
    words: RuleWords
    who: str | None
    """The person's name; None for the household, and where one person lives alone."""
    laws: tuple[Parameter, ...]
    """The value of the law that the paper serves."""
    months: str
    """`août, septembre, octobre 2026`; empty where no months are asked for."""
    perhaps: bool
    """Something is not known, so it may not be needed."""
    decides: tuple[str, ...]
    """What a «perhaps» depends on, in words."""
    open_answers: tuple[str, ...]
    """The names of the answers that decide it, for links to their questions."""
    state: RequestState
    state_words: str
    state_day: str | None
    """The day of the mark, in words; None without one."""
    noted_at: datetime | None
    """When that was; None without a mark."""
    by_staff: bool
    reason: str | None
    """What somebody wrote, as they wrote it; of a paper that is gone, our own words."""
    told: Told | None
    """The same in its two parts: of the library, and as somebody wrote it."""
    obstacle: str | None
    asker: str | None
    wanted_by: str | None
    """The day by which it is wanted, in words."""
    wanted_on: date | None
    report: str | None = None
    """The short id of the report of a change that asks for it; None: the demand does."""
    asked: Told | None = None
    """What the centre wrote that asks for it by itself."""
    document: uuid.UUID | None = None
    """The paper itself, where somebody sent it and no item of the list asks for it."""

    @property
    def named(self) -> str:
        """The same with whose it is, where several live together."""
        if self.asked and self.asked.words and not self.of_catalogue:
            return joined(" · ", (self.title, self.asked.words))
        return joined("", (self.title, " (", self.who, ")")) if self.who else self.title

    @property
    def title(self) -> str:
        """What the paper is called."""
        return self.words.title

    @property
    def of_catalogue(self) -> bool:
        """Whether a rule of the list describes it; else the centre asks for it in its own words."""
        return read_key(self.key).rule != CENTRE_PAPER

    @property
    def anchor(self) -> str:
        """The id of its place on a page."""
        return anchor_of(self.key)

    @property
    def done(self) -> bool:
        """Whether the person has done their part."""
        return self.state in DONE

    @property
    def waiting(self) -> bool:
        """Whether it is still to be brought or signed, and nothing else was said of it."""
        return self.state in (RequestState.TO_BRING, RequestState.TO_SIGN)


@dataclass(frozen=True)
class GroupText:
    """The papers of one topic, the sure ones first."""

    topic: str
    """`identity`, …, `to_sign`, or `not_needed`."""
    title: str
    items: tuple[ItemText, ...]

    @property
    def papers(self) -> tuple[tuple[ItemText, ...], ...]:
        """The same paper of several persons together: they share every word but name, state and reason."""
        return tuple(
            tuple(same) for _, same in groupby(self.items, key=lambda item: (item.rule, item.report, item.perhaps))
        )


@dataclass(frozen=True)
class Counts:
    """How many papers, each person's own counted apart."""

    to_bring: int
    """To bring now: sure and not done, refused ones too."""
    to_sign: int
    perhaps: int
    done: int
    cannot: int
    refused: int


@dataclass(frozen=True)
class ChecklistText:
    """The whole list."""

    language: str
    filed: date
    filed_words: str
    months: str
    """The months that most papers with months are for; empty where none are asked for."""
    groups: tuple[GroupText, ...]
    counts: Counts
    others: tuple[ItemText, ...] = ()
    """Papers that somebody sent, that no item asks for, and of which the centre noted something."""
    answered: bool = True
    """Whether it follows from answers; else only what the centre asked for or noted by itself is known."""

    @property
    def still_missing(self) -> tuple[ItemText, ...]:
        """What is surely to be brought or signed, or was refused, in the order of the list."""
        return tuple(
            one for one in self.known if not one.perhaps and (one.waiting or one.state is RequestState.REFUSED)
        )

    @property
    def pressing(self) -> tuple[ItemText, ...]:
        """What was refused or is wanted by a day, and is not done: the nearest day first."""
        found = [
            item for item in self.known if not item.done and (item.state is RequestState.REFUSED or item.wanted_on)
        ]
        return tuple(sorted(found, key=lambda item: item.wanted_on or date.max))

    @property
    def items(self) -> tuple[ItemText, ...]:
        """Every paper, in the order of the list."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def known(self) -> tuple[ItemText, ...]:
        """The same, and after them those that no item asks for."""
        return (*self.items, *self.others)
