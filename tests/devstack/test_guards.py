"""The rules of a test run: no address but this machine's own, and no skip when all is required."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.devstack.guards import OutsideAddressError, is_local
from tests.servers import PROJECT


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "", None, b"localhost", "0.0.0.0"])  # noqa: S104
def test_loopback_is_local(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.org", "127.0.0.1.example.org"])
def test_everything_else_is_not(host: str) -> None:
    assert not is_local(host)


def test_no_connection_leaves_this_machine() -> None:
    with socket.socket() as one:
        with pytest.raises(OutsideAddressError):
            one.connect(("192.0.2.1", 80))
        with pytest.raises(OutsideAddressError):
            one.connect_ex(("192.0.2.1", 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, pytest.raises(OutsideAddressError):
        one.sendto(b"", ("192.0.2.1", 53))
    with pytest.raises(OutsideAddressError):
        socket.getaddrinfo("example.org", 443)
    with pytest.raises(OutsideAddressError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


SKIPS = """
import pytest

@pytest.mark.skip(reason="there is no chromium")
def test_marked(): pass

def test_called(): pytest.skip("there is no clamd")

@pytest.mark.xfail(reason="known", strict=True)
def test_expected(): raise AssertionError

def test_passes(): pass
"""


@pytest.mark.parametrize("switch", ["option", "variable", "neither"])
def test_a_skip_fails_with_its_reason_when_all_is_required(tmp_path: Path, switch: str) -> None:
    (tmp_path / "test_skips.py").write_text(SKIPS)
    (tmp_path / "test_whole_file.py").write_text("import pytest\npytest.importorskip('there_is_no_such_module')\n")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir=."]
    command += ["--require-all"] if switch == "option" else []
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "REQUIRE_ALL": "1" if switch == "variable" else "0"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    if switch == "neither":
        assert done.returncode == 0, done.stdout
        assert "1 passed, 3 skipped, 1 xfailed" in done.stdout
    else:
        assert done.returncode != 0
        assert "REQUIRE_ALL is set" in done.stdout
        assert "there_is_no_such_module" in done.stdout


def test_each_skip_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_skips.py").write_text(SKIPS)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--require-all", "--rootdir=."]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert "1 failed, 1 passed, 1 xfailed, 1 error" in done.stdout
    assert "there is no chromium" in done.stdout
    assert "there is no clamd" in done.stdout


def test_code_without_a_fixture_has_no_database() -> None:
    assert os.environ["DATABASE_URL"].endswith("@127.0.0.1:1/none")
    assert "DATABASE_OWNER_URL" not in os.environ
