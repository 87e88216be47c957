"""Trains the default model: ``python -m markup_assistant.learning``, which ``make model`` runs."""

import sys

from markup_assistant.errors import AssistantError, MissingExtraError

try:
    from markup_assistant.learning.default import main
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("sklearn", "scipy"):
        raise
    sys.exit(str(MissingExtraError(extra="train")))

if __name__ == "__main__":
    try:
        main()
    except AssistantError as error:
        sys.exit(str(error))
