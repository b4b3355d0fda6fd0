"""The environment: every fault is named in one message, no secret has a default, none is ever printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping

import certifi
import pytest

from devstack.portal import portal_environment
from portal.adapters.scanner import Scanner
from portal.settings import Settings, SettingsError
from tests.conftest import Env
from tests.operations.handbook import OPERATIONS, table
from tests.servers import PROJECT, flask_command

SECRETS = (
    *("DATABASE_URL", "SECRET_KEY", "MASTER_KEYS", "RECEIPT_SIGNING_KEY", "S3_SECRET_ACCESS_KEY", "SMTP_URL"),
    "OIDC_STAFF_CLIENT_SECRET",
)
OPTIONAL = {"TRUSTED_PROXIES", "DUTY_ADDRESSES", "S3_ADDRESSING_STYLE", "S3_CA_FILE", "CLAMD_URL"}
RING = "a:" + "A" * 43
MALFORMED = [
    ("DATABASE_URL", "mysql://u:tell-tale@h/d"),
    ("DATABASE_URL", "postgresql:tell-tale"),
    ("PUBLIC_URL", "http://portal.example.ch"),
    ("PUBLIC_URL", "http://127.0.0.1.example.ch"),
    ("PUBLIC_URL", "portal.example.ch"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https://[tell-tale"),
    ("PUBLIC_URL", "https://portal.example.ch/aid"),
    ("SURFACE", "everything"),
    ("TRUSTED_PROXIES", "one"),
    ("TRUSTED_PROXIES", "-1"),
    ("SECRET_KEY", "tell-tale"),
    ("SECRET_KEY", "x" * 40 + ",tell-tale"),
    ("SECRET_KEY", ","),
    ("SECRET_KEY", "x" * 40 + ","),
    *[(name, value) for name in ("MASTER_KEYS", "RECEIPT_SIGNING_KEY") for value in (
        "tell-tale", "a:tell-tale", ",", RING + ",", f"{RING},{RING}", "a b:" + "A" * 43, "x" * 17 + ":" + "A" * 43,
        "a:" + "A" * 42 + "!", ":" + "A" * 43)],
    ("S3_ENDPOINT_URL", "ftp://objects.example.ch"),
    ("S3_ENDPOINT_URL", "objects.example.ch"),
    ("S3_ADDRESSING_STYLE", "tell-tale"),
    ("S3_ADDRESSING_STYLE", "Path"),
    ("S3_CA_FILE", "/nowhere/tell-tale.pem"),
    ("S3_CA_FILE", "/"),
    ("S3_CA_FILE", "pyproject.toml"),  # a file, and no certificate in it
    *[("CLAMD_URL", value) for value in (
        "tell-tale:3310", "tcp://tell-tale", "tcp://:3310", "tcp://tell-tale:many", "tcp://tell-tale:0", "unix://",
        "tcp://tell-tale:3310/path", "unix:///", "unix://tell-tale/socket", "http://tell-tale:3310", "tcp://[tell-tale")],
    ("SMTP_URL", "mail.example.ch:25"),
    ("SMTP_URL", "https://mail.example.ch"),
    ("MAIL_FROM", "nobody"),
    ("OIDC_STAFF_ISSUER", "http://login.example.ch"),
    ("OIDC_STAFF_SCOPES", "profile offline_access"),
    ("DUTY_ADDRESSES", "sierre"),
    ("DUTY_ADDRESSES", "sierre="),
    ("DUTY_ADDRESSES", "sierre=duty@example.ch,=x@example.ch"),
]  # fmt: skip


@pytest.fixture
def good(env: Env) -> dict[str, str]:
    """Variables that describe a portal with both surfaces."""
    return env("both")


def message(variables: Mapping[str, str]) -> str:
    """What the start says about these variables."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(variables)
    return str(caught.value)


def test_the_good_ones_are_good(good: dict[str, str]) -> None:
    Settings.from_env(good)


def test_every_missing_variable_is_named(good: dict[str, str]) -> None:
    for name in set(good) - OPTIONAL:
        for absent in ({}, {name: ""}, {name: "  "}):
            rest = {key: value for key, value in good.items() if key != name}
            assert f"{name} is not set" in message({**rest, **absent})


def test_all_of_them_in_one_message_and_no_default_for_a_secret() -> None:
    said = message({"SURFACE": "both"})
    for name in (*SECRETS, "PUBLIC_URL", "S3_BUCKET", "MAIL_FROM", "OIDC_STAFF_ISSUER"):
        assert f"- {name} is not set" in said
    assert "OIDC" not in message({"SURFACE": "citizen"}), "the citizen surface has no use for the provider's secret"


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_variable_is_named_and_not_quoted(good: dict[str, str], name: str, value: str) -> None:
    said = message({**good, name: value})
    assert name in said
    assert said.count("\n  - ") == 1, said
    assert "tell-tale" not in said


