"""The documents are true where a test can tell: files and tests that they name, routes, limits, links, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from devstack.stack import Stack
from portal.domain import staff_session
from portal.factory import create_app
from portal.security import slowdown
from portal.security.access import rule_of
from portal.security.sanity import LARGEST_BODY, MOST_FIELDS
from portal.services import citizen
from portal.settings import Settings
from portal.views.verify import MOST_CHECKS
from tests.devstack.database import Database
from tests.operations.handbook import table
from tests.pages.browser import Browser
from tests.servers import PROJECT

DOCS = PROJECT / "docs"
SECURITY, FAILURES = DOCS / "security.md", DOCS / "failures.md"
PAGES = (
    PROJECT / "README.md",
    *(DOCS / f"{name}.md" for name in ("architecture", "failures", "operations", "security")),
)
NAMED = re.compile(r"`((?:portal|tests|docs|devstack|migrations|requirements|bench|static)/[\w./-]+)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")
HERE = "tests/operations/test_failures.py"


def cases_of(path: Path) -> set[str]:
    """The tests of a file."""
    return set(re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE))


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_exists(page: Path) -> None:
    for name, test in NAMED.findall(page.read_text()):
        path = PROJECT / name
        assert path.exists(), f"{page.name} names {name}"
        assert not test or test in cases_of(path), f"{page.name} names {name}::{test}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    found = LINK.findall(page.read_text())
    assert found
    for target, anchor in found:
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{page.name} links {target}"
        if anchor:
            headings = {slug(line.lstrip("# ")) for line in path.read_text().splitlines() if line.startswith("#")}
            assert anchor in headings, f"{page.name} links {target}#{anchor}"


def test_the_readme_names_every_command() -> None:
    makefile, readme = (PROJECT / "Makefile").read_text(), PAGES[0].read_text()
    known = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", readme, re.MULTILINE))
    assert named <= known
    assert known - named <= {"help", "setup", "setup-dev", "lock"}


def test_failures_and_their_tests_are_in_step() -> None:
    named = {name.strip("`") for row in table(FAILURES, "What fails") for name in re.findall(r"`(test_\w+)`", row[3])}
    assert named == cases_of(PROJECT / HERE)


def documented_routes() -> Iterator[tuple[str, str, str]]:
    for routes, methods, rule, _rows in table(SECURITY, "Route"):
        for route in re.findall(r"`([^`]+)`", routes):
            yield from ((route, method, rule) for method in methods.split(", "))


def test_the_access_rules_are_those_of_the_code(bare_stack: Stack) -> None:
    app = create_app(Settings.from_env(bare_stack.env("both")))
    real = {
        (re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"<\1>", rule.rule), method, str(rule_of(app, rule.endpoint)))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(documented_routes()) == real


LIMITS = {row[0]: row[1] for row in table(SECURITY, "What") if "|" not in row[0]}


@pytest.fixture
def form_page(bare_stack: Stack, database: Database) -> Browser:
    """A browser at the portal in this process."""
    return Browser(create_app(Settings.from_env(bare_stack.env("both"))))


@pytest.mark.parametrize("field", ["name", "latin_name", "helper_name", "helper_relation", "postal_address"])
def test_the_limits_of_fields_are_those_of_the_code(form_page: Browser, field: str) -> None:
    limit = next(int(text.split()[0]) for names, text in LIMITS.items() if f"`{field}`" in names)
    answers = {"name": "ሰላም" if field == "latin_name" else "Odette Rey", "on_behalf": "other"}
    for length, faulty in ((limit, set()), (limit + 1, {field})):
        form = form_page.open("/fr/demand/new").form("/demand/new").force(**answers).force(**{field: "x" * length})
        assert form.submit().faulty() == faulty


def test_the_other_numbers_are_those_of_the_code() -> None:
    assert (LARGEST_BODY, MOST_FIELDS, MOST_CHECKS) == (512 * 1024, 200, 60)
    assert (slowdown.FREE_TRIES, slowdown.STEP_SECONDS, slowdown.LONGEST_SECONDS) == (5, 0.2, 2.0)
    assert (timedelta(minutes=30), timedelta(hours=8)) == (citizen.IDLE, citizen.ABSOLUTE)
    assert (timedelta(minutes=30), timedelta(hours=10)) == (staff_session.IDLE, staff_session.ABSOLUTE)
    assert (timedelta(minutes=5), timedelta(minutes=60)) == (staff_session.RECHECK, staff_session.GRACE)


def test_the_code_names_no_other_host() -> None:
    # Where "leave quickly" ends; namespaces of SVG, JSON Schema and OpenID, which nobody fetches.
    known = {"www.meteosuisse.admin.ch", "www.w3.org", "json-schema.org", "schemas.openid.net"}
    kinds = (".py", ".html", ".js", ".css", ".typ")
    files = [path for folder in ("portal", "static") for path in (PROJECT / folder).rglob("*") if path.suffix in kinds]
    found = {host for path in files for host in re.findall(r"https?://([\w.-]+\.[a-z]{2,})", path.read_text())}
    assert found <= known
