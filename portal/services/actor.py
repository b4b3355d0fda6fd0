"""Who does it: every service that reads or writes a dossier takes one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.role import Role
from portal.domain.situation.words import APPLICANT


class ActorKind(StrEnum):
    """The kinds of actor that the audit log knows."""

    VISITOR = "visitor"
    CITIZEN = "citizen"
    STAFF = "staff"
    WORKER = "worker"


@dataclass(frozen=True)
class Actor:
    """One acting party. `id` is the adult's or the caseworker's; `region` only a caseworker's."""

    kind: ActorKind
    request_id: str
    id: uuid.UUID | None = None
    dossier_id: uuid.UUID | None = None
    region: str | None = None
    helped: uuid.UUID | None = None
    """On a person's own form: the adult with whom a caseworker fills it in."""
    person: str = APPLICANT
    """Who the adult is among the persons of the situation."""
    device: str | None = None
    """The link by which a device came that sends pages for the adult: it reaches what came by that link, nothing else."""
    roles: frozenset[Role] = frozenset()
    """What a caseworker is there for."""

    @property
    def adult_id(self) -> uuid.UUID | None:
        """Whose form it is: the adult's own, or that of the adult whom a caseworker helps."""
        return self.id if self.kind is ActorKind.CITIZEN else self.helped


class NotYoursError(Exception):
    """The actor may not see or do this; people are told no more than «not found»."""
