"""«What if»: a few answers changed beside the ones that were given. The given ones stay as they are."""

from __future__ import annotations

from typing import Any, Final

from werkzeug.datastructures import MultiDict

from portal.domain.situation import Home
from portal.domain.situation.kinds import Whole
from portal.domain.situation.model import MONTHLY, RENT
from portal.forms.estimate.fields import FrancsField, WholeField
from portal.forms.estimate.parts import MOST_CHILDREN, MOST_OTHERS, Part
from portal.forms.estimate.steps import APPLICANT, PARTNER, Answers, Path
from portal.forms.text import lazy

PAID_HOMES: Final = (Home.RENTED, Home.OWNED, Home.INSTITUTION)
PREFIX: Final = "what-"
YOUNG: Final = "0"
"""The age of a child that is only imagined: every minor counts alike."""


class WhatIfPart(Part):
    """The rent, the wages and the persons, as they might be."""

    rent = FrancsField(lazy("Loyer par mois, sans les charges"), RENT)
    wage = FrancsField(lazy("Votre salaire net"), MONTHLY)
    partner_wage = FrancsField(lazy("Le salaire net de votre partenaire"), MONTHLY)
    children = WholeField(lazy("Nombre d’enfants"), Whole(0, MOST_CHILDREN))
    others = WholeField(lazy("Nombre d’autres personnes"), Whole(0, MOST_OTHERS))


def what_if(path: Path, sent: Answers | None = None) -> WhatIfPart:
    """The form, filled with what was sent, or with the given answers."""
    given = {
        "rent": path.answers.get("rent", ""),
        "wage": path.answers.get(f"{APPLICANT}-wage", ""),
        "partner_wage": path.answers.get(f"{PARTNER}-wage", ""),
        "children": str(path.children),
        "others": str(path.others),
    }
    data = {PREFIX + name: value for name, value in given.items()}
    if sent is not None:
        data |= {name: sent[name] for name in data if name in sent}
    part = WhatIfPart(MultiDict(data), prefix=PREFIX)
    if not path.couple:
        del part.partner_wage
    return part


def changed(path: Path, part: Any) -> dict[str, str]:
    """The answers with the imagined ones in their place. Only after `validate()`."""
    answers = dict(path.answers)
    for name, field in (("rent", part.rent), (f"{APPLICANT}-wage", part.wage)):
        answers[name] = field.data or ""
    if path.couple:
        answers[f"{PARTNER}-wage"] = part.partner_wage.data or ""
    if part.rent.centimes is not None:
        answers.pop("rent_unknown", None)
        if answers.get("home") not in PAID_HOMES and part.rent.centimes:
            answers["home"] = Home.RENTED.value  # who lives free asks what would be if they paid a rent
    answers["others"] = str(part.others.number or 0)
    children = part.children.number or 0
    answers["children"] = str(children)
    for number in range(path.children + 1, children + 1):
        answers[f"c{number}-age"] = YOUNG
    return answers
