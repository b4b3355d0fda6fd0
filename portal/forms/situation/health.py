"""Pages about health, special situations and other benefits."""

from __future__ import annotations

from typing import Any, Final

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from portal.domain.situation import Benefit
from portal.domain.situation.model import MONTHLY
from portal.forms.estimate.fields import FrancsField
from portal.forms.fields import LineField
from portal.forms.situation.fields import OPEN, OPEN_CHOICES, Json, QuestionPart
from portal.forms.text import gettext as _
from portal.forms.text import lazy

NOTHING: Final = "none"


class InsurancePage(QuestionPart):
    """The health insurance."""

    title = lazy("Assurance-maladie")
    why = lazy("Le canton aide à payer les primes. Le centre doit connaître la caisse-maladie.")
    law = "premium_reduction_social_aid"
    open_box = True
    insurer = LineField(lazy("Nom de la caisse-maladie"), 100)
    premium = FrancsField(lazy("Prime par mois"), MONTHLY)


class Ticks(QuestionPart):
    """A page of boxes to tick, with «nothing of that» and the two open answers among them."""

    ticks: Any

    def validate_ticks(self, field: Any) -> None:  # noqa: ARG002 - WTForms' own signature
        """«Nothing of that» and «I do not know» stand alone."""
        chosen = self.chosen()
        if len(chosen) > 1 and chosen & {NOTHING, *OPEN}:
            raise ValidationError(
                _("« Rien de cela », « Je ne sais pas » et « à l’entretien » vont seuls. Gardez une seule case.")
            )

    def chosen(self) -> set[str]:
        """The boxes of the page that were ticked; what is no box of it counts for nothing."""
        return {value for value, *_rest in self.ticks.choices} & set(self.ticks.data or [])

    def open_answer(self) -> str | None:
        """Which of the two open answers was ticked."""
        return next((one for one in OPEN if one in self.chosen()), None)


class SpecialPage(Ticks):
    """Pregnancy, leaving an institution, curatorship: who says nothing of them is asked for no paper about them."""

    title = lazy("Situations particulières")
    why = lazy("D’autres aides existent alors, et d’autres papiers sont utiles.")
    law = "first_claims"
    ticks = SelectMultipleField(
        lazy("Cochez ce qui convient"),
        choices=[
            ("pregnant", lazy("Grossesse en cours")),
            ("leaves_institution", lazy("Sortie d’hôpital, de foyer ou de prison")),
            ("curatorship", lazy("Une curatelle")),
            (NOTHING, lazy("Rien de cela")),
            *OPEN_CHOICES,
        ],
        validate_choice=False,
    )
    FIELDS: Final = ("pregnant", "leaves_institution", "curatorship")

    def answers(self, record: Json) -> Json:  # noqa: ARG002 - every page is asked alike
        """Yes or no for each once something was ticked."""
        chosen = self.chosen()
        if not chosen:
            return dict.fromkeys(self.FIELDS)
        return {name: self.open_answer() or name in chosen for name in self.FIELDS}

    @classmethod
    def shown(cls, record: Json, today: Any) -> dict[str, list[str]]:  # noqa: ARG003 - every page is shown alike
        """The boxes that were ticked."""
        said = {name: record[name] for name in cls.FIELDS if name in record}
        if not said:
            return {}
        if missing := [answer for answer in said.values() if answer in OPEN]:
            return {"ticks": missing[:1]}
        return {"ticks": [name for name, answer in said.items() if answer] or [NOTHING]}


class BenefitsPage(Ticks):
    """Other benefits asked for and not decided."""

    title = lazy("Autres prestations demandées, sans réponse encore")
    why = lazy("Ces prestations passent avant l’aide. L’aide peut avancer l’argent.")
    law = "advance_meanwhile"
    ticks = SelectMultipleField(
        lazy("Cochez ce que vous attendez"),
        choices=[
            (Benefit.UNEMPLOYMENT.value, lazy("Chômage")),
            (Benefit.DISABILITY.value, lazy("Rente AI")),
            (Benefit.OLD_AGE.value, lazy("Rente AVS")),
            (Benefit.SUPPLEMENTARY.value, lazy("Prestations complémentaires")),
            (Benefit.TRANSITIONAL.value, lazy("Prestations transitoires")),
            (Benefit.FAMILY_ALLOWANCES.value, lazy("Allocations familiales")),
            (Benefit.HOUSEHOLD_ALLOWANCE.value, lazy("Allocation de ménage")),
            (Benefit.PREMIUM_REDUCTION.value, lazy("Réduction des primes d’assurance-maladie")),
            (Benefit.ALIMONY.value, lazy("Avance de pension alimentaire (BRACE)")),
            (Benefit.BURSARY.value, lazy("Bourse d’études")),
            (Benefit.DAILY_ALLOWANCES.value, lazy("Indemnités de maladie ou d’accident")),
            (Benefit.LOSS_OF_EARNINGS.value, lazy("Allocation de maternité, de paternité ou de service")),
            (Benefit.PENSION_FUNDS.value, lazy("Rente d’une caisse de pension")),
            (Benefit.VICTIMS.value, lazy("Aide aux victimes (LAVI)")),
            (Benefit.CLAIMS.value, lazy("Héritage, créance, garantie de loyer")),
            (NOTHING, lazy("Rien de cela")),
            *OPEN_CHOICES,
        ],
        validate_choice=False,
    )

    def answers(self, record: Json) -> Json:  # noqa: ARG002 - every page is asked alike
        """The list of what was asked for; empty for «nothing of that»."""
        chosen = self.chosen()
        known = [benefit.value for benefit in Benefit if benefit.value in chosen]
        return {"asked_for": self.open_answer() or (known if chosen else None)}

    @classmethod
    def shown(cls, record: Json, today: Any) -> dict[str, list[str]]:  # noqa: ARG003 - every page is shown alike
        """The boxes that were ticked."""
        said = record.get("asked_for")
        if said is None:
            return {}
        return {"ticks": [said] if isinstance(said, str) else list(said) or [NOTHING]}
