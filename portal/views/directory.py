"""Where to go: the centre of a commune, and every other office by what one needs. Nothing here needs the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.domain.directory import Centre, Certainty, Commune
from portal.forms.directory import CentreForm
from portal.i18n.office_words import groups
from portal.law import directory
from portal.security.access import Rule, allow
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("directory", __name__)


@dataclass(frozen=True)
class Answer:
    """What is known of the centre of a commune on a day."""

    commune: Commune
    centres: tuple[Centre, ...]
    """The one that is responsible; all that may be, the likeliest first, where that is not known."""
    sure: bool
    merged_into: Commune | None
    """The commune that took its place, while its own number is not known."""
    merged_on: date | None


@blueprint.get(f"{LANG}/centres")
@allow(Rule.PUBLIC)
def centres(lang: str) -> Response:
    """The centre of the commune that `commune` in the address names; without one, the question and all regions."""
    form = CentreForm(request.args, today(), g.lang)
    found = form.found(request.args.get("commune_typed", "")) if "commune" in request.args else None
    page = render_template(
        "directory/centres.html",
        form=form,
        answer=answer(found, today()) if found else None,
        asked="commune" in request.args,
        regions=directory.regions(),
    )
    return make_response(page, 422 if form.commune.errors else 200)


@blueprint.get(f"{LANG}/offices")
@allow(Rule.PUBLIC)
def offices(lang: str) -> str:
    """Every office that may be shown, by need."""
    return render_template("directory/offices.html", groups=groups(g.lang))


def answer(commune: Commune, on: date) -> Answer:
    """The centre of a commune that can be chosen on that day. An antenna that is a mere guess is not named."""
    if len(commune.candidate_regions) > 1:
        found = tuple(directory.region(region) for region in commune.candidate_regions)
    elif commune.confidence_antenna is Certainty.LOW:
        found = (directory.region(commune.region),)
    else:
        found = (directory.antenna(commune.antenna),)
    ended = commune.valid_until if not commune.exists(on) else None
    return Answer(
        commune=commune,
        centres=found,
        sure=commune.confidence_region is Certainty.HIGH and len(found) == 1,
        merged_into=directory.successor(commune) if ended else None,
        merged_on=ended + timedelta(days=1) if ended else None,
    )
