"""The program as a whole: help, language, wrong use, errors, interrupts, consoles."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from markup_assistant.cli import program as program_module
from markup_assistant.cli.program import VERBS, program
from markup_assistant.errors import FileMissingError
from markup_assistant.texts import get_texts

Run = Callable[..., Any]

ENGLISH = (
    "Usage",
    "Options",
    "Commands",
    "Show this",
    "Error:",
    "No such",
    "Missing",
    "Try ",
    "Got ",
    "required",
)


def all_commands() -> list[list[str]]:
    found: list[list[str]] = [[]]
    context = click.Context(program)
    for verb in ("catalogue", "config", "paths", "doctor"):
        command = program.get_command(context, verb)
        found.append([verb])
        if isinstance(command, click.Group):
            found += [[verb, name] for name in command.list_commands(context)]
    return found


@pytest.mark.parametrize("verb", all_commands(), ids=" ".join)
def test_the_help_is_danish_throughout(cli: Run, verb: list[str]) -> None:
    shown = cli(*verb, "--help")
    assert shown.code == 0
    assert shown.err == ""
    assert "Brug: markup-assistant" in shown.out
    assert "Vis denne hjælp" in shown.out
    assert not [word for word in ENGLISH if word in shown.out]
    assert "cli." not in shown.out.replace("cli.suggest.short", "").replace("cli.tag.short", "")


@pytest.mark.parametrize("verb", all_commands(), ids=" ".join)
def test_the_help_is_english_on_request(cli: Run, verb: list[str]) -> None:
    shown = cli("--language", "en", *verb, "-h")
    assert shown.code == 0
    assert "Usage: markup-assistant" in shown.out
    assert "Show this help" in shown.out


def test_every_verb_stands_in_the_help(cli: Run) -> None:
    shown = cli("--help").out
    for verb in VERBS:
        assert f"\n  {verb} " in shown


def test_without_a_verb_the_help_is_shown(cli: Run) -> None:
    assert cli() == cli("--help")
    assert cli("catalogue") == cli("catalogue", "--help")


def test_the_version_is_shown(cli: Run) -> None:
    shown = cli("--version")
    assert shown.code == 0
    assert shown.out.startswith("markup-assistant ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["catlogue"], "Kommandoen catlogue findes ikke. Mente du catalogue?"),
        (["qqq"], "Kommandoen qqq findes ikke. Du kan bruge: review, chat, suggest,"),
        (["catalogue", "serch"], "Mente du search?"),
        (["config", "--jsno"], "Valget --jsno findes ikke. Mente du --json?"),
        (["config", "--qqqqqq"], "Valget --qqqqqq findes ikke."),
        (["--qqqqqq"], "Valget --qqqqqq findes ikke."),
        (["config", "ekstra", "ord"], "Der står mere, end kommandoen kan bruge: ekstra ord."),
        (["catalogue", "search"], "Der mangler noget: ORD."),
        (["catalogue", "show"], "Der mangler noget: NUMMER."),
        (["catalogue", "search", "x", "-n"], "Valget -n skal have en værdi efter sig."),
        (["catalogue", "search", "x", "-n", "0"], "-n skal være et helt tal fra 1 til 100."),
        (["catalogue", "search", "x", "-n", "tre"], "-n skal være et helt tal fra 1 til 100."),
        (["config", "--json=ja"], "Valget --json kan ikke have en værdi."),
        (["--language", "fr", "config"], "--language skal være en af: da, en."),
    ],
)
def test_wrong_use_is_explained_in_danish(cli: Run, arguments: list[str], said: str) -> None:
    shown = cli(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert shown.err.startswith("Fejl: ")
    assert said in shown.err
    assert "--help" in shown.err
    assert not [word for word in ENGLISH if word in shown.err]


def test_wrong_use_is_explained_in_english_on_request(cli: Run) -> None:
    assert "Error: There is no option --jsno. Did you mean --json?" in cli("--language=en", "config", "--jsno").err
    assert "needs a value" in cli("--language", "en", "catalogue", "search", "x", "-n").err


def test_the_setting_chooses_the_language(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("language: en\n", encoding="utf-8")
    assert "Usage:" in cli("--help").out
    assert "Brug:" in cli("--language", "da", "--help").out


def test_the_environment_chooses_the_language(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKUP_ASSISTANT_LANGUAGE", "en")
    assert "Usage:" in cli("--help").out
    monkeypatch.setenv("MARKUP_ASSISTANT_LANGUAGE", "klingon")
    assert "Brug:" in cli("--help").out
    shown = cli("config")
    assert (shown.code, shown.out) == (1, "")
    assert "Sproget klingon kendes ikke" in shown.err


def test_wrong_settings_stop_a_verb_but_not_its_help(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("jobs: 1\nsugestions: 3\n", encoding="utf-8")
    shown = cli("catalogue", "show", "27.36.04")
    assert (shown.code, shown.out) == (1, "")
    assert "linje 2" in shown.err
    assert "Mente du suggestions?" in shown.err
    assert cli("catalogue", "show", "--help").code == 0


def test_an_error_says_what_happened_and_what_to_do(cli: Run) -> None:
    shown = cli("catalogue", "show", "27.36.05")
    assert (shown.code, shown.out) == (1, "")
    first, second = shown.err.splitlines()
    assert first == "Fejl: Nummeret 27.36.05 findes ikke i kataloget."
    assert "27.36.04" in second


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the program meet an exception while it runs."""

    def break_with(error: BaseException) -> None:
        def invoke(*_: object) -> None:
            raise error

        monkeypatch.setattr(program_module.program, "invoke", invoke)

    return break_with


