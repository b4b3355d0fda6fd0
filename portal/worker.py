"""The worker process: jobs that the web processes put on the queue, and periodic sweeps.

Every sweep derives what is due from the state of the database; nothing is scheduled ahead.
"""

from __future__ import annotations

import asyncio
import uuid

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy

from portal.adapters.mail import Mailer
from portal.adapters.objects import ObjectStore
from portal.services import housekeeping, mails, register
from portal.services.kit import Kit
from portal.settings import Settings

RETRY = RetryStrategy(max_attempts=2000, wait=60)
"""A mail server may be down for a day: once a minute until then, and a job that gave up stays in the table as failed."""


def build(kit: Kit, mailer: Mailer, store: ObjectStore, database_url: str) -> App:
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

    @app.periodic(cron="15 1 * * *")
    @app.task(name="publish_head", queueing_lock="publish_head", retry=RETRY)
    def publish_head(timestamp: int) -> None:
        register.publish_head(kit, store)

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

    return app


def mailer(settings: Settings) -> Mailer:
    """The mail server of the settings."""
    return Mailer(settings.smtp_url, settings.mail_from)


def object_store(settings: Settings) -> ObjectStore:
    """The object store of the settings."""
    store = settings.s3
    return ObjectStore(
        endpoint_url=store.endpoint_url,
        bucket=store.bucket,
        access_key_id=store.access_key_id,
        secret_access_key=store.secret_access_key,
        region=store.region,
    )


def run(app: App) -> None:
    """Work until SIGINT or SIGTERM; the job in hand is finished first."""
    asyncio.run(_run(app))


async def _run(app: App) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=2, delete_jobs="successful", fetch_job_polling_interval=5)
