"""Sets a second language beside the first on a finished page.

Texts that are known in both languages arrive between the marks of `portal/i18n/words.py`. The page is read as a tree;
what stands together in one place, like the pieces of a sentence with a name or a strong word in it, is shown once
whole in the own language and once whole in the other. Attributes, options, the title and scripts hold the own one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from portal.i18n.languages import BY_CODE
from portal.i18n.words import BETWEEN, CLOSE, OPEN, OPEN_MINOR

ISOLATE: Final = "\u2068"
POP: Final = "\u2069"
"""What stands between these two has a direction of its own (Unicode: first strong isolate)."""
_MARKS: Final = f"{OPEN}{OPEN_MINOR}{BETWEEN}{CLOSE}"
_PAIR: Final = re.compile(f"[{OPEN}{OPEN_MINOR}]([^{_MARKS}]*){BETWEEN}([^{_MARKS}]*){CLOSE}")
_MARK: Final = re.compile(f"[{_MARKS}]")
_TOKEN: Final = re.compile(
    f"""<!--.*?-->|</?[a-zA-Z!](?:[^>"']|"[^"]*"|'[^']*')*>|[{_MARKS}]|[^<{_MARKS}]+|<""", re.DOTALL
)
_NAME: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_RAW: Final = frozenset(("script", "style", "textarea", "title", "option", "svg"))
"""Elements with room for one language only, or for none."""
_PHRASE: Final = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "br", "code", "em", "i", "mark", "small", "span", "strong", "sup", "time", "wbr"]
)
_PHRASE_CLASSES: Final = frozenset(("nowrap", "muted", "small", "optional", "hush"))
_CLASS: Final = re.compile(r'\sclass="([^"]*)"')
_KEPT: Final = re.compile(r'\s(?:class|dir|lang|datetime|data-source)="[^"]*"')


@dataclass(slots=True)
class _Element:
    name: str
    opening: str
    nodes: list[_Node] = field(default_factory=list)
    closing: str = ""


@dataclass(slots=True)
class _Pair:
    minor: bool
    own: list[_Node] = field(default_factory=list)
    other: list[_Node] = field(default_factory=list)
    between: bool = False

    @property
    def nodes(self) -> list[_Node]:
        return self.other if self.between else self.own


_Node = str | _Element | _Pair


def paired(page: str, language: str, *, options: bool = False) -> str:
    """The page with its marked texts in both languages; `language` is that of the second ones.

    `options`: those of lists to choose from too, in one line: for two who read the same screen.
    """
    if not _MARK.search(page):
        return page
    return _Writer(language, BY_CODE[language].dir).both(_read(page, in_line if options else own_only))


def in_line(text: str) -> str:
    """A text with marks in both languages, one after the other, each with its own direction; without a sentence the own one."""
    own, other = own_only(text), own_only(text, other=True)
    return own if OPEN not in text or own == other else f"{ISOLATE}{own}{POP} · {ISOLATE}{other}{POP}"


def own_only(text: str, *, other: bool = False) -> str:
    """A text with marks, in the own language, or in the other one."""
    while _MARK.search(text):
        text, found = _PAIR.subn(r"\2" if other else r"\1", text)
        if not found:
            return _MARK.sub("", text)
    return text


def _read(page: str, option: Callable[[str], str]) -> list[_Node]:
    """The tree of a page. Marks that do not belong together are dropped: somebody typed them."""
    root = _Element("", "")
    stack: list[_Element | _Pair] = [root]
    at = 0
    while found := _TOKEN.match(page, at):
        token, at = found[0], found.end()
        if token in _MARKS:
            _mark(token, stack)
        elif token[0] != "<" or not (named := _NAME.match(token)):
            stack[-1].nodes.append(token)
        elif token[1] == "/":
            _close(named[1], token, stack)
        else:
            element = _Element(named[1].lower(), own_only(token))
            stack[-1].nodes.append(element)
            if element.name in _RAW and not token.endswith("/>"):
                end = page.find(f"</{named[1]}>", at)
                end = len(page) if end < 0 else end
                element.nodes.append((option if element.name == "option" else own_only)(page[at:end]))
                element.closing = f"</{named[1]}>"
                at = end + len(element.closing)
            elif element.name not in _VOID and not token.endswith("/>"):
                stack.append(element)
    return root.nodes


