"""That the centre wrote to somebody whose online access is closed: they cannot read it here, so the desk prints or calls."""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.i18n.text import translator
from portal.services.reminders.telling import Told, Words

ANSWER_CLOSED: Final = "answer-closed"
"""Kind of the line on the desk's list."""
WHY_CLOSED: Final = "closed"
"""Why it stands there."""


def _answered(_day: date, language: str) -> Told:
    _ = translator(language).gettext
    return Told(
        ANSWER_CLOSED,
        _("Le centre vous a écrit"),
        (
            _("Vous avez fermé votre accès en ligne : vous ne pouvez pas lire ce message ici."),
            _("Appelez le centre ou passez au guichet : il vous dit ce qu’il a écrit."),
        ),
    )


ANSWER_WORDS: Final[dict[str, Words]] = {ANSWER_CLOSED: _answered}
