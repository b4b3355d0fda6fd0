"""The pages for somebody who defends themselves: every event, every letter, every limit, every fault of a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from portal.domain.demand import filing_day
from tests.browser.cases import case
from tests.browser.people import NAME
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, VISP


def send(visit: Visit, event: str, days: Mapping[str, int | date] | None = None, **fields: str | list[str]) -> int:
    """The form of an event; each of `days` is a date, or so many days ago."""
    on = filing_day(visit.world.kit.clock.now())
    given: dict[str, str | list[str]] = dict(fields)
    for name, ago in (days or {}).items():
        day = ago if isinstance(ago, date) else on - timedelta(days=ago)
        given |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    visit.get(f"/{visit.language}/defend/{event}")
    return visit.post(f"/{visit.language}/defend/{event}", {"_page": "form", **given})


@case("defence.choose", "defend/choose")
def defend(visit: Visit) -> None:
    visit.get(f"/{visit.language}/defend")


def _form(visit: Visit, event: str) -> None:
    visit.get(f"/{visit.language}/defend/{event}")


for _event in ("no-answer", "refused", "cut", "disagree", "file", "repay", "changed"):
    _way = partial(_form, event=_event)
    _way.__name__ = f"defend_form_{_event.replace('-', '_')}"  # type: ignore[attr-defined]
    case("defence.defend", "defend/form", look=_event in ("refused", "repay"))(_way)


@case("defence.defend", "defend/form", 422)
def defend_dates_wrong(visit: Visit) -> None:
    """The first date in the future, the second one impossible, the third one cut short."""
    fields = {"decided_day": "31", "decided_month": "2", "decided_year": "2026", "filed_day": "3"}
    send(visit, "refused", {"notified": -9}, **fields)


@case("defence.defend", "defend/form", 422, look=False)
def defend_dates_too_early(visit: Visit) -> None:
    send(visit, "disagree", {"filed": 20, "decided": 21, "notified": date(2021, 6, 30)})


@case("defence.defend", "defend/form", 422, look=False)
def defend_dates_crossed(visit: Visit) -> None:
    send(visit, "repay", {"decided": 20, "notified": 21})


@case("defence.defend", "defend/form", 422, look=False)
def defend_urgent_before_filing(visit: Visit) -> None:
    send(visit, "no-answer", {"filed": 20, "urgent": 21}, commune="9999")


@case("defence.defend", "defend/form", 422, look=False)
def defend_dates_in_letters(visit: Visit) -> None:
    send(visit, "changed", changed_day="x")


@case("defence.defend", "defend/form", 422)
def defend_with_answers_that_are_none(visit: Visit) -> None:
    address = "\n".join("1234567")
    send(visit, "repay", amount="beaucoup", reference="VS-4821", address=address, name=NAME)


@case("defence.defend", "defend/result", look=False)
def defend_in_another_script(visit: Visit) -> None:
    send(visit, "disagree", name="أحمد الحاج", words="هذا غير صحيح")


@case("defence.defend", "defend/result")
def defend_on_day_31(visit: Visit) -> None:
    send(
        visit,
        "no-answer",
        {"filed": 31, "urgent": 20},
        name=NAME,
        commune=str(SIERRE),
        reasons=["papers_given", "need"],
    )


@case("defence.defend", "defend/result", look=False)
def defend_before_day_30(visit: Visit) -> None:
    send(visit, "no-answer", {"filed": 10})


@case("defence.defend", "defend/result", look=False)
def defend_without_the_day_of_filing(visit: Visit) -> None:
    send(visit, "no-answer")


@case("defence.defend", "defend/result")
def defend_against_a_cut(visit: Visit) -> None:
    reasons = ["income", "household", "rent", "papers", "unheard", "unclear", "need"]
    days = {"notified": 10, "decided": 12}
    send(visit, "cut", days, name=NAME, commune=str(VISP), reasons=reasons, words=NAME, how="left")


@case("defence.defend", "defend/result", look=False)
def defend_against_a_refusal(visit: Visit) -> None:
    send(visit, "refused", {"notified": 10})


@case("defence.defend", "defend/result", script=False)
def defend_too_late(visit: Visit) -> None:
    send(visit, "disagree", {"notified": 200})


@case("defence.defend", "defend/result", look=False)
def defend_without_a_date(visit: Visit) -> None:
    send(visit, "disagree")


@case("defence.defend", "defend/result", look=False)
def defend_by_seeing_the_file(visit: Visit) -> None:
    send(visit, "file")


@case("defence.defend", "defend/result", look=False)
def defend_against_repaying(visit: Visit) -> None:
    send(visit, "repay", {"notified": 10}, amount="1200", reasons=["honest", "poor", "family", "health"])


@case("defence.defend", "defend/result", look=False)
def defend_against_the_debt_itself(visit: Visit) -> None:
    send(visit, "repay", {"notified": 10}, _letter="appeal")


@case("defence.defend", "defend/result", look=False)
def defend_by_asking_again(visit: Visit) -> None:
    reasons = ["less", "people", "moved", "health", "new_papers", "need"]
    send(visit, "changed", {"changed": 10}, reasons=reasons)