def _mark(token: str, stack: list[_Element | _Pair]) -> None:
    top = stack[-1]
    if token in (OPEN, OPEN_MINOR):
        pair = _Pair(token == OPEN_MINOR)
        top.nodes.append(pair)
        stack.append(pair)
    elif isinstance(top, _Pair):
        if token == BETWEEN:
            top.between = True
        else:
            stack.pop()


def _close(name: str, token: str, stack: list[_Element | _Pair]) -> None:
    for depth in range(len(stack) - 1, 0, -1):
        one = stack[depth]
        if isinstance(one, _Element) and one.name == name.lower():
            one.closing = token
            del stack[depth:]
            return


def _strong(nodes: list[_Node]) -> bool:
    """Whether there is a text that is more than a date, an amount or a name."""
    return any(
        _strong(node.nodes) if isinstance(node, _Element) else (node.between and not node.minor) or _strong(node.own)
        for node in nodes
        if not isinstance(node, str)
    )


def _phrase(node: _Node) -> bool:
    """Whether a node may be part of a sentence: text, and elements that only dress text."""
    if not isinstance(node, _Element):
        return True
    classes = _CLASS.search(node.opening)
    plain = not classes or set(classes[1].split()) <= _PHRASE_CLASSES
    return node.name in _PHRASE and plain and all(_phrase(inner) for inner in node.nodes)


def _blank(node: _Node) -> bool:
    return isinstance(node, str) and not node.strip()


@dataclass(frozen=True, slots=True)
class _Writer:
    language: str
    direction: str

    def both(self, nodes: list[_Node]) -> str:
        """Nodes in both languages, sentence by sentence."""
        out: list[str] = []
        run: list[_Node] = []
        for node in (*nodes, None):
            if node is not None and _phrase(node):
                run.append(node)
                continue
            out.append(self._run(run))
            run = []
            if isinstance(node, _Element):
                out.append(f"{node.opening}{self.both(node.nodes)}{node.closing}")
        return "".join(out)

    def _run(self, run: list[_Node]) -> str:
        if not _strong(run):
            return self.one(run, other=False)
        if all(isinstance(node, _Element) or _blank(node) for node in run):  # side by side, each by itself
            return "".join(
                f"{node.opening}{self.both(node.nodes)}{node.closing}" if isinstance(node, _Element) else str(node)
                for node in run
            )
        start, end = 0, len(run)
        while _blank(run[start]):
            start += 1
        while _blank(run[end - 1]):
            end -= 1
        own, other = (self.one(run[start:end], other=which) for which in (False, True))
        if own == other:
            return self.one(run, other=False)
        doubled = (
            f'<span class="beside"><span class="beside-own">{own.strip()}</span> '
            f'<span class="beside-other" lang="{self.language}" dir="{self.direction}">{other.strip()}</span></span>'
        )
        return self.one(run[:start], other=False) + doubled + self.one(run[end:], other=False)

    def one(self, nodes: list[_Node], *, other: bool) -> str:
        """Nodes in one language. The second time a link is a plain word, and no id comes twice."""
        out: list[str] = []
        for node in nodes:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, _Pair):
                out.append(self.one(node.other if other and node.between else node.own, other=other))
            elif other and node.name not in _RAW:
                name = "span" if node.name == "a" else node.name
                kept = "".join(_KEPT.findall(node.opening))
                out.append(f"<{name}{kept}>{self.one(node.nodes, other=True)}{f'</{name}>' if node.closing else ''}")
            else:
                out.append(f"{node.opening}{self.one(node.nodes, other=other)}{node.closing}")
        return "".join(out)
