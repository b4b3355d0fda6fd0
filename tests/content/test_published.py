"""What was published is never edited, and the command that lists it never changes a line."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from portal import content
from portal.content import ContentError
from portal.i18n.languages import CODES
from tests.content.making import make, replace_in
from tests.tools.notices import FILES, faults, listing, publish, published


def test_what_this_portal_ships_is_what_was_published() -> None:
    assert list(faults()) == []
    versions = {(name, version) for name in content.names() for version in content.versions(name)}
    assert set(published()) == {f"{name}/{version}/{file}" for name, version in versions for file in FILES}


def test_an_acknowledgement_is_for_the_words_that_were_published() -> None:
    for name in content.names():
        for language in CODES:
            words = content.words(name, content.current(name).version, language)
            assert words.digest.hex() == published()[f"{name}/{content.current(name).version}/{language}.md"]


def test_publish_lists_every_file_once(tmp_path: Path) -> None:
    folder = make(tmp_path)
    assert len(list(faults(folder))) == len(FILES)
    assert publish(folder) == sorted(f"rights/1/{file}" for file in FILES)
    assert list(faults(folder)) == []
    digest = hashlib.sha256((folder / "rights" / "1" / "fr.md").read_bytes()).hexdigest()
    assert published(folder)["rights/1/fr.md"] == digest
    before = listing(folder).read_bytes()
    assert publish(folder) == []
    assert listing(folder).read_bytes() == before


@pytest.mark.parametrize("file", FILES)
def test_a_changed_file_is_found_and_publish_does_not_hide_it(tmp_path: Path, file: str) -> None:
    folder = make(tmp_path)
    publish(folder)
    changed = folder / "rights" / "1" / file
    changed.write_text(changed.read_text("utf-8") + "\n", encoding="utf-8")
    before = listing(folder).read_bytes()
    assert publish(folder) == []
    assert listing(folder).read_bytes() == before
    assert list(faults(folder)) == [f"rights/1/{file}: was published, and is changed; write another version"]


def test_a_file_that_is_gone_and_one_that_belongs_to_no_notice(tmp_path: Path) -> None:
    folder = make(tmp_path)
    publish(folder)
    (folder / "rights" / "1" / "de.md").unlink()
    (folder / "rights" / "1" / "es.md").write_text("{#title}\n# Derechos\n", encoding="utf-8")
    assert publish(folder) == []
    assert list(faults(folder)) == [
        "rights/1/de.md: was published, and is gone",
        "rights/1/es.md: is no file of a notice",
    ]


def _later(folder: Path) -> Path:
    """The same notices in another folder: a process reads each folder once."""
    return shutil.copytree(folder.parent, folder.parent.parent / f"{folder.parent.name}-later") / "notices"


def test_another_version_is_added_below(tmp_path: Path) -> None:
    folder = make(tmp_path)
    publish(folder)
    folder = _later(folder)
    before = listing(folder).read_text("utf-8")
    shutil.copytree(folder / "rights" / "1", folder / "rights" / "2")
    replace_in(folder / "rights" / "2" / "fr.md", "Deux mots.", "Trois mots ici.")
    assert [fault.split(":")[0] for fault in faults(folder)] == sorted(f"rights/2/{file}" for file in FILES)
    publish(folder)
    assert listing(folder).read_text("utf-8").startswith(before)
    assert list(faults(folder)) == []


def test_a_version_that_is_not_whole_is_not_published(tmp_path: Path) -> None:
    folder = make(tmp_path)
    replace_in(folder / "rights" / "1" / "pt.md", "{#decision-1}\n", "")
    with pytest.raises(ContentError):
        publish(folder)
    assert not listing(folder).exists()


def test_a_review_that_comes_later_edits_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path)
    publish(folder)
    folder = _later(folder)
    review = "rights: {1: {fr: {by: A. Test, day: 2026-12-01}}}\n"
    (folder.parent / "reviews.yaml").write_text(review, encoding="utf-8")
    assert list(faults(folder)) == []
    assert content.notice("rights", 1, folder).reviewed["fr"] is not None
