"""What holds for every page, whichever test fetched it: valid HTML, one h1, labels, strict policy, nothing leaking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Type": "text/html; charset=utf-8",
}
POLICY: Final = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
# Words that only a fault prints: an unset variable, a template or a format that was not filled, a Python object.
LEAKS: Final = re.compile(
    r"\bNone\b|\{\{|\}\}|\{%|%\(\w+\)|\bUndefined\b|<(?:object|Markup|function)|(?<![\w-])0x[0-9a-f]{6,}"
)
# Sealed values and signatures are random letters: any of the words above can stand in a long one by chance.
RANDOM: Final = re.compile(r"[\w-]{40,}")
PICTURE: Final = re.compile(r"^/[\w/-]+/pages/[0-9a-f-]{36}(?:/thumb)?\.jpg(?:\?turn=\d+)?$")
"""A page that a person sent; nothing else but our own files is loaded."""
UNLABELLED: Final = {"hidden", "submit", "button", "image", "reset"}
REFERENCES: Final = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list")


def parse(text: str) -> Element:
    """The document as a tree without namespaces. Raises html5lib's ParseError for HTML that is not valid."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(text)
    return document


def text_of(element: Element) -> str:
    """All text inside, with single blanks."""
    return " ".join("".join(element.itertext()).split())


def first(root: Element, path: str) -> Element:
    """The first element of a path; an empty one when there is none."""
    found = root.find(path)
    return Element("none") if found is None else found


def check_headers(response: TestResponse) -> Iterator[str]:
    """What is wrong with the headers of a page."""
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)!r}"
    policy = {
        part.split(" ", 1)[0]: set(part.split(" ")[1:])
        for part in response.headers.get("Content-Security-Policy", "").split("; ")
    }
    for name, sources in POLICY.items():
        extra = policy.get(name, {"missing"}) - sources
        to_provider = name == "form-action" and b'action="/staff/sign-in"' in response.data and len(extra) == 1
        if extra and not to_provider:
            yield f"policy {name} {extra}"
    if set(policy) != set(POLICY):
        yield f"policy directives {set(policy) ^ set(POLICY)}"
    for cookie in response.headers.getlist("Set-Cookie"):
        if not all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/")) or "Domain=" in cookie:
            yield f"cookie {cookie}"


def check_document(root: Element, language: tuple[str, str] | None) -> Iterator[str]:
    """What is wrong with a page; `language` is the code and the direction that it must have."""
    lang, direction = root.get("lang"), root.get("dir")
    if language is not None and (lang, direction) != language:
        yield f"lang and dir {lang, direction}, not {language}"
    if len(headings := root.findall(".//h1")) != 1:
        yield f"{len(headings)} h1"
    elif not text_of(headings[0]):
        yield "an empty h1"
    if not text_of(first(root, "./head/title")).strip("– "):
        yield "no title"
    if len(root.findall(".//main")) != 1:
        yield "not one main"
    yield from _ids(root)
    yield from _labels(root)
    yield from _inline(root)
    yield from _forms(root)
    for element in root.iter():
        words = " ".join([element.text or "", element.tail or "", *element.attrib.values()])
        if leak := LEAKS.search(RANDOM.sub("", words)):
            yield f"{leak[0]!r} leaks in {words.strip()[:120]!r}"


def _ids(root: Element) -> Iterator[str]:
    counts = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1 or not name)
    for element in root.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in counts:
                    yield f"{element.tag} {attribute}={name!r} leads nowhere"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in counts:
            yield f"the link {href} leads nowhere"


def _labels(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label") if text_of(label)}
    wrapped = {id(inner) for label in root.iter("label") if text_of(label) for inner in label.iter()}
    for control in root.iter():
        if control.tag not in ("input", "select", "textarea") or control.get("type") in UNLABELLED:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not (named or control.get("id") in labelled or id(control) in wrapped):
            yield f"{control.tag} {control.get('name')!r} has no label"
    for fieldset in root.iter("fieldset"):
        if not any(text_of(legend) for legend in fieldset.findall("legend")):
            yield "a fieldset without a legend"
    for control in (*root.iter("button"), *root.iter("a")):
        if not (text_of(control) or control.get("aria-label")):
            yield f"{control.tag} without words"


def _inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "style":  # in SVG too, which has a name space
            yield "a style element"
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{element.tag} has {name}="
        source = element.get("src") or (element.get("href") if element.tag == "link" else None)
        page_of_a_paper = element.tag == "img" and PICTURE.search(source or "")
        if source and not source.startswith("/static/") and not page_of_a_paper:
            yield f"{element.tag} loads {source}"
        if element.tag.rpartition("}")[2] == "script" and not element.get("src"):
            yield "an inline script"
        if element.tag == "img" and element.get("alt") is None:
            yield "an image without alt"
        if (element.get("href") or "").startswith("javascript:"):
            yield "a javascript: link"


def _forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        method, action = form.get("method"), form.get("action")
        if method not in ("get", "post"):
            yield f"a form without method: {action}"
        if action is not None and (not action.startswith("/") or action.startswith("//")):
            yield f"a form leads to {action}"
        names = [control.get("name") for control in form.iter("input")]
        if method == "post" and names.count("csrf_token") != 1:
            yield f"the form to {action} has {names.count('csrf_token')} CSRF tokens"
        if method == "post" and action is None:
            yield "a post form without action"
    for button in root.iter("button"):
        if button.get("type") not in ("submit", "button"):
            yield f"the button {text_of(button)!r} has no type"
