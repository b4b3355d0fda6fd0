"""The person's name on paper: as written, with its Latin spelling, or in words where it cannot be printed."""

from __future__ import annotations

import unicodedata

from portal.adapters.fonts import can_print, clusters
from portal.domain.demand import Person, needs_latin_spelling
from portal.i18n.text import translator


def name_placeholder(person: Person, code: str) -> str:
    """What stands for a name that is not there, or not whole, in the language `code`."""
    _ = translator(code).gettext
    if person.name:
        return _("[le nom est au dossier, comme il a été écrit]")
    return _("[nom à dire au guichet]")


def paper_name(person: Person, official: str) -> str:
    """The name as receipt and slip print it. No code point ever: people have to read it.

    A name in another script has its Latin spelling behind it. Where letters are missing and no spelling was given,
    the printable part is followed by the words of `name_placeholder` in the language `official`; the templates print
    words at the end of a name in each of the paper's languages.
    """
    name, latin = _printable(person.name or ""), _printable(person.latin_name or "")
    whole = bool(name) and name == _normal(person.name or "")
    if whole and latin and needs_latin_spelling(name):
        return f"{name} ({latin})"
    if whole or latin:
        return name if whole else latin
    return f"{name} {name_placeholder(person, official)}".strip()


def _printable(text: str) -> str:
    """What the shipped fonts can print of `text`; empty when no letter or digit is left."""
    kept = "".join(cluster for cluster in clusters(_normal(text)) if can_print(cluster))
    return " ".join(kept.split()) if any(one.isalnum() for one in kept) else ""


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