def test_two_faults_are_two_lines(good: dict[str, str]) -> None:
    said = message({**good, "SURFACE": "all", "MASTER_KEYS": "no", "DATABASE_URL": ""})
    assert said.count("\n  - ") == 3, said


@pytest.mark.parametrize(
    "url", ["https://aide.example.ch", "https://aide.example.ch:8443/", "http://127.0.0.1:5000", "http://localhost"]
)
def test_an_address_that_is_accepted(good: dict[str, str], url: str) -> None:
    settings = Settings.from_env({**good, "PUBLIC_URL": url})
    assert settings.public_url == url.rstrip("/")
    assert settings.https is url.startswith("https")


def test_a_store_and_a_scanner_of_ones_own(good: dict[str, str]) -> None:
    plain = Settings.from_env(good)
    assert (plain.s3.addressing_style, plain.s3.ca_file, plain.clamd_url) == ("auto", None, None)
    bundle = certifi.where()
    for style in ("auto", "path", "virtual"):
        own = Settings.from_env({**good, "S3_ADDRESSING_STYLE": style, "S3_CA_FILE": bundle})
        assert (own.s3.addressing_style, own.s3.ca_file) == (style, bundle)
    for url in ("tcp://127.0.0.1:3310", "tcp://[::1]:3310", "tcp://scanner:3310", "unix:///run/clamav/clamd.ctl"):
        assert Settings.from_env({**good, "CLAMD_URL": url}).clamd_url == url
        assert Scanner.from_url(url) is not None, "what the settings take, the scanner takes"


def test_what_the_settings_refuse_the_scanner_refuses(good: dict[str, str]) -> None:
    for name, url in MALFORMED:
        if name == "CLAMD_URL":
            with pytest.raises(ValueError, match=r".+"):
                Scanner.from_url(url)


def test_several_keys(good: dict[str, str]) -> None:
    ring = f"new:{'B' * 43},old:{'A' * 42}E="
    settings = Settings.from_env({**good, "MASTER_KEYS": ring, "SECRET_KEY": "n" * 32 + " , " + "o" * 32})
    assert list(settings.master_keys) == ["new", "old"]
    assert settings.secrets == ("n" * 32, "o" * 32)


def test_no_secret_is_printed(good: dict[str, str]) -> None:
    settings = Settings.from_env(good)
    shown = f"{settings!r} {settings} {settings.s3!r} {settings.oidc_staff!r} {vars(settings).keys()}"
    for name in SECRETS:
        for secret in (good[name], good[name][5:], good[name][-20:]):
            assert secret not in shown, f"{name} is printed"


class Noting(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


def documented() -> Iterator[str]:
    for row in table(OPERATIONS, "Variable"):
        yield row[0].strip("`")


def test_the_handbook_names_every_variable_that_is_read(good: dict[str, str]) -> None:
    noting = Noting(good)
    Settings.from_env(noting)
    assert set(documented()) == noting.asked | {"DATABASE_OWNER_URL"}


@pytest.mark.parametrize("name", ["SECRET_KEY", "MASTER_KEYS", "RECEIPT_SIGNING_KEY"])
def test_the_handbook_makes_keys_that_work(good: dict[str, str], name: str) -> None:
    rows = {row[0].strip("`"): row[2] for row in table(OPERATIONS, "Variable")}
    command = rows[name] if rows[name].startswith("`python3 -c ") else rows["MASTER_KEYS"]
    program = command.strip("`").removeprefix("python3 -c ").strip('"')
    made = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    }
    assert len(made) == 2
    for value in made:
        Settings.from_env({**good, name: value})


def test_a_process_that_cannot_start_says_why_and_ends(good: dict[str, str]) -> None:
    lacking = {**{key: value for key, value in good.items() if key != "MASTER_KEYS"}, "SURFACE": "all"}
    done = flask_command("worker", variables=lacking)
    assert done.returncode == 2, done.stderr
    assert "MASTER_KEYS is not set" in done.stderr
    assert "SURFACE must be one of" in done.stderr
    assert "Traceback" not in done.stderr
    server = [sys.executable, "-m", "gunicorn", "app:app", "--check-config"]
    done = subprocess.run(
        server, cwd=PROJECT, env=portal_environment(lacking), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "MASTER_KEYS is not set" in done.stderr
    assert not any(good[name] in done.stderr for name in SECRETS)
