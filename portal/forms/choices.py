"""Lists of the filing form that are made anew for each page: the communes of a day, the languages for an interview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wtforms import SelectField
from wtforms.fields.choices import Choice

from portal.domain.directory import Commune
from portal.forms.text import gettext as _
from portal.i18n.languages import SPOKEN
from portal.law import directory

UNKNOWN_COMMUNE = "unknown"
OTHER_LANGUAGE = "other"
LONGEST_NUMBER = 4
AS_PAGE = "page:"
"""Before the language of the page that stands there until somebody chooses: `page:fr` is no choice yet, `fr` is one."""


class CommuneField(SelectField):  # type: ignore[misc]
    """The communes of the form's day. The list is made when it is shown, not each time an answer is read."""

    day: date

    @property
    def communes(self) -> tuple[Commune, ...]:
        """The list of the day."""
        return directory.communes(self.day)

    def iter_choices(self) -> Iterator[Choice]:
        """No answer, every commune by name, or «I do not know»."""
        options = [("", "—"), *((str(commune.bfs_number), commune.label) for commune in self.communes)]
        for value, label in (*options, (UNKNOWN_COMMUNE, _("Je ne sais pas, ou aucune"))):
            yield Choice(value, label, value == self.data, {})

    @property
    def number(self) -> int | None:
        """The number of the chosen commune, if it is one of the list."""
        chosen = self.data or ""
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= LONGEST_NUMBER):
            return None
        wanted = int(chosen)
        return wanted if directory.commune(wanted, self.day) else None


class InterviewLanguageField(SelectField):  # type: ignore[misc]
    """The language for the interview. Where the reader is the person, the page's own stands there first."""

    data: str | None
    page: str | None = None
    """The language of the page, where it is offered as such."""

    def iter_choices(self) -> Iterator[Choice]:
        """No answer, the page's own language, those most spoken in their own names, another one."""
        own = (
            [(AS_PAGE + self.page, _("%(language)s (comme cette page)", language=SPOKEN[self.page]))]
            if self.page
            else []
        )
        for value, label in (("", "—"), *own, *SPOKEN.items(), (OTHER_LANGUAGE, _("Une autre langue"))):
            yield Choice(value, label, value == self.data, {})

    @property
    def untouched(self) -> bool:
        """Whether nobody has chosen anything yet."""
        return (self.data or "").startswith(AS_PAGE)

    @property
    def code(self) -> str | None:
        """The chosen language, or the page's own where nobody chose; None for no answer."""
        choice = (self.data or "").removeprefix(AS_PAGE)
        return choice if choice in SPOKEN or choice == OTHER_LANGUAGE else None

    def offer(self, page: str) -> None:
        """Offer the page's language as the first answer; what was left standing on a page in another one stays."""
        self.page = page
        if self.untouched and self.data != AS_PAGE + page:
            self.data = self.code or ""

    def follow(self, page: str) -> None:
        """Take the page's language as long as nobody has chosen another."""
        self.page, self.data = page, AS_PAGE + page
