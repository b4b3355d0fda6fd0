"""A language that nobody speaks: each letter of each text becomes ⓐ…ⓩ. A letter that is none of them was not translated."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

import html5lib
from babel.messages.mofile import write_mo

from portal.content import notices
from tests.tools.catalogs import template
from tests.tools.sources import PAPER, named_by_source

PLACEHOLDER: Final = re.compile(r"(%\(\w+\)[a-zA-Z]|\{\w+\})")
READ_OUT: Final = ("alt", "title", "aria-label", "placeholder", "label", "aria-roledescription", "aria-valuetext")
# Attributes for the script that hold no words; every other data attribute is read as a text.
NO_WORDS: Final = frozenset(
    f"data-{name}"
    for name in (
        *("step", "stepper", "final", "shows", "search", "always", "copy", "print", "source", "leave", "menu"),
        *(
            "typeahead",
            "rule",
            "keep",
            "forget",
            "resume",
            "again",
            "attached",
            "trail",
            "trail-of",
            "trail-first",
            "live",
            "line",
            "paper",
            "key",
            "keys",
        ),
        *("save", "save-state", "session", "url", "not-law", "memory"),
        *("upload", "key", "document", "judge", "state", "version", "file", "fingerprint", "most", "row"),
        "listen",
    )
)
DAY: Final = date(2026, 11, 30)
"""The day of `world.last_day`."""
ADDRESS: Final = re.compile(r"https?://\S+|\bwww\.[\w.-]+|\b\w[\w.]*@[\w.]+\w|\b[\w-]+(?:\.[\w-]+)*\.(?:ch|org)\b")
REFERENCE: Final = re.compile(r"\bVS-(?:\d{4}-\d{4}-\d{2})?")
CIPHER: Final = re.compile(r"(?<![\w-])[\w.~-]{40,}(?![\w-])|\b[0-9a-f]{16}\b")
"""Hashes, keys, proofs, the number of an error page."""


def pseudo(text: str) -> str:
    """The text with every letter replaced; placeholders stay."""
    parts = PLACEHOLDER.split(text)
    return "".join(part if PLACEHOLDER.fullmatch(part) else _disguised(part) for part in parts)


def _disguised(text: str) -> str:
    plain = unicodedata.normalize("NFD", text)
    return "".join(chr(0x24D0 + ord(c.lower()[0]) % 26) if c.isalpha() else c for c in plain)


def write_catalogs(folder: Path, languages: Iterable[str]) -> None:
    """The compiled catalog of the pseudo-language under the name of each of `languages`."""
    catalog = template()
    for message in catalog:
        if message.id:
            message.string = pseudo(str(message.id))
    for language in languages:
        path = folder / language / "LC_MESSAGES" / "messages.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalog)


def write_notices(folder: Path, languages: Iterable[str]) -> None:
    """The notices with the words of each of `languages` in the pseudo-language; the ids stay."""
    shutil.copytree(notices.FOLDER, folder)
    for path in (path for language in languages for path in folder.rglob(f"{language}.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(one if one.startswith("{#") else pseudo(one) for one in lines), encoding="utf-8")


def words_of(text: str, data: Callable[[str], str]) -> list[str]:
    """The words of a text that are neither pseudo nor data. `data` takes what is data out of a text."""
    for pattern in (PLACEHOLDER, ADDRESS, REFERENCE, CIPHER):
        text = pattern.sub(" ", text)
    return re.findall(r"[^\W\d_]+", data(text))


def texts_of(page: str) -> Iterator[tuple[str, str]]:
    """Every text of a page that a person sees or hears, with the place where it stands."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    yield from _texts(tree, "", None)


def _texts(element: object, place: str, rule: str | None) -> Iterator[tuple[str, str]]:
    tag = element.tag  # type: ignore[attr-defined]
    if not isinstance(tag, str) or tag in ("script", "style"):
        return
    attributes = element.attrib  # type: ignore[attr-defined]
    # A letter is written in French or German, whatever language the page has; so are words for the desk on a lent device.
    if attributes.keys() & {"data-letter", "data-desk"}:
        return
    place = f"{place}/{tag}"
    rule = attributes.get("data-source", rule)
    if "data-paper" in attributes:
        rule = PAPER + attributes["data-paper"]
    yield place, _without_source(element.text or "", rule)  # type: ignore[attr-defined]
    for name, value in attributes.items():
        worded = name in READ_OUT or (name.startswith("data-") and name not in NO_WORDS)
        if worded or (tag == "meta" and name == "content" and attributes.get("name") == "description"):
            yield f"{place}@{name}", value
        if name == "value" and tag == "input" and attributes.get("type") in ("submit", "button", "reset"):
            yield f"{place}@value", value
    for child in element:  # type: ignore[attr-defined]
        yield from _texts(child, place, rule)
        yield place, _without_source(child.tail or "", rule)


def _without_source(text: str, rule: str | None) -> str:
    """A legal sentence names its article in the law's own language; the element says which rule it is."""
    names = {name for one in (rule or "").split() for name in named_by_source()[one]}
    for name in sorted(names, key=len, reverse=True):  # an article may be the beginning of its source
        text = text.replace(name, " ")
    return text
