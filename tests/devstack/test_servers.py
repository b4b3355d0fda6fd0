"""Each server of the stack does its work, refuses what it should, and comes back after a crash."""

import http.client
import smtplib
import urllib.parse
from email.message import EmailMessage

import boto3
import psutil
import psycopg
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError

from devstack.oidc import DEMO_CASEWORKERS, Oidc
from devstack.ports import LOOPBACK
from devstack.postgres import SUPERUSER, Postgres
from devstack.s3 import S3
from devstack.smtp import Smtp
from devstack.stack import Stack
from tests.conftest import Env


def test_postgres_is_durable_local_and_utf8(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url(SUPERUSER, "postgres")) as connection:

        def show(name: str) -> str:
            row = connection.execute(f"SHOW {name}").fetchone()
            assert row is not None
            return str(row[0])

        assert [show(name) for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on"] * 3
        assert show("listen_addresses") == LOOPBACK
        assert show("unix_socket_directories") == ""
        assert show("server_encoding") == "UTF8"
        assert show("server_version").startswith("18.")
        assert connection.execute("SELECT lower('ÉÇ')").fetchone() == ("éç",)


def test_postgres_asks_for_the_password(postgres: Postgres) -> None:
    wrong = f"postgresql://{SUPERUSER}:wrong@{LOOPBACK}:{postgres.port}/postgres"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_postgres_keeps_what_was_committed_through_kill_9(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    for _ in range(3):
        before = postgres.pid
        postgres.kill()
        assert not postgres.running
        postgres.start()
        assert postgres.pid != before
        with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("INSERT INTO kept VALUES (1)")
    with psycopg.connect(postgres.url(SUPERUSER, "postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (4,)


def test_postgres_starts_over_a_lock_file_whose_id_is_a_strangers(postgres: Postgres) -> None:
    postgres.stop()
    lock = postgres.data / "postmaster.pid"
    lock.write_text(f"1\n{postgres.data}\n0\n{postgres.port}\n\n{LOOPBACK}\n")  # process 1 always lives
    postgres.start()
    assert postgres.ready()


def test_s3_keeps_objects_through_a_restart_and_refuses_strangers(s3: S3, env: Env) -> None:
    variables = env()

    def client(secret: str):
        return boto3.client(
            "s3",
            endpoint_url=variables["S3_ENDPOINT_URL"],
            region_name=variables["S3_REGION"],
            aws_access_key_id=variables["S3_ACCESS_KEY_ID"],
            aws_secret_access_key=secret,
            config=Config(retries={"total_max_attempts": 1}),
        )

    good = client(variables["S3_SECRET_ACCESS_KEY"])
    good.put_object(Bucket=variables["S3_BUCKET"], Key="some/key", Body=b"ciphertext")
    s3.restart()
    assert good.get_object(Bucket=variables["S3_BUCKET"], Key="some/key")["Body"].read() == b"ciphertext"
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        client("wrong").get_object(Bucket=variables["S3_BUCKET"], Key="some/key")
    unsigned = f"{variables['S3_ENDPOINT_URL']}/{variables['S3_BUCKET']}/some/key"
    assert requests.get(unsigned, timeout=5).status_code in (400, 403)


def test_a_mail_is_kept_as_a_file_and_shown_without_running_it(mailbox: Smtp) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "portal@example.ch", "ayşe@example.ch", "Votre annonce <b>"
    mail.set_content("Bonjour <script>alert(1)</script> أهلا")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="reçu.pdf")
    with smtplib.SMTP(LOOPBACK, mailbox.port, timeout=5) as connection:
        connection.send_message(mail)
    (file,) = mailbox.messages()
    assert b"X-Envelope-To: ay" in file.read_bytes()
    page = requests.get(mailbox.page_url, timeout=5)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "Votre annonce &lt;b&gt;" in page.text
    one = requests.get(f"{mailbox.page_url}{file.stem}", timeout=5).text
    assert "&lt;script&gt;" in one
    assert "<script>" not in one
    assert "أهلا" in one
    assert "reçu.pdf" in one


@pytest.mark.parametrize("path", ["/../secrets.json", "/1-abcdef", "/x.eml", "/%2e%2e/secrets.json"])
def test_the_mailbox_shows_mails_only(smtp: Smtp, path: str) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, smtp.page_port, timeout=5)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 421


@pytest.mark.parametrize("secret", ["right", "wrong"])
def test_a_demo_caseworker_signs_in(oidc: Oidc, env: Env, secret: str) -> None:
    variables = env()
    known = requests.get(f"{oidc.issuer}/.well-known/openid-configuration", timeout=5).json()
    assert known["issuer"] == variables["OIDC_STAFF_ISSUER"]
    client = variables["OIDC_STAFF_CLIENT_ID"]
    question = {
        "client_id": client,
        "redirect_uri": f"http://{LOOPBACK}:1/back",
        "response_type": "code",
        "scope": "openid profile email",
        "state": "a-state",
        "nonce": f"a-nonce-{secret}",
    }
    url = f"{known['authorization_endpoint']}?{urllib.parse.urlencode(question)}"
    page = requests.get(url, timeout=5).text
    assert all(one.subject in page for one in DEMO_CASEWORKERS)
    assert "https://" not in page  # nothing is loaded from elsewhere
    back = requests.post(url, data={"sub": "claire.demo"}, timeout=5, allow_redirects=False)
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(back.headers["Location"]).query)["code"][0]
    password = variables["OIDC_STAFF_CLIENT_SECRET"] if secret == "right" else "wrong"
    token = requests.post(
        known["token_endpoint"],
        auth=(client, password),
        timeout=5,
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": question["redirect_uri"]},
    )
    if secret == "wrong":
        assert token.status_code == 401
        return
    bearer = {"Authorization": f"Bearer {token.json()['access_token']}"}
    person = requests.get(known["userinfo_endpoint"], headers=bearer, timeout=5).json()
    assert person == {
        "sub": "claire.demo",
        "name": "Claire Demo",
        "email": "claire.demo@example.ch",
        "email_verified": True,
    }


def test_an_unregistered_client_is_refused(oidc: Oidc) -> None:
    question = "client_id=stranger&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2F&response_type=code&scope=openid"
    assert requests.get(f"{oidc.issuer}/oauth2/authorize?{question}", timeout=5).status_code == 400


def test_no_server_listens_beyond_loopback(stack: Stack) -> None:
    for server in stack.servers:
        assert server.pid is not None
        listening = [one for one in psutil.Process(server.pid).net_connections("inet") if one.status == "LISTEN"]
        assert listening
        assert {one.laddr.ip for one in listening} == {LOOPBACK}
