"""Which commune somebody asks about: a plain GET form, so that its answer has an address."""

from __future__ import annotations

from datetime import date

from wtforms import Form

from portal.domain.directory import Commune
from portal.forms.choices import LONGEST_NUMBER, UNKNOWN_COMMUNE, CommuneField
from portal.forms.text import gettext as _
from portal.forms.text import lazy
from portal.i18n.formats import short_date
from portal.law import directory

LONGEST_NAME = 80


class CentreForm(Form):  # type: ignore[misc]
    """One question. What is asked for stays in the box, whatever it was."""

    commune = CommuneField(lazy("Votre commune"), validate_choice=False)

    def __init__(self, arguments: object, on: date, language: str) -> None:
        """`arguments` are those of the address; the communes are those of the day."""
        super().__init__(arguments)
        self.on, self.language = on, language
        self.commune.day = on
        self.commune.data = (self.commune.data or "").strip()[:LONGEST_NAME]

    @property
    def search(self) -> dict[str, str]:
        """Other spellings of each commune, for typing ahead."""
        return {str(one.bfs_number): "|".join(one.search_keys) for one in self.commune.communes}

    def found(self, typed: str) -> Commune | None:
        """The commune that is meant, by number or by its full name; `typed` is what stood in the box and named none.

        None when nothing was chosen, nothing is known, or `commune.errors` says why not.
        """
        said = self.commune.data or typed.strip()[:LONGEST_NAME]
        if said == UNKNOWN_COMMUNE:
            return None
        chosen = directory.commune(int(said), self.on) if _is_number(said) else directory.named(said, self.on)
        if chosen is None:
            self.commune.errors = (self._fault(said),)
            return None
        self.commune.data = str(chosen.bfs_number)
        return chosen

    def _fault(self, said: str) -> str:
        """Why there is no answer."""
        if not said:
            return _("Choisissez d’abord votre commune.")
        known = directory.ever(int(said)) if _is_number(said) else None
        if known is None:
            return _("« %(name)s » n’est pas une commune du Valais. Choisissez un nom de la liste.", name=said)
        name, begins = known.name_in(self.language), short_date(known.valid_from, self.language)
        if self.on < known.valid_from:
            return _("La commune %(name)s existe seulement dès le %(day)s.", name=name, day=begins)
        following = directory.successor(known)
        new = following.name_in(self.language) if following else "—"
        return _("La commune %(name)s n’existe plus. Elle fait partie de : %(new)s.", name=name, new=new)


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER
