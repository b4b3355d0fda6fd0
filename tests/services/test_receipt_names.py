"""The name on receipt and slip: the same, true and readable on both, in every language of the paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.domain.demand import Person
from portal.services.receipts import make_receipt, make_slip
from tests.pages.world import World
from tests.services.papers import either, on_file, receipt, slip

IN_THE_FILE = {
    "fr": "[le nom est au dossier, comme il a été écrit]",
    "de": "[der Name steht im Dossier, so wie er geschrieben wurde]",
    "ar": "الاسم موجود في الملف كما هو مكتوب",
}
AT_THE_DESK = {
    "fr": "[nom à dire au guichet]",
    "de": "[Name wird am Schalter gesagt]",
    "ar": "في مكتب الاستقبال",
}
CHINESE = "李小明 😀"
TIGRINYA, LATIN = "ዮሃንስ ተስፋይ", "Yohannes Tesfay"
LONG = Person("ሰ" * 200, "W" * 200)


def both(world: World, person: Person, language: str) -> tuple[str, str]:
    view = on_file(world, person=person)
    return receipt(world, view, language), slip(world, view, language)


@pytest.mark.parametrize("language", ["fr", "de", "ar"])
@pytest.mark.parametrize(("person", "said"), [(Person(), AT_THE_DESK), (Person(CHINESE), IN_THE_FILE)])
def test_the_same_words_on_both_in_the_papers_languages(
    clean_world: World, person: Person, said: dict[str, str], language: str
) -> None:
    other = IN_THE_FILE if said is AT_THE_DESK else AT_THE_DESK
    for paper in both(clean_world, person, language):
        for one in ("fr", "ar") if language == "ar" else (language,):
            assert either(paper, said[one]), one
        assert other["fr"] not in paper
        assert other["de"] not in paper
        assert "U+" not in paper


def test_the_printable_part_of_a_name_stays(clean_world: World) -> None:
    for paper in both(clean_world, Person("Anna 😀 李"), "ar"):
        assert f"Anna {IN_THE_FILE['fr']}" in paper
        assert either(paper, IN_THE_FILE["ar"])
        assert "U+" not in paper


def test_a_latin_spelling_stands_for_what_cannot_be_printed(clean_world: World) -> None:
    for paper in both(clean_world, Person(CHINESE, "Li Xiaoming 😀"), "fr"):
        assert "Li Xiaoming" in paper
        assert IN_THE_FILE["fr"] not in paper
        assert "U+" not in paper


@pytest.mark.parametrize("name", [TIGRINYA, "محمد"])
def test_a_name_in_another_script_has_its_latin_spelling_beside_it(clean_world: World, name: str) -> None:
    for paper in both(clean_world, Person(name, LATIN), "fr"):
        assert either(paper, name)
        assert LATIN in paper


def test_a_latin_name_stands_alone(clean_world: World) -> None:
    for paper in both(clean_world, Person("Zoë Rey", "Zoe Rey"), "fr"):
        assert "Zoë Rey" in paper
        assert "Zoe" not in paper


@pytest.mark.parametrize("person", [LONG, Person("W" * 150 + "李" * 50)])
def test_the_longest_names_stay_on_one_page(clean_world: World, person: Person) -> None:
    view = on_file(clean_world, person=person)
    for pdf in (make_receipt(clean_world.citizen, view, "ar"), make_slip(clean_world.citizen, view, "0" * 16, "ar")):
        assert len(PdfReader(BytesIO(pdf)).pages) == 1


@pytest.mark.parametrize("name", ["\u200d", "😀", "\u0947", "#eval(1)李", "[x]\\ $y$ 李"])
def test_no_name_fails_and_none_is_silent(clean_world: World, name: str) -> None:
    for paper in both(clean_world, Person(name), "ar"):
        assert IN_THE_FILE["fr"] in paper
