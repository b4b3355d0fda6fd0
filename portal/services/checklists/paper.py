"""The checklist as a paper: a tagged PDF with boxes to tick, in two languages. Kept nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from portal.adapters.typesetting import render
from portal.domain.demand import filing_day
from portal.i18n.formats import long_date
from portal.i18n.languages import BY_CODE, DEFAULT, STAFF_CODES, official_beside
from portal.i18n.text import translator
from portal.services.checklists.texts import ChecklistText, GroupText, ItemText

GERMAN_REGION: Final = "oberwallis"
Part = dict[str, Any]
"""A piece of the paper as the template reads it: texts, lists and further pieces."""


def second_language(language: str, region: str | None = None, wanted: str | None = None) -> str | None:
    """The language beside the person's own: the one asked for, else the centre's; None where one is enough.

    Whoever reads French gets French alone.
    """
    if wanted in STAFF_CODES:
        return wanted if wanted != language else None
    if language == DEFAULT:
        return None
    if language == "de":
        return None if region == GERMAN_REGION else DEFAULT
    return official_beside(language, region)


def checklist_pdf(
    text: ChecklistText,
    beside: ChecklistText | None,
    qr_url: str,
    made_at: datetime,
    *,
    reference: str = "",
) -> bytes:
    """The paper as PDF/UA; the same lists at the same instant always give the same bytes.

    `beside` is the same list in a second language. `qr_url` is where its square code leads: with a `reference`, to the
    dossier's list; else to the form to announce a demand. Raises TypesettingError.
    """
    return render("checklist", checklist_sheet(text, beside, qr_url, made_at, reference=reference), made_at, qr_url)


def checklist_sheet(
    text: ChecklistText,
    beside: ChecklistText | None,
    qr_url: str,
    made_at: datetime,
    *,
    reference: str = "",
) -> Part:
    """Everything that the paper says, in its order, for the template; both languages have the same groups and papers."""
    lists = [text, *([beside] if beside else [])]
    return {
        "url": qr_url,
        "reference": reference or f"{text.filed:%d.%m.%Y}",
        "texts": [_words(one, made_at, in_dossier=bool(reference)) for one in lists],
    }


def _words(text: ChecklistText, made_at: datetime, *, in_dossier: bool) -> Part:
    language = text.language
    _ = translator(language).gettext
    made = long_date(filing_day(made_at), language)
    if in_dossier:
        dated = _("Date de votre annonce : %(day)s.", day=text.filed_words)
        add = _("Scannez ce code pour ouvrir votre liste à jour.")
        alt = _("Code carré qui ouvre la liste de vos papiers en ligne")
    else:
        dated = _("Pour une annonce faite le %(day)s.", day=text.filed_words)
        add = _("Scannez ce code pour annoncer votre demande. Vous ajoutez les papiers ensuite.")
        alt = _("Code carré qui ouvre la page pour demander de l’aide")
    return {
        "lang": language,
        "direction": BY_CODE[language].dir,
        "issuer": _("Aide sociale Valais, portail en ligne"),
        "title": _("Vos papiers"),
        "dated": dated,
        "printed": _("Fait le %(day)s.", day=made),
        "honest": [
            _("Aucun papier manquant ne bloque votre annonce."),
            _("Le centre vous écrit quels papiers il veut, et pour quand. Sa lettre compte, pas cette liste."),
            _(
                "La plupart de ces règles viennent de listes d’autres cantons. Pour le Valais, elles ne sont pas"
                " confirmées."
            ),
        ],
        "add": add,
        "qr_alt": alt,
        "groups": [_group(group, language) for group in text.groups],
    }


def _group(group: GroupText, language: str) -> Part:
    return {"title": group.title, "papers": [_paper(paper, language) for paper in group.papers]}


def _paper(paper: tuple[ItemText, ...], language: str) -> Part:
    """The same paper of several persons: one text, and a box for each."""
    _ = translator(language).gettext
    first = paper[0]
    colon = "\u00a0: " if language == "fr" else ": "
    named = {
        _("Cela dépend de :").rstrip(" :\u00a0"): " · ".join(first.decides),
        _("Nom officiel"): first.words.official or "",
        _("À quoi il ressemble"): first.words.looks_like,
        _("Où le trouver"): first.words.where,
        _("Prix"): first.words.cost if first.words.cost_known else "",
        _("Accepté à la place"): " · ".join(first.words.instead),
    }
    return {
        "title": first.title,
        "perhaps": _("Peut-être") if first.perhaps else "",
        "months": first.months,
        "why": first.words.why,
        "named": [[name + colon, said] for name, said in named.items() if said],
        "boxes": [{"who": item.who or "", "done": item.done, "more": _more(item, language)} for item in paper],
    }


def _more(item: ItemText, language: str) -> str:
    """What became of one person's paper."""
    _ = translator(language).gettext
    said: list[str] = []
    if item.state_day and not item.waiting:
        said.append(_("%(state)s, le %(day)s.", state=item.state_words, day=item.state_day))
    said += [sentence for sentence in (item.reason, item.obstacle, item.asker) if sentence]
    if item.wanted_by:
        said.append(_("À remettre au plus tard : %(day)s.", day=item.wanted_by))
    return " ".join(said)
