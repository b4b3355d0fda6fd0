"""Words about files that people send: where each stands, why one cannot be used, what may make a page hard to read."""

from __future__ import annotations

from portal.domain.document import MOST_PAGES, FileFault, FileState, PageFlaw, ScanState
from portal.i18n.languages import CODES
from portal.i18n.text import kept, translator


@kept
def other_paper(language: str) -> str:
    """A paper that no item of the list asks for and that nobody named."""
    return translator(language).gettext("Autre papier")


def own_title(said: str | None) -> str | None:
    """What somebody called a paper; None where they left it open, so that each reader has our name for it in their language.

    Before, our name was kept as if they had said it, in the language of their page.
    """
    return None if not said or said in {other_paper(language) for language in CODES} else said


@kept
def file_state_name(state: FileState, scan: ScanState, language: str) -> str:
    """Where a file stands, as the person sees it."""
    _ = translator(language).gettext
    if state is FileState.RECEIVED and scan is ScanState.WAITING:
        return _("Reçu, pas encore contrôlé")
    return {
        FileState.RECEIVING: _("En route"),
        FileState.RECEIVED: _("Bien reçu"),
        FileState.CHECKING: _("Contrôle en cours"),
        FileState.READY: _("Prêt : le centre le voit"),
        FileState.REFUSED: _("Pas utilisable"),
        FileState.QUARANTINED: _("Bloqué : un virus a été trouvé"),
        FileState.DAMAGED: _("Abîmé chez nous"),
    }[state]


@kept
def file_advice(state: FileState, scan: ScanState, language: str) -> str:
    """What that means, and what to do; empty where there is nothing to do."""
    _ = translator(language).gettext
    if state is FileState.RECEIVED and scan is ScanState.WAITING:
        return _("Le contrôle des virus ne répond pas. Nous essayons encore. Vous n’avez rien à faire.")
    return {
        FileState.RECEIVING: _("Choisissez encore une fois le même fichier : il continue là où il s’est arrêté."),
        FileState.QUARANTINED: _("Personne ne l’ouvre. Envoyez une nouvelle photo du papier."),
        FileState.DAMAGED: _("C’est notre faute, pas la vôtre. Envoyez ce papier encore une fois."),
    }.get(state, "")


@kept
def fault_words(fault: FileFault, language: str) -> str:
    """Why a file cannot be used, and what to do."""
    _ = translator(language).gettext
    return {
        FileFault.EMPTY: _("Ce fichier est vide. Choisissez-le encore une fois, ou prenez une photo."),
        FileFault.UNKNOWN_KIND: _("Ce n’est pas une photo ni un PDF. Prenez une photo du papier."),
        FileFault.LOCKED: _("Ce PDF demande un mot de passe. Enregistrez-le sans mot de passe, ou prenez une photo."),
        FileFault.BROKEN: _("Ce fichier est coupé ou abîmé. Envoyez-le encore une fois, ou prenez une photo."),
        FileFault.TOO_MANY_PAGES: _("Plus de %(most)s pages. Gardez seulement les pages utiles.", most=MOST_PAGES),
        FileFault.TOO_MANY_PIXELS: _("Cette image est trop grande. Prenez une photo plus petite."),
        FileFault.TOO_HEAVY: _("Ce fichier est trop lourd à ouvrir. Prenez une photo du papier."),
    }[fault]


@kept
def flaw_words(flaw: PageFlaw, language: str) -> str:
    """A hint about a page; it refuses nothing."""
    _ = translator(language).gettext
    return {
        PageFlaw.DARK: _("Cette page est sombre. Si vous ne pouvez pas la lire, prenez une photo près d’une fenêtre."),
        PageFlaw.BLURRED: _(
            "Cette page est floue. Si vous ne pouvez pas la lire, posez le papier et reprenez la photo."
        ),
        PageFlaw.TINY: _("Cette image est petite. Si vous ne pouvez pas la lire, approchez-vous et reprenez la photo."),
    }[flaw]
