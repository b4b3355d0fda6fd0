"""Words of the bundle for the commune."""

from __future__ import annotations

from portal.domain.bundle import Way
from portal.i18n.text import translator


def entry_name(kind: str, language: str) -> str:
    """What an entry of the filing register is about. KeyError for an unknown kind."""
    _ = translator(language).gettext
    return {
        "filing": _("Annonce"),
        "correction": _("Date corrigée"),
        "withdrawal": _("Retrait de la demande"),
        "urgent-request": _("Demande d’aide urgente"),
        "report": _("Annonce de changement"),
        "report-withdrawal": _("Retrait d’une annonce de changement"),
        "reexamination-request": _("Demande d’une nouvelle décision"),
    }[kind]


def way_name(way: Way, language: str) -> str:
    """How a bundle reaches the commune."""
    _ = translator(language).gettext
    return {
        Way.CARRIED: _("Apporté à la commune"),
        Way.POST: _("Par la poste"),
        Way.SECURE_MAIL: _("Par messagerie sécurisée"),
    }[way]
