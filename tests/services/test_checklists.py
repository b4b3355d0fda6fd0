"""The checklist in words: groups, months, perhaps, and what became of each paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.checklists import papers_of, rules
from portal.checklists.predicates import PREDICATES
from portal.checklists.reading import TOPICS
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.document_request import Asker, Mark, Obstacle, RequestState, request_key
from portal.domain.situation import Person, Relation, Situation, read_situation
from portal.i18n.checklists.questions import decided_by
from portal.i18n.formats import months_words
from portal.i18n.languages import CODES
from portal.law.parameters import law_of
from portal.services.checklists import ChecklistText, ItemText, explain_checklist
from portal.services.checklists.explained import paper_title

FILED = date(2026, 11, 21)
AT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
WORKER: dict[str, Any] = {
    "id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "employed", "civil_status": "single",
}  # fmt: skip
HOME: dict[str, Any] = {
    "home": "rented",
    "rent": 900,
    "vehicles": 0,
    "insurances": 0,
    "claims": 0,
    "owns_property": False,
}


def household(*others: dict[str, Any], **more: Any) -> Situation:
    return read_situation({"version": 1, "persons": [WORKER, *others], **HOME, **more}, FILED)


def listed(situation: Situation, marks: dict[str, Mark] | None = None, language: str = "fr") -> ChecklistText:
    return explain_checklist(situation, FILED, language, marks or {})


def item(text: ChecklistText, key: str) -> ItemText:
    return next(one for one in text.items if one.key == key)


def test_keys_name_rule_and_person() -> None:
    assert (request_key("lease", None), request_key("payslips", "b")) == ("lease", "payslips@b")


def test_groups_stand_in_the_order_of_the_list_and_hold_what_they_say() -> None:
    text = listed(household())
    topics = [group.topic for group in text.groups]
    assert topics == [topic for topic in TOPICS if topic in topics]
    assert [group.title for group in text.groups][:2] == ["Qui vous êtes", "Le logement"]
    by_id = {rule.id: rule for rule in rules()}
    for group in text.groups:
        assert {by_id[one.rule].topic for one in group.items} == {group.topic}


def test_a_paper_says_everything() -> None:
    paper = item(listed(household()), "payslips@a")
    assert (paper.title, paper.words.official) == ("Fiches de salaire", "Décomptes de salaire")
    assert (paper.months, paper.who, paper.perhaps) == ("août, septembre, octobre 2026", None, False)
    assert "aucune loi" in paper.words.basis
    assert "pas confirmé" in paper.words.sureness
    assert "pas connu" in paper.words.cost
    assert not paper.words.cost_known
    assert [law.name for law in paper.laws] == ["income_counted"]
    signed = item(listed(household()), "signed_form@a")
    assert signed.words.basis.endswith("Directive LIAS, ch. 16.1.2.")
    assert (signed.words.cost, signed.state, signed.words.cost_known) == ("Gratuit", RequestState.TO_SIGN, True)


def test_months_follow_the_day_of_filing() -> None:
    text = explain_checklist(household(), date(2027, 2, 1), "fr")
    assert text.months == "novembre, décembre 2026, janvier 2027"
    assert text.filed_words.endswith("1er février 2027")
    assert months_words([date(2026, 8, 1), date(2026, 9, 1)], "pt") == "agosto, setembro de 2026"
    assert months_words([], "fr") == ""


def test_persons_are_named_where_there_are_several() -> None:
    text = listed(household({"id": "b", "relation": "spouse", "age": 38, "permit": "swiss", "activity": "caring"}))
    assert item(text, "avs_number@b").who == "Votre conjoint"
    assert item(text, "lease").who is None
    (both,) = [paper for group in text.groups for paper in group.papers if paper[0].rule == "avs_number"]
    assert [one.who for one in both] == ["Vous", "Votre conjoint"]
    desk = explain_checklist(household({"id": "c", "relation": "child", "age": 9}), FILED, "de", staff=True)
    assert {one.who for one in desk.items if one.person == "a"} != {None}


def test_a_perhaps_comes_last_and_names_what_decides() -> None:
    text = listed(household(vehicles="unknown"))
    paper = item(text, "vehicle_licence")
    assert (paper.perhaps, paper.decides, paper.open_answers) == (True, ("les véhicules",), ("vehicles",))
    for group in text.groups:
        unsure = [one.perhaps for one in group.items]
        assert unsure == sorted(unsure)


@pytest.mark.parametrize("language", CODES)
def test_whatever_is_open_has_words(language: str) -> None:
    people = [Person(id=relation.value, relation=relation) for relation in Relation]
    for predicate in PREDICATES.values():
        asks = [predicate.asks] if isinstance(predicate.asks, tuple) else [predicate.asks(one) for one in people]
        for names in asks:
            assert len(decided_by(names, (), language)) == len(set(names))
            if not names and predicate.name in OPEN_FOR_EVER:
                assert decided_by((), (predicate.name,), language)


OPEN_FOR_EVER = ("not_in_commune_register", "centre_asks", "registered_for_vat", "parents_not_married_here")


def test_marks_change_the_state_and_the_counts() -> None:
    plain = listed(household())
    marks = {
        "lease": Mark(RequestState.ACCEPTED, AT),
        "payslips@a": Mark(
            RequestState.REFUSED, AT, by_staff=True, reason="Page 2 illisible", wanted_by=date(2026, 12, 4)
        ),
        "tax_ruling": Mark(RequestState.CANNOT, AT, obstacle=Obstacle.ABROAD, asker=Asker.CENTRE),
        "signed_form@a": Mark(RequestState.TO_BRING, AT),
    }
    text = listed(household(), marks)
    refused, lost = item(text, "payslips@a"), item(text, "tax_ruling")
    assert (refused.state_words, refused.reason, refused.by_staff) == ("Refusé", "Page 2 illisible", True)
    assert (refused.wanted_by or "").endswith("4 décembre 2026")
    assert refused.state_day == "26.11.2026", "the day in Valais"
    assert (lost.obstacle, lost.asker) == (
        "Il est à l’étranger.",
        "Le centre le demande. Il lui faut une procuration signée.",
    )
    assert item(text, "signed_form@a").state is RequestState.TO_SIGN
    before, after = plain.counts, text.counts
    assert (after.done, after.cannot, after.refused, after.to_bring) == (1, 1, 1, before.to_bring - 3)
    assert [one.key for one in text.pressing] == [refused.key]
    assert (after.to_sign, after.perhaps) == (before.to_sign, before.perhaps)


def test_what_is_no_longer_asked_for_stays_with_its_reason() -> None:
    marks = {"bursary_decision@a": Mark(RequestState.SEEN, AT), "payslips@gone": Mark(RequestState.ADDED, AT)}
    last = listed(household(), marks | {"no_such_rule": Mark(RequestState.SEEN, AT)}).groups[-1]
    assert (last.topic, last.title) == ("not_needed", "Plus nécessaires")
    assert [one.key for one in last.items] == ["payslips@gone", "bursary_decision@a"]
    assert {one.state for one in last.items} == {RequestState.NOT_NEEDED}
    assert all("réponses ont changé" in (one.reason or "") for one in last.items)


def test_a_paper_that_the_centre_waives_moves_there_with_the_centres_reason() -> None:
    mark = Mark(RequestState.NOT_NEEDED, AT, by_staff=True, reason="Le registre suffit")
    text = listed(household(), {"lease": mark})
    assert [(one.key, one.reason) for one in text.groups[-1].items] == [("lease", "Le registre suffit")]
    assert [one.key for one in text.items].count("lease") == 1


def test_both_languages_have_the_same_groups_and_papers() -> None:
    situation = household({"id": "c", "relation": "child", "age": 9})
    keys = [one.key for one in listed(situation).items]
    assert all([one.key for one in listed(situation, language=code).items] == keys for code in CODES)


def test_the_papers_of_a_change_stand_apart_from_those_of_the_demand() -> None:
    """The contract of the new job is another paper than that of the old one, and never «no longer needed» on the list."""
    marks = {
        "work_contract@a": Mark(RequestState.ACCEPTED, AT),
        "departure_proof~kwmvthnaqz": Mark(RequestState.ADDED, AT),
    }
    ordinary = listed(household(), marks)
    assert item(ordinary, "work_contract@a").state is RequestState.ACCEPTED
    assert not any("~" in one.key or one.rule == "departure_proof" for one in ordinary.items)
    change = Change(ChangeKind.NEW_JOB, date(2026, 12, 1), "a", {"amount": "900.00"})
    requests = papers_of(change, household(), law_of, "kwmvthnaqz")
    own = explain_checklist(household(), FILED, "fr", marks, requests=requests)
    contract = item(own, "work_contract@a~kwmvthnaqz")
    assert (contract.state, contract.anchor) == (RequestState.TO_BRING, "paper-work_contract-a-kwmvthnaqz")
    assert item(own, "payslips@a~kwmvthnaqz").months == months_words((date(2026, 12, 1),), "fr")


def test_the_name_of_a_paper_of_a_change_has_its_title() -> None:
    assert (
        paper_title("work_contract@a~kwmvthnaqz", "fr") == paper_title("work_contract@a", "fr") == "Contrat de travail"
    )
    assert paper_title("nothing~kwmvthnaqz", "fr") is None
