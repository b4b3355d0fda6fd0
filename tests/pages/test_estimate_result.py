"""The result of an estimate: it explains each line, decides nothing, turns nobody away, and filing is one click away."""

from __future__ import annotations

import re

import pytest

from portal.domain.demand import filing_day
from portal.forms.estimate import Path, situation_on
from portal.i18n.estimate.spans import case_title
from portal.i18n.formats import short_date
from portal.law.parameters import FIRST_DAY
from portal.services.estimates import explain
from tests.pages.browser import Page
from tests.pages.checks import text_of
from tests.pages.estimates import EVERYBODY, FAMILY, SINGLE, estimated, form_of, line, lines, shown
from tests.pages.world import World

ZERO = {**SINGLE, "a-wage": "6000"}
SPM = "le canton (SAS) donne le nom des personnes étrangères au Service de la population et des migrations (SPM)"
NO_DECISION = "Ceci n’est pas une décision et n’engage personne. La commune décide."


def permit(name: str, **more: str) -> dict[str, str]:
    """Somebody alone with that permit."""
    return {**SINGLE, "a-permit": name, **{f"a-{key}": value for key, value in more.items()}}


NO_AMOUNT = {
    "b revoked": permit("b", state="revoked"),
    "b renewal without papers": permit("b", state="renewal_incomplete"),
    "c expired": permit("c", state="expired"),
    "l without wage": {**permit("l", state="valid"), "a-wage": ""},
    "l expired": permit("l", state="expired"),
    "n": permit("n"),
    "s": permit("s"),
    "asylum refused": permit("rejected"),
    "f": permit("f", years="6"),
    "refugee": permit("refugee_b", years="4"),
    "none": permit("none"),
    "other": permit("other"),
}
AN_AMOUNT = {
    "b": permit("b", state="valid"),
    "c renewal complete": permit("c", state="renewal_complete"),
    "b not said": permit("b"),
    "l with a wage": permit("l", state="valid"),
    "f not said": permit("f"),
    "f 7": permit("f", years="7"),
    "refugee 5": permit("refugee_b", years="5"),
}


def panel(page: Page) -> str:
    """What stands on top: the figure and what it is not."""
    return text_of(next(one for one in page.classed("panel")))


def filing(page: Page) -> list[int]:
    """Where on the page the ways to a demand begin, among all of it."""
    order = list(page.root.iter())
    found = [form.element for form in page.forms() if form.action.endswith("/demand/new")]
    return [order.index(element) for element in found]


def spaced(text: str) -> str:
    """The text with plain single blanks."""
    return " ".join(text.split())


def has_amount(text: str) -> bool:
    """Whether a sum of money is said."""
    return bool(re.search(r"CHF\s?\d", text))


@pytest.mark.parametrize(
    "given", [SINGLE, FAMILY, EVERYBODY, ZERO, {}], ids=["single", "family", "all", "zero", "none"]
)
def test_the_commune_decides(world: World, given: dict[str, str]) -> None:
    page = shown(world, given) if given else estimated(world.browser(), {})
    assert NO_DECISION in panel(page)
    for form in (one for one in page.forms() if one.action.endswith("/demand/new")):
        assert form.values["_page"] == "estimate"
    assert len(filing(page)) == 2


@pytest.mark.parametrize("given", [SINGLE, FAMILY, EVERYBODY], ids=["single", "family", "everybody"])
def test_each_line_opens_to_rule_source_date_and_confidence(world: World, given: dict[str, str]) -> None:
    page = shown(world, given)
    on = filing_day(world.clock.now())
    found = explain(situation_on(Path(given, on)), on, "fr")
    wanted = [line for budget in found.budgets for line in (*budget.needs, *budget.resources)]
    boxes = lines(page)
    assert [box.get("data-line") for box in boxes] == [one.code for one in wanted]
    assert len(boxes) >= 3
    for box, one in zip(boxes, wanted, strict=True):
        text = spaced(text_of(box))
        for part in (one.title, one.amount, *one.rule, *one.causes, *(word for pair in one.numbers for word in pair)):
            assert spaced(part) in text, (one.code, part)
        assert one.sources, one.code
        items = [
            text_of(item)
            for item in box.iter("li")
            if item in [i for u in box.iter("ul") if u.get("class") == "sources" for i in u]
        ]
        assert len(items) == len(one.sources), one.code
        for rule, item in zip(one.sources, items, strict=True):
            assert f"Dès le {short_date(rule.since, 'fr')}{' ou avant' if rule.since == FIRST_DAY else ''}." in item
            assert any(
                word in item
                for word in ("C’est sûr.", "C’est probable.", "Ce n’est pas confirmé.", "Valeur pas connue")
            )
            assert not rule.article or rule.article in item
        assert all((link.get("href") or "").startswith("/fr/law#") for link in box.iter("a"))


def test_the_source_of_a_line_is_on_the_page_of_the_law(world: World) -> None:
    page = shown(world, FAMILY)
    law = page.browser.open("/fr/law")
    for target in {link.partition("#")[2] for link in page.links() if "/law#" in link}:
        assert law.find(target) is not None, target


@pytest.mark.parametrize("language", ["fr", "de", "en", "pt", "ar"])
def test_zero_never_reads_as_no_right(world: World, language: str) -> None:
    page = shown(world, ZERO, language=language)
    assert len(filing(page)) == 2
    assert not has_amount(panel(page))
    if language == "fr":
        assert "le calcul arrive à zéro ce mois" in panel(page)
        assert "Cela ne veut pas dire « pas de droit »" in panel(page)
        assert "Pourquoi demander quand même" in page.text
        assert "pas droit" not in page.text


