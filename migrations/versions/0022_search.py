"""Under which keys the desk finds an adult; they are made after the filing, and made anew when the name changes."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# Whoever changes a name need not think of the keys. An insert passes by: a filing does nothing more than before.
FORGETTING = """
CREATE FUNCTION forget_search_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_keys := NULL;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION forget_search_keys() FROM PUBLIC;
CREATE TRIGGER adult_search_keys BEFORE UPDATE OF name, latin_name, birth_date ON adult FOR EACH ROW
WHEN ((OLD.name, OLD.latin_name, OLD.birth_date) IS DISTINCT FROM (NEW.name, NEW.latin_name, NEW.birth_date))
EXECUTE FUNCTION forget_search_keys();
"""

GRANTS = "GRANT UPDATE (search_keys) ON adult TO portal_staff, portal_worker"


def upgrade() -> None:
    op.add_column("adult", sa.Column("search_keys", sa.ARRAY(sa.Text()), nullable=True))
    op.create_index(
        "ix_adult_search_keys",
        "adult",
        ["search_keys"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
        postgresql_where=sa.text("search_keys IS NOT NULL"),
    )
    op.create_index("ix_adult_without_search_keys", "adult", ["id"], postgresql_where=sa.text("search_keys IS NULL"))
    op.execute(FORGETTING)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("REVOKE UPDATE (search_keys) ON adult FROM portal_staff, portal_worker")
    op.execute("DROP TRIGGER adult_search_keys ON adult")
    op.execute("DROP FUNCTION forget_search_keys()")
    op.drop_index("ix_adult_without_search_keys", table_name="adult")
    op.drop_index("ix_adult_search_keys", table_name="adult")
    op.drop_column("adult", "search_keys")
