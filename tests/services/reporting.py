"""Reports in tests: one is sent in one line."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.services.actor import Actor
from portal.services.reports.sending import Sending, name_of, newcomer_of, send_report
from portal.services.reports.stored import ReportView
from tests.pages.world import World


def changed(kind: ChangeKind, since: str, person: str | None = "a", /, **said: Any) -> Change:
    """A change as it would be said."""
    return Change(kind, date.fromisoformat(since), person, said)


def sending(*changes: Change, token: bytes | None = None, **more: Any) -> Sending:
    """What a form would send."""
    return Sending(tuple(changes), token or os.urandom(32), **more)


def newborn(world: World, since: str, token: bytes, name: str = "Noa") -> Change:
    """A child that came: its id is that of the report."""
    return Change(
        ChangeKind.CHILD_BORN, date.fromisoformat(since), newcomer_of(name_of(world.citizen, token), 0), {"name": name}
    )


def report(world: World, actor: Actor, *changes: Change, **more: Any) -> ReportView:
    """Send a report now."""
    kit = world.citizen
    return send_report(kit, actor, sending(*changes, **more), kit.clock.now())
