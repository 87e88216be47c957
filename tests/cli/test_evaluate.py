"""``evaluate``: what a coordinator reads, and what a program gets."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

from markup_assistant.cli import program
from markup_assistant.learning.write import write_bundle
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.bundle import read_bundle

SAMPLES = shipped_folder("data") / "samples"

ROWS: list[dict[str, Any]] = [
    {
        "id": "plads",
        "text": "Tilbud om plads i vuggestue\n\nVi kan tilbyde jeres barn en plads. Svar senest den 1. maj 2026 på"
        " https://www.lindeby.example/plads.",
        "subject": "28.09.40",
        "facet": "G01",
        "actions": [{"code": "BEKRAEFT", "deadline": "2026-05-01", "url": "www.lindeby.example/plads"}],
        "area": "Børn",
    },
    {
        "id": "bil",
        "text": "Vedrørende din ansøgning om støtte til køb af bil efter servicelovens § 114.",
        "subject": "27.60.20",
        "facet": "G01",
        "actions": [],
        "area": "Social",
    },
    {
        "id": "forkert",
        "text": "Afgørelse\n\nDu får dækket merudgifter ved den daglige livsførelse efter servicelovens § 100.",
        "subject": "05.09.02",
        "facet": "K02",
        "actions": [],
        "area": "Social",
    },
    {"id": "engelsk", "text": "Your application has been received and will be answered soon by us.", "subject": None},
]


@pytest.fixture(autouse=True)
def _with_evaluate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "VERBS", tuple(dict.fromkeys((*program.VERBS, "evaluate"))))


@pytest.fixture
def labelled(home: Path) -> Path:
    return write(home / "facit.jsonl", ROWS)


def write(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def other_model(tmp_path: Path) -> Path:
    """The shipped model without its judgement of the ranker: the order of subjects is turned round."""
    bundle = read_bundle(shipped_folder("models") / "default")
    arrays = {name: dict(values) for name, values in bundle.arrays.items()}
    arrays["ranker"]["coef"] = -arrays["ranker"]["coef"]
    write_bundle(tmp_path / "omvendt", arrays, {**bundle.manifest, "name": "omvendt"})
    return tmp_path / "omvendt"


def test_a_person_reads_figures_with_how_sure_they_are(cli: Run, labelled: Path) -> None:
    outcome = cli("evaluate", str(labelled))
    assert outcome.code == 0
    assert "67 af 100 tekster fik det rigtige emne" in outcome.out
    assert "Der er kun 4 uafhængige tekster" in outcome.out
    for words in ("Handlingsfacet", "Rigtig gruppe", "enkel", "95 %", "BEKRAEFT", "Fordelt på area", "05.09.02"):
        assert words in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_a_program_gets_every_figure(cli: Run, labelled: Path) -> None:
    found = cli("evaluate", "--json", str(labelled)).json
    assert set(found) == {"file", "wrong_lines", "measured", "baseline", "compared", "comparison"}
    measured = found["measured"]
    assert (measured["texts"], measured["to_leave_alone"]) == (4, 1)
    first = measured["figures"]["precision_at_1"]
    assert (first["value"], first["texts"]) == (0.6667, 3)
    assert first["low"] <= first["value"] <= first["high"]
    assert measured["figures"]["detail.deadline"]["value"] == 1
    assert measured["figures"]["left_alone"]["value"] == 1
    assert measured["confusion"]["pairs"] == [{"given": "32.18.08", "right": "05.09.02", "texts": 1}]
    assert measured["by"]["area"]["Børn"]["precision_at_1"]["value"] == 1
    assert [limit["precision"] for limit in measured["coverage"]["limits"]] == [0.9, 0.95, 0.97, 0.99]
    assert 0 < measured["calibration"]["error"] < 1
    assert found["baseline"]["facet_g01"]["value"] == 1
    assert (found["compared"], found["comparison"], found["wrong_lines"]) == (None, None, [])


def test_a_wrong_line_is_named_and_the_exit_code_says_so(cli: Run, home: Path) -> None:
    file = write(home / "facit.jsonl", [ROWS[0], {**ROWS[1], "subject": "27.60.99"}, {"file": "væk.docx", "kle": []}])
    outcome = cli("evaluate", str(file))
    assert outcome.code == 1
    assert "linje 2: Nummeret 27.60.99 er ikke et emne" in outcome.err
    assert "linje 3: Filen findes ikke" in outcome.err
    assert "100 af 100 tekster" in outcome.out
    rows = cli("evaluate", "--json", str(file)).json["wrong_lines"]
    assert [row["line"] for row in rows] == [2, 3]


def test_letters_lie_beside_the_file_that_names_them(cli: Run, home: Path) -> None:
    folder = home / "facit"
    (folder / "breve").mkdir(parents=True)
    for name in ("manglende-betaling.html", "tilforordnet.txt"):
        shutil.copy(SAMPLES / name, folder / "breve" / name)
    rows = [
        {"file": "breve/manglende-betaling.html", "actions": [{"code": "BETALING", "amount": 1512.5}]},
        ROWS[1],
        {"file": "breve/tilforordnet.txt", "kle": ["84.03.03"]},
    ]
    figures = cli("evaluate", "--json", str(write(folder / "f.jsonl", rows))).json["measured"]["figures"]
    assert figures["precision_at_1"]["value"] == 1
    assert figures["detail.amount"]["value"] == 1


def test_a_file_without_texts_is_said_to_be_one(cli: Run, home: Path) -> None:
    (home / "tom.jsonl").write_text("\n", encoding="utf-8")
    outcome = cli("evaluate", "tom.jsonl")
    assert outcome.code == 1
    assert "ingen tekster med facit" in outcome.err
    outcome = cli("evaluate", "mangler.jsonl")
    assert outcome.code == 1
    assert "mangler.jsonl" in outcome.err


def test_nothing_but_wrong_lines_is_nothing_to_measure(cli: Run, home: Path) -> None:
    file = write(home / "facit.jsonl", [{"text": "a"}])
    outcome = cli("evaluate", str(file))
    assert (outcome.code, outcome.out) == (1, "")
    assert "ikke noget at måle på" in outcome.err
    assert cli("evaluate", "--json", str(file)).json["measured"] is None


def many(home: Path) -> Path:
    """Thirty letters that the shipped model has right, made from three."""
    texts = [ROWS[0], ROWS[1], {**ROWS[2], "subject": "32.18.08"}]
    rows = [
        {"id": f"{row['id']}-{n}", "text": row["text"], "subject": row["subject"]} for row in texts for n in range(10)
    ]
    return write(home / "mange.jsonl", rows)


def test_a_worse_model_is_found_out(cli: Run, home: Path, other_model: Path) -> None:
    file = many(home)
    outcome = cli("evaluate", str(file), "--compare", str(other_model))
    assert outcome.code == 0
    assert "omvendt er dårligere end default-" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80
    found = cli("evaluate", "--json", str(file), "--compare", str(other_model)).json
    assert found["comparison"]["judgement"] == "worse"
    assert found["comparison"]["may_replace"] is False
    change = found["comparison"]["differences"]["precision_at_1"]
    assert (change["first"], change["second"], change["difference"]) == (1, 0, -1)
    assert change["high"] < 0
    assert found["compared"]["model"] == "omvendt"


def test_a_model_that_came_with_the_program_is_compared_by_name(cli: Run, home: Path) -> None:
    outcome = cli("evaluate", str(many(home)), "--compare", "default")
    assert "kan ikke afgøre" in outcome.out
    assert "0 af 30 tekster får et andet svar" in outcome.out


def test_a_model_that_is_not_there_is_named(cli: Run, labelled: Path) -> None:
    outcome = cli("evaluate", str(labelled), "--compare", "findes-ikke")
    assert outcome.code == 1
    assert "findes-ikke" in outcome.err


def test_english_is_spoken_on_request(cli: Run, labelled: Path) -> None:
    outcome = cli("--language", "en", "evaluate", str(labelled))
    assert "67 of 100 texts got the right subject" in outcome.out
    assert "Right subject first" in outcome.out
    assert "66.7" in outcome.out


def test_measuring_needs_nothing_that_only_training_needs(labelled: Path) -> None:
    code = (
        "import sys\nfrom markup_assistant.cli import program\n"
        "program.VERBS = tuple(dict.fromkeys((*program.VERBS, 'evaluate')))\n"
        f"code = program.run(['evaluate', '--json', {str(labelled)!r}])\n"
        "print(code, [name for name in ('sklearn', 'scipy', 'sqlalchemy') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip().splitlines()[-1] == "0 []"


def test_every_key_is_documented(cli: Run, home: Path, other_model: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "measure-quality.md").read_text(encoding="utf-8")
    template = {"text": "Mød op «Dato». Betal på «Link».", "actions": [{"code": "AFTALE", "start": "«Dato»"}]}
    file = write(home / "facit.jsonl", [*ROWS, template])
    found = cli("evaluate", "--json", str(file), "--compare", str(other_model)).json
    measured = found["measured"]
    keys = {*found, *measured, *measured["calibration"], *measured["coverage"], *measured["confusion"]}
    keys |= {*measured["figures"]["precision_at_1"], *measured["coverage"]["limits"][0]}
    keys |= {name for name in measured["figures"] if "." not in name}
    keys |= set(found["comparison"])
    assert {key for key in keys if f"`{key}`" not in page} == set()
