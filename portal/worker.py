"""The worker process: jobs that the web processes put on the queue, and periodic sweeps.

Every sweep derives what is due from the state of the database; nothing is scheduled ahead.
"""

from __future__ import annotations

import asyncio
import signal
import uuid

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy

from portal.adapters.inspection.inspector import Inspector
from portal.adapters.mail import Mailer, MailUnavailableError
from portal.adapters.scanner import Scanner
from portal.domain.demand import filing_day
from portal.services import clock_items, figures, housekeeping, invitations, mails, register
from portal.services.documents import checking, sweeping
from portal.services.documents.checking import Checker
from portal.services.kit import Kit
from portal.services.reminders import due, news
from portal.services.search.indexing import index_all
from portal.services.thread import alerts
from portal.settings import Settings

RETRY = RetryStrategy(max_attempts=2000, wait=60)
"""A mail server may be down for a day: once a minute until then, and a job that gave up stays in the table as failed."""


CHECKS = "checks"
"""The queue of files to be opened: one at a time, so that mails never wait behind a large one (`defer_job`)."""


def build(kit: Kit, mailer: Mailer, checker: Checker, database_url: str) -> App:
    """The queue with its tasks bound to this process's adapters."""
    connector = PsycopgConnector(conninfo=database_url, kwargs={"options": "-c search_path=public,jobs"})
    # A worker that was away at the hour of a periodic job catches up on it, up to a day later.
    app = App(connector=connector, periodic_defaults={"max_delay": 24 * 3600})

    @app.task(name="tell_filing", retry=RETRY)
    def tell_filing(demand_id: str) -> None:
        mails.tell_filing(kit, mailer, uuid.UUID(demand_id))

    @app.task(name="alert_duty", retry=RETRY)
    def alert_duty(demand_id: str) -> None:
        mails.alert_duty(kit, mailer, uuid.UUID(demand_id))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="sweep_urgent", queueing_lock="sweep_urgent")
    def sweep_urgent(timestamp: int) -> None:
        mails.sweep_urgent(kit, mailer)

    @app.task(name="alert_request", retry=RETRY)
    def alert_request(request_id: str) -> None:
        alerts.alert_request(kit, mailer, uuid.UUID(request_id))

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="sweep_requests", queueing_lock="sweep_requests")
    def sweep_requests(timestamp: int) -> None:
        # A task of its own: a mail of the other sweep that does not leave holds none of these back.
        alerts.sweep_requests(kit, mailer)

    @app.periodic(cron="15 1 * * *")
    @app.task(name="publish_head", queueing_lock="publish_head", retry=RETRY)
    def publish_head(timestamp: int) -> None:
        register.publish_head(kit, kit.store)

    @app.periodic(cron="30 * * * *")
    @app.task(name="tidy", queueing_lock="tidy")
    def tidy(timestamp: int) -> None:
        housekeeping.tidy(kit)

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
    async def retry_stalled(context: JobContext, timestamp: int) -> None:
        # A worker that was killed leaves its job in hand: it goes back to the queue. Jobs can be run twice safely.
        for job in await context.app.job_manager.get_stalled_jobs():
            await context.app.job_manager.retry_job(job)

    _news(app, kit, mailer)
    _papers(app, kit, checker)
    _days(app, kit, mailer)
    _desk(app, kit, mailer)
    _search(app, kit)
    _clocks(app, kit)
    return app


def _news(app: App, kit: Kit, mailer: Mailer) -> None:
    """The tasks that tell a person by their wish."""

    @app.task(name="tell_answer", retry=RETRY)
    def tell_answer(message_id: str) -> None:
        news.tell_answer(kit, mailer, uuid.UUID(message_id))

    @app.task(name="tell_asked_back", retry=RETRY)
    def tell_asked_back(event_id: str) -> None:
        news.tell_asked_back(kit, mailer, uuid.UUID(event_id))

    @app.task(name="tell_household", retry=RETRY)
    def tell_household(event_id: str) -> None:
        news.tell_household(kit, mailer, uuid.UUID(event_id))

    @app.task(name="tell_report", retry=RETRY)
    def tell_report(report_id: str) -> None:
        news.tell_report(kit, mailer, uuid.UUID(report_id))


