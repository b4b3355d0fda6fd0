"""Who does it: every service that reads or writes a dossier takes one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


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


class NotYoursError(Exception):
    """The actor may not see or do this; people are told no more than «not found»."""
