"""The estimate as a paper: what the page says stands on it, in every language; nothing is stored, and nothing else gets out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from portal.domain.demand import filing_day
from portal.factory import create_app
from portal.forms.estimate import Path, situation_on
from portal.i18n.formats import long_date, month_name, short_date
from portal.i18n.languages import BY_CODE, CODES
from portal.services.estimates import Explained, explain, seal_answers
from portal.services.estimates.paper import Part, estimate_pdf, estimate_sheet
from portal.services.estimates.paper_words import fixed_words, source_words
from tests.clock import local
from tests.pages.browser import Browser
from tests.pages.world import SIERRE, World

DAY = "2026-11-21 14:03"
ON = filing_day(local(DAY))
SINGLE = {"age": "40", "a-permit": "swiss", "a-activity": "employed", "a-wage": "600", "home": "rented", "rent": "900"}
FAMILY = {
    "commune": str(SIERRE), "age": "38", "couple": "spouse", "children": "2", "others": "0", "b-age": "36", "c1-age": "9",
    "c2-age": "17", "a-permit": "b", "a-state": "valid", "b-permit": "b", "b-state": "valid", "a-activity": "seeking",
    "b-activity": "caring", "a-unemployment": "1250.50", "c2-wage": "700", "home": "rented", "rent": "1400", "charges": "150",
    "accounts": "3000", "debts": "yes",
}  # fmt: skip
HUGE = {
    **FAMILY, "couple": "partner", "children": "12", "others": "6", "who": "relative", "meals": "unknown", "a-wage": "1234.55",
    **{f"{one}-{kind}": "98765.85" for one in "ab" for kind in ("daily_allowance", "disability", "alimony", "other")},
    **{f"c{number}-age": str(number + 6) for number in range(1, 13)},
    **{f"c{number}-wage": "701.15" for number in range(9, 13)},
}  # fmt: skip
ASYLUM = {**SINGLE, "a-permit": "n"}
NO_AMOUNT = {**SINGLE, "a-permit": "none"}
ZERO = {**SINGLE, "a-wage": "6000"}
LIMIT = 200_000
LARGEST = {**dict.fromkeys(CODES, LIMIT), "ar": 300_000}
"""Of twenty persons: Arabic brings two fonts more, and a piece of text for each number between its words."""


@pytest.fixture
def world(world: World) -> World:
    """The portal on the day of these papers."""
    world.clock.set(DAY)
    return world


def send(world: World, language: str, data: dict[str, str]) -> TestResponse:
    """The form of the result page, as a browser sends it."""
    browser = world.browser(language)
    token = browser.open(f"/{language}/estimate").form("/estimate").values["csrf_token"]
    headers = {"Origin": browser.base, "Sec-Fetch-Site": "same-origin"}
    return browser.send("POST", f"/{language}/estimate/pdf", data={"csrf_token": token, **data}, headers=headers)


def paper(world: World, language: str, answers: dict[str, str]) -> bytes:
    """The paper of these answers."""
    answer = send(world, language, {"answers": seal_answers(world.citizen, answers)})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return bytes(answer.data)


def result(language: str, answers: dict[str, str]) -> Explained:
    """What the page says of them."""
    return explain(situation_on(Path(answers, ON)), ON, language)


def sheet(language: str, answers: dict[str, str]) -> Part:
    """What the template gets."""
    return estimate_sheet(result(language, answers), language, local(DAY), "https://example.ch")["texts"][0]  # type: ignore[no-any-return]


def text_of(pdf: bytes) -> str:
    """The text, with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def says(text: str, sentence: str) -> bool:
    """Whether the paper has a sentence. Of an Arabic paper: every number and Latin word, and a third of the Arabic words.

    Readers of PDF tear ligatures and vowel marks apart, though the paper does not; the template prints all languages alike.
    """
    if not re.search("[\u0600-\u06ff]", text):
        return letters(sentence) in letters(text)
    if not all(word in text for word in re.findall("[0-9][0-9,.]*[0-9]|[A-Za-zÀ-ÿœ]+", sentence)):
        return False
    words = re.findall("[\u0621-\u064a]{3,}", sentence)
    found = [word for word in words if word in text or word[::-1] in text]
    return len(found) * 3 >= len(words) or len(words) < 4


