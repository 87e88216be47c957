"""Decisions that are never lost, and what is known of their letters: the only room that imports SQLAlchemy."""
