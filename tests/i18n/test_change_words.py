"""The words of reported changes: every kind and every question has some, and none of them judges."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.domain.changes.kinds import DECIDED, KINDS, NEWCOMERS, ChangeKind, Duty, Whose
from portal.domain.situation import Activity, Benefit, Home, Payday, Permit, PermitState
from portal.i18n.changes import (
    answer_line,
    answer_words,
    ask_hint,
    ask_label,
    change_hint,
    change_name,
    change_title,
    duty_words,
    since_label,
    who_label,
)
from portal.i18n.changes.answers import _CHOICES
from portal.i18n.changes.effect import note_words
from portal.i18n.estimate.lines import income_name
from portal.i18n.languages import CODES
from portal.services.reports import notes
from tests.changes import WAGE, change, single, with_changes

PORTAL = Path(__file__).resolve().parents[2] / "portal"
SOURCES = (
    *(PORTAL / "i18n" / "changes").glob("*.py"),
    *(PORTAL / "services" / "reports").glob("*.py"),
    PORTAL / "templates" / "components" / "effect_table.html",
)
VERDICTS = {
    "fr": r"retard|trop tard|tardi|à temps|dans les délais|accept|accord|refus|octro|sanction",
    "de": r"verspätet|zu spät|rechtzeitig|fristgerecht|bewilligt|akzeptiert|abgelehnt",
    "en": r"\blate\b|in time|on time|overdue|granted|accepted|refused",
    "pt": r"atras|tarde demais|a tempo|no prazo|aceit|concedid|recusad",
    "ar": r"متأخر|تأخير|في الوقت المحدد|مقبول|مرفوض",
}


def every_word(language: str) -> Iterator[str]:
    for kind, spec in KINDS.items():
        yield change_name(kind, language)
        yield change_title(kind, language)
        yield since_label(kind, language)
        for ask in spec.asks:
            yield ask_label(kind, ask.name, language)
            if hint := ask_hint(kind, ask.name, language):
                yield hint
        if hint := change_hint(kind, language):
            yield hint
    for duty in Duty:
        yield duty_words(duty, language)
    for whose in Whose:
        if label := who_label(whose, language):
            yield label
    for code in note_codes():
        yield from note_words(code, language, days=1)


def note_codes() -> set[str]:
    """As the service names them."""
    tree = ast.parse(Path(notes.__file__).read_text("utf-8"))
    told = {
        node.value.elts[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield)
        and isinstance(node.value, ast.Tuple)
        and isinstance(node.value.elts[0], ast.Constant)
    }
    return {str(code) for code in told} | {code for _, code, _ in notes._OF_KINDS}


@pytest.mark.parametrize("language", CODES)
def test_every_kind_and_every_question_has_words(language: str) -> None:
    assert all(word.strip() for word in every_word(language))
    assert len({change_name(kind, language) for kind in ChangeKind}) == len(ChangeKind)
    assert len({change_title(kind, language) for kind in ChangeKind}) == len(ChangeKind)


@pytest.mark.parametrize("language", CODES)
def test_every_choice_has_a_name(language: str) -> None:
    for choices in (Permit, PermitState, Home, Payday, Activity, Benefit):
        assert all(_CHOICES[choices](choice, language) for choice in choices)
    assert all(_CHOICES[type(relation)](relation, language) for relation in NEWCOMERS)
    assert all(income_name(kind, language) for kind in DECIDED)


def test_what_is_not_asked_has_no_label() -> None:
    with pytest.raises(KeyError):
        ask_label(ChangeKind.OTHER, "nothing", "fr")


@pytest.mark.parametrize("language", CODES)
def test_no_word_judges(language: str) -> None:
    for word in every_word(language):
        assert not re.search(VERDICTS[language], word, re.IGNORECASE), word


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_text_judges(path: Path) -> None:
    for text in re.findall(r"""["“]([^"”]*[’éèêàç ][^"”]*)["”]""", path.read_text("utf-8")):
        assert not re.search(VERDICTS["fr"], text, re.IGNORECASE), text


def test_the_words_that_judge_are_found() -> None:
    assert re.search(VERDICTS["fr"], "Vous annoncez avec du retard.")
    assert len(SOURCES) > 8


def rows(one: object, language: str = "fr", **options: object) -> list[tuple[str, str]]:
    before = single(WAGE)
    after = with_changes(before, [one])  # type: ignore[list-item]
    told = answer_words(one, after, language, **options)  # type: ignore[arg-type]
    return [(label.replace("\u00a0", " "), value.replace("\u00a0", " ")) for label, value in told]


def test_a_new_job_reads_as_it_was_said() -> None:
    job = change(
        ChangeKind.NEW_JOB,
        "2026-05-01",
        amount="2000.50",
        percent=60,
        payday="month_end",
        irregular=False,
        instead_of="wage-1",
    )
    assert rows(job) == [
        ("Pour qui ?", "Vous"),
        ("Le premier jour de travail", "vendredi, 1er mai 2026"),
        ("Salaire net par mois", "CHF 2’000.50"),
        ("Taux de travail, en pour cent", "60 %"),
        ("Quand est-il payé ?", "À la fin du mois"),
        ("Change-t-il beaucoup d’un mois à l’autre ?", "non"),
        ("Ce travail remplace-t-il un autre salaire ?", "Salaire net CHF 2’100"),
    ]
    assert rows(job, staff=True)[0] == ("Pour qui ?", "La personne")
    assert rows(job, me="b")[0] == ("Pour qui ?", "La personne qui a fait la demande")


def test_a_newcomer_is_named_once_and_what_was_left_open_is_left_out() -> None:
    born = change(ChangeKind.CHILD_BORN, "2026-05-14", "k1", name="Lina <i>")
    assert rows(born) == [("Qui est-ce ?", "Lina <i>"), ("Le jour de la naissance", "jeudi, 14 mai 2026")]
    assert rows(change(ChangeKind.CHILD_BORN, "2026-05-14", "k1"))[0] == ("Qui est-ce ?", "Enfant 1")


def test_places_choices_and_several_benefits() -> None:
    moved = change(
        ChangeKind.MOVED, "2026-05-01", None, commune=6248, address="Via 1, Sierre", home="rented", rent="unknown"
    )
    assert rows(moved)[1:] == [
        ("La nouvelle commune", "Sierre"),
        ("La nouvelle adresse", "Via 1, Sierre"),
        ("Le nouveau logement", "En location"),
        ("Loyer par mois, sans les charges", "pas connu"),
    ]
    asked = change(ChangeKind.ASKED_BENEFIT, "2026-05-01", benefits=["disability", "bursary"])
    assert rows(asked)[-1] == ("Qu’avez-vous demandé ?", "Rente AI · Bourse d’études")
    other = change(ChangeKind.WAGE_CHANGED, "2026-05-01", income="wage-1", amount="2600.00")
    assert rows(other)[-2:] == [
        ("Quel revenu change ?", "Salaire net CHF 2’100"),
        ("Le nouveau montant net par mois", "CHF 2’600"),
    ]


def test_somebody_who_is_not_there_any_more_is_passed_over() -> None:
    one = change(ChangeKind.WAGE_CHANGED, "2026-05-01", "gone", income="wage-1", amount="2600.00")
    assert [label.replace("\u00a0", " ") for label, _ in answer_words(one, single(), "fr")] == [
        "Depuis quel jour est-ce différent ?",
        "Le nouveau montant net par mois",
    ]


def test_one_line_for_a_list() -> None:
    job = change(ChangeKind.NEW_JOB, "2026-05-01", amount="2000.00")
    assert answer_line(job, single(), "fr") == "Nouveau travail · Vous · vendredi, 1er mai 2026"
    other = change(ChangeKind.OTHER, "2026-05-01", None)
    assert answer_line(other, single(), "fr") == "Autre changement · vendredi, 1er mai 2026"
    gone = change(ChangeKind.SOLD, "2026-05-01", "gone", sum="10.00")
    assert answer_line(gone, single(), "fr") == "Vente · vendredi, 1er mai 2026"
