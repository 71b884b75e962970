"""The database. Knows SQLModel and SQLAlchemy; knows nothing of channels or of words."""
