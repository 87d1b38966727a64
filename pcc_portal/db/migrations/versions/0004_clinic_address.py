"""where the clinic is

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('clinic', sa.Column('address', sa.String(), nullable=False, server_default=''))
    if op.get_bind().dialect.name != 'sqlite':
        op.alter_column('clinic', 'address', server_default=None)


def downgrade() -> None:
    op.drop_column('clinic', 'address')
