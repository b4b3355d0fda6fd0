"""What a notice says of its sources: each sentence once, and of every paragraph where it comes from."""

from __future__ import annotations

from datetime import date

import pytest

from portal import content
from portal.domain.notice import RIGHTS
from portal.domain.parameter import Confidence
from portal.i18n.words import in_language
from portal.services.notices.texts import NoticeText, notice_text, plain_words

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def text() -> NoticeText:
    """Rights and duties as they are today."""
    return notice_text(RIGHTS, "fr", DAY)


def test_each_sentence_about_a_source_is_said_once(text: NoticeText) -> None:
    fewer = 0
    for chapter in text.notice.chapters:
        for group in text.groups(chapter):
            told, bases = text.told(group.sources), text.bases(group.sources)
            said = [
                (one.article or (None if one.confidence is Confidence.UNVERIFIED else one.source), one.confidence)
                for one in told
            ]
            assert len(said) == len(set(said)), group
            assert {one.confidence for one in told} == {one.confidence for one in bases}
            assert {one.article for one in told} == {one.article for one in bases}
            fewer += len(bases) - len(told)
    assert fewer, "nothing stands on two sources that say the same: this looks at nothing"


def test_they_keep_their_order(text: NoticeText) -> None:
    names = ("appeal_period", "decision_clock", "appeal_period", "urgent_clock")
    assert text.told(names)[0] == text.bases(names)[0]
    assert list(text.told(names)) == sorted(text.told(names), key=text.bases(names).index)


def test_every_paragraph_knows_its_sources(text: NoticeText) -> None:
    found = {name: text.sources_of(name) for name in text.notice.ids()}
    assert found["title"] == found["lead"] == text.sources_of("no-such-id") == ()
    for chapter in text.notice.chapters:
        assert found[chapter.id] == chapter.sources
        for block in chapter.blocks:
            assert found[block.id] == block.sources
        for question in chapter.questions:
            assert {found[name] for name in question.ids()} == {question.sources}


def test_a_plain_paragraph_says_itself_in_another_language() -> None:
    version = content.current(RIGHTS).version
    german, french = (content.words(RIGHTS, version, code).plain("title") for code in ("de", "fr"))
    said = plain_words(RIGHTS, "title", "de")
    assert (said, in_language(said, "fr")) == (german, french)
    assert german != french
    with pytest.raises(KeyError):
        plain_words(RIGHTS, "no-such-id", "de")
