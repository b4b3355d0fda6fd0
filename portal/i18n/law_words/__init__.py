"""The law data in plain words of a language: values, what is missing, notes, topics. Message ids are French.

A rule, a part or a word that has no text here raises `KeyError`; a test proves that all of the data have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from portal.domain.parameter import Definition, Parameter, Value
from portal.i18n.formats import amount, money, short_date
from portal.i18n.law_words.facts import KEYS, KEYS_OF, WORDS
from portal.i18n.law_words.mark import _
from portal.i18n.law_words.missing import MISSING
from portal.i18n.law_words.notes import NOTES
from portal.i18n.law_words.rules import RULES
from portal.i18n.text import translator
from portal.i18n.words import Minor, joined
from portal.law import directory

Part = tuple[str, str]
"""The name of a part and what it is, in words."""

TOPICS: Final = {
    "allowances": _("Forfaits et suppléments"),
    "rent": _("Logement"),
    "health": _("Santé, impôts et dettes"),
    "income": _("Revenus"),
    "wealth": _("Fortune"),
    "unit": _("Qui est compté ensemble"),
    "groups": _("Jeunes, formation, indépendants, propriétaires"),
    "permits": _("Permis de séjour et asile"),
    "emergency": _("Aide d’urgence et asile : montants"),
    "first": _("Ce qui vient d’abord"),
    "benefits": _("Autres prestations : montants"),
    "filing": _("Demander l’aide"),
    "clocks": _("Délais et recours"),
    "sanctions": _("Sanctions et dessaisissement"),
    "reimbursement": _("Remboursement et proches"),
    "data": _("Protection des données"),
}
"""Every topic, in the order of the page."""

_BETWEEN: Final = " · "
_UNITS: Final = {
    "CHF/day": _("%(number)s par jour"),
    "CHF/month": _("%(number)s par mois"),
    "CHF/year": _("%(number)s par an"),
    "days": _("%(number)s jours"),
    "day-of-month": _("le %(number)s du mois"),
    "months": _("%(number)s mois"),
    "years": _("%(number)s ans"),
}


def topic_words(topic: str, language: str) -> str:
    """The heading of a topic."""
    return translator(language).gettext(TOPICS[topic])


def label_words(definition: Definition | Parameter, language: str) -> str:
    """What a parameter is."""
    return translator(language).gettext(definition.label)


def missing_words(name: str, language: str) -> str:
    """What is not known, and where it surely is."""
    return translator(language).gettext(MISSING[name])


def note_words(name: str, language: str) -> str | None:
    """What a reader should know beside the value; None where there is nothing."""
    return translator(language).gettext(NOTES[name]) if name in NOTES else None


def value_words(definition: Definition, value: Value, language: str) -> str | tuple[Part, ...]:
    """A value in one sentence, or its named parts."""
    say = translator(language).gettext
    if not isinstance(value, Mapping):
        return say(RULES[str(value)]) if definition.unit == "rule" else _plain(value, definition.unit, language)
    if set(value) == {"from", "to"} and definition.unit != "facts":
        return range_words(Decimal(str(value["from"])), Decimal(str(value["to"])), definition.unit, language)
    return tuple(
        (say(KEYS_OF.get((definition.name, key)) or KEYS[key]), _part(key, part, definition.unit, language))
        for key, part in value.items()
    )


def short_value(rule: Parameter, language: str) -> str:
    """What a value may be on its day, where it is an amount or a number; empty for a rule or several parts."""
    value = rule.value
    if isinstance(value, Mapping) and set(value) == {"from", "to"}:
        return range_words(Decimal(str(value["from"])), Decimal(str(value["to"])), rule.unit, language)
    if rule.admissible and rule.admissible[0] != rule.admissible[1]:
        return range_words(*rule.admissible, rule.unit, language)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return ""
    return _with_unit(amount(value, language), rule.unit, language)


def range_words(low: Decimal, high: Decimal, unit: str, language: str) -> str:
    """From the lowest to the highest amount, in the unit."""
    between = translator(language).gettext("%(low)s à %(high)s", low=amount(low, language), high=amount(high, language))
    return _with_unit(between, unit, language)


def _plain(value: Value, unit: str, language: str) -> str:
    if isinstance(value, bool):
        return translator(language).gettext("Oui") if value else translator(language).gettext("Non")
    if isinstance(value, int | Decimal):
        return _with_unit(amount(value, language), unit, language)
    if isinstance(value, date):
        return short_date(value, language)
    return translator(language).gettext(WORDS[str(value)])


def _with_unit(number: str, unit: str, language: str) -> str:
    if unit == "percent":
        return joined("", (number, "\u00a0%"))
    shown = money(number, language) if unit.startswith("CHF") else number
    return translator(language).gettext(_UNITS[unit], number=shown) if unit in _UNITS else shown


def _part(key: str, part: Value, unit: str, language: str) -> str:
    if key in ("offices", "office"):
        ids = part if isinstance(part, tuple) else (part,)
        offices = [directory.office(str(one)) for one in ids]
        names = [Minor(one.name_in(language), one.name_in) for one in offices]
        return joined(_BETWEEN, names) or translator(language).gettext("Pas de bureau précis")
    if isinstance(part, tuple):
        return joined(_BETWEEN, (_plain(word, "facts", language) for word in part))
    return _plain(part, unit, language)
