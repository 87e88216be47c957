"""Settings: the nearest file is used whole, and every mistake in it is named with its line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from markup_assistant import settings as settings_module
from markup_assistant.errors import LanguageError, SettingsError, UnknownSettingError
from markup_assistant.settings import KEYS, Settings, load_settings
from markup_assistant.texts import get_texts


@pytest.fixture(autouse=True)
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the settings of whoever runs the tests out of them."""
    folder = tmp_path / "user-config"
    monkeypatch.setattr(settings_module, "user_config_folder", lambda: folder)
    return folder


def load(folder: Path, text: str | bytes | None = None, **environment: str) -> Settings:
    if text is not None:
        content = text if isinstance(text, bytes) else text.encode()
        (folder / "markup.yaml").write_bytes(content)
    return load_settings(folder, environment)


def test_without_a_file_the_defaults_apply(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert found == Settings()
    assert found.language == "da"
    assert {one.origin for one in found.describe()} == {"default"}
    assert [one.key for one in found.describe()] == list(KEYS)


def test_a_file_sets_what_it_says_and_leaves_the_rest(tmp_path: Path) -> None:
    found = load(tmp_path, "# vores\nlanguage: en\njobs: 2\nread_timeout: 7.5\nshow_cpr: true\nsuggestions: 3\n")
    assert (found.language, found.jobs, found.read_timeout, found.show_cpr) == ("en", 2, 7.5, True)
    assert found.suggestions == 3
    origins = {one.key: one.origin for one in found.describe()}
    assert origins["jobs"] == str(tmp_path / "markup.yaml")
    assert origins["catalogue"] == "default"


def test_the_nearest_file_upwards_is_used_whole(tmp_path: Path, user_folder: Path) -> None:
    below = tmp_path / "breve" / "social"
    below.mkdir(parents=True)
    user_folder.mkdir()
    (user_folder / "markup.yaml").write_text("suggestions: 9\n", encoding="utf-8")
    assert load(below).suggestions == 9
    (tmp_path / "markup.yaml").write_text("jobs: 3\n", encoding="utf-8")
    found = load(below)
    assert (found.jobs, found.suggestions) == (3, 5)


def test_relative_paths_are_taken_from_the_files_folder(tmp_path: Path) -> None:
    below = tmp_path / "breve"
    below.mkdir()
    (tmp_path / "markup.yaml").write_text("catalogue: kle\norganisation: ../org.yaml\n", encoding="utf-8")
    found = load(below)
    assert found.catalogue_folder == tmp_path / "kle"
    assert found.organisation_file.resolve() == tmp_path.parent / "org.yaml"
    assert found.model_folder.name == "default"


def test_a_path_from_the_home_folder_and_an_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "hjem"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "hjem"))
    found = load(tmp_path, f"catalogue: ~/kle\nmodel: '{tmp_path / 'model'}'\n")
    assert found.catalogue_folder == tmp_path / "hjem" / "kle"
    assert found.model_folder == tmp_path / "model"