def test_what_may_be_zero_says_to_ask_all_the_same(world: World) -> None:
    page = shown(world, {**SINGLE, "a-wage": "2000"})  # 997 + 900 - 2000 to 1061 + 900 - 1300
    assert "de CHF 0 à CHF 661" in panel(page)
    assert "Demandez quand même" in panel(page)
    assert "Pourquoi demander quand même" in page.text


def test_a_wealth_that_is_used_first_says_what_comes_after(world: World) -> None:
    page = shown(world, {**SINGLE, "accounts": "9000"})
    assert "le calcul arrive à zéro ce mois" in panel(page)
    assert "seront utilisées : de CHF 1’297 à CHF 1’961" in panel(page)
    assert "Fortune à utiliser d’abord" in line(page, "wealth")


@pytest.mark.parametrize("given", NO_AMOUNT.values(), ids=NO_AMOUNT)
def test_special_permits_show_no_amount_and_one_click_to_file(world: World, given: dict[str, str]) -> None:
    page = shown(world, given)
    assert "Pas de montant affiché" in panel(page)
    assert "Vous pouvez quand même demander de l’aide" in panel(page)
    assert not has_amount(panel(page))
    assert lines(page) == []
    assert page.find("what-if") is None
    assert len(filing(page)) == 2
    demand = next(form for form in page.forms() if form.action.endswith("/demand/new")).submit()
    assert (demand.status, demand.path) == (200, "/fr/demand/new")


@pytest.mark.parametrize("given", AN_AMOUNT.values(), ids=AN_AMOUNT)
def test_other_permits_show_an_amount_and_both_ways(world: World, given: dict[str, str]) -> None:
    page = shown(world, given)
    assert has_amount(panel(page))
    assert page.find("what-if") is not None


@pytest.mark.parametrize("given", [*NO_AMOUNT.values(), *AN_AMOUNT.values()], ids=[*NO_AMOUNT, *AN_AMOUNT])
def test_a_foreign_person_hears_of_the_notice_before_filing(world: World, given: dict[str, str]) -> None:
    page = shown(world, given)
    assert SPM in page.text
    (box,) = [one for one in page.classed("callout") if SPM in text_of(one)]
    assert [one for one in box.iter() if one.get("data-source") == "spm_notice"]


@pytest.mark.parametrize("given", [SINGLE, {**SINGLE, "a-permit": ""}, {**SINGLE, "a-permit": "unknown"}])
def test_a_swiss_person_does_not(world: World, given: dict[str, str]) -> None:
    assert SPM not in shown(world, given).text


def test_the_notice_comes_before_the_first_button_to_file(world: World) -> None:
    page = shown(world, permit("b", state="valid"))
    order = list(page.root.iter())
    (box,) = [one for one in page.classed("callout") if SPM in text_of(one)]
    assert order.index(box) < filing(page)[0]


@pytest.mark.parametrize(
    ("given", "office"),
    [(permit("n"), "Office de l’asile"), (permit("f", years="8"), "Croix-Rouge"), (permit("none"), "SPM")],
)
def test_the_other_office_is_named(world: World, given: dict[str, str], office: str) -> None:
    (box,) = shown(world, given).classed("callout-warn")
    assert office in text_of(box)


def test_two_budgets_where_it_is_not_known_who_counts(world: World) -> None:
    page = shown(world, {**EVERYBODY, "b-permit": "swiss", "b-together": "unknown"})
    titles = [text_of(one) for one in page.root.iter("h2")]
    assert case_title(True, "fr") in titles
    assert case_title(False, "fr") in titles
    assert [one.get("data-line") for one in lines(page)].count("rent") == 2
    assert "Votre couple" in page.text


def test_each_benefit_that_comes_first_has_its_why_and_its_office(world: World) -> None:
    page = shown(world, FAMILY)
    cards = page.classed("cards")
    (first,) = [one for one in cards if "Allocations familiales" in text_of(one)]
    said = text_of(first)
    assert "Déjà reçu" in said, "the unemployment that was given"
    assert re.search(r"Pour : Enfant 1\W+Enfant 2\.", said)
    assert list(first.iter("details"))


def test_the_picture_has_its_words(world: World) -> None:
    page = shown(world, SINGLE)
    (figure,) = page.root.iter("figure")
    said = text_of(figure)
    for part in ("Ce qu’il faut pour vivre", "de CHF 1’897 à CHF 1’961", "L’aide possible", "de CHF 1’297 à CHF 1’961"):
        assert part in said
    assert all(one.get("aria-hidden") == "true" for one in figure.iter() if one.tag.endswith("svg"))


def test_the_figures_are_written_in_the_language(world: World) -> None:
    given = {**SINGLE, "rent": "1250.50"}
    for language, amount in (
        ("fr", "CHF 1’250.50"),
        ("de", "CHF 1’250.50"),
        ("en", "CHF 1,250.50"),
        ("pt", "1 250,50 CHF"),
    ):
        page = shown(world, given, language=language)
        assert amount in spaced(line(page, "rent")), language


def test_the_paper_and_the_changes_are_there(world: World) -> None:
    page = shown(world, SINGLE)
    pdf = page.form("/estimate/pdf").submit()
    assert pdf.headers["Content-Type"] == "application/pdf"
    edits = [one.get("value") for one in form_of(page).buttons() if one.get("name") == "_edit"]
    assert edits == ["home", "work", "income", "money"]


def test_without_a_token_the_paper_s_button_brings_the_result_again(world: World) -> None:
    values = shown(world, SINGLE).form("/estimate/pdf").values.to_dict()
    del values["csrf_token"]
    page = world.browser().post("/fr/estimate/pdf", values)
    assert page.status == 400
    assert "de CHF 1’297 à CHF 1’961" in page.text
    assert page.form("/estimate/pdf").submit().headers["Content-Type"] == "application/pdf"
