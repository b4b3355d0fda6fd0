"""A demand in Portuguese with the keyboard alone: every stop can be seen, and comes in the order of reading."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.launch import DESK


def test_a_demand_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(**{**DESK, "locale": "pt-PT"})
    me = Hands(page, "pt")
    me.go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=me.words("Aller au contenu"))).to_be_focused()
    focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()  # past the header
    tab_to(page, me.words("J’ai besoin d’aide : annoncer ma demande"), most=1)
    page.keyboard.press("Enter")

    me.at_step("who")
    page.locator("#main").focus()
    tab_to(page, me.words("Pour moi"))
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=other]")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#helper_name")).to_be_focused()
    page.keyboard.type("Inês Rocha")
    page.keyboard.press("Enter")  # in a text box: on to the next part, never the language menu

    me.at_step("name")
    expect(page.locator("#step-name-title")).to_be_focused()
    go_on(me)
    choose_with_arrows(page)
    go_on(me)
    go_on(me)
    go_on(me)
    me.at_step("urgent")
    tab_to(page, me.words("Oui, c’est urgent"))
    page.keyboard.press("ArrowDown")  # Não
    tab_to(page, me.words("Vérifier mes réponses"))
    page.keyboard.press("Enter")

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    focus_shows(page)
    page.keyboard.press("Enter")
    me.at_step("name")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("Marta Sousa")
    expect(page.locator("input[name=urgent][value=no]")).to_be_checked()
    tab_to(page, me.words("Vérifier mes réponses"))
    page.keyboard.press("Enter")
    me.heading("Vérifiez, puis annoncez")
    expect(page.locator(".summary")).to_contain_text("Marta Sousa")
    expect(page.locator(".summary")).to_contain_text("Sierre")
    tab_to(page, me.words("Annoncer ma demande maintenant"), most=30)
    page.keyboard.press("Space")
    me.filed()


def test_every_stop_shows_and_comes_in_order(open_page: OpenPage) -> None:
    """From the first stop to the last on the pages with most of them: seen, not hidden by the fixed bar, in order."""
    page = open_page(viewport={"width": 360, "height": 560})
    me = Hands(page, "pt")
    for path in ("/", "/demand/new", "/estimate", "/sign-in", "/urgent", "/verify"):
        me.go(path)
        stops: list[tuple[str, float, float]] = []
        for _ in range(40):
            page.keyboard.press("Tab")
            name = focused(page)
            if not name or (stops and name == stops[0][0]):
                break  # once round
            focus_shows(page)
            x, y = page.evaluate(
                """() => { const box = document.activeElement.getBoundingClientRect();
                           return [box.left, box.top + scrollY]; }"""
            )
            stops.append((name, x, y))
        assert len(stops) > 6, f"{path}: {stops}"
        in_main = [y for name, _, y in stops if name.startswith("main ")]
        assert in_main == sorted(in_main), f"{path}: {stops}"
        for _ in stops:  # and back: now each comes in from above, where the fixed bar is
            page.keyboard.press("Shift+Tab")
            if focused(page):
                focus_shows(page)


def test_menus_close_with_escape(open_page: OpenPage) -> None:
    page = open_page(**DESK)
    Hands(page, "pt").go("/")
    menu = page.locator(".lang")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def choose_with_arrows(page: Page) -> None:
    """The combobox as ARIA describes it: type, arrow down, Enter."""
    tab_to(page, "", selector="#commune")
    page.keyboard.type("siders")
    page.keyboard.press("ArrowDown")
    box = page.locator("#commune")
    active = box.get_attribute("aria-activedescendant")
    assert active
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("select[name=commune]")).to_have_value("6248")
    expect(box).to_be_focused()  # Enter chose, and stayed


def go_on(me: Hands, times: int = 1) -> None:
    """Tab to «continue» and press it."""
    for _ in range(times):
        tab_to(me.page, me.words("Continuer"), selector=".actions button.button-primary")
        me.page.keyboard.press("Enter")


def tab_to(
    page: Page, name: str, most: int = 20, selector: str = "a, button, input, select, textarea, summary"
) -> None:
    """Press Tab until the element with this name has the focus; each stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus_shows(page)
        hit = page.evaluate(
            """([name, selector]) => {
              const now = document.activeElement;
              const words = now.labels?.length ? now.labels[0].textContent : now.textContent;
              return now.matches(selector) && words.replace(/\\s+/g, " ").includes(name.replace(/\\s+/g, " "));
            }""",
            [name, selector],
        )
        if hit:
            return
    raise AssertionError(f"no way to {name!r} by Tab from here; at {focused(page)}")


def focused(page: Page) -> str:
    """What has the focus, in a few words; empty when it is the page itself."""
    found: str = page.evaluate(
        """() => { const now = document.activeElement;
                   if (!now || now === document.body) return "";
                   const name = now.id || now.textContent.trim().slice(0, 30);
                   return `${now.closest("main") ? "main " : ""}${now.tagName} ${name}`; }"""
    )
    return found


def focus_shows(page: Page) -> None:
    """The focused element is on the screen, not behind anything, and drawn differently from its unfocused self."""
    fault: str = page.evaluate(
        """() => {
          const now = document.activeElement;
          const drawn = now.matches(".choice input") ? now.nextElementSibling : now;
          const box = drawn.getBoundingClientRect();
          if (box.bottom < 0 || box.top > innerHeight || !box.width) return "off the screen";
          const style = getComputedStyle(drawn);
          if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline";
          const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
          const top = document.elementFromPoint((box.left + box.right) / 2, y);
          const seen = drawn.contains(top) || (top.contains(now) && top.tagName !== "HTML");
          return seen ? "" : `behind ${top.className || top.tagName}`;
        }"""
    )
    assert not fault, f"{focused(page)}: {fault}"
