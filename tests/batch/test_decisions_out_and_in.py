"""Decisions leave the store and come back: nothing is lost, nothing is decided anew, nothing runs in Excel."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from tests.store.made import DIGEST, MORNING, decision, kept_letter, later

from markup_assistant.batch.decision_backup import contents_of, default_target, opened_copy, refuse_store
from markup_assistant.batch.decision_export import Export, Format, format_of
from markup_assistant.batch.decision_files import Reading, import_file
from markup_assistant.batch.decision_report import Fault, Report
from markup_assistant.batch.decision_rows import COLUMNS, Names
from markup_assistant.batch.labels_import import Terms
from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.errors import InputFileError, NotAStoreError, OutputError, OutputIsStoreError
from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Action, Choice, Decision, Detail, FieldRef, How, Markup, Outcome, Part
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.suggest.organisation import load_organisation

CPR = "010203-0000"


@pytest.fixture(scope="module")
def names() -> Names:
    settings = Settings()
    return Names(load_catalogue(settings.catalogue_folder), load_organisation(settings.organisation_file))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "afgørelser.db") as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "andet" / "tom.db") as opened:
        yield opened


def fail(*_: object) -> Letter:
    raise AssertionError("an export is no list: no letter is read, and nothing is looked up")


def reading(*, dry_run: bool = False) -> Reading:
    terms = Terms(
        person="", catalogue="", root=None, keep_text=True, replace=False, dry_run=dry_run,
        now=lambda: MORNING, new_id=lambda: str(uuid4()), read=fail,
    )  # fmt: skip
    return Reading(fail, fail, terms)  # type: ignore[arg-type]  # neither is ever called


def take(file: Path, store: Store, *, dry_run: bool = False) -> Report:
    return import_file(file, store, reading(dry_run=dry_run))


def fill(store: Store) -> list[Decision]:
    """A letter decided twice, one left alone, one taken back, one on which two people differ, and one that is odd."""
    first = decision("breve/plads.docx", markup=Markup("28.09.40"), choices={Part.SUBJECT: Choice(How.ACCEPTED, 1)})
    second = decision("breve/plads.docx", supersedes=(first.id,), at=later(3), blind=True)
    left = decision("breve/reklame.txt", outcome=Outcome.LEFT_ALONE, markup=Markup(), choices={}, at=later(4))
    gone = decision("breve/fortrudt.docx", at=later(5))
    back = decision(
        "breve/fortrudt.docx", outcome=Outcome.WITHDRAWN, markup=Markup(), choices={}, supersedes=(gone.id,),
        source=gone.id, at=later(6),
    )  # fmt: skip
    mine = decision("breve/uenig.docx", at=later(7))
    yours = decision("breve/uenig.docx", person="Søren Opdigtet", markup=Markup("05.09.02", "K02"), at=later(8))
    details: dict[str, Detail] = {
        "amount": "1250.00",
        "due": FieldRef("Forfald"),
        "url": "https://betal.example/?a=1;b=2",
    }
    odd = decision(
        '=cmd|"/c calc"!A1;.docx',
        markup=Markup("25.02.10", "Ø30", (Action("BETALING", "@Betal\nnu", MappingProxyType(details)),), "+afd"),
        person="-2+3",
        model="'=1",
        seconds=0.1 + 0.2,
        at=later(9),
    )
    made = [first, second, left, gone, back, mine, yours, odd]
    store.add(*made)
    return made


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("whole", [False, True])
def test_what_goes_out_comes_back_the_same(
    store: Store, empty: Store, names: Names, tmp_path: Path, form: Format, *, whole: bool
) -> None:
    made = fill(store)
    file, again = tmp_path / f"ud.{form}", tmp_path / f"igen.{form}"
    Export(store, names, whole=whole).write(file, form)
    report = take(file, empty)
    holding = {made[place].id for place in (1, 2, 5, 6, 7)}
    assert (report.read, report.taken, report.problems) == ((8, 8, ()) if whole else (5, 5, ()))
    assert list(empty.decisions()) == [one for one in made if whole or one.id in holding]
    assert report.conflicts == 1
    Export(empty, names, whole=whole).write(again, form)
    if form is not Format.XLSX:  # which has the time of its making in it
        assert again.read_bytes() == file.read_bytes()
    assert {letter: len(heads) for letter, heads in empty.all_heads().items()}["breve/uenig.docx"] == 2
    assert take(again, store).already == report.taken


def test_json_lines_have_everything_and_say_who_disagrees(store: Store, names: Names) -> None:
    made = fill(store)
    rows = [json.loads(line) for line in Export(store, names, whole=True).lines(Format.JSONL)]
    assert [row["id"] for row in rows] == [one.id for one in made]
    assert [row["letter"] for row in rows if row["conflict"]] == ["breve/uenig.docx"] * 2
    row = rows[1]
    assert row["at"] == "2026-02-03T09:33:15.123456Z"
    assert row["title"] == names.title("05.09.00") != ""
    assert row["target_name"] == names.target("parkering") != ""
    assert row["actions"][0]["details"]["start"] == {"field": "MoedeDato", "time": "MoedeTid"}
    assert (row["how"], row["rank"]) == ({"subject": "picked", "facet": "typed"}, {"subject": 2, "facet": 0})
    assert (row["blind"], row["supersedes"]) == (True, [made[0].id])


def test_a_table_is_for_people_in_denmark(store: Store, names: Names) -> None:
    store.add(decision())
    head, row = (line.decode("utf-8-sig").rstrip("\r\n").split(";") for line in list(_csv(store, names)))
    cells = dict(zip(head, row, strict=False))
    assert tuple(head) == COLUMNS
    assert cells["actions"] == "AFTALE"
    assert '"12,5"' not in row
    assert "12,5" in row, "a point would become the 12th of May"


def _csv(store: Store, names: Names) -> list[bytes]:
    mark, head, *rows = Export(store, names, whole=False).lines(Format.CSV)
    return [mark + head, *rows]


def test_nothing_in_a_table_is_a_formula(store: Store, names: Names, tmp_path: Path) -> None:
    fill(store)
    Export(store, names, whole=False).write(tmp_path / "ud.xlsx", Format.XLSX)
    sheet = load_workbook(tmp_path / "ud.xlsx").active
    assert sheet is not None
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in values} == {"s", "n"}
    assert any(str(cell.value).startswith("=cmd") for cell in values)
    lines = b"".join(Export(store, names, whole=False).lines(Format.CSV)).decode("utf-8-sig")
    assert ";-2+3;" not in lines
    assert ";'-2+3;" in lines


def test_no_personal_number_leaves_the_store(store: Store, names: Names, tmp_path: Path) -> None:
    label = Action("BEKRAEFT", f"Svar om {CPR}")
    store.add(decision(f"breve/{CPR}.docx", markup=Markup("28.09.40", "", (label,)), person=f"Mette {CPR}"))
    for form in Format:
        Export(store, names, whole=True).write(tmp_path / f"ud.{form}", form)
    for form in (Format.CSV, Format.JSONL):
        assert CPR.encode() not in (tmp_path / f"ud.{form}").read_bytes()
    sheet = load_workbook(tmp_path / "ud.xlsx").active
    assert sheet is not None
    assert not any(CPR in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_a_personal_number_in_a_file_does_not_enter_the_store(store: Store, names: Names, tmp_path: Path) -> None:
    store.add(decision("breve/x.docx"))
    (line,) = Export(store, names, whole=True).lines(Format.JSONL)
    row = json.loads(line) | {"id": str(uuid4()), "letter": f"breve/{CPR}.docx", "person": CPR}
    file = tmp_path / "ind.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    assert take(file, store).taken == 1
    assert take(file, store).already == 1, "what was masked on its way in is known again"
    assert not any(CPR in one.letter + one.person for one in store.decisions())


def test_a_colleagues_decision_meets_mine_and_neither_is_lost(
    store: Store, empty: Store, names: Names, tmp_path: Path
) -> None:
    mine = decision("breve/plads.docx", markup=Markup("28.09.40"))
    empty.add(mine)
    theirs = decision("breve/plads.docx", markup=Markup("05.09.02"))
    store.add(theirs)
    file = tmp_path / "kollega.jsonl"
    Export(store, names, whole=False).write(file, Format.JSONL)
    report = take(file, empty)
    assert (report.taken, report.conflicts) == (1, 1)
    assert empty.heads("breve/plads.docx") == (mine, theirs)


def test_a_changed_decision_under_an_old_id_is_refused_by_name(store: Store, names: Names, tmp_path: Path) -> None:
    made = decision("breve/plads.docx")
    store.add(made)
    (line,) = Export(store, names, whole=True).lines(Format.JSONL)
    file = tmp_path / "ændret.jsonl"
    file.write_text(json.dumps(json.loads(line) | {"subject": "27.36.04"}) + "\n" + line.decode(), encoding="utf-8")
    report = take(file, store)
    (problem,) = report.problems
    assert (problem.line, problem.fault, problem.letter) == (1, Fault.ID_TAKEN, "breve/plads.docx")
    assert (report.already, report.left) == (1, 1)
    assert list(store.decisions()) == [made]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"id": ""}, "id"),
        ({"letter": 3}, "letter"),
        ({"outcome": "måske"}, "outcome"),
        ({"at": "2026-02-03T09:30:15"}, "at"),
        ({"at": "9999-12-31T23:59:59-12:00"}, "at"),
        ({"how": {"subject": "guessed"}}, "how"),
        ({"how": {"colour": "typed"}}, "how"),
        ({"rank": {"subject": -1}}, "rank"),
        ({"rank": {"subject": float("nan")}}, "rank"),
        ({"seconds": float("inf")}, "seconds"),
        ({"actions": [{"code": "DANS"}]}, "actions"),
        ({"actions": ["BETALING"]}, "actions"),
        ({"actions": [{"code": "BETALING", "details": {"amount": 3}}]}, "details"),
        ({"actions": [{"code": "BETALING", "details": {"colour": "x"}}]}, "details"),
        ({"supersedes": "x"}, "supersedes"),
        ({"blind": "no"}, "blind"),
    ],
)
def test_a_row_that_is_no_decision_costs_itself_alone(
    store: Store, empty: Store, names: Names, tmp_path: Path, change: dict[str, object], key: str
) -> None:
    store.add(decision("breve/a.docx"), decision("breve/b.docx"))
    first, second = Export(store, names, whole=True).lines(Format.JSONL)
    file = tmp_path / "ind.jsonl"
    file.write_text(json.dumps(json.loads(first) | change) + "\n\n" + second.decode(), encoding="utf-8")
    report = take(file, empty)
    (problem,) = report.problems
    assert (problem.line, problem.fault, problem.got) == (1, Fault.WRONG_ROW, key)
    assert report.taken == 1


def test_broken_json_costs_its_line_alone(store: Store, empty: Store, names: Names, tmp_path: Path) -> None:
    store.add(decision())
    (line,) = Export(store, names, whole=True).lines(Format.JSONL)
    file = tmp_path / "ind.jsonl"
    file.write_bytes(b'{"id": \n' + line + b"[" * 100_000 + b"\n" + b'["x"]\n' + b'{"id": "\xff"}\n')
    report = take(file, empty)
    assert (report.read, report.taken, report.left) == (5, 1, 4)
    assert {problem.fault for problem in report.problems} == {Fault.WRONG_ROW}


def test_a_cell_that_was_changed_in_excel_is_noticed(store: Store, empty: Store, names: Names, tmp_path: Path) -> None:
    store.add(decision())
    file = tmp_path / "ud.csv"
    Export(store, names, whole=False).write(file, Format.CSV)
    file.write_bytes(file.read_bytes().replace(b";AFTALE;", b";BETALING;"))
    (problem,) = take(file, empty).problems
    assert (problem.fault, problem.got) == (Fault.WRONG_ROW, "actions")


def test_columns_may_be_moved_and_added(store: Store, empty: Store, names: Names, tmp_path: Path) -> None:
    made = decision(markup=Markup("28.09.40", "G01"))
    store.add(made)
    Export(store, names, whole=False).write(tmp_path / "ud.xlsx", Format.XLSX)
    book = load_workbook(tmp_path / "ud.xlsx")
    sheet = book.worksheets[0]
    sheet.insert_cols(1)
    sheet["A1"] = "Bemærkning"
    sheet["A2"] = "husk"
    book.save(tmp_path / "flyttet.xlsx")
    assert take(tmp_path / "flyttet.xlsx", empty).taken == 1
    assert list(empty.decisions()) == [made]


def test_a_trial_keeps_nothing(store: Store, empty: Store, names: Names, tmp_path: Path) -> None:
    fill(store)
    file = tmp_path / "ud.jsonl"
    Export(store, names, whole=True).write(file, Format.JSONL)
    report = take(file, empty, dry_run=True)
    assert (report.taken, report.conflicts) == (8, 1)
    assert list(empty.decisions()) == []


def test_people_who_agree_are_one_row_and_no_conflict(store: Store, names: Names) -> None:
    one = decision()
    store.add(one, replace(one, id=str(uuid4()), person="Søren Opdigtet", at=later(1)))
    (line,) = Export(store, names, whole=False).lines(Format.JSONL)
    assert json.loads(line)["person"] == "Søren Opdigtet"
    assert json.loads(line)["conflict"] is False


def test_a_file_that_cannot_be_written_leaves_the_old_one(store: Store, names: Names, tmp_path: Path) -> None:
    target = tmp_path / "ud.csv"
    target.mkdir()
    store.add(decision())
    with pytest.raises(OutputError):
        Export(store, names, whole=False).write(target, Format.CSV)
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_the_ending_says_the_format() -> None:
    assert [format_of(Path(name)) for name in ("a.CSV", "b.xlsx", "c.jsonl", "d.txt", "e")] == [
        Format.CSV,
        Format.XLSX,
        Format.JSONL,
        None,
        None,
    ]


def test_a_backup_is_the_way_back(store: Store, empty: Store, tmp_path: Path) -> None:
    made = fill(store)
    store.keep_letter(kept_letter())
    copy = store.backup(tmp_path / "kopi.db")
    before = copy.read_bytes()
    with opened_copy(copy) as opened:
        contents = contents_of(opened)
    assert (contents.decisions, contents.decided, contents.conflicts, contents.letters) == (8, 4, 1, 1)
    assert (contents.first, contents.last) == (MORNING, later(9))
    report = take(copy, empty)
    assert (report.taken, report.letters) == (8, 1)
    assert list(empty.decisions()) == made
    assert empty.kept_letter("breve/plads.docx", DIGEST) == kept_letter()
    assert copy.read_bytes() == before, "looking into a copy does not change it"
    assert take(copy, empty).already == 8


def test_a_copy_is_looked_into_where_nothing_may_be_written(store: Store, tmp_path: Path) -> None:
    copy = store.backup(tmp_path / "kun-læse" / "kopi.db")
    copy.chmod(0o400)
    copy.parent.chmod(0o500)
    try:
        with opened_copy(copy) as opened:
            assert contents_of(opened).first is None
    finally:
        copy.parent.chmod(0o700)


def test_what_is_no_copy_is_named_by_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "brev.db"
    for data, error in ((b"Kaere borger", NotAStoreError), (b"SQLite format 3\x00" + b"x" * 200, NotAStoreError)):
        file.write_bytes(data)
        with pytest.raises(error) as caught, opened_copy(file):
            pass
        assert caught.value.facts["store"] == str(file)
    with pytest.raises(InputFileError), opened_copy(tmp_path / "mangler.db"):
        pass


def test_a_second_copy_of_a_day_has_a_name_of_its_own(tmp_path: Path) -> None:
    first = default_target(tmp_path / "decisions.db", MORNING)
    assert first == tmp_path / "decisions-2026-02-03.db"
    first.touch()
    assert default_target(tmp_path / "decisions.db", MORNING) == tmp_path / "decisions-2026-02-03-093015.db"


def test_output_never_goes_over_the_store(tmp_path: Path, store: Store) -> None:
    place = tmp_path / "afgørelser.db"
    (tmp_path / "genvej.csv").symlink_to(place)
    for target in (place, place.parent / "x" / ".." / place.name, tmp_path / "genvej.csv", Path(f"{place}-wal")):
        with pytest.raises(OutputIsStoreError):
            refuse_store(target, place)
    refuse_store(tmp_path / "andet.csv", place)
    refuse_store(place, None)
    assert store.place == str(place)
