"""What a person does on a page, by the words that they see there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Download, Locator, Page, expect
from pypdf import PdfReader

from portal.i18n.text import translator

REFERENCE = re.compile(r"VS-\d{4}-\d{4}-\d{2}")
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@dataclass(frozen=True)
class Filed:
    """What the filed page shows."""

    reference: str
    code: str


class Hands:
    """One person on one page. Words are the French message ids; the page shows them in `language`."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.words = translator(language).gettext

    def go(self, path: str) -> int:
        """Open `/<language><path>`; the status of the answer."""
        answer = self.page.goto(f"/{self.language}{path}")
        assert answer is not None
        return answer.status

    def button(self, words: str) -> Locator:
        """The button with these words, and only with them."""
        return self.page.get_by_role("button", name=self.words(words), exact=True)

    def link(self, words: str) -> Locator:
        """The link in the page's own part with these words."""
        return self.page.locator("main").get_by_role("link", name=self.words(words), exact=True)

    def choice(self, words: str) -> Locator:
        """The label of a choice: what a finger meets."""
        return self.page.locator(".choice label", has_text=re.compile(rf"^\s*{re.escape(self.words(words))}\s*$"))

    def says(self, words: str) -> None:
        """The page shows these words somewhere."""
        expect(self.page.locator("main").get_by_text(self.words(words)).filter(visible=True).first).to_be_visible()

    def heading(self, words: str) -> None:
        """The page's one h1 says this."""
        expect(self.page.locator("h1")).to_have_text(self.words(words))

    def at_step(self, name: str) -> None:
        """The stepper shows this part, and no other."""
        visible = self.page.locator("[data-step]").filter(visible=True)
        expect(visible).to_have_count(1)
        expect(visible).to_have_attribute("data-step", name)

    def forward(self, times: int = 1) -> None:
        """On to the next part."""
        for _ in range(times):
            self.button("Continuer").filter(visible=True).click()

    def shortest_filing(self, name: str = "Odette Rey") -> None:
        """File with nothing but a name, from wherever one is."""
        self.go("/demand/new#step-name")
        self.page.locator("#name").fill(name)
        self.forward(4)
        self.button("Vérifier mes réponses").click()
        self.heading("Vérifiez, puis annoncez")

    def announce(self) -> None:
        """The button of the check page."""
        self.button("Annoncer ma demande maintenant").click()

    def filed(self) -> Filed:
        """Reference and code of the filed page."""
        self.heading("Votre annonce est enregistrée")
        texts = self.page.locator(".code-value").all_inner_texts()
        reference, code = (" ".join(text.split()) for text in texts)
        assert REFERENCE.fullmatch(reference), reference
        assert CODE.fullmatch(code), code
        return Filed(reference, code)

    def pdf_text(self, press: Callable[[], None]) -> str:
        """The text of the PDF that a press downloads."""
        with self.page.expect_download() as waiting:
            press()
        return text_of(waiting.value)


def text_of(download: Download) -> str:
    """All text of a downloaded PDF, and of its description."""
    assert download.suggested_filename.endswith(".pdf")
    with download.path().open("rb") as file:
        reader = PdfReader(io.BytesIO(file.read()))
    return "\n".join([*(page.extract_text() for page in reader.pages), *map(str, (reader.metadata or {}).values())])


def digits(text: str) -> str:
    """The digits alone: how a code would be found whatever stands between its groups."""
    return "".join(character for character in text if character.isdigit())


def overflow(page: Page) -> list[str]:
    """What sticks out to the side of the page: empty when nothing has to be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.scrollingElement.clientWidth;
          if (document.scrollingElement.scrollWidth <= wide) return [];
          const out = [...document.querySelectorAll("body *:not(svg, svg *)")].filter((element) => {
            const box = element.getBoundingClientRect();
            const inside = box.width <= 1 || getComputedStyle(element).clipPath !== "none";
            return !inside && (box.right > wide + 1 || box.left < -1);
          });
          return [`${document.scrollingElement.scrollWidth} > ${wide}`,
                  ...out.slice(-3).map((element) => element.outerHTML.slice(0, 160))];
        }"""
    )
    return found
