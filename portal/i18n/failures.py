"""What gave up, in words for the desk: jobs and mails by kind. No machine name stands on a page."""

from __future__ import annotations

from portal.i18n.text import translator


def job_name(task: str, language: str) -> str:
    """What a job of this task does."""
    _ = translator(language).gettext
    names = {
        "tell_filing": _("Confirmer une annonce"),
        "alert_duty": _("Alerter pour une demande urgente"),
        "sweep_urgent": _("Alerter pour une demande urgente"),
        "alert_request": _("Alerter pour une demande urgente"),
        "sweep_requests": _("Alerter pour une demande urgente"),
        "sweep_due": _("Donner les rappels"),
        "tell_answer": _("Dire par e-mail qu’il y a du nouveau"),
        "tell_asked_back": _("Dire par e-mail qu’il y a du nouveau"),
        "tell_report": _("Dire par e-mail qu’un message est arrivé"),
        "publish_head": _("Déposer l’empreinte du registre"),
        "check_document": _("Contrôler un fichier reçu"),
        "check_waiting": _("Contrôler un fichier reçu"),
        "sweep_documents": _("Ranger les données techniques"),
        "tidy": _("Ranger les données techniques"),
        "make_search_keys": _("Ranger les données techniques"),
        "heal_clock_items": _("Ranger les données techniques"),
        "purge": _("Ranger les données techniques"),
        "tell_invitation": _("Inviter quelqu’un au guichet"),
        "make_figures": _("Compter les chiffres d’un trimestre"),
    }
    return names.get(task) or _("Autre tâche")


def mail_name(kind: str, language: str) -> str | None:
    """What a mail of this kind is; None for those that have words elsewhere."""
    _ = translator(language).gettext
    return {
        "filed": _("Confirmation d’une annonce"),
        "urgent": _("Alerte pour une demande urgente"),
        "urgent-again": _("Alerte pour une demande urgente"),
        "answer": _("E-mail : il y a du nouveau"),
        "asked-back": _("E-mail : il y a du nouveau"),
        "report": _("E-mail : un message est arrivé"),
        "invitation": _("Invitation au guichet"),
    }.get(kind)
