"""What waits for a review at the desk; requests of a thread closed and opened again."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# Lines of a thread are insert-only: closing and opening again are lines too. What waits is derived, and may be written anew.
# The worker ends reminders of what is closed, and marks papers whose pages came; it reads no words.
GRANTS = """
GRANT INSERT ON thread_waiting TO portal_staff;
GRANT SELECT (sequence) ON thread_message TO portal_worker;
GRANT UPDATE (review_since) ON document TO portal_staff, portal_worker;
"""
CENTRE = "kind IN ('answer', 'settled', 'closed', 'reopened')"
REASONS = "reason IN ('decided', 'handed', 'taken-back', 'double', 'other')"
WAITING = "review_since IS NOT NULL AND removed_at IS NULL"
# Papers with pages that nobody at the centre has looked at.
BEGIN = """
UPDATE document SET review_since = found.since FROM (
  SELECT f.document_id, min(f.touched_at) AS since FROM document_file f JOIN document d ON d.id = f.document_id
  WHERE f.state = 'ready' AND d.removed_at IS NULL AND (d.seen_at IS NULL OR f.touched_at > d.seen_at)
  GROUP BY f.document_id
) AS found WHERE found.document_id = document.id
"""


def _thread(kinds: str, centre: str, about: str) -> None:
    """The rules of a line, made anew."""
    for name in ("kind", "centre_by_caseworker", "request_is_about_one"):
        op.drop_constraint(f"ck_thread_message_{name}", "thread_message")
    op.create_check_constraint("kind", "thread_message", kinds)
    op.create_check_constraint("centre_by_caseworker", "thread_message", f"({centre}) = (caseworker_id IS NOT NULL)")
    op.create_check_constraint("request_is_about_one", "thread_message", f"({about}) = (about IS NOT NULL)")


def upgrade() -> None:
    op.add_column("thread_message", sa.Column("reason", sa.Text(), nullable=True))
    _thread(
        "kind IN ('message', 'request', 'answer', 'settled', 'closed', 'reopened')",
        CENTRE,
        "kind IN ('request', 'closed', 'reopened')",
    )
    op.create_check_constraint("closed_because", "thread_message", "(kind = 'closed') = (reason IS NOT NULL)")
    op.create_check_constraint("reason", "thread_message", REASONS)
    op.create_index(
        "ix_thread_message_about_sequence",
        "thread_message",
        ["about", "sequence"],
        postgresql_where=sa.text("about IS NOT NULL"),
    )
    op.execute(
        "CREATE TRIGGER insert_only_reason BEFORE UPDATE OF reason ON thread_message"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.add_column("document", sa.Column("review_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(BEGIN)
    op.create_index("ix_document_review", "document", ["dossier_id", "review_since"], postgresql_where=sa.text(WAITING))
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_index("ix_document_review", "document")
    op.drop_column("document", "review_since")
    op.execute("DROP TRIGGER insert_only_reason ON thread_message")
    op.drop_index("ix_thread_message_about_sequence", "thread_message")
    op.drop_constraint("ck_thread_message_reason", "thread_message")
    op.drop_constraint("ck_thread_message_closed_because", "thread_message")
    op.execute("REVOKE SELECT (sequence) ON thread_message FROM portal_worker")
    op.execute("REVOKE INSERT ON thread_waiting FROM portal_staff")
    _thread("kind IN ('message', 'request', 'answer', 'settled')", "kind IN ('answer', 'settled')", "kind = 'request'")
    op.drop_column("thread_message", "reason")
