"""The vendored tus client in a real page: under our policy and with our token, pause, a lost store, the same file again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from playwright.sync_api import Page, expect

from portal.statics import ROOT, Statics
from tests.browser.conftest import OpenPage
from tests.browser.world import World
from tests.operations.waiting import until
from tests.pages.uploading import kept

CLIENT = "vendor/tus-4.3.1.min.js"
SHA256 = "2370de43c57969760dfdab84e2b50a675c5459b91e4c8f809e6fda0f8376c892"
"""Of the file from the npm package tus-js-client 4.3.1, `dist/tus.min.js`, without the line that names a source map."""
LENGTH = 3_000_017
BEGIN = """
(options) => {
  const bytes = new Uint8Array(options.length).map((_, at) => (at * 7 + (at >> 8)) % 256);
  const seen = window.seen = {offset: 0, done: false, failed: null, answers: []};
  const token = options.token ?? document.querySelector('[name=csrf_token]').value;
  window.upload = new tus.Upload(new File([bytes], 'Fiche mai.jpg', {type: 'image/jpeg'}), {
    endpoint: '/fr/dossier/uploads',
    uploadUrl: options.url ?? null,
    chunkSize: 256 * 1024,
    retryDelays: [0, 200, 400, 800, 1600, 3200],
    storeFingerprintForResuming: false,
    headers: {'X-CSRFToken': token},
    metadata: {filename: 'Fiche mai.jpg', key: options.key},
    onChunkComplete: (_size, offset) => {
      seen.offset = offset;
      if (offset >= options.pause) { options.pause = Infinity; window.upload.abort(); }
    },
    onAfterResponse: (_request, answer) => { seen.answers.push(answer.getStatus()); },
    onSuccess: () => { seen.done = true; },
    onError: (error) => { seen.failed = error.originalResponse ? error.originalResponse.getStatus() : String(error); },
  });
  window.upload.start();
}
"""
CONTENT = bytes((at * 7 + (at >> 8)) % 256 for at in range(LENGTH))


def begin(page: Page, **options: Any) -> None:
    """Load the client as a page of ours does, and begin to send; `pause`: after so many bytes."""
    page.add_script_tag(url=Statics({}).url(CLIENT))
    page.evaluate(BEGIN, {"length": LENGTH, "key": "lease", "pause": 10**9, **options})


def seen(page: Page) -> dict[str, Any]:
    """What the client saw."""
    found: dict[str, Any] = json.loads(page.evaluate("JSON.stringify(window.seen)"))
    return found


def test_the_client_is_the_published_one() -> None:
    assert hashlib.sha256((ROOT / CLIENT).read_bytes()).hexdigest() == SHA256
    assert "MIT" in (ROOT / "vendor/tus-4.3.1.LICENSE").read_text()


def test_pause_lost_store_and_the_same_file_again(open_page: OpenPage, world: World) -> None:
    page = open_page()
    page.goto("/fr/")
    cookie = {"name": "citizen", "value": world.visit(world.file(world.somebody())), "url": page.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto("/fr/dossier")
    expect(page.locator("h1")).to_have_text("Mon dossier")

    begin(page, token="stale")
    until(lambda: seen(page)["failed"], "the client gives up")
    assert seen(page)["failed"] == 403

    begin(page, pause=700_000)
    until(lambda: seen(page)["offset"] >= 700_000, "it pauses")
    place = str(page.evaluate("window.upload.url"))
    assert place.startswith("/fr/dossier/uploads/")
    world.stack.s3.stop()
    page.evaluate("window.upload.start()")
    until(lambda: 503 in seen(page)["answers"], "the store is missed")
    world.stack.s3.start()
    until(lambda: seen(page)["done"], "it comes to an end by itself")
    assert kept(world.kit, place) == CONTENT

    begin(page, pause=900_000)
    until(lambda: seen(page)["offset"] >= 900_000, "it pauses")
    place = str(page.evaluate("window.upload.url"))
    page.reload()  # the script has forgotten everything
    begin(page, url=place)
    until(lambda: seen(page)["done"], "the same file goes on where it stopped")
    assert seen(page)["answers"][0] == 200, "it asked how far the file was"
    assert len(seen(page)["answers"]) < 1 + LENGTH / (256 * 1024)
    assert kept(world.kit, place) == CONTENT
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
