"""The documentation says what the program does: every verb, option, setting, error and key, and its examples run."""

import ast
import io
import json
import re
import shutil
import tokenize
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from markup_assistant import Assistant, errors
from markup_assistant import settings as settings_module
from markup_assistant.batch.rows import error_row, suggestion_row
from markup_assistant.cli.program import program, run
from markup_assistant.errors import AssistantError, FileMissingError
from markup_assistant.markup import DETAILS
from markup_assistant.settings import KEYS
from markup_assistant.shipped import shipped_folder
from markup_assistant.texts import get_texts

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
SAMPLES = shipped_folder("data") / "samples"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for name in ("docs", "data", "kle_catalogue") for page in (ROOT / name).rglob("*.md"))]
)
RUN = [
    ROOT / "README.md",
    REFERENCE / "library.md",
    REFERENCE / "catalogue.md",
    ROOT / "docs" / "how-to" / "tag-a-folder.md",
]
CLASSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AssistantError)]

_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\[\]]+\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code, in which brackets are no links and ``#`` is no heading."""
    return _FENCED.sub("", read(page))


def section(page: Path, title: str) -> str:
    """What stands below a heading, up to the next one of the same level."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no section {title}"
    return found[2]


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings have, as GitHub makes them."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(prose(page)))
    return {word.replace(" ", "-") for word in words}


def verbs(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if path:
        yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from verbs(below, (*path, name))


VERBS = dict(verbs(program))


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_and_option_is_documented(name: str) -> None:
    said = section(REFERENCE / "cli.md", name)
    # Not get_params: it would make the option of the help, and keep it, without the names that the program gives it.
    options = [option for param in VERBS[name].params if isinstance(param, click.Option) for option in param.opts]
    for option in [*options, "-h", "--help"]:
        assert re.search(rf"`{option}(?: [A-Z]+)?`", said), f"{option} of {name}"


@pytest.mark.parametrize("name", VERBS)
def test_no_option_is_documented_that_is_gone(name: str) -> None:
    rows = re.findall(r"^\| (`-.*?) \|", section(REFERENCE / "cli.md", name), re.MULTILINE)
    documented = {option.split()[0] for row in rows for option in re.findall(r"`(-[^`]+)`", row)}
    known = {option for param in VERBS[name].params for option in param.opts}
    assert documented <= known | {"-h", "--help"}


def test_the_readme_lists_every_verb() -> None:
    for name, command in VERBS.items():
        if not isinstance(command, click.Group):
            assert f"| `markup-assistant {name}" in read(ROOT / "README.md"), name


def test_short_texts_of_verbs_and_options_have_no_full_stop() -> None:
    for language in ("da", "en"):
        texts = get_texts(language)
        shorts = [f"cli.{name.replace(' ', '.')}.short" for name in VERBS]
        helps = [
            param.help
            for command in (program, *VERBS.values())
            for param in command.params
            if isinstance(param, click.Option) and param.help
        ]
        assert [key for key in (*shorts, *helps, "cli.option.help") if texts(key).endswith(".")] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_documented(key: str) -> None:
    assert f"| `{key}` |" in section(REFERENCE / "settings.md", "The settings")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_documented_with_what_a_user_reads(kind: type[AssistantError]) -> None:
    said = section(REFERENCE / "errors.md", kind.__name__)
    for language in ("da", "en"):
        for part in ("what", "do"):
            assert get_texts(language)(f"errors.{kind.__name__}.{part}") in said


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(settings_module.Settings())


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys_of(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys_of(below)


def test_every_key_of_the_json_is_documented(assistant: Assistant) -> None:
    page = REFERENCE / "json.md"
    rows = [
        suggestion_row(assistant.suggest(file), assistant.catalogue, assistant.organisation)
        for file in sorted(SAMPLES.iterdir())
    ]
    rows.append(error_row("x.docx", FileMissingError(file="x.docx"), get_texts("da")))
    keys = {key for row in rows for key in keys_of(row)} | {name for names in DETAILS.values() for name in names}
    assert {key for key in keys if f"`{key}`" not in read(page)} == set()
    listed = re.findall(r"^\| `(\w+)` \|", section(page, "Keys of a letter"), re.MULTILINE)
    assert listed == list(rows[0]) == list(rows[-1])


def test_the_example_of_the_json_has_the_keys_of_today(assistant: Assistant) -> None:
    found = _FENCED.search(section(REFERENCE / "json.md", "An example"))
    assert found
    example = json.loads(found["body"])
    suggestions = assistant.suggest(SAMPLES / "tilbud-om-plads.docx")
    row = suggestion_row(suggestions, assistant.catalogue, assistant.organisation)
    assert list(example) == list(row)
    for name in ("subjects", "groups", "facets", "actions", "targets"):
        assert list(example[name][0]) == list(row[name][0])
    assert example["actions"][0]["details"] == row["actions"][0]["details"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), link
        if anchor:
            assert anchor in anchors(place), link


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_in_python_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block goes on where the one before ended; a line ``expression  # value`` must give that value."""
    shutil.copytree(SAMPLES, tmp_path / "data" / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings_module, "user_config_folder", lambda: tmp_path / "config")
    monkeypatch.delenv("MARKUP_ASSISTANT_LANGUAGE", raising=False)
    if page.name == "tag-a-folder.md":
        assert run(["tag", "data/samples", "-o", "forslag.jsonl", "--jobs", "1"]) == 0
    blocks = [found["body"] for found in _FENCED.finditer(read(page)) if found["language"] == "python"]
    assert blocks
    names: dict[str, object] = {"__name__": "example"}
    for block in blocks:
        run_block(block, names)


def run_block(block: str, names: dict[str, object]) -> None:
    promised = dict(comments(block))
    for statement in ast.parse(block).body:
        code = ast.get_source_segment(block, statement) or ""
        if isinstance(statement, ast.Expr) and statement.end_lineno in promised:
            # Code of our own pages.
            assert eval(code, names) == promised[statement.end_lineno], code  # noqa: S307 - see above
        else:
            exec(compile(code, "example", "exec"), names)  # noqa: S102 - see above


def comments(block: str) -> Iterator[tuple[int, object]]:
    """Line and value of each comment that is a value, ``# '27.36'``; other comments are prose."""
    for token in tokenize.generate_tokens(io.StringIO(block).readline):
        if token.type == tokenize.COMMENT:
            try:
                yield token.start[0], ast.literal_eval(token.string.lstrip("# "))
            except (ValueError, SyntaxError):
                continue
