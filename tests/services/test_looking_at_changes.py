"""What a change does, in words: from which month and why, what may be asked in return, benefits that come first."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise

import pytest

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.parameter import Parameter
from portal.domain.situation import Situation
from portal.services.reports.looked import EffectText
from portal.services.reports.looking import MOST_MONTHS, what_it_does
from tests.changes import TODAY, WAGE, change, single, with_changes

JOB = {"amount": "2000.00", "percent": 60}
FAMILY = [
    {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"},
    {"id": "b", "relation": "spouse", "age": 40, "permit": "swiss", "activity": "caring", "name": "Ida Rey"},
]


def looked(before: Situation, *changes: Change, me: str = "a", staff: bool = False) -> EffectText:
    after = with_changes(before, changes)
    return what_it_does(before, after, changes, "fr", TODAY, me=me, staff=staff)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def codes(effect: EffectText) -> list[str]:
    return [note.code for note in effect.asked]


def test_a_wage_at_the_months_end_says_from_when_and_why() -> None:
    effect = looked(single(), change(ChangeKind.NEW_JOB, "2026-05-01", **JOB, payday="month_end"))
    assert effect.when == ("Dans ce calcul, le montant change dès juin 2026.",)
    (why,) = effect.reasons
    assert why.text == "Un salaire versé à la fin du mois compte pour le mois suivant."
    assert [rule.name for rule in why.sources] == ["month_end_wage"]
    assert [plain(month.difference) for month in effect.months[:2]] == [
        "pas de changement",
        "entre CHF 1’236 et CHF 1’961 de moins",
    ]


def test_a_payday_that_was_not_said_says_so() -> None:
    effect = looked(single(), change(ChangeKind.NEW_JOB, "2026-05-01", **JOB))
    assert plain(effect.when[0]) == "Dans ce calcul, le montant change dès juin 2026. Peut-être déjà avant : mai 2026."
    assert "Vous n’avez pas dit quand le salaire est payé." in effect.reasons[0].text


@pytest.mark.parametrize(("day", "said"), [("2026-05-15", True), ("2026-05-01", False)])
def test_a_job_that_begins_within_a_month_is_said_to_pay_less_for_it(day: str, said: bool) -> None:
    effect = looked(single(), change(ChangeKind.NEW_JOB, day, **JOB, payday="during"))
    assert ("part-month" in codes(effect)) is said
    assert effect.reasons == ()


def test_a_lost_job_asks_for_the_employment_office_and_names_the_insurance() -> None:
    effect = looked(single(WAGE), change(ChangeKind.LOST_JOB, "2026-05-31"))
    assert codes(effect) == ["job-seeker"]
    assert [claim.name for claim in effect.claims] == []  # the activity was «seeking» already
    employed = single(persons=[FAMILY[0] | {"activity": "employed", "incomes": [WAGE]}])
    effect = looked(employed, change(ChangeKind.LOST_JOB, "2026-05-31"))
    assert [claim.name for claim in effect.claims] == ["Assurance-chômage"]
    assert all(claim.to_do for claim in effect.claims)


def test_what_was_claimed_before_is_not_news() -> None:
    effect = looked(single(), change(ChangeKind.MOVED, "2026-05-01", None, rent="1200.00"))
    assert effect.claims == effect.checks == effect.asked == ()
    assert [note.code for note in effect.duties] == ["place"]


def test_each_duty_stands_once_with_its_source() -> None:
    effect = looked(
        single(),
        change(ChangeKind.CHILD_BORN, "2026-05-01", "k1"),
        change(ChangeKind.MOVED_IN, "2026-05-01", "o1", relation="other"),
        change(ChangeKind.OTHER, "2026-05-01", None),
    )
    assert [note.code for note in effect.duties] == ["household", "none_named"]
    assert {rule.name for note in effect.duties for rule in note.sources} == {"changes_to_report"}


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (change(ChangeKind.BENEFIT_DECIDED, "2026-05-01", kind="disability", amount="900.00"), "arrears"),
        (change(ChangeKind.BENEFIT_DECIDED, "2026-05-01", kind="disability", amount="2900.00"), "surplus"),
        (change(ChangeKind.INHERITED, "2026-05-01", sum="9000.00"), "capital"),
        (change(ChangeKind.INHERITED, "2026-05-01", sum="9000.00", received=False), "exemption"),
        (change(ChangeKind.MOVED, "2026-05-01", None, commune=6248), "commune"),
        (change(ChangeKind.ABROAD, "2026-05-01"), "abroad"),
        (change(ChangeKind.ASKED_BENEFIT, "2026-05-01", benefits=["disability"]), "asked"),
        (change(ChangeKind.OTHER, "2026-05-01", None), "own-words"),
    ],
)
def test_what_no_figure_can_say_is_said(one: Change, code: str) -> None:
    assert code in codes(looked(single(), one))
    assert code not in codes(looked(single(), change(ChangeKind.MOVED, "2026-05-01", None, rent="1000.00")))


def test_a_sum_received_is_no_income_that_is_too_much() -> None:
    assert "surplus" not in codes(looked(single(), change(ChangeKind.SOLD, "2026-05-01", sum="9000.00")))


def test_another_office_stands_there_with_its_contact() -> None:
    effect = looked(single(), change(ChangeKind.PERMIT_CHANGED, "2026-05-10", permit="n"))
    assert effect.route is not None
    assert effect.route.title == "Pour vous, c’est l’Office de l’asile"
    assert effect.route.offices
    assert plain(effect.months[0].after) == "de CHF 1’897 à CHF 1’961 ou pas de montant affiché"
    assert effect.months[1].after == "pas de montant affiché"
    assert effect.months[1].difference == "pas comparable"


def test_no_amount_before_nor_after() -> None:
    before = single(persons=[FAMILY[0] | {"permit": "n"}])
    effect = looked(before, change(ChangeKind.MOVED, "2026-05-01", None, rent="1000.00"))
    assert effect.when == ("Nous ne pouvons pas calculer de montant ici. Annoncez le changement quand même.",)
    assert effect.route is None
    assert effect.lines[0].cases == ()


def test_a_partner_of_whom_it_is_not_known_shows_both_cases() -> None:
    effect = looked(single(), change(ChangeKind.MOVED_IN, "2026-05-01", "p1", relation="partner"))
    (group,) = effect.lines
    assert [case.title for case in group.cases] == ["Si le partenaire est compté", "Si le partenaire n’est pas compté"]
    assert [remark.code for remark in effect.checks] == ["partner"]


@pytest.mark.parametrize(
    ("me", "staff", "name"), [("a", False, "Ida Rey"), ("b", False, "Vous"), ("a", True, "Ida Rey")]
)
def test_the_reader_is_you(me: str, staff: bool, name: str) -> None:
    before = single(persons=FAMILY)
    effect = looked(before, change(ChangeKind.NEW_JOB, "2026-05-01", "b", **JOB, payday="during"), me=me, staff=staff)
    assert [pair.line.who for pair in effect.lines[0].cases[0].changed] == [name]


def test_changes_that_lie_apart_have_a_month_each() -> None:
    effect = looked(
        single(),
        change(ChangeKind.MOVED, "2026-05-10", None, rent="1000.00"),
        change(ChangeKind.CHILD_BORN, "2026-10-01", "k1"),
    )
    months = [month.month for month in effect.months]
    assert (months[0], months[-1]) == (date(2026, 5, 1), date(2026, 11, 1))
    assert all(one < other for one, other in pairwise(months))
    far = looked(
        single(),
        change(ChangeKind.MOVED, "2024-05-10", None, rent="1000.00"),
        change(ChangeKind.CHILD_BORN, "2026-10-01", "k1"),
    )
    assert len(far.months) == MOST_MONTHS


def test_a_report_of_today_and_one_of_long_ago_look_alike() -> None:
    """No sum over the months before the report, no day counted: the same table, whatever the month."""
    early, late = (
        looked(single(), change(ChangeKind.MOVED, day, None, rent="1000.00")) for day in ("2026-02-01", "2026-11-01")
    )
    assert early.when[0].replace("février", "") == late.when[0].replace("novembre", "")
    assert [month.difference for month in early.months] == [month.difference for month in late.months]
    names = {spec.name for spec in fields(EffectText)}
    assert names == {"months", "lines", "when", "reasons", "route", "duties", "asked", "claims", "checks"} | {
        "uncounted",
        "nothing_known",
    }


def test_every_note_that_names_a_number_has_a_source() -> None:
    effect = looked(single(), change(ChangeKind.MOVED, "2026-05-01", None, commune=6248))
    (note,) = effect.asked
    assert " 30 jours" in note.text
    assert all(isinstance(rule, Parameter) and is_dataclass(rule) for rule in note.sources)
    assert [rule.name for rule in note.sources] == ["move_old_commune_pays", "competence"]
