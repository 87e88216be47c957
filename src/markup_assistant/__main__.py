"""Makes ``python -m markup_assistant`` the same as ``markup-assistant``."""

from markup_assistant.cli import main

if __name__ == "__main__":
    main()
