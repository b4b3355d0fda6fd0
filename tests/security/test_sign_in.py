"""Sign in with reference and code: nothing tells whether a reference exists, and nobody is ever locked out."""

from __future__ import annotations

from threading import BoundedSemaphore, Event, Thread

import pytest

from portal.domain.reference import group, reference_from_number
from portal.security import slowdown
from portal.services import limits
from tests.pages.masks import masked_headers, statements
from tests.pages.world import Announced, World
from tests.security.entering import is_in, sign_in

UNKNOWN = reference_from_number(1)
WRONG = "9999 9999 9999 9999"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand whose person comes back."""
    return clean_world.announce()


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each answer would have been held back; none is, so that the tests are quick."""
    found: list[float] = []
    monkeypatch.setattr(slowdown.time, "sleep", found.append)
    return found


@pytest.mark.parametrize(
    "write",
    [
        lambda reference, code: (reference, group(code)),
        lambda reference, code: (reference.lower(), code),
        lambda reference, code: (reference.removeprefix("VS-").replace("-", ""), "-".join(group(code).split())),
        lambda reference, code: (f"  {reference} ", f" {code}\n"),
        lambda reference, code: (reference, code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))),
        lambda reference, code: (reference, code.replace("0", "O")),
    ],
    ids=["as-printed", "small-letters", "digits-only", "blanks", "arabic-digits", "letter-o"],
)
def test_the_right_code_however_it_is_written(world: World, announced: Announced, write: object) -> None:
    page = sign_in(world.browser(), *write(announced.reference, announced.code))  # type: ignore[operator]
    assert is_in(page)
    assert announced.reference in page.text


def answer(world: World, reference: str, code: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    with world.superuser() as connection:
        connection.execute("DELETE FROM limit_counter")
    browser = world.browser()
    form = browser.open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code)
    with statements(monkeypatch) as seen:
        page = form.submit()
    token = page.form("/sign-in").values["csrf_token"].encode()
    body = page.body.replace(reference.encode(), b"REFERENCE").replace(code.encode(), b"CODE").replace(token, b"")
    for other in page.forms():
        body = body.replace(other.values["csrf_token"].encode(), b"")
    return page.status, masked_headers(page.headers), body, seen


def test_a_wrong_code_and_an_unknown_reference_get_one_answer(
    world: World, announced: Announced, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = answer(world, announced.reference, WRONG, monkeypatch)
    assert wrong[0] == 422
    for reference, code in [
        (UNKNOWN, WRONG),
        (UNKNOWN, group(announced.code)),
        ("VS-1111-1111-11", WRONG),  # its check digits are wrong
        ("nonsense", WRONG),
        (announced.reference, "1234"),
        (announced.reference, announced.view.check_code),  # the check code opens nothing but /verify
    ]:
        assert answer(world, reference, code, monkeypatch) == wrong, (reference, code)


def test_every_try_is_audited_and_none_holds_what_was_typed(
    world: World, announced: Announced, naps: list[float]
) -> None:
    browser = world.browser()
    sign_in(browser, announced.reference, WRONG)
    sign_in(browser, UNKNOWN, WRONG)
    sign_in(browser, announced.reference, announced.code)
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT actor_kind, outcome, dossier_id IS NOT NULL FROM audit_event WHERE action = 'citizen:sign-in'"
            " ORDER BY sequence"
        ).fetchall()
        everything = connection.execute("SELECT string_agg(to_jsonb(a)::text, ' ') FROM audit_event a").fetchone()
    assert rows == [("visitor", "refused", True), ("visitor", "refused", False), ("citizen", "done", True)]
    assert everything is not None
    assert announced.code not in everything[0]
    assert WRONG not in everything[0]


def test_what_was_typed_is_kept_and_marked(world: World, announced: Announced, naps: list[float]) -> None:
    page = sign_in(world.browser(), announced.reference, "1234")
    assert page.form("/sign-in").values["reference"] == announced.reference
    assert page.summary() == ["reference"]
    assert page.title.startswith("Erreur")


def test_wrong_codes_slow_down_and_the_right_one_still_opens(
    world: World, announced: Announced, naps: list[float]
) -> None:
    browser = world.browser()
    for _ in range(30):
        assert sign_in(browser, announced.reference, WRONG).status == 422
    assert naps[:2] == pytest.approx([0.2, 0.4])
    assert naps == sorted(naps)
    assert len(naps) == 24
    assert max(naps) == slowdown.LONGEST_SECONDS
    assert is_in(sign_in(browser, announced.reference, announced.code))


