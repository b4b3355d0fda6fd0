"""What somebody who signs in at the desk is there for. The region says whose files; the role says which acts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The functions of the desk. One person may have several."""

    RECEPTION = "reception"
    """Receives people, takes calls, records demands, helps with the form and the papers."""
    SOCIAL_WORKER = "social-worker"
    """The same; prepares the file for the commune, records its decision, and closes a file."""
    TEAM_LEAD = "team-lead"
    """The same for the whole centre; reads the log of the centre and ends sessions of its members."""
    FIGURES = "figures"
    """Reads figures of the canton, and no file of anybody."""
    ADMINISTRATOR = "administrator"
    """Lets people in and out, and opens no file."""


DESK: Final = frozenset({Role.RECEPTION, Role.SOCIAL_WORKER, Role.TEAM_LEAD})
"""Who works on files of their own region: only they have one."""
PREPARES: Final = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEAD})
"""Who hands a file to the commune, records or confirms its decision, and closes a file."""
LEADS: Final = frozenset({Role.TEAM_LEAD})
COUNTS: Final = frozenset({Role.FIGURES, Role.TEAM_LEAD})
"""Who reads figures: of the canton, or of the own centre."""
ADMINISTERS: Final = frozenset({Role.ADMINISTRATOR})


def fits(roles: Iterable[Role], region: str | None) -> bool:
    """Whether roles and region go together: somebody has a function, and a region exactly where they work on files."""
    held = frozenset(roles)
    return bool(held) and (region is not None) == bool(held & DESK)
