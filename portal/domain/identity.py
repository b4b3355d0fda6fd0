"""That a paper showing who an adult is was seen at a centre. Standard library only."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class IdentityPaper(StrEnum):
    """What was seen."""

    PASSPORT = "passport"
    CARD = "card"
    PERMIT = "permit"
    OTHER = "other"
    NOT_SAID = "not_said"
    """Ticked for a new code, which may also mean that the caseworker knows the person."""


CHOICES: Final = (IdentityPaper.PASSPORT, IdentityPaper.CARD, IdentityPaper.PERMIT, IdentityPaper.OTHER)
"""What the desk chooses from when it notes the fact by itself."""
LONGEST_REASON: Final = 300
