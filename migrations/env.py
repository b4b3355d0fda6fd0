"""Alembic's entry: always online, always as the owner, with a bound on how long it may wait for a lock."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from portal.models import Base
from portal.settings import owner_database_url

url = context.config.attributes.get("url") or owner_database_url()
engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool)

with engine.connect() as connection:
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
