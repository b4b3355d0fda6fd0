"""The numbered notes of the estimate's paper: where each sentence comes from."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.parameter import Law, Parameter
from portal.i18n.law_words import label_words
from portal.services.estimates.paper_words import source_words


class Notes:
    """What stands on the paper once only: sources, numbered as they come, and rules in words.

    Values of the law with one source, start and confidence share a number.
    """

    def __init__(self, law: Law, language: str) -> None:
        self._law, self._language = law, language
        self._said: set[str] = set()
        self._titles: dict[tuple[str, str], list[str]] = {}

    def of(self, rules: Iterable[Parameter]) -> list[str]:
        """The numbers of these rules, for the brackets behind a sentence."""
        return [str(number) for number in sorted({self._number(rule) for rule in rules})]

    def named(self, *names: str) -> list[str]:
        """The same, for rules by name."""
        return self.of(self._law(name) for name in names)

    def once(self, text: str) -> str:
        """A rule in words the first time; then nothing, as its numbers lead to the same sources."""
        if text in self._said:
            return ""
        self._said.add(text)
        return text

    @property
    def sources(self) -> list[dict[str, str]]:
        """All of them, in the order of their numbers."""
        return [
            {"title": " · ".join(titles), "said": said, "written": written}
            for (said, written), titles in self._titles.items()
        ]

    def _number(self, rule: Parameter) -> int:
        key = source_words(rule, self._language)
        titles = self._titles.setdefault(key, [])
        title = label_words(rule, self._language)
        if title not in titles:
            titles.append(title)
        return list(self._titles).index(key) + 1
