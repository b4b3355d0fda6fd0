"""The functions of the desk, and what each may do, in one line."""

from __future__ import annotations

from portal.domain.role import Role
from portal.i18n.text import translator


def role_name(role: Role, language: str) -> str:
    """The function's name."""
    _ = translator(language).gettext
    return {
        Role.RECEPTION: _("Accueil"),
        Role.SOCIAL_WORKER: _("Travail social"),
        Role.TEAM_LEAD: _("Direction du centre"),
        Role.FIGURES: _("Chiffres du canton"),
        Role.ADMINISTRATOR: _("Administration des accès"),
    }[role]


def role_hint(role: Role, language: str) -> str:
    """What it opens."""
    _ = translator(language).gettext
    return {
        Role.RECEPTION: _("Reçoit les personnes, saisit les demandes, aide avec le formulaire et les papiers."),
        Role.SOCIAL_WORKER: _(
            "La même chose ; prépare le dossier pour la commune, note sa décision et ferme un dossier."
        ),
        Role.TEAM_LEAD: _("La même chose ; lit le journal et les chiffres du centre."),
        Role.FIGURES: _("Lit les chiffres de tout le canton, et aucun dossier."),
        Role.ADMINISTRATOR: _("Donne et retire les accès, et n’ouvre aucun dossier."),
    }[role]
