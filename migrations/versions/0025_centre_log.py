"""The log of one centre, and of one of its people, newest first."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_event_region_sequence", "audit_event", ["region", "sequence"])
    op.create_index("ix_audit_event_actor_id_sequence", "audit_event", ["actor_id", "sequence"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_actor_id_sequence", "audit_event")
    op.drop_index("ix_audit_event_region_sequence", "audit_event")
