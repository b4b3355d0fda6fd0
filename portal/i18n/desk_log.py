"""What the lead of a centre reads of the log: who, in which role, and what, as the person reads it, but said of them."""

from __future__ import annotations

from typing import Protocol

from portal.i18n.access_log import ALONE, BY_CENTRE, OWN, action_words
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
    if one.action in ALONE and one.by:
        who["staff"] = _("La personne elle-même, sur l’appareil de %(name)s", name=one.by)
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
        "failures:read": _("Liste de ce qui n’a pas marché lue"),
        "situation:help-ended": _("Formulaire de la personne quitté"),
        "situation:take-back": _("Appareil du centre repris de la personne"),
        "document:thumb": _("Petite image d’un papier montrée"),
    }
    what = _of_the_person(language).get(one.action) if worded else at_desk.get(one.action)
    if what is None and worded:
        what = action_words(one.action, one.outcome, language, by_staff=by_staff)
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


def _of_the_person(language: str) -> dict[str, str]:
    """What the person's own log says to them. All else it says of the file, and so the words serve here too."""
    _ = translator(language).gettext
    report, paper = _("Note sur une annonce de changement"), _("État d’un papier noté")
    return {
        "demand:file": _("Annonce notée par le centre"),
        "receipt:print": _("Reçu ouvert"),
        "access-code:issue": _("Nouveau code d’accès fait"),
        "access-code:print": _("Feuille avec le code imprimée"),
        "adult:add": _("Accès préparé pour un adulte"),
        "situation:help": _("Formulaire du ménage ouvert avec la personne"),
        "situation:answer": _("Réponses écrites avec la personne"),
        "situation:lend": _("Appareil du centre remis à la personne, avec son formulaire"),
        "situation:send": _("Réponses envoyées avec la personne"),
        "document:read": _("Page d’un papier ouverte"),
        "document:open": _("Papier regardé"),
        "document:take": _("Copie d’un papier prise"),
        "notice:acknowledge": _("Confirmation des droits et devoirs notée"),
        "notice-link:make": _("Lien pour lire les droits et devoirs fait"),
        "report:send": _("Changement annoncé avec la personne"),
        "report:withdrawn": _("Annonce de changement retirée avec la personne"),
        "report:corrected": _("Annonce de changement corrigée avec la personne"),
        "report:read": _("Annonce de changement lue"),
        "report:asked-back": _("Question sur une annonce de changement"),
        **dict.fromkeys(("report:counted", "report:decided"), report),
        "thread:answer": _("Réponse aux messages écrite"),
        "thread:settle": _("Message lu"),
        "thread:assign": _("Messages confiés à quelqu’un du centre"),
        "request:closed": _("Demande de la personne close par le centre"),
        "request:reopened": _("Demande de la personne rouverte par le centre"),
        "paper-file:open": _("Référence et code faits pour la personne"),
        "paper-file:read": _("Page du dossier ouverte"),
        **dict.fromkeys(
            ("decision:record", "decision:refuse", "decision:take-back"), _("Note du centre dans le dossier")
        ),
        "identity:seen": _("Noté que l’identité a été vue"),
        "identity:taken-back": _("Note sur l’identité retirée"),
        "glance:at-desk": _("Dossier ouvert par un centre d’une autre région : quelqu’un s’est adressé à lui"),
        "glance:danger": _("Dossier ouvert par un centre d’une autre région : cas urgent"),
        "glance:stands-in": _("Dossier ouvert par un centre d’une autre région : il remplace le centre du dossier"),
        "glance:moves-here": _("Dossier ouvert par un centre d’une autre région : la personne vient habiter chez lui"),
        "glance:read": _("Page du dossier lue par un centre d’une autre région"),
        "assignment:note": _("Noté qui s’occupe du dossier au centre"),
        "call-list:print": _("Lettre pour la personne imprimée"),
        "call-list:done": _("Lettre ou appel pour la personne noté"),
        **{name: paper for name in BY_CENTRE if name.startswith("document-request:")},
        "handoff:use": _("Lien de la personne ouvert sur un autre appareil, pour envoyer un papier"),
        "export:take": _("Données de la personne téléchargées"),
    }
