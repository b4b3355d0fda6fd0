"""A second language beside the first: on every page, every text that is ours has it, and nothing without room for two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from lxml import html

from portal.i18n import words
from tests.browser.all_cases import CASES
from tests.browser.test_pseudo import catalogs, pseudo_world, walk
from tests.browser.world import World

__all__ = ["catalogs", "pseudo_world"]

PSEUDO: Final = re.compile("[ⓐ-ⓩ]")
MARKS: Final = re.compile(f"[{words.OPEN}{words.OPEN_MINOR}{words.BETWEEN}{words.CLOSE}]")
EXEMPT: Final = {
    "option": "a browser shows an option as plain text, in one language",
    "title": "the name of the tab has no room for two; the heading of the page says it in both",
    "text": "a bar of a chart; its name stands in both in the table beside it",
    "template": "a row that the script fills with what it takes from attributes",
}
"""Elements whose text may stay in the own language, and why. Attributes (`aria-label`, `data-next`) stay so too: they
are read aloud or taken by the script as plain text."""
AT_THE_DESK: Final = ("staff_form", "staff_change", "staff_sign_in_that_is_not_fresh", "lent_")
"""Cases of a form that a caseworker fills in with somebody: who is there decides what stands beside, or that nothing does.
`tests/pages/test_answer_marks.py` and `test_lent.py` look at them."""


def test_every_text_has_its_second_language(pseudo_world: World) -> None:
    """The own language is the pseudo one, so each of its texts is known by its letters; the second is French itself."""
    found: list[str] = []
    counts: Counter[str] = Counter()
    for case in CASES:
        if case.name.startswith(AT_THE_DESK):
            continue
        pseudo_world.database.clean()
        pseudo_world.enrol()
        visit, _template = walk(case, pseudo_world, beside="fr")
        found += [f"{case.name}: {fault}" for fault in faults(visit.source(), counts)]
    print(f"\n{len(CASES)} pages: {dict(counts)}")
    assert not found, f"{len(found)}:\n" + "\n".join(dict.fromkeys(found))
    assert counts["doubled"] > 30_000
    assert counts["option"] < counts["doubled"] / 10, "only lists to choose from are exempt"


def test_the_check_itself() -> None:
    """Words in one language only are found wherever they stand, and so is markup in an attribute."""
    page = (
        '<div><p>ⓐⓑ</p><p><span class="beside-own">ⓐ</span><span class="beside-other" lang="fr" dir="ltr">Oui ⓒ</span></p>'
        '<a title="&lt;span class=&quot;beside-own&quot;&gt;">x</a><span class="beside-other" lang="fr" dir="ltr"></span>'
        '<span class="beside-other" lang="de" dir="ltr">Ja</span>\ufdd1</div>'
    )
    assert [fault.partition(":")[0] for fault in faults(page, Counter())] == [
        "a mark is left",
        "alone",
        "own words within the second text",
        "a@title",
        "a second text without its language",
        "a second text without its language",
    ]


def faults(source: str, counts: Counter[str]) -> Iterator[str]:
    """What is wrong with the two languages of a page."""
    if MARKS.search(source):
        yield "a mark is left"
    tree = html.fromstring(source)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield from _of(element, counts)
    for other in tree.find_class("beside-other"):
        counts["second"] += 1
        said = "".join(other.itertext())
        if other.get("lang") != "fr" or other.get("dir") != "ltr" or not said.strip():
            yield f"a second text without its language: {said[:60]}"
        if other.xpath(".//*[@id or @href]"):
            yield f"an address or an id twice: {said[:60]}"


def _of(element: Any, counts: Counter[str]) -> Iterator[str]:
    for name, value in element.attrib.items():
        if "<" in value:
            yield f"{element.tag}@{name}: {value[:80]}"
    if element.tag in EXEMPT and "<" in (element.text or ""):
        yield f"markup in {element.tag}: {element.text[:80]}"
    for text, place in ((element.text, element), *((child.tail, element) for child in element)):
        if text and PSEUDO.search(text):
            yield from _judged(text, place, counts)


def _judged(text: str, place: Any, counts: Counter[str]) -> Iterator[str]:
    around = [place, *place.iterancestors()]
    classes = [one.get("class") or "" for one in around]
    if exempt := next((one.tag for one in around if one.tag in EXEMPT), None):
        counts[exempt] += 1
    elif "beside-other" in classes:
        yield f"own words within the second text: {text.strip()[:80]}"
    elif "beside-own" not in classes:
        yield f"alone: {'/'.join(one.tag for one in reversed(around[:4]))}: {text.strip()[:80]}"
    else:
        counts["doubled"] += 1
