"""an index for what one person has sent lately

Revision: 0003
Follows: 0002
"""

from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_stored_file_uploaded', 'stored_file', ['uploaded_by', 'created_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_stored_file_uploaded', table_name='stored_file')