def test_an_unexpected_error_is_one_line_and_its_details_are_kept(
    cli: Run, breaking: Callable[[BaseException], None], tmp_path: Path
) -> None:
    breaking(ValueError("brevet til 010190-1234 kunne ikke " + "læses " * 500))
    shown = cli("config")
    assert (shown.code, shown.out) == (1, "")
    assert "noget uventet (ValueError)" in shown.err
    assert len(shown.err.splitlines()) == 1
    assert "Traceback" not in shown.err
    log = next((tmp_path / "hjem").rglob("errors.log"))
    assert str(log) in shown.err
    written = log.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "010190-1234" not in written
    assert max(len(line) for line in written.splitlines()) <= 500


def test_an_unexpected_error_is_told_even_when_nothing_can_be_written(
    cli: Run, breaking: Callable[[BaseException], None], tmp_path: Path
) -> None:
    (tmp_path / "hjem").write_text("en fil, hvor mappen skulle være", encoding="utf-8")
    breaking(RuntimeError("x"))
    shown = cli("config")
    assert shown.code == 1
    assert "kunne ikke gemmes" in shown.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_is_quiet(cli: Run, breaking: Callable[[BaseException], None], error: BaseException) -> None:
    breaking(error)
    shown = cli("config")
    assert (shown.code, shown.out, shown.err) == (130, "", "Afbrudt.\n")


def test_errors_of_the_program_reach_the_user_in_english_too(
    cli: Run, breaking: Callable[[BaseException], None]
) -> None:
    breaking(FileMissingError(file="brev.docx"))
    shown = cli("--language", "en", "config")
    assert shown.code == 1
    assert shown.err.startswith("Error: ")
    assert get_texts("en")("errors.FileMissingError.do", file="brev.docx") in shown.err


def test_the_help_loads_nothing_heavy(home: Path) -> None:
    script = (
        "import sys; from markup_assistant.cli.program import run; run(['--help']);"
        "print([name for name in ('numpy', 'lxml', 'rapidfuzz', 'yaml', 'pypdfium2', 'sklearn', 'scipy') "
        "if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=home)
    assert done.stderr.strip() == "[]"


def test_importing_the_command_line_loads_no_click() -> None:
    script = "import sys, markup_assistant.cli; print('click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_console_in_cp1252_never_stops_the_program(process: Callable[..., Any]) -> None:
    done = process("catalogue", "show", "32.18.08", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Hører under" in done.stdout.decode("utf-8")
    done = process("catalogue", "show", "æøå🙂", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "æøå🙂" in done.stderr.decode("utf-8")


def test_a_reader_who_leaves_early_is_no_error(home: Path) -> None:
    done = subprocess.Popen(
        [sys.executable, "-m", "markup_assistant", "catalogue", "search", "børn", "-n", "100", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home,
    )
    assert done.stdout is not None
    assert done.stderr is not None
    done.stdout.close()
    said = done.stderr.read()
    done.stderr.close()
    assert done.wait(timeout=60) == 1
    assert said == b""


def test_output_without_a_terminal_has_no_colours(process: Callable[..., Any]) -> None:
    assert b"\x1b" not in process("doctor").stdout
    assert b"\x1b" not in process("doctor", NO_COLOR="1").stdout


@pytest.mark.skipif(os.name == "nt", reason="file names there are text")
def test_a_word_that_is_no_text_is_answered(process: Callable[..., Any]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "markup_assistant", "catalogue", "search", b"b\xf8rn"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
