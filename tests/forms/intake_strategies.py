"""What people may send on a page of the situation: every choice, amounts, days, texts, and the two boxes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField

from portal.domain.situation import read_situation
from portal.domain.situation.draft import Draft
from portal.domain.situation.questions import QUESTIONS, Page
from portal.forms.choices import CommuneField
from portal.forms.estimate.fields import FrancsField, WholeField
from portal.forms.situation import FORMS, QuestionPart
from portal.forms.situation.boxes import DayField, IbanField
from portal.forms.situation.fields import OPEN

TODAY = date(2026, 11, 10)
APPLICANT: dict[str, Any] = {"id": "a", "relation": "applicant"}
WAGE: dict[str, Any] = {
    **APPLICANT,
    "incomes": [{"kind": "wage", "amount": "900.00"}, {"kind": "gift", "amount": "5.00"}],
}
OF_HOUSEHOLD = {
    "meals", "commune", "home", "rent", "eviction", "accounts", "vehicles", "other-wealth", "property", "debts",
    "alimony", "children-elsewhere", "account",
}  # fmt: skip
IBANS = ["CH9300762011623852957", "CH5604835012345678009", "DE89370400440532013000"]
NAMES = ["Zoé Żółć-Ñandú", "محمد علی\u200cرضا", "Jean\u00a0Dupont", "Ben 🙂", "ሰላም ገብረ", "O’Neil, Ann", "x" * 100]
QUESTION = {question.id: question for question in QUESTIONS}
Draw = Callable[[st.SearchStrategy[Any]], Any]
Sent = dict[str, list[str]]


def record_before(question: str) -> dict[str, Any]:
    """What stands there before: the household's answers, or a person's."""
    if question == "wage":
        return dict(WAGE)
    return {"version": 1, "persons": [APPLICANT]} if question in OF_HOUSEHOLD else dict(APPLICANT)


def part_of(question: str, sent: Sent) -> QuestionPart:
    """The form with what was sent."""
    return FORMS[question](MultiDict(sent), TODAY)


def choices_of(field: Any) -> list[str]:
    """Everything that a field offers, but nothing."""
    found = field.iter_choices() if isinstance(field, CommuneField) else field.choices
    return [value for value, *_rest in found if value]


def some_of(draw: Draw, field: Any) -> Sent:
    """One answer to one field as a browser would send it; nothing for an answer left out."""
    if isinstance(field, SelectMultipleField):
        return {field.name: draw(_ticks(choices_of(field)))}
    if draw(st.integers(0, 3)) == 0:
        return {}
    if isinstance(field, DayField):
        day = TODAY - timedelta(days=draw(st.sampled_from([0, 1, 365, 9999]) | st.integers(0, 46_000)))
        return dict(zip(field.names, ([str(day.day)], [str(day.month)], [str(day.year)]), strict=True))
    if isinstance(field, FrancsField):
        centimes = draw(st.sampled_from([1, 10, 100, field.most * 100]) | st.integers(1, field.most * 100))
        return {field.name: [f"{centimes // 100}.{centimes % 100:02d}".removesuffix(".00")]}
    if isinstance(field, WholeField):
        return {field.name: [str(draw(st.integers(field.bounds.least, field.bounds.most)))]}
    if isinstance(field, CommuneField | RadioField | SelectField):
        return {field.name: [draw(st.sampled_from(choices_of(field)))]}
    return {field.name: [draw(st.sampled_from(IBANS if isinstance(field, IbanField) else NAMES))]}


def a_page(draw: Draw, question: str) -> Sent:
    """One page, sent; at most one of the two boxes."""
    form = part_of(question, {})
    sent: Sent = {}
    for field in form.asked:
        sent |= some_of(draw, field)
    if form.open_box and draw(st.booleans()):
        sent[draw(st.sampled_from(OPEN))] = ["y"]
    if {"asylum_since-day", "asylum_years"} <= set(sent):  # two ways to say one thing
        del sent["asylum_years"]
    return {name: texts for name, texts in sent.items() if texts}


def _ticks(values: list[str]) -> st.SearchStrategy[list[str]]:
    alone = [one for one in values if one in ("none", *OPEN)]
    others = [one for one in values if one not in alone]
    together = st.sets(st.sampled_from(others), min_size=1).map(lambda some: [one for one in others if one in some])
    return st.just([]) | together | st.sampled_from(alone).map(lambda one: [one])


def page_of(question: str) -> Page:
    """Of the household, or of the applicant."""
    return Page(QUESTION[question], None if question in OF_HOUSEHOLD else "a")


def stored_after(question: str, sent: dict[str, list[str]]) -> dict[str, Any]:
    """The record after that page was sent, through JSON, read as a situation on the way."""
    form, before = part_of(question, sent), record_before(question)
    assert form.validate(), (sent, form.errors)
    persons = [{"id": "a", "relation": "applicant"}] if question in OF_HOUSEHOLD else [before]
    said = {**(before if question in OF_HOUSEHOLD else {}), "version": 1, "persons": persons}
    page = page_of(question)
    draft = Draft(said).answer(page, form.answers(before))
    draft = Draft(json.loads(json.dumps(draft.said)))
    read_situation(draft.together(), TODAY)
    return draft.together() if page.person is None else draft.person("a")
