"""How a store of an older revision becomes one of today: one file a revision in ``versions/``.

A new revision: add ``versions/NNNN_what_changes.py`` with ``down_revision`` set to the one before, change ``schema.py``
to match, and set ``REVISION`` there. A file is never changed once it was released, and never imports ``schema.py``:
that one goes on changing.
"""
