"""The offices as people look for them: by need, with a few plain words on what each is for.

The data (`portal/law/directory/offices.yaml`) say what each is for in French and for the project; these are the words
for the person. What may not be shown is decided here too, once: `shown`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portal.domain.directory import Certainty, Office
from portal.i18n.names import urgent_number_name
from portal.i18n.text import translator
from portal.law import directory

NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "danger": ("police-117", "ambulance-144", "medecin-non-vital", "main-tendue-143"),
    "violence": ("lavi", "fava", "unterschlupf"),
    "roof": ("chez-paou", "tremplin-martigny", "resto-coeur-sion", "maison-diaconie"),
    "money": ("sas", "caritas", "croix-rouge", "brace", "caisse-compensation", "bourses"),
    "health": ("subsides-maladie", "office-ai"),
    "work": ("orp", "caisse-chomage", "sict"),
    "permit": ("spm", "spm-asile", "oasi"),
    "language": ("interpretes-romand", "interpretes-oberwallis"),
    "protection": (
        *("apea-tous", "apea-brigue", "apea-viege", "apea-loeche", "apea-sierre", "apea-ardon"),
        *("apea-sion", "apea-martigny", "apea-sembrancher", "apea-monthey"),
    ),
}
"""Which offices stand under which need, in this order."""
WITHHELD: Final = {
    "cii": "for institutions, no office for the public",
    "victimes-142": "that the number answers was never confirmed: in danger nobody may call in vain",
}
ICONS: Final = {
    "danger": "alert",
    "violence": "shield",
    "roof": "bed",
    "money": "list",
    "health": "pill",
    "work": "building",
    "permit": "globe",
    "language": "chat",
    "protection": "people",
}


@dataclass(frozen=True)
class ShownOffice:
    """What a page may say of an office: nothing that its data call unsure stands there as if it were sure."""

    id: str
    name: str
    name_language: str
    """The language in which the name is."""
    purpose: str
    """Empty where the districts say it."""
    districts: str
    unsure: bool
    """True: the whole entry is to be checked; then neither number nor address nor hours are given."""
    phone: str | None
    phone_confirmed: bool
    phone_sure: bool
    web: str | None
    web_confirmed: bool
    address: str | None
    address_sure: bool
    opening_hours: str | None


@dataclass(frozen=True)
class Group:
    """One need and who helps."""

    id: str
    icon: str
    title: str
    offices: tuple[ShownOffice, ...]


def groups(language: str) -> tuple[Group, ...]:
    """Every office that may be shown, by need, the most urgent first."""
    _ = translator(language).gettext
    titles = {
        "danger": _("Danger ou urgence médicale"),
        "violence": _("Violence"),
        "roof": _("Un toit, à manger"),
        "money": _("Argent et dettes"),
        "health": _("Assurance-maladie et invalidité"),
        "work": _("Travail et chômage"),
        "permit": _("Permis et asile"),
        "language": _("Interprètes"),
        "protection": _("Protéger un enfant ou un adulte"),
    }
    return tuple(
        Group(need, ICONS[need], titles[need], tuple(shown(directory.office(one), language) for one in ids))
        for need, ids in NEEDS.items()
    )


def shown(office: Office, language: str) -> ShownOffice:
    """The office with what may be shown of it. A protected address never leaves the data."""
    unsure = office.confidence is Certainty.LOW
    one_of_many = office.id.startswith("apea-") and office.id != "apea-tous"
    return ShownOffice(
        id=office.id,
        name=office.name_in(language),
        name_language="de" if language == "de" and office.name_de else "fr",
        purpose="" if one_of_many else purpose(office, language),
        districts=office.what_for.partition(" : ")[2] if one_of_many else "",
        unsure=unsure,
        phone=None if unsure else office.phone,
        phone_confirmed=office.phone_confirmed,
        phone_sure=office.confidence is Certainty.HIGH,
        web=None if one_of_many else office.web,  # theirs is that of the first entry
        web_confirmed=office.web_confirmed,
        address=office.address if office.address_public and not unsure else None,
        address_sure=office.confidence is Certainty.HIGH,
        opening_hours=None if unsure else office.opening_hours,
    )


def purpose(office: Office, language: str) -> str:
    """What it is for, in a few plain words. Raises `KeyError` for an office without words."""
    if office.id in NEEDS["danger"]:
        return urgent_number_name(office.id, language)
    return _purposes(translator(language).gettext)[office.id]


def _purposes(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "lavi": _("Aide aux victimes de violence ou d’une infraction. Gratuit et confidentiel, sur rendez-vous."),
        "fava": _("Lieux protégés pour les victimes, Valais romand."),
        "unterschlupf": _("Conseil et logement pour les femmes victimes de violence, Haut-Valais."),
        "chez-paou": _("Un lit pour la nuit, à Sion."),
        "tremplin-martigny": _("Deux logements d’urgence, à Martigny."),
        "resto-coeur-sion": _("Colis de nourriture."),
        "maison-diaconie": _("Repas à bas prix, accueil, conseils."),
        "sas": _("Le service du canton pour l’aide sociale. La demande se fait à la commune ou au centre."),
        "caritas": _("Conseil : budget, dettes, droits. Carte culture."),
        "croix-rouge": _("Aides ponctuelles, garde d’enfants, aide aux proches."),
        "brace": _("Pension alimentaire pas payée : le bureau la réclame, parfois il l’avance."),
        "caisse-compensation": _("AVS, prestations complémentaires, allocations familiales."),
        "bourses": _("Bourses et prêts pour une formation."),
        "subsides-maladie": _("Une part de la prime d’assurance-maladie."),
        "office-ai": _("Maladie ou handicap qui dure : mesures et rentes de l’AI."),
        "orp": _("S’inscrire au chômage, chercher un emploi."),
        "caisse-chomage": _("Indemnités de chômage."),
        "sict": _("Le service du canton pour le travail et le chômage."),
        "spm": _("Permis de séjour."),
        "spm-asile": _("Livrets N et F, autorisations de travail, cas de rigueur."),
        "oasi": _(
            "Logement et aide avec un permis N, F ou S, et parfois B de réfugié. Souvent c’est lui qui aide, pas le centre."
        ),
        "interpretes-romand": _("Interprètes, Valais romand."),
        "interpretes-oberwallis": _("Interprètes, Haut-Valais."),
        "apea-tous": _("Protection des enfants, curatelles. Une autorité par région, ci-dessous."),
    }