def test_another_spelling_does_not_escape_the_slowdown(world: World, announced: Announced, naps: list[float]) -> None:
    """Each try from another address and in another spelling: the reference's own counter still grows."""
    digits = announced.reference.removeprefix("VS-").replace("-", "")
    for number in range(10):
        browser = world.browser()
        form = browser.open("/fr/sign-in").form("/sign-in").fill(reference=" " * number + digits, code=WRONG)
        form.submit(environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})
    assert len(naps) == 4


def test_others_are_not_slowed_down(world: World, announced: Announced, naps: list[float]) -> None:
    other = world.announce()
    browser = world.browser()
    for _ in range(8):
        form = browser.open("/fr/sign-in").form("/sign-in").fill(reference=announced.reference, code=WRONG)
        form.submit(environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    naps.clear()
    assert is_in(sign_in(world.browser(), other.reference, other.code))
    assert naps == []


def test_the_slowdown_passes(world: World, announced: Announced, naps: list[float]) -> None:
    for _ in range(8):
        sign_in(world.browser(), announced.reference, WRONG)
    naps.clear()
    world.clock.forward(minutes=10)
    sign_in(world.browser(), announced.reference, WRONG)
    assert naps == []


def test_when_too_many_wait_at_once_the_next_is_asked_to_come_back(
    world: World, announced: Announced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting must not use up all threads of the server. The code stays good, and the page says so."""
    hold, entered = Event(), []

    def wait(_: float) -> None:
        entered.append(1)
        hold.wait(10)

    for _ in range(6):
        monkeypatch.setattr(slowdown.time, "sleep", lambda _: None)
        sign_in(world.browser(), announced.reference, WRONG)
    monkeypatch.setattr(slowdown.time, "sleep", wait)
    waiting = [Thread(target=lambda: sign_in(world.browser(), announced.reference, WRONG)) for _ in range(2)]
    for thread in waiting:
        thread.start()
    deadline = 500
    while len(entered) < 2 and (deadline := deadline - 1):
        hold.wait(0.01)
    page = sign_in(world.browser(), announced.reference, announced.code)
    hold.set()
    for thread in waiting:
        thread.join(10)
    assert (page.status, page.headers["Retry-After"]) == (429, "30")
    assert is_in(sign_in(world.browser(), announced.reference, announced.code))


ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "staff_board.board",
    "demand.new",
    "x" * 900,
    "\x00",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("next_", ELSEWHERE)
def test_nobody_is_sent_elsewhere(world: World, announced: Announced, next_: str) -> None:
    browser = world.browser()
    form = browser.open("/fr/sign-in", query_string={"next": next_.replace("\x00", "")}).form("/sign-in")
    page = form.fill(reference=announced.reference, code=announced.code).force(next=next_).submit(follow=False)
    assert (page.status, page.headers["Location"]) == (303, "/fr/dossier")


def test_one_is_sent_back_to_where_one_was(world: World, announced: Announced) -> None:
    browser = world.browser()
    page = browser.open("/fr/dossier/withdraw")
    assert page.path == "/fr/sign-in?next=dossier.withdraw"
    page = page.form("/sign-in").fill(reference=announced.reference, code=announced.code).submit()
    assert page.path == "/fr/dossier/withdraw"


def test_limits_keep_no_address(world: World, announced: Announced, naps: list[float]) -> None:
    sign_in(world.browser(), announced.reference, WRONG)
    with world.superuser() as connection:
        rows = connection.execute("SELECT key FROM limit_counter").fetchall()
    assert len(rows) == 2
    assert all(len(key) == 32 for (key,) in rows)


def test_wrong_codes_of_others_never_keep_the_owner_out(
    world: World, announced: Announced, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2 * slowdown.FREE_TRIES):
        limits.count(world.citizen, "sign-in-reference", announced.reference)
    monkeypatch.setattr(slowdown, "_waiting", BoundedSemaphore(1))
    slowdown._waiting.acquire()  # somebody else holds the only place to wait
    page = sign_in(world.browser(), announced.reference, announced.code)
    assert page.path == "/fr/dossier"
    assert naps == []