@pytest.mark.parametrize("answers", [SINGLE, FAMILY], ids=["single", "family"])
@pytest.mark.parametrize("language", CODES)
def test_everything_of_the_page_stands_on_it(world: World, language: str, answers: dict[str, str]) -> None:
    text, found, fixed = text_of(paper(world, language, answers)), result(language, answers), fixed_words(language)
    titles = ("title", "no_decision", "needs_title", "resources_title", "causes_title", "first_title", "checks_title")
    wanted = [str(fixed[key]) for key in (*titles, "outside_title", "sources_title")]
    wanted += [found.headline or "?", month_name(ON, language), long_date(ON, language)]
    for budget in found.budgets:
        wanted += [budget.need, budget.resource, budget.aid]
        wanted += [part for name, standing, _ in budget.people for part in (name, standing)]
        for line in (*budget.needs, *budget.resources):
            wanted += [line.title, line.amount, line.who or "", *line.rule]
            wanted += [part for number in line.numbers for part in number]
    wanted += [part for line in found.causes for part in (line.title, line.width or "", *line.causes)]
    wanted += [part for one in (*found.checks, *found.outside) for part in (one.title, one.text)]
    for claim in found.claims:
        wanted += [claim.name, claim.why, *(office.name_in(language) for office in claim.offices)]
        wanted += [office.phone or "" for office in claim.offices]
    wanted.append(f"{world.citizen.public_url}/{language}/demand/new")
    assert [sentence for sentence in wanted if not says(text, sentence)] == []
    assert len(found.causes) > 0


@pytest.mark.parametrize("language", CODES)
def test_every_line_has_its_sources_with_article_start_and_confidence(world: World, language: str) -> None:
    text, found, words = text_of(paper(world, language, FAMILY)), result(language, FAMILY), sheet(language, FAMILY)
    (budget,), (printed,) = found.budgets, words["budgets"]
    lines = list(zip((*budget.needs, *budget.resources), (*printed["needs"], *printed["resources"]), strict=True))
    assert len(lines) > 4
    for line, row in lines:
        assert line.sources
        sources = [words["sources"][int(number) - 1] for number in row["notes"]]
        for rule in line.sources:
            said, written = source_words(rule, language)
            assert (said, written) in [(source["said"], source["written"]) for source in sources]
            assert short_date(rule.since, language) in said
            assert " ".join(rule.source.split()) in written
            assert (rule.article or "") in written
            assert says(text, said)
            assert says(text, written)
    last = str(len(words["sources"]))
    assert f"[{last}]" in text or (language == "ar" and last in re.findall("[0-9]+", text))
    said = {one["said"].split(". ", 1)[-1] for one in words["sources"]}
    assert len(said) >= 3, "sure, probable, not confirmed"


@pytest.mark.parametrize("language", CODES)
def test_it_is_tagged_and_in_its_language(world: World, language: str) -> None:
    pdf = paper(world, language, FAMILY)
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == f"{language}-CH"
    assert reader.metadata is not None
    assert reader.metadata.title == f"{fixed_words(language)['title']} {month_name(ON, language)}"
    kinds = re.findall(rb"/S\s*/(H1|TH|Table|Figure)\b", pdf)
    assert (kinds.count(b"H1"), kinds.count(b"Table"), kinds.count(b"TH"), kinds.count(b"Figure")) == (1, 1, 2, 1)
    assert sheet(language, FAMILY)["direction"] == BY_CODE[language].dir
    assert len(reader.pages) <= 4
    assert len(pdf) < LIMIT


@pytest.mark.parametrize("language", CODES)
def test_twenty_persons_fit(world: World, language: str) -> None:
    pdf, found = paper(world, language, HUGE), result(language, HUGE)
    print(f"\n{language}: {len(pdf)} bytes, {len(PdfReader(BytesIO(pdf)).pages)} pages")
    assert len(situation_on(Path(HUGE, ON)).persons) == 20
    assert len(pdf) < LARGEST[language]
    text = text_of(pdf)
    amounts = [line.amount for budget in found.budgets for line in (*budget.needs, *budget.resources)]
    assert len(amounts) > 30
    assert [amount for amount in amounts if not says(text, amount)] == []


@pytest.mark.parametrize(("language", "wage"), [("fr", "CHF 1’250.50"), ("de", "CHF 1’250.50"), ("en", "CHF 1,250.50"),
                                                ("pt", "1250,50 CHF"), ("ar", "1,250.50")])  # fmt: skip
