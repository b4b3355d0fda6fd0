"""What a mail that was sent told, in the words of that mail: never a fact of the case."""

from __future__ import annotations

from typing import Final

from portal.i18n.text import translator

_ARRIVED: Final = frozenset({"filed", "report"})
_NEWS: Final = frozenset({"answer", "asked-back", "household"})


def mail_words(name: str, language: str) -> str:
    """By the name of the mail; one that is neither a confirmation nor news is a reminder, whatever it reminds of."""
    _ = translator(language).gettext
    kind = name.partition("/")[0]
    if kind in _ARRIVED:
        return _("Confirmation : votre message est arrivé")
    return _("Du nouveau dans votre dossier") if kind in _NEWS else _("Un rappel pour vous")
