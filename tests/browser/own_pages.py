"""Everything that a signed-in adult can read: each page that a link leads to, each PDF, the calendar, the ZIP."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Final

from playwright.sync_api import APIResponse, Page
from pypdf import PdfReader

from portal.security.access import Rule, rule_of
from tests.browser.world import World
from tests.said import said_of

_LINK: Final = re.compile(r'href="([^"#]*)')
_NEW: Final = re.compile(
    r'(name="(?:csrf_token|filing_token|made|answers|started|from)" value="|nonce="|DTSTAMP:|D:)(?:[\w.=-]+)',
)
"""What is new on each look and says nothing: one-time values, and when a file was made."""
LOG: Final = "/access-log"
"""Whoever takes the ZIP stands there: this walk itself."""


@dataclass(frozen=True)
class Read:
    """What was read, by address without the language."""

    pages: dict[str, str]
    data: dict[str, Any]
    """`data.json` of the ZIP, without the instant of its making."""

    @property
    def same(self) -> dict[str, str]:
        """What must not change by itself from one look to the next."""
        return {path: text for path, text in self.pages.items() if LOG not in path and not path.endswith(".zip")}

    def changed_since(self, before: Read) -> list[str]:
        """Every line of a page that is not as it was; a page that came or went shows all of its lines."""
        found = []
        for path in sorted(self.same.keys() | before.same.keys()):
            texts = [one.same.get(path, "").splitlines() for one in (before, self)]
            lines = list(unified_diff(*texts, lineterm="", n=0))[2:]
            found += [f"{path}: {line}" for line in lines if not line.startswith("@@")]
        return found

    def mentions(self, words: tuple[str, ...]) -> list[str]:
        """Where something of this stands, as `address: word`."""
        return [f"{path}: {word}" for path, text in self.pages.items() for word in said_of(words, text)]


def read_everything(page: Page, world: World, reference: str, person: str, language: str = "fr") -> Read:
    """Go through all of the open dossier; fails where a page of a signed-in adult was not reached or does not open."""
    home = f"/{language}/dossier"
    routes = _routes(world, language)
    waiting, found = [home, *routes], dict[str, str]()
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = page.context.request.get(path)
        if answer.status == 404 and path in routes:
            continue  # not for this adult: withdrawing belongs to who made the demand
        assert answer.ok, f"{path}: {answer.status}"
        assert "/sign-in" not in answer.url, path
        found[path] = _text(answer)
        if "html" in answer.headers["content-type"]:
            links = (html.unescape(link) for link in _LINK.findall(answer.text()))
            waiting += [link for link in links if link.startswith(home) and "?then=" not in link]  # the same page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.context.request.get(f"{home}/export").text())
    assert token is not None
    form = {"csrf_token": token[1], "reference": reference, "whose": person, "papers": "y"}
    taken = page.context.request.post(f"{home}/export.zip", form=form)
    assert taken.headers["content-type"] == "application/zip", taken.text()[:400]
    with zipfile.ZipFile(io.BytesIO(taken.body())) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            found[f"{home}/export.zip"] = found.get(f"{home}/export.zip", "") + _file(name, archive.read(name))
        data = json.loads(archive.read("data.json"))
    return Read(found, {name: value for name, value in data.items() if name != "made_at"})


def _routes(world: World, language: str) -> list[str]:
    """Every address of a signed-in adult that needs nothing but the language: a link to it may be forgotten."""
    found = []
    for rule in world.app.url_map.iter_rules():
        theirs = rule_of(world.app, rule.endpoint) in (Rule.CITIZEN, Rule.HOUSEHOLD, Rule.PAPERS)
        if theirs and "GET" in (rule.methods or ()) and rule.arguments == {"lang"} and rule.rule[:6] != "/staff":
            with world.app.test_request_context():
                found.append(world.app.url_for(rule.endpoint, lang=language, _external=False))
    return found


def _text(answer: APIResponse) -> str:
    kind = answer.headers["content-type"]
    if "html" in kind:
        return html.unescape(_NEW.sub(r"\1", answer.text()))
    return _NEW.sub(r"\1", _file("x.pdf" if "pdf" in kind else "x.txt", answer.body()))


def _file(name: str, content: bytes) -> str:
    """The words of a file, and its name."""
    if not name.endswith(".pdf"):
        return f"{name}\n{content.decode(errors='replace')}"
    reader = PdfReader(io.BytesIO(content))
    return "\n".join(
        [name, *(page.extract_text() for page in reader.pages), *map(str, (reader.metadata or {}).values())]
    )
