"""Says what was wrong with a command line, in the user's language and with what was probably meant."""

import click

from markup_assistant.cli.context import texts_of
from markup_assistant.cli.speech import SpokenError, argument_word, nearest
from markup_assistant.texts import Texts


def usage_lines(error: click.ClickException) -> list[str]:
    """Return the sentence for an error of click, and where the help is."""
    context = getattr(error, "ctx", None)
    texts = texts_of(context)
    lines = [texts("cli.error", what=_sentence(texts, error, context))]
    if context is not None:
        lines.append(texts("cli.usage.see_help", command=f"{context.command_path} --help"))
    return lines


def _sentence(texts: Texts, error: click.ClickException, context: click.Context | None) -> str:
    if isinstance(error, SpokenError):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return _unknown_option(texts, error.option_name, context)
    if isinstance(error, click.BadOptionUsage):
        return _option_misused(texts, error.option_name, context)
    if isinstance(error, click.MissingParameter):
        return texts("cli.usage.missing", name=_name(texts, error.param))
    if isinstance(error, click.BadParameter):
        return _bad_value(texts, error)
    if isinstance(error, click.FileError):
        return texts("cli.usage.file", file=error.ui_filename)
    return error.format_message()


def _unknown_option(texts: Texts, name: str, context: click.Context | None) -> str:
    params = context.command.get_params(context) if context else []
    known = [option for param in params if isinstance(param, click.Option) for option in param.opts]
    near = nearest(name, known)
    return texts("cli.usage.option_near", name=name, nearest=near) if near else texts("cli.usage.option", name=name)


def _option_misused(texts: Texts, name: str, context: click.Context | None) -> str:
    """Tell an option without its value from a flag with one: the only ways to misuse an option."""
    params = context.command.get_params(context) if context else []
    for param in params:
        if isinstance(param, click.Option) and name in param.opts and (param.is_flag or param.count):
            return texts("cli.usage.no_value", name=name)
    return texts("cli.usage.needs_value", name=name)


def _bad_value(texts: Texts, error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    name = _name(texts, error.param)
    if isinstance(kind, click.Choice):
        choices = ", ".join(str(choice) for choice in kind.choices)
        return texts("cli.usage.choice", name=name, choices=choices)
    if isinstance(kind, click.IntRange | click.FloatRange):
        whole = "whole" if isinstance(kind, click.IntRange) else "number"
        if kind.min is None or kind.max is None:
            end = "at_most" if kind.min is None else "at_least"
            limit = kind.max if kind.min is None else kind.min
            return texts(f"cli.usage.{whole}_{end}", name=name, limit=limit)
        return texts(f"cli.usage.{whole}_between", name=name, low=kind.min, high=kind.max)
    if kind is click.INT:
        return texts("cli.usage.whole", name=name)
    if kind is click.FLOAT:
        return texts("cli.usage.number", name=name)
    if isinstance(kind, click.Path | click.File):
        return texts("cli.usage.path", name=name)
    return texts("cli.usage.value", name=name, reason=error.message)


def _name(texts: Texts, param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    return max(param.opts, key=len) if isinstance(param, click.Option) else argument_word(texts, param)