@pytest.mark.parametrize(
    ("text", "line", "reason", "word"),
    [
        ("language: fr\n", 1, "value", "da eller en"),
        ("language: 5\n", 1, "value", "da eller en"),
        ("jobs: 1\nsuggestions: 0\n", 2, "value", "fra 1 til 20"),
        ("suggestions: 21\n", 1, "value", "21"),
        ('suggestions: "3"\n', 1, "value", '"3"'),
        ("suggestions: tre\n", 1, "value", "et helt tal"),
        ("suggestions: 2.5\n", 1, "value", "2.5"),
        ("jobs: 0x10\n", 1, "value", "et helt tal"),
        ("jobs: " + "9" * 500 + "\n", 1, "value", "et helt tal"),
        ("read_timeout: 0\n", 1, "value", "fra 1 til 600"),
        ("read_timeout: .nan\n", 1, "value", "et tal"),
        ("show_cpr: ja\n", 1, "value", "true eller false"),
        ("catalogue: 2026\n", 1, "value", "en mappe"),
        ('organisation: "a\\0b"\n', 1, "value", "en fil"),
        ("jobs: [1, 2]\n", 1, "value", "én værdi"),
        ("jobs:\n  fast: 1\n", 1, "value", "én værdi"),
        ("jobs: *anker\n", 1, "value", "én værdi"),
        ("jobs: !!python/object/apply:os.getcwd []\n", 1, "value", "én værdi"),
        ("jobs: 1\nlanguage: da\njobs: 2\n", 3, "twice", "jobs"),
        ("- language\n", 1, "mapping", "navn og værdi"),
        ("hej\n", 1, "mapping", "navn og værdi"),
        ("[" * 100_000, 1, "mapping", "navn og værdi"),
        ("? [a]\n: 1\n", 1, "mapping", "navn og værdi"),
        ("jobs: 1\n---\njobs: 2\n", 4, "mapping", "navn og værdi"),
        ("jobs: 1\nlanguage: 'da\n", 3, "syntax", "kan ikke læses"),
        ("jobs: 1\n\tlanguage: da\n", 2, "syntax", "kan ikke læses"),
        ("jobs: 1\nlanguage: \x01\n", 2, "syntax", "kan ikke læses"),
        (b"jobs: 1\norganisation: \xe6.yaml\n", 2, "encoding", "UTF-8"),
        (b"#" * 1_000_001, 1, "size", "1 MB"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    tmp_path: Path, text: str | bytes, line: int, reason: str, word: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert caught.value.facts["file"] == str(tmp_path / "markup.yaml")
    assert caught.value.facts["line"] == line
    assert caught.value.facts["reason"] == f"reasons.settings.{reason}"
    said = caught.value.what(get_texts("da"))
    assert word in said
    assert "reasons." not in said + caught.value.what(get_texts("en"))


@pytest.mark.parametrize(
    ("key", "near"), [("sugestions", "suggestions"), ("Language", "language"), ("timeout", "read_timeout")]
)
def test_an_unknown_setting_names_the_nearest_right_one(tmp_path: Path, key: str, near: str) -> None:
    with pytest.raises(UnknownSettingError) as caught:
        load(tmp_path, f"jobs: 1\n{key}: 3\n")
    assert caught.value.facts["line"] == 2
    assert caught.value.facts["nearest"] == near
    assert near in caught.value.do()


@pytest.mark.parametrize(
    "text", ["", "# kun en bemærkning\n", "---\n", "language:\n", "language: ~\n", "\ufeffjobs: 0\n"]
)
def test_an_empty_file_or_value_means_the_default(tmp_path: Path, text: str) -> None:
    found = load(tmp_path, text)
    assert (found.language, found.jobs) == ("da", 0)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "markup.yaml").write_text("jobs: 1\n", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SettingsError) as caught:
        load(tmp_path)
    assert "Permission denied" in caught.value.what()


def test_a_folder_with_the_files_name_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "markup.yaml").mkdir()
    assert load(tmp_path).file == ""


@pytest.mark.parametrize(("said", "language"), [("en", "en"), ("EN", "en"), ("en_GB.UTF-8", "en"), ("da-DK", "da")])
def test_the_environment_chooses_the_language(tmp_path: Path, said: str, language: str) -> None:
    found = load(tmp_path, "language: da\n", MARKUP_ASSISTANT_LANGUAGE=said)
    assert found.language == language
    assert found.describe()[0].origin == "environment"


def test_an_unknown_language_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as caught:
        load(tmp_path, MARKUP_ASSISTANT_LANGUAGE="klingon")
    assert "klingon" in caught.value.what()
    assert "MARKUP_ASSISTANT_LANGUAGE" in caught.value.what()


def test_jobs_are_one_a_core_up_to_four() -> None:
    assert 1 <= Settings().job_count <= 4
    assert Settings(jobs=7).job_count == 7


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_give_settings_or_a_named_error(tmp_path: Path, text: bytes) -> None:
    try:
        found = load(tmp_path, text)
    except SettingsError as error:
        line = error.facts["line"]
        assert isinstance(line, int)
        assert 1 <= line <= text.count(b"\n") + text.count(b"\r") + 2
    else:
        assert found.language in {"da", "en"}
