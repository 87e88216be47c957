"""Run by Alembic: applies the scripts to the connection that it is handed, in the transaction that stands open there.

``store.migrate`` begins that transaction and ends it, so that a migration is done whole or not at all.
"""

from alembic import context

from markup_assistant.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
