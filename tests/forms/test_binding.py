"""Fields that are described once: what one form makes of them stays its own."""

from __future__ import annotations

import pytest
from wtforms import Form, StringField

from portal.forms.binding import CopiedFields, named


class Asking(Form):  # type: ignore[misc]
    """One question."""

    Meta = CopiedFields
    words = StringField("Ours")


def test_a_word_of_all_cannot_be_changed_for_one() -> None:
    one = Asking()
    with pytest.raises(AttributeError, match="shared by every form"):
        one.words.label.text = "Mine"
    named(one.words, "Mine")
    assert (one.words.label.text, Asking().words.label.text) == ("Mine", "Ours")
