"""Words of what is done with a household's file as a whole, and of looks into a file of another region."""

from __future__ import annotations

from portal.domain.glance import Reason
from portal.domain.household_course import Event, Step, Why
from portal.i18n.names import centre_name
from portal.i18n.text import kept, translator


@kept
def why_words(why: Why, language: str) -> str:
    """Why a file is closed, in words for both sides."""
    _ = translator(language).gettext
    return {
        Why.AID_ENDED: _("L’aide est terminée"),
        Why.WITHDRAWN: _("La demande est retirée"),
        Why.NEVER_COMPLETED: _("Le dossier n’a pas été complété"),
        Why.LEFT_CANTON: _("Le ménage a quitté le canton"),
        Why.DIED: _("Décès"),
        Why.DOUBLE: _("Le dossier existe deux fois"),
    }[why]


def step_words(event: Event, here: bool, language: str) -> str:
    """What was done, for the desk; `here`: with the file of the page itself, not with another one."""
    _ = translator(language).gettext
    centre = centre_name(event.to_region, language) if event.to_region else ""
    return {
        Step.CLOSED: _("Fermé"),
        Step.REOPENED: _("Rouvert") if event.region else _("Rouvert : la personne a écrit"),
        Step.MOVED: _("Remis à : %(centre)s", centre=centre),
        Step.MERGED: _("Réuni avec un autre dossier, qui continue")
        if here
        else _("Un autre dossier réuni avec celui-ci"),
        Step.PARTED: _("Séparé de nouveau"),
    }[event.step]


@kept
def glance_words(reason: Reason, language: str) -> str:
    """Why somebody outside of the region looks, to choose from."""
    _ = translator(language).gettext
    return {
        Reason.AT_DESK: _("La personne est à notre guichet ou au téléphone"),
        Reason.DANGER: _("Quelqu’un est en danger"),
        Reason.STANDS_IN: _("Nous remplaçons l’autre centre"),
        Reason.MOVES_HERE: _("Le ménage vient habiter dans notre région"),
    }[reason]
