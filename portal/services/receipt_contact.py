"""What a receipt says of the first contact: the words fit its channel, and how the person can be reached."""

from __future__ import annotations

from portal.domain.demand import Channel, filing_day
from portal.i18n.formats import long_date
from portal.i18n.names import region_name
from portal.i18n.text import Translator, translator
from portal.i18n.words import joined
from portal.services.demands import DemandView
from portal.services.entries import EntryView


def recorded(view: DemandView, code: str) -> tuple[str, ...]:
    """What reached whom on the receipt's date, when it was recorded, and who sees it."""
    _, entry = translator(code).gettext, view.entry
    day = long_date(filing_day(entry.recorded_at), code)
    if entry.is_correction:
        correction = _("C’est une correction. Le centre l’a enregistrée le %(date)s.", date=day)
        return (correction, _received(entry, code), _seen(view, code))
    if entry.channel is not Channel.ONLINE:
        recorded = _("Le centre l’a enregistré le %(date)s.", date=day)
        return (joined(" ", (_received(entry, code), recorded)), _seen(view, code))
    if view.region is not None:
        return (_("Nous avons enregistré votre annonce à cette date. Le centre la voit."),)
    return (
        _(
            "Nous avons enregistré votre annonce à cette date."
            " Chaque centre possible la voit, jusqu’à ce qu’un centre la prenne."
        ),
    )


def _received(entry: EntryView, code: str) -> str:
    """Who received the first contact; staff may also have accepted the proof of an attempt online."""
    _ = translator(code).gettext
    if entry.channel is Channel.ONLINE:
        return _("L’essai en ligne à cette date est prouvé.")
    if entry.channel is Channel.COMMUNE:
        return _("La commune a reçu le premier contact à cette date.")
    return _("Le centre a reçu le premier contact à cette date.")


def _seen(view: DemandView, code: str) -> str:
    """One centre, or all that may be responsible until one takes it."""
    _ = translator(code).gettext
    if view.region is not None:
        return _("Le centre voit votre demande.")
    return _("Chaque centre possible voit votre demande, jusqu’à ce qu’un centre la prenne.")


def doubt(entry: EntryView, text: Translator) -> tuple[str, ...]:
    """Only filing online is not confirmed in law; a call, a visit, a letter or the commune's word is no question."""
    if entry.channel is not Channel.ONLINE:
        return ()
    return (
        text.gettext(
            "Nous ne savons pas si une annonce en ligne suffit."
            " Si vous pouvez, téléphonez aussi au centre et donnez votre référence."
        ),
    )


def first_meeting(view: DemandView, code: str) -> str:
    """The centre calls, or the person comes: who said that there is no way to reach them is not told to wait."""
    _ = translator(code).gettext
    if not view.person.unreachable:
        return _("Le centre vous contacte pour un premier entretien.")
    if view.region is None:
        return _("Passez au guichet d’un centre, avec votre référence.")
    centre = region_name(view.region, view.candidate_regions, code)
    return _("Passez au guichet avec votre référence. Votre guichet : %(centre)s.", centre=centre)
