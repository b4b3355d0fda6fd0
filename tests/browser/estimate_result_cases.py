"""The results of the estimate: a range, an open one, zero, none, two budgets, other figures tried out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from portal.views import guided
from tests.browser.cases import case
from tests.browser.estimate_people import (
    EVERYBODY,
    FAMILY,
    HOSTED,
    OLDER,
    PERMITS,
    SINGLE,
    TOGETHER,
    YOUNG,
    Given,
    imagine,
    sealed,
    send,
    show,
)
from tests.browser.visits import Visit
from tests.browser.world import World


@contextmanager
def next_year(_world: World) -> Iterator[None]:
    """A day whose amounts are announced and not known yet."""
    with patch.object(guided, "today", lambda: date(2027, 2, 1)):
        yield


@case("estimate.estimate", "estimate/result")
def estimate_range(visit: Visit) -> None:
    show(visit, SINGLE)


@case("estimate.estimate", "estimate/result")
def estimate_two_budgets(visit: Visit) -> None:
    """With each kind of line, an open end, and remarks of all sorts."""
    show(visit, EVERYBODY)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_an_older_couple(visit: Visit) -> None:
    show(visit, OLDER)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_young_adult(visit: Visit) -> None:
    show(visit, YOUNG)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_somebody_housed_free(visit: Visit) -> None:
    show(visit, HOSTED)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_young_couple(visit: Visit) -> None:
    show(visit, TOGETHER)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_without_a_home(visit: Visit) -> None:
    show(visit, {**SINGLE, "home": "none"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_in_an_institution(visit: Visit) -> None:
    show(visit, {**SINGLE, "home": "institution"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_with_parents(visit: Visit) -> None:
    show(visit, {**SINGLE, "age": "20", "others": "1", "who": "parent", "a-activity": "training"})


@case("estimate.estimate", "estimate/result")
def estimate_of_nothing_said(visit: Visit) -> None:
    """Every answer left empty: the path ends in an open range all the same."""
    send(visit, {}, {"_page": "money"})


@case("estimate.estimate", "estimate/result")
def estimate_of_zero(visit: Visit) -> None:
    show(visit, {**SINGLE, "a-wage": "6000"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_perhaps_zero(visit: Visit) -> None:
    show(visit, {**SINGLE, "a-wage": "2200"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_with_savings(visit: Visit) -> None:
    show(visit, {**SINGLE, "accounts": "9000"})


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_flatmates(visit: Visit) -> None:
    show(visit, {**SINGLE, "others": "1", "who": "other", "meals": "no"})


@case("estimate.estimate", "estimate/result", here=True, without=next_year, look=False)
def estimate_next_year(visit: Visit) -> None:
    """New amounts are announced and not known."""
    show(visit, SINGLE)


@case("estimate.estimate", "estimate/result")
def estimate_without_an_amount(visit: Visit) -> None:
    show(visit, {**SINGLE, **PERMITS["asylum"]})


def _of_permit(name: str, given: Given) -> None:
    def opened(visit: Visit) -> None:
        show(visit, {**SINGLE, **given})

    opened.__name__ = f"estimate_route_{name}"
    case("estimate.estimate", "estimate/result", look=False)(opened)


for _name, _given in PERMITS.items():
    _of_permit(_name, _given)


@case("estimate.estimate", "estimate/result")
def estimate_what_if(visit: Visit) -> None:
    imagine(visit, EVERYBODY, rent="1500", wage="2000", partner_wage="", children="0", others="0")


@case("estimate.estimate", "estimate/result", 422)
def estimate_what_if_wrong(visit: Visit) -> None:
    imagine(visit, EVERYBODY, rent="-1", wage="x", partner_wage="1000000000", children="99", others="x")


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_family(visit: Visit) -> None:
    show(visit, FAMILY)


@case("estimate.estimate", "estimate/result", look=False)
def estimate_of_a_single_parent(visit: Visit) -> None:
    show(visit, {**SINGLE, "children": "1", "c1-age": "9"})


@case("estimate.estimate", "estimate/result", 400)
def estimate_result_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/estimate")
    fields = {"answers": sealed(visit, SINGLE), "_page": "result"}
    visit.post(f"/{visit.language}/estimate", fields, token=False)
