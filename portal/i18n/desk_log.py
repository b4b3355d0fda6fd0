"""What the lead of a centre reads of the log: who, in which role, and what, in the words that the person reads too."""

from __future__ import annotations

from typing import Protocol

from portal.i18n.access_log import BY_CENTRE, OWN, action_words
from portal.i18n.text import translator
from portal.i18n.words import joined


class Event(Protocol):
    """What is said of one event."""

    @property
    def action(self) -> str:
        """As the log names it."""
        raise NotImplementedError

    @property
    def outcome(self) -> str:
        """As the log names it."""
        raise NotImplementedError

    @property
    def by(self) -> str | None:
        """The caseworker's name."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """Which kind of actor."""
        raise NotImplementedError


def done_words(one: Event, language: str) -> tuple[str, str]:
    """Who it was, and what was done; rare acts that the person's own log leaves out share one word for each kind of actor."""
    _ = translator(language).gettext
    who = {"staff": one.by or _("Le centre"), "citizen": _("La personne"), "worker": _("Le portail, tout seul")}
    by_staff = one.kind == "staff"
    worded = one.action in (BY_CENTRE if by_staff else OWN)
    at_desk = {
        "staff:sign-in": _("Connexion"),
        "staff:session-end": _("Fin d’une session"),
        "glance:try": _("Essai d’ouvrir un dossier d’une autre région"),
        "glance:list": _("Liste des dossiers ouverts hors de leur région lue"),
        "household:open": _("Dossier ouvert au guichet"),
        "household:close": _("Dossier quitté : personne suivante"),
        "search:read": _("Recherche"),
        "board:read": _("Liste des demandes lue"),
        "clocks:read": _("Liste des délais lue"),
        "absence:note": _("Absence notée"),
        "thread:list": _("Liste des messages lue"),
        "review:list": _("Liste des papiers à contrôler lue"),
        "call-list:read": _("Liste à imprimer ou à appeler lue"),
        "interview:list": _("Liste des entretiens lue"),
        "decision:list": _("Liste des décisions à confirmer lue"),
        "log:read": _("Journal du centre lu"),
        "figures:read": _("Chiffres lus"),
        "people:take-up": _("Invitation acceptée"),
        "people:read": _("Liste des accès lue"),
        "people:invite": _("Personne invitée au guichet"),
        "people:withdraw": _("Invitation retirée"),
        "people:change": _("Fonctions ou région d’un accès changées"),
        "people:end": _("Accès d’une personne terminé"),
        "paper-file:list": _("Liste des dossiers sur papier lue"),
        "staff:sessions-read": _("Propres sessions lues"),
    }
    what = action_words(one.action, one.outcome, language, by_staff=by_staff) if worded else at_desk.get(one.action)
    if what is None:
        others = {
            "staff": _("Autre acte au guichet"),
            "citizen": _("Acte de la personne"),
            "worker": _("Acte automatique"),
        }
        what = others.get(one.kind, _("Acte sans connexion"))
    refused = _("refusé") if one.outcome in ("refused", "closed") else ""
    return who.get(one.kind, _("Quelqu’un, sans se connecter")), joined(
        "", (what, " (", refused, ")")
    ) if refused else what
