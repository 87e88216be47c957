"""Commands that speak the user's language: help, headings and what click itself would say in English.

Texts of a command are keys of ``texts/``: ``help="cli.doctor.help"``, ``metavar="cli.word.folder"``. What is
no key is shown as it is.
"""

from collections.abc import Iterable
from typing import Any

import click

from markup_assistant.cli.context import CliContext, texts_of
from markup_assistant.texts import Texts

HELP_NAMES = ["-h", "--help"]


class SpokenError(click.UsageError):
    """A wrong use for which there is a sentence: a key with its facts."""

    def __init__(self, key: str, ctx: click.Context, **facts: object) -> None:
        super().__init__(texts_of(ctx)(key, **facts), ctx)


class Spoken(click.Command):
    """A command whose help and errors come from ``texts/``."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        attributes.setdefault("context_settings", {})
        attributes["context_settings"].setdefault("help_option_names", HELP_NAMES)
        super().__init__(name, **attributes)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and name what is too much in the user's language."""
        takes_more = ctx.allow_extra_args
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves out where it happened
            raise
        if rest and not takes_more:
            raise SpokenError("cli.usage.too_many", ctx, words=" ".join(rest))
        return rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, text, verbs, options and examples."""
        texts = texts_of(ctx)
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=texts("cli.usage.prefix") + " ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(texts, self.help or ""))
        self.format_commands(ctx, formatter)
        rows = [_option_row(texts, param) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(texts("cli.usage.options")):
            formatter.write_dl(rows)
        if self.epilog:
            with formatter.section(texts("cli.usage.examples")):
                for line in said(texts, self.epilog).splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs below; a plain command has none."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the command's name in the usage line."""
        texts = texts_of(ctx)
        pieces = [texts("cli.usage.options_piece")]
        for param in self.get_params(ctx):
            if isinstance(param, click.Argument):
                word = argument_word(texts, param)
                piece = word if param.required else f"[{word}]"
                pieces.append(piece + ("…" if param.nargs == -1 else ""))
        return pieces


class Verb(Spoken):
    """A verb; ``mends_settings`` lets it run although the settings cannot be used."""

    def __init__(self, name: str | None, *, mends_settings: bool = False, **attributes: Any) -> None:
        self.mends_settings = mends_settings
        super().__init__(name, **attributes)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb, unless the settings are wrong."""
        found = ctx.find_object(CliContext)
        if found and found.settings_error and not self.mends_settings:
            raise found.settings_error
        return super().invoke(ctx)


class VerbGroup(Spoken, click.Group):
    """Verbs under a name; alone it prints its help. ``key`` is where the short texts of its verbs begin."""

    command_class = Verb

    def __init__(self, name: str | None, *, key: str, **attributes: Any) -> None:
        self.key = key
        super().__init__(name, invoke_without_command=True, **attributes)
        self.callback = _help_when_alone

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the nearest."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None:
            if name.startswith("-"):
                raise click.NoSuchOption(name, ctx=ctx)
            near = nearest(name, self.list_commands(ctx))
            key = "cli.usage.verb_near" if near else "cli.usage.verb"
            facts = {"name": name, "nearest": near, "known": ", ".join(self.list_commands(ctx))}
            raise SpokenError(key, ctx, **facts)
        return name, command, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each verb with its short text, without loading it."""
        texts = texts_of(ctx)
        rows = [(name, said(texts, f"{self.key}.{name}.short")) for name in self.list_commands(ctx)]
        with formatter.section(texts("cli.usage.verbs")):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the usage of a group: options, then a verb with its own."""
        return [*super().collect_usage_pieces(ctx), texts_of(ctx)("cli.usage.verb_piece")]


def said(texts: Texts, key: str) -> str:
    """Return the sentence of a key, or what is no key as it is."""
    return texts(key) if key in texts else key


def argument_word(texts: Texts, argument: click.Parameter) -> str:
    """Return the word for an argument in the usage line and in errors."""
    return said(texts, argument.metavar) if argument.metavar else (argument.name or "").upper()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for who mistyped

    return next(iter(get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)), "")


def _help_when_alone() -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _option_row(texts: Texts, option: click.Option) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if "--help" in option.opts:
        return names, texts("cli.option.help")
    if not option.is_flag and not option.count:
        names += " " + _value_word(texts, option)
    return names, said(texts, option.help or "")


def _value_word(texts: Texts, option: click.Option) -> str:
    if option.metavar:
        return said(texts, option.metavar)
    if isinstance(option.type, click.Choice):
        return "|".join(str(choice) for choice in option.type.choices)
    key = f"cli.word.{option.type.name.replace(' ', '_')}"
    return texts(key) if key in texts else option.type.name.upper()
