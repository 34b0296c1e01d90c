"""What all tables belong to, and the revision of the schema they make up."""

from sqlalchemy import MetaData

HEAD = "0004"
"""The latest revision, known without importing Alembic (which costs more than opening the database)."""

VERSION_TABLE = "alembic_version"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
