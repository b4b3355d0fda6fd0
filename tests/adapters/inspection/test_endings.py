"""How an inspection ends is told apart: by its limits, or from outside; and nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from portal.adapters.inspection.inspector import Inspected, InspectionError, InspectionStoppedError, Inspector
from portal.domain.document import FileFault
from tests.adapters.inspection import corpus, pdf_corpus

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def slow() -> bytes:
    """Takes all the time that it may."""
    return pdf_corpus.shading_pdf()


def command(process: psutil.Process) -> str:
    """Its command line; of one that ended meanwhile, and that another test has not waited for, nothing."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # a zombie is one too
        return ""


def child_of(process: psutil.Process, seconds: float = 20) -> psutil.Process:
    """The inspection's child, once it works on the file."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for child in process.children():
            if "portal.adapters.inspection.child" in command(child) and child.cpu_times().user > 0.6:
                return child
        time.sleep(0.02)
    raise AssertionError("no child")


def inspecting(content: bytes) -> Future[Inspected]:
    return ThreadPoolExecutor(1).submit(Inspector().inspect, content)


def test_the_child_has_no_environment(slow: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTER_KEYS", "a-key")
    running = inspecting(slow)
    child = child_of(psutil.Process())
    assert "a-key" in os.environ.values()
    assert set(Path(f"/proc/{child.pid}/environ").read_bytes().strip(b"\0").split(b"\0")) <= {b"", b"LC_CTYPE=C.UTF-8"}
    child.kill()
    with pytest.raises(InspectionStoppedError):
        running.result()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_ended_from_outside_says_nothing_of_the_file(slow: bytes, number: signal.Signals) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests under nohup passes on that it is ignored
    running = inspecting(slow)
    child_of(psutil.Process()).send_signal(number)
    with pytest.raises(InspectionStoppedError):
        running.result()


@pytest.mark.parametrize("number", [signal.SIGXCPU, signal.SIGABRT, signal.SIGSEGV])
def test_ended_by_its_limits_is_too_heavy(slow: bytes, number: signal.Signals) -> None:
    running = inspecting(slow)
    child_of(psutil.Process()).send_signal(number)
    with pytest.raises(InspectionError) as refused:
        running.result()
    assert refused.value.fault is FileFault.TOO_HEAVY


def test_the_clock_ends_it_and_leaves_nothing(slow: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(InspectionError) as refused:
        Inspector(wall_seconds=5).inspect(slow)
    assert refused.value.fault is FileFault.TOO_HEAVY
    assert 5 <= time.monotonic() - started < 9
    assert [one for one in psutil.Process().children() if "inspection" in command(one)] == []


def test_a_clock_that_ends_before_the_child_is_ready_says_nothing_of_the_file() -> None:
    with pytest.raises(InspectionStoppedError):
        Inspector(wall_seconds=0.01).inspect(pdf_corpus.pdf())


WORKER = """
import sys
sys.path.append(sys.argv[1])
from portal.adapters.inspection.inspector import Inspector
print("at work", flush=True)
Inspector().inspect(sys.stdin.buffer.read())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_child_goes_with_its_worker(slow: bytes, number: signal.Signals) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    assert worker.stdin is not None
    worker.stdin.write(slow)
    worker.stdin.close()
    child = child_of(psutil.Process(worker.pid))
    worker.send_signal(number)
    assert worker.wait(20) != 0
    psutil.wait_procs([child], timeout=2)
    assert not child.is_running()


def test_two_at_once_do_not_meet() -> None:
    pages, done = [corpus.page_picture(1240 + 40 * number, 1754) for number in range(2)], threading.Barrier(2)

    def run(number: int) -> tuple[int, int]:
        done.wait()
        inspected = Inspector().inspect(corpus.saved(pages[number], "JPEG"))
        return inspected.pages[0].width, inspected.pages[0].height

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [page.size for page in pages]