def test_amounts_are_in_the_format_of_the_language(world: World, language: str, wage: str) -> None:
    assert letters(wage) in letters(text_of(paper(world, language, FAMILY)))


def test_it_holds_nothing_of_the_person_but_the_answers(world: World) -> None:
    sealed = seal_answers(world.citizen, FAMILY)
    answer = send(world, "fr", {"answers": sealed})
    assert sealed[:24].encode() not in answer.data
    assert sealed[:24] not in text_of(answer.data)
    links = {note.get_object()["/A"]["/URI"] for page in PdfReader(BytesIO(answer.data)).pages
             for note in page.get("/Annots", [])}  # fmt: skip
    assert f"{world.citizen.public_url}/fr/demand/new" in links
    assert [link for link in links if "?" in link] == []
    assert answer.headers["Content-Disposition"] == 'attachment; filename="estimate-2026-11.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_answers_give_the_same_paper(world: World) -> None:
    assert paper(world, "ar", FAMILY) == paper(world, "ar", FAMILY)
    assert paper(world, "fr", FAMILY) != paper(world, "fr", SINGLE)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("data", [{}, {"answers": ""}, {"answers": "bm90IG91cnM="}, {"answers": "é€"}])
def test_unreadable_or_missing_answers_lead_back(world: World, language: str, data: dict[str, str]) -> None:
    answer = send(world, language, data)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{language}/estimate")


@pytest.mark.parametrize("answers", [{}, {**SINGLE, "rent": "-5"}, {**SINGLE, "age": "x"}])
def test_no_answers_and_faulty_ones_lead_back(world: World, answers: dict[str, str]) -> None:
    answer = send(world, "fr", {"answers": seal_answers(world.citizen, answers)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/estimate")


def test_only_our_own_page_can_ask_for_it(world: World) -> None:
    browser = world.browser("fr")
    sealed = {"answers": seal_answers(world.citizen, SINGLE)}
    assert browser.send("GET", "/fr/estimate/pdf").status_code == 405
    assert browser.send("POST", "/fr/estimate/pdf", data=sealed).status_code == 400


def test_it_needs_no_database(world: World) -> None:
    nowhere = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    away = Browser(create_app(nowhere, world.clock))
    token = away.open("/fr/estimate").form("/estimate").values["csrf_token"]
    data = {"csrf_token": token, "answers": seal_answers(world.citizen, SINGLE)}
    answer = away.send("POST", "/fr/estimate/pdf", data=data, headers={"Origin": away.base})
    assert answer.data.startswith(b"%PDF-")


def test_zero_never_reads_as_no_right(world: World) -> None:
    text, says_it = text_of(paper(world, "fr", ZERO)), partial(says, text_of(paper(world, "fr", ZERO)))
    assert says_it("Selon vos réponses, le calcul arrive à zéro ce mois.")
    assert says_it("Cela ne veut pas dire « pas de droit ».")
    assert says_it("Pourquoi demander quand même")
    assert "Aide possible par mois" not in text


def test_the_office_of_asylum_stands_before_the_figures(world: World) -> None:
    text, found = text_of(paper(world, "fr", ASYLUM)), result("fr", ASYLUM)
    office, *_others = found.route.offices
    assert text.index(found.route.title) < text.index("Pour demander de l’aide")
    assert office.name_fr in text
    assert (office.web or "").rpartition("/")[0].partition("://")[2].split("/")[0] in text


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_number_that_nobody_confirmed_says_so(confirmed: bool) -> None:
    found = result("fr", SINGLE)
    claim = next(one for one in found.claims if one.offices)
    office = replace(claim.offices[0], phone="027 000 11 22", phone_confirmed=confirmed)
    changed = replace(found, claims=(replace(claim, offices=(office,)),))
    text = text_of(estimate_pdf(changed, "fr", local(DAY), "https://example.ch")).replace("\u00a0", " ")
    assert ("027 000 11 22 (numéro pas confirmé)" in text) is not confirmed
    assert "027 000 11 22" in text


def test_without_a_confirmed_amount_no_figure_is_printed(world: World) -> None:
    text = text_of(paper(world, "fr", NO_AMOUNT))
    assert says(text, "Pas de montant affiché")
    assert "Le calcul, ligne par ligne" not in text
    assert "Pourquoi une fourchette" not in text