def _papers(app: App, kit: Kit, checker: Checker) -> None:
    """The tasks of what people send."""

    @app.task(name="check_document", queue=CHECKS, retry=RETRY)
    def check_document(file_id: str) -> None:
        checking.check_document(kit, checker, uuid.UUID(file_id))

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="check_waiting", queue=CHECKS, queueing_lock="check_waiting")
    def check_waiting(timestamp: int) -> None:
        for file_id in checking.waiting(kit):
            checking.check_document(kit, checker, file_id)

    @app.periodic(cron="45 * * * *")
    @app.task(name="sweep_documents", queueing_lock="sweep_documents")
    def sweep_documents(timestamp: int) -> None:
        sweeping.sweep(kit)


def _days(app: App, kit: Kit, mailer: Mailer) -> None:
    """The tasks that go by the day."""

    @app.periodic(cron="*/30 * * * *")
    @app.task(name="sweep_due", queueing_lock="sweep_due", retry=RETRY)
    def sweep_due(timestamp: int) -> None:
        if due.run_due(kit, mailer, filing_day(kit.clock.now())).waiting:
            raise MailUnavailableError("reminders wait")  # once a minute until they left, not once in half an hour

    @app.periodic(cron="5 2 1 * *")
    @app.task(name="purge", queueing_lock="purge")
    def purge(timestamp: int) -> None:
        housekeeping.purge(kit.database, kit.clock.now())


def _desk(app: App, kit: Kit, mailer: Mailer) -> None:
    """The tasks of who works at the desk."""

    @app.task(name="tell_invitation", retry=RETRY)
    def tell_invitation(invitation_id: str) -> None:
        invitations.tell_invitation(kit, mailer, uuid.UUID(invitation_id))

    @app.periodic(cron="20 3 * * *")
    @app.task(name="make_figures", queueing_lock="make_figures")
    def make_figures(timestamp: int) -> None:
        figures.make_figures(kit)


def _search(app: App, kit: Kit) -> None:
    """The keys of the desk's search, for who has none yet."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="make_search_keys", queueing_lock="make_search_keys")
    def make_search_keys(timestamp: int) -> None:
        index_all(kit)


def _clocks(app: App, kit: Kit) -> None:
    """What the board of clocks shows beside demands."""

    @app.periodic(cron="20 * * * *")
    @app.task(name="heal_clock_items", queueing_lock="heal_clock_items")
    def heal_clock_items(timestamp: int) -> None:
        clock_items.heal(kit)


def mailer(settings: Settings) -> Mailer:
    """The mail server of the settings."""
    return Mailer(settings.smtp_url, settings.mail_from)


def checker(settings: Settings) -> Checker:
    """What opens and scans files, by the settings."""
    return Checker(Inspector(), Scanner.from_url(settings.clamd_url))


def run(app: App) -> None:
    """Work until SIGINT or SIGTERM; the job in hand is finished first."""
    asyncio.run(_run(app))


async def _run(app: App) -> None:
    async with app.open_async():
        at_work = [
            asyncio.create_task(
                app.run_worker_async(
                    queues=[queue],
                    concurrency=concurrency,
                    delete_jobs="successful",
                    fetch_job_polling_interval=5,
                    install_signal_handlers=False,
                )
            )
            for queue, concurrency in (("default", 2), (CHECKS, 1))
        ]

        def stop() -> None:
            for one in at_work:
                one.cancel()  # the job in hand is finished first

        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, stop)
        try:
            await asyncio.wait(at_work, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            stop()
            ends = await asyncio.gather(*at_work, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):  # not the cancelling
                raise end
