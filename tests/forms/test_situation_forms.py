"""The pages of the situation as forms: what is sent is stored, shown again and sent again as the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.situation.draft import Draft
from portal.forms.situation import FORMS
from portal.forms.situation.boxes import DayField
from portal.forms.situation.fields import OPEN
from portal.forms.situation.shown import in_words
from tests.domain.test_estimate_properties import many
from tests.forms.intake_strategies import (
    OF_HOUSEHOLD,
    QUESTION,
    TODAY,
    a_page,
    choices_of,
    page_of,
    part_of,
    record_before,
    stored_after,
)


@pytest.fixture(autouse=True, scope="module")
def _words() -> Iterator[None]:
    """Texts are looked up in the language of a request; without one it is French."""
    with Flask("forms").app_context():
        yield


def everything_answered(question: str, sent: dict[str, list[str]]) -> bool:
    """A box is for what was left empty: with nothing left empty it is a fault."""
    form = part_of(question, sent)
    if not form.missing or form.validate():
        return False
    assert [field for field, _fault in form.faults] == [form.missing]
    return True


@many
@pytest.mark.parametrize("question", FORMS)
@given(data=st.data())
def test_what_is_sent_is_shown_again(question: str, data: st.DataObject) -> None:
    sent = a_page(data.draw, question)
    if everything_answered(question, sent):
        return
    record = stored_after(question, sent)
    shown = FORMS[question].shown(record, TODAY)
    assert shown == expected(question, sent)
    form = part_of(question, shown)
    assert form.validate()
    again = Draft({"version": 1, "persons": [record]} if question not in OF_HOUSEHOLD else record)
    page = page_of(question)
    assert again.answer(page, form.answers(record)).answers(page) == again.answers(page), "sent as it stands, it stays"
    in_words(FORMS[question], record, TODAY, "fr")


def names_of(field: Any) -> tuple[str, ...]:
    """The names under which a field is sent."""
    return field.names if isinstance(field, DayField) else (field.name,)


def expected(question: str, sent: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is shown again: all of it, but for what the model says in another way."""
    form = part_of(question, sent)
    hidden = {name for field in form.asked if form.hides(field.short_name) for name in names_of(field)}
    found, box = (
        {name: texts for name, texts in sent.items() if name not in hidden},
        next((one for one in OPEN if one in sent), None),
    )
    if question == "birth" and box and "born-day" in sent:
        del found[box]  # nobody's name is «unknown»
    if question == "couple" and box and "common_child" not in sent:
        found["common_child"] = [box]  # it has the same two answers among its own
        if "together_since-day" in sent:
            del found[box]
    if question == "commune" and box == "unknown":
        return {"commune": [box]}  # it stands in the list
    if question == "wage" and sent.get("payday", [""])[0] in OPEN:
        del found["payday"]  # the day of a wage is known or not: the model has no third thing
    return found


def choice_before(question: str, name: str) -> dict[str, list[str]]:
    """The choice to which a field belongs; without it what stands in the field is no answer."""
    before, _equals, values = FORMS[question].shows.get(name, "").partition("=")
    return {before: values.split("|")[:1]} if before else {}


@pytest.mark.parametrize("question", FORMS)
def test_every_choice_of_every_page_survives(question: str) -> None:
    for field in part_of(question, {}).asked:
        if not hasattr(field, "choices") and field.__class__.__name__ != "CommuneField":
            continue
        for value in choices_of(field):
            sent = {field.name: [value], **choice_before(question, field.name)}
            record = stored_after(question, sent)
            if question == "wage" and value in OPEN:
                continue
            assert FORMS[question].shown(record, TODAY) == sent, (field.name, value)


@pytest.mark.parametrize("missing", OPEN)
@pytest.mark.parametrize("question", FORMS)
def test_every_page_takes_an_open_answer(question: str, missing: str) -> None:
    form = part_of(question, {})
    ways = [{missing: ["y"]}] if form.open_box else []
    ways += [{f.name: [missing]} for f in form.asked[:1] if hasattr(f, "choices") and missing in choices_of(f)]
    assert ways, "there is no way to say it"
    for sent in ways:
        record = stored_after(question, sent)
        first = record.get(QUESTION[question].fields[0])
        if question == "wage":
            assert first == record_before("wage")["incomes"]
        elif question == "incomes":
            assert first == [{"kind": "wage", "amount": missing}]
        else:
            assert first == missing


@pytest.mark.parametrize("question", FORMS)
def test_an_empty_page_is_no_fault_and_no_answer(question: str) -> None:
    form = part_of(question, {})
    assert form.validate()
    found = form.answers(record_before(question))
    assert all(value in (None, []) for value in found.values()) or question == "wage"
