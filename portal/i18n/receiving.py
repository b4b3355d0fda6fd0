"""Words about files that were not taken in: why, and what to do. The reasons of a check stand in `documents`."""

from __future__ import annotations

from enum import StrEnum

from portal.domain.document import MOST_BYTES, MOST_PAGES, FileFault
from portal.i18n.documents import fault_words
from portal.i18n.text import kept, translator


class Trouble(StrEnum):
    """Why a file was not taken in."""

    NOTHING = "nothing"
    """No file was chosen."""
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    """Of the paper or of the person: more than may be kept."""
    TOO_MANY_AT_ONCE = "too_many_at_once"
    CLOSED = "closed"
    """The paper was looked at, taken away, or is somebody else's."""
    STORE = "store"
    """The store did not take it."""


@kept
def trouble_words(trouble: Trouble, language: str) -> str:
    """One or two sentences for the person: what happened to this file, what to do."""
    _ = translator(language).gettext
    megabytes = MOST_BYTES // (1024 * 1024)
    if trouble is Trouble.EMPTY:
        return fault_words(FileFault.EMPTY, language)
    return {
        Trouble.NOTHING: _("Aucun fichier n’est choisi. Choisissez une photo ou un PDF, puis envoyez."),
        Trouble.TOO_LARGE: _(
            "Ce fichier est trop grand : au plus %(most)s Mo. Prenez une photo du papier.", most=megabytes
        ),
        Trouble.TOO_MANY: _(
            "Il y a trop de fichiers. Un papier en a au plus %(most)s. Enlevez ceux qui ne servent pas.",
            most=MOST_PAGES,
        ),
        Trouble.TOO_MANY_AT_ONCE: _(
            "Au plus %(most)s fichiers à la fois. Envoyez celui-ci encore une fois, à part.", most=MOST_PAGES
        ),
        Trouble.CLOSED: _("Ce papier ne peut plus changer. Revenez à la liste de vos papiers."),
        Trouble.STORE: _("La connexion avec notre archive est perdue. Ce fichier n’est pas gardé : envoyez-le encore."),
    }[trouble]
