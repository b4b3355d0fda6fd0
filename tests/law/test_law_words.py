"""Every rule, part and word of the law data has plain words, and no word stands there for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from portal.domain.parameter import Definition, Value
from portal.i18n.languages import CODES
from portal.i18n.law_words import TOPICS, range_words, topic_words, value_words
from portal.i18n.law_words.facts import KEYS, KEYS_OF, WORDS
from portal.i18n.law_words.missing import MISSING
from portal.i18n.law_words.notes import NOTES
from portal.i18n.law_words.page import law_page
from portal.i18n.law_words.rules import RULES
from portal.i18n.text import translator
from portal.law.parameters import definition, definitions

VALUES = [(found, value.value) for found in definitions() for value in found.values if value.value is not None]
OFFICES = ("offices", "office")


def _parts() -> Iterator[tuple[Definition, str, Value]]:
    for found, value in VALUES:
        if isinstance(value, Mapping) and not (set(value) == {"from", "to"} and found.unit != "facts"):
            yield from ((found, key, part) for key, part in value.items())


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def test_rules() -> None:
    assert {value for found, value in VALUES if found.unit == "rule"} == set(RULES)


def test_parts_and_words() -> None:
    used = {KEYS_OF.get((found.name, key)) or KEYS[key] for found, key, _ in _parts()}
    assert used == {*KEYS.values(), *KEYS_OF.values()}
    assert {text for _, key, part in _parts() if key not in OFFICES for text in _texts(part)} == set(WORDS)


def test_what_is_missing_and_noted() -> None:
    unknown = [(found.name, value.missing) for found in definitions() for value in found.values if value.missing]
    assert sorted(MISSING) == sorted(name for name, _ in unknown), "one unknown time for each parameter"
    assert set(NOTES) <= {found.name for found in definitions()}


def test_topics() -> None:
    assert set(TOPICS) == {found.topic for found in definitions()}


@pytest.mark.parametrize("language", CODES)
def test_every_value_is_said_in_every_language(language: str) -> None:
    for found, value in VALUES:
        said = value_words(found, value, language)
        for text in [said] if isinstance(said, str) else [part for pair in said for part in pair]:
            assert text.strip()
            assert "_" not in text, (found.name, text)
            assert "%(" not in text, (found.name, text)
    if language != "fr":
        french = {topic_words(topic, "fr") for topic in TOPICS}
        assert not french & {topic_words(topic, language) for topic in TOPICS}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("allowance_1", 1061, "CHF 1’061 par mois"),
        ("emergency_child", 6, "CHF 6 par jour"),
        ("decision_clock", 30, "30 jours"),
        ("payment_day", 5, "le 5 du mois"),
        ("young_adult_reduction", 35, "35 %"),
        ("asylum_adult", {"from": 350, "to": 500}, "CHF 350 à 500 par mois"),
        ("wealth_exemption", {"single": 6000}, (("Personne seule", "CHF 6’000"),)),
        ("training_loan_ages", {"from": 35, "to": 45}, (("Dès l’âge de", "35"), ("Jusqu’à l’âge de", "45"))),
        ("skos_equivalence_scale", {"persons_2": Decimal("1.53")}, (("2 personnes", "1.53"),)),
        (
            "announcement_form",
            {"fee": 0, "representative": True},
            (("Prix en CHF", "0"), ("Par un représentant", "Oui")),
        ),
    ],
)
def test_values_in_french(name: str, value: Value, words: object) -> None:
    said = value_words(definition(name), value, "fr")
    plain = (
        said.replace("\u00a0", " ")
        if isinstance(said, str)
        else tuple(tuple(p.replace("\u00a0", " ") for p in part) for part in said)
    )
    assert plain == words


def test_a_range() -> None:
    assert range_words(Decimal(0), Decimal(700), "CHF/month", "de").replace("\u00a0", " ") == "CHF 0 bis 700 pro Monat"


def _entry(name: str, on: date):
    topics = law_page(translator("fr"), on)
    return next(entry for topic in topics for entry in topic.entries if entry.name == name)


def test_what_is_carried_on_announced_or_old_is_said() -> None:
    before, after = _entry("allowance_1", date(2026, 12, 31)), _entry("allowance_1", date(2027, 1, 1))
    assert before.present.remarks == (
        "La source vaut jusqu’au 31.12.2026. Après, la valeur est moins sûre.",
        "Une autre valeur est annoncée pour le 01.01.2027. Elle n’est pas connue.",
    )
    assert after.present.remarks == (
        "La source vaut jusqu’au 31.12.2026. Depuis, la valeur continue, mais elle est moins sûre.",
        "Une autre valeur est annoncée dès le 01.01.2027. Nous ne la connaissons pas.",
    )
    assert (before.present.confidence, after.present.confidence) == ("probable", "unverified")
    assert not any("plus d’un an" in remark for remark in _entry("vehicle", date(2027, 11, 20)).present.remarks)
    assert "plus d’un an" in _entry("vehicle", date(2027, 11, 21)).present.remarks[-1]


def test_an_older_value_is_not_judged_by_today() -> None:
    oldest = _entry("allowance_1", date(2028, 1, 1)).older[-1]
    assert (oldest.confidence, oldest.remarks) == (
        "certain",
        ("La source vaut jusqu’au 31.12.2021. Après, la valeur est moins sûre.",),
    )
