"""The page judges a photo as the server does: the same formula, the same numbers, on the same pictures."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from portal.adapters.inspection.judgement import flaw_of, sharpness
from portal.statics import Statics
from tests.browser.conftest import OpenPage
from tests.pages.sent_papers import page

JUDGE = """async ([address, text]) => {
  const { flawOf, greyOf, sharpness } = await import(address);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const file = new Blob([bytes], { type: "image/png" });
  let picture = null;
  try { picture = await createImageBitmap(file); } catch { return [await flawOf(file), null]; }
  return [await flawOf(file), sharpness(greyOf(picture, Math.min(1, 1600 / Math.max(picture.width, picture.height))))];
}"""
PICTURES = {
    "sharp": page(kind="PNG"),
    "large": page(2400, 3200, kind="PNG"),
    "less": page(kind="PNG", blur=1),
    "blurred": page(kind="PNG", blur=6),
    "dark": page(kind="PNG", light=0.2),
    "tiny": page(600, 800, kind="PNG"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_browser_and_server_agree(open_page: OpenPage, name: str) -> None:
    content = PICTURES[name]
    tab = open_page()
    tab.goto("/fr/")
    flaw, sharp = tab.evaluate(JUDGE, [Statics({}).url("js/judge.js"), base64.b64encode(content).decode()])
    with Image.open(io.BytesIO(content)) as image:
        wanted = flaw_of(image)
        grey = image.convert("L")
        if max(grey.size) <= 1600:  # larger ones are made smaller by other means: there only the word has to agree
            assert sharp == pytest.approx(sharpness(grey), rel=0.2)
    assert flaw == (wanted.value if wanted else None)
    assert (flaw is None) == (name in ("sharp", "less", "large"))


def test_of_what_the_browser_cannot_open_nothing_is_said(open_page: OpenPage) -> None:
    tab = open_page()
    tab.goto("/fr/")
    said = tab.evaluate(JUDGE, [Statics({}).url("js/judge.js"), base64.b64encode(b"ftypheic").decode()])
    assert said == [None, None]
