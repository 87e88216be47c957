"""The command line: one file a verb, thin; ``program`` puts them together."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Here and not above, so that importing a verb's neighbours does not load the whole command line.
    import os  # noqa: PLC0415 - see above
    import sys  # noqa: PLC0415 - see above

    from markup_assistant.cli.program import run  # noqa: PLC0415 - see above

    # No verb multiplies large matrices: numpy's idle threads would cost a tenth of a second at every start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))
