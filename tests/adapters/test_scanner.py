"""The scanner against a real clamd: what it says counts only when it says it clearly."""

from __future__ import annotations

import io
import os
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from devstack.clamd import EICAR, LONGEST_STREAM, Clamd
from devstack.ports import LOOPBACK, free_port
from portal.adapters.scanner import Scanner, ScannerUnavailableError
from portal.domain.document import MOST_BYTES
from tests.frozen import frozen

JPEG = io.BytesIO()
Image.new("RGB", (64, 64), "white").save(JPEG, "JPEG")


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("payslip.txt", content)
    return file.getvalue()


@pytest.fixture(params=["tcp", "unix"])
def scanner(request: pytest.FixtureRequest, clamd: Clamd) -> Scanner:
    """The scanner over either kind of address."""
    return Scanner(clamd.url if request.param == "tcp" else clamd.socket_url, seconds=30)


@pytest.mark.parametrize("content", [b"", b"x", JPEG.getvalue(), zipped(b"wages")], ids=["empty", "x", "jpeg", "zip"])
def test_what_is_clean_is_clean(scanner: Scanner, content: bytes) -> None:
    assert scanner.scan(content) is True


@pytest.mark.parametrize(
    "content",
    [EICAR, JPEG.getvalue() + EICAR, zipped(EICAR), b"%PDF-1.7\n" + bytes(300_000) + EICAR],
    ids=["bare", "jpeg-tail", "zip", "second-chunk"],
)
def test_what_is_in_it_is_found(scanner: Scanner, content: bytes) -> None:
    assert b"PK" not in content or EICAR not in content, "deflated: the scanner has to open the archive"
    assert scanner.scan(content) is False


def test_the_longest_file_is_scanned_to_its_end(scanner: Scanner) -> None:
    content = os.urandom(MOST_BYTES - len(EICAR))
    assert scanner.scan(content) is True
    assert scanner.scan(content + EICAR) is False


def test_more_than_it_takes_is_not_called_clean(scanner: Scanner) -> None:
    with pytest.raises(ScannerUnavailableError):
        scanner.scan(bytes(LONGEST_STREAM + 8 * 1024 * 1024))
    assert scanner.scan(b"and the next one is scanned as ever") is True


def test_many_at_once_do_not_mix(clamd: Clamd) -> None:
    scanner = Scanner(clamd.url, seconds=30)
    answers: dict[int, bool] = {}

    def scan(number: int) -> None:
        answers[number] = scanner.scan(EICAR if number % 2 else b"clean")

    threads = [threading.Thread(target=scan, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: number % 2 == 0 for number in range(12)}


def test_a_scanner_that_is_away(clamd: Clamd, scanner: Scanner) -> None:
    clamd.stop()
    with pytest.raises(ScannerUnavailableError):
        scanner.scan(b"x")
    clamd.start()
    assert scanner.scan(b"x") is True


@pytest.mark.parametrize("size", [10, MOST_BYTES], ids=["small", "more than the pipe holds"])
def test_a_scanner_that_hangs_is_given_up(clamd: Clamd, size: int) -> None:
    scanner = Scanner(clamd.url, seconds=1.0)
    with frozen(clamd.pid), pytest.raises(ScannerUnavailableError):
        scanner.scan(bytes(size))
    assert Scanner(clamd.url).scan(b"x") is True


@contextmanager
def something_that_says(answer: bytes, *, pause: float = 0) -> Iterator[str]:
    """A server that clamd could be taken for: it reads a stream and says this, a byte at a time when it is to pause."""
    with socket.create_server((LOOPBACK, free_port())) as server:

        def serve() -> None:
            link, _ = server.accept()
            with link:
                while not link.recv(65536).endswith(bytes(4)):
                    pass
                try:
                    for part in [answer[i : i + 1] for i in range(len(answer))] if pause else [answer]:
                        link.sendall(part)
                        time.sleep(pause)
                except OSError:
                    return  # the scanner has given up, as it should

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://{LOOPBACK}:{server.getsockname()[1]}"
        thread.join()


def test_the_clear_answers_are_taken() -> None:
    """So that the refusals below are known to come from the words, not from this server."""
    with something_that_says(b"stream: OK\0") as url:
        assert Scanner(url).scan(b"x") is True
    with something_that_says(b"stream: Win.Test FOUND\0") as url:
        assert Scanner(url).scan(b"x") is False


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"\0", b"OK", b"stream: OK", b"stream: OK\n", b"stream: ok\0", b"stream: NOT OK\0", b"stream: OK\0\0"),
        *(b"stream: OK\0stream: X FOUND\0", b"stream: X FOUND\0stream: OK\0"),
        *(b"stream:  FOUND\0", b"stream: X FOUND", b"stream: X\nY FOUND\0"),
        *(b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"stream: OK ERROR\0"),
        *(b"HTTP/1.1 200 OK\r\n\r\n", b"stream: " + b"X" * 5000 + b" FOUND\0"),
    ],
)
def test_no_other_answer_counts(answer: bytes) -> None:
    with something_that_says(answer) as url, pytest.raises(ScannerUnavailableError):
        Scanner(url, seconds=5).scan(b"x")


def test_an_answer_that_drips_is_given_up() -> None:
    with something_that_says(b"stream: OK\0", pause=0.3) as url, pytest.raises(ScannerUnavailableError):
        Scanner(url, seconds=1.0).scan(b"x")


def test_addresses() -> None:
    assert Scanner.from_url(None) is None
    assert Scanner.from_url("") is None
    assert isinstance(Scanner.from_url("tcp://[::1]:3310"), Scanner)
    assert isinstance(Scanner.from_url("unix:///run/clamav/clamd.ctl"), Scanner)
    for url in (
        "127.0.0.1:3310",
        "tcp://host",
        "tcp://:3310",
        "tcp://host:many",
        "unix://",
        "unix://x/y",
        "http://h:1",
    ):
        with pytest.raises(ValueError, match=r".+"):
            Scanner.from_url(url)
