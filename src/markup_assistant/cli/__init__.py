"""The command line: one file a verb, thin; ``program`` puts them together."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Here and not above, so that importing a verb's neighbours does not load the whole command line.
    import sys  # noqa: PLC0415 - see above

    from markup_assistant.cli.program import run  # noqa: PLC0415 - see above

    sys.exit(run(sys.argv[1:]))
