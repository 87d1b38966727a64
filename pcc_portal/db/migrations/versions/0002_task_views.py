"""an index for each order and count of the inbox

Revision: 0002
Follows: 0001
"""

from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ix_task_owner')
        batch_op.create_index('ix_task_owner', ['clinic_id', 'queue', 'owner_id', 'rank', 'waiting_since', 'id'], unique=False)
        batch_op.create_index('ix_task_last', ['clinic_id', 'queue', 'last_at', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ix_task_last')
        batch_op.drop_index('ix_task_owner')
        batch_op.create_index('ix_task_owner', ['owner_id', 'queue'], unique=False)
