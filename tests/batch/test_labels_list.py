"""A municipality's own list: its headings, its numbers and its file names are read as they are meant, never guessed."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook
from tests.store.made import decision

from markup_assistant.batch.decision_files import Reading, import_file
from markup_assistant.batch.decision_report import Fault, Report
from markup_assistant.batch.folder import find_letters
from markup_assistant.batch.labels_columns import recognise
from markup_assistant.batch.labels_import import Terms
from markup_assistant.batch.labels_match import LetterNames
from markup_assistant.batch.labels_values import Said, Values, WrongValueError
from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.errors import FolderMissingError, ListColumnsError
from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.read import read_letter
from markup_assistant.markup import Action, Choice, Decision, How, Markup, Outcome, Part
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.suggest.organisation import load_organisation

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CPR = "010203-0000"
LETTER = "Kære borger\n\nDu får tilbudt en plads i børnehaven {}. Sig ja senest om en uge.\n"


@pytest.fixture(scope="module")
def values() -> Values:
    settings = Settings()
    catalogue, organisation = load_catalogue(settings.catalogue_folder), load_organisation(settings.organisation_file)
    return Values(catalogue, organisation, 2026)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "afgørelser.db") as opened:
        yield opened


@pytest.fixture
def breve(tmp_path: Path) -> Path:
    """A folder of letters, some of which have nearly or quite the same name."""
    folder = tmp_path / "breve"
    for number, name in enumerate(
        ("plads.txt", "licens.txt", "social/støtte.txt", "a/kvittering.txt", "b/kvittering.txt")
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(LETTER.format(number), encoding="utf-8")
    return folder


Take = Callable[..., Report]


@pytest.fixture
def take(tmp_path: Path, store: Store, breve: Path, values: Values) -> Take:
    def take_list(list_: str, **more: bool) -> Report:
        file = tmp_path / ("liste.jsonl" if list_.startswith("{") else "liste.csv")
        file.write_text(list_, encoding="utf-8")
        return take_file(file, store, breve, values, **more)

    return take_list


def take_file(file: Path, store: Store, folder: Path, values: Values, **more: bool) -> Report:
    chosen = {"keep_text": True, "replace": False, "dry_run": False} | more
    terms = Terms(
        person="Mette Prøvesen",
        catalogue=values.catalogue.name,
        root=folder.parent,
        now=lambda: NOON,
        new_id=lambda: str(uuid4()),
        read=read_letter,
        **chosen,
    )
    return import_file(file, store, Reading(lambda: values, lambda: LetterNames(folder, find_letters(folder)), terms))


def faults(report: Report) -> list[tuple[int, Fault]]:
    return [(problem.line, problem.fault) for problem in report.problems]


def head(store: Store, letter: str) -> Decision:
    (one,) = store.heads(letter)
    return one


# Headings


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        ("Brev;KLE", "letter subject"),
        ("Filnavn;KLE-nr.;Emne", "letter subject title"),
        ("Emne;Dokument", "subject letter"),
        ("KLE emne;Skabelonnavn;Handligsfacet", "subject letter facet"),
        ("File;Subject;Facet;Unit;Action", "letter subject facet target actions"),
        ("Nr.;Navn;Filnavn;KLE;Titel;Afdeling", "- - letter subject title target"),
        ("tekst;emnenumer", "text subject"),
        ("Ansvarlig;Dato", "- -"),
    ],
)
def test_headings_are_known_in_both_languages_and_with_slips(headings: str, roles: str) -> None:
    found = {place: role.value for role, place in recognise(headings.split(";")).places.items()}
    assert [found.get(place, "-") for place in range(len(headings.split(";")))] == roles.split()


def test_a_list_without_headings_says_what_to_write(take: Take) -> None:
    with pytest.raises(ListColumnsError) as caught:
        take("plads.txt;28.09.40\nlicens.txt;05.09.02\n")
    assert "plads.txt, 28.09.40" in caught.value.what()


def test_headings_are_found_below_a_title_and_told(take: Take) -> None:
    report = take("Vores breve;;\n;;\nBrevets filnavn;KLE;Filnavn\nx;28.09.40;plads.txt\n")
    assert (report.taken, dict(report.columns)) == (1, {"subject": "KLE", "letter": "Filnavn"})


# Numbers


@pytest.mark.parametrize(
    ("said", "subject", "facet"),
    [
        ("28.09.40", "28.09.40", ""),
        (" 280940 ", "28.09.40", ""),
        ("28 09 40", "28.09.40", ""),
        ("28,09,40", "28.09.40", ""),
        ("28.09.40-G01", "28.09.40", "G01"),
        ("28.09.40-k02-12-26", "28.09.40", "K02"),
        ("28.09.40 Ø30", "28.09.40", "Ø30"),
        ("28.09.40 Optagelse i dagtilbud", "28.09.40", ""),
        ("28.09.40, pladser", "28.09.40", ""),
        ("KLE 28.09.40.", "28.09.40", ""),
    ],
)
def test_a_number_is_understood_as_people_write_it(values: Values, said: str, subject: str, facet: str) -> None:
    markup = values.wanted(Said(said)).markup
    assert (markup.subject, markup.facet) == (subject, facet)


def fault_of(values: Values, said: Said) -> WrongValueError:
    with pytest.raises(WrongValueError) as caught:
        values.wanted(said)
    return caught.value


@pytest.mark.parametrize(
    ("said", "fault", "offered"),
    [
        (Said("28.09.99"), Fault.UNKNOWN_NUMBER, "28.09."),
        (Said("28.09"), Fault.UNKNOWN_NUMBER, "28.09."),
        (Said("28.09.4"), Fault.UNKNOWN_NUMBER, "28.09."),
        (Said("28.09.401"), Fault.UNKNOWN_NUMBER, ""),
        (Said("28.09.40.1"), Fault.UNKNOWN_NUMBER, ""),
        (Said("50902"), Fault.UNKNOWN_NUMBER, "05.09.02 "),
        (Said("99.99.99", title="Parkeringslicens"), Fault.UNKNOWN_NUMBER, "05.09.02 "),
        (Said("parkeringslicens"), Fault.UNKNOWN_NUMBER, "05.09.02 "),
        (Said("", title="parkeringslicens"), Fault.NO_NUMBER, "05.09.02 "),
        (Said("2002-09-05T00:00:00"), Fault.DATE, ""),
        (Said("05-09-2002"), Fault.DATE, ""),
        (Said("28.09.40", facet="G99"), Fault.UNKNOWN_FACET, "G"),
        (Said("28.09.40-G01", facet="K02"), Fault.TWO_FACETS, ""),
        (Said("28.09.40", actions="betaling, dans"), Fault.UNKNOWN_ACTION, "AFTALE"),
        (Said("28.09.40", target="Pladsanvisning"), Fault.UNKNOWN_TARGET, "pladsanvisningen ("),
    ],
)
def test_what_cannot_be_taken_is_told_with_what_may_be_meant(
    values: Values, said: Said, fault: Fault, offered: str
) -> None:
    error = fault_of(values, said)
    assert error.fault is fault
    if offered:
        assert error.nearest[0].startswith(offered)
        assert len(error.nearest) <= 8


def test_a_number_that_has_lapsed_when_it_is_used_is_told(values: Values) -> None:
    settings = Settings()
    later = Values(values.catalogue, load_organisation(settings.organisation_file), 2040)
    lapsed = next(subject for subject in values.catalogue.subjects if subject.expires)
    assert values.wanted(Said(lapsed.number)).markup.subject == lapsed.number
    error = fault_of(later, Said(lapsed.number))
    assert error.fault is Fault.LAPSED
    assert lapsed.title[:20] in error.got
    assert error.nearest
    assert not any(one.startswith(lapsed.number) for one in error.nearest)


def test_actions_targets_and_none_are_understood(values: Values) -> None:
    wanted = values.wanted(Said("28.09.40", "g01 Generelle sager", "Bekræft og betaling", "pladsanvisningen"))
    assert wanted.markup == Markup("28.09.40", "G01", (Action("BEKRAEFT"), Action("BETALING")), "pladsanvisningen")
    assert wanted.parts == frozenset(Part)
    assert values.wanted(Said("28.09.40", target="PLADSANVISNINGEN")).markup.target == "pladsanvisningen"
    assert values.wanted(Said("28.09.40", actions="AFTALE TILMELDING")).markup.actions[1].code == "TILMELDING"
    assert values.wanted(Said("Ingen")).outcome is Outcome.LEFT_ALONE


# File names


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("plads.txt", "plads.txt"),
        ("PLADS.TXT", "plads.txt"),
        ("plads", "plads.txt"),
        ('"social\\støtte.txt"', "social/støtte.txt"),
        ("støtte", "social/støtte.txt"),
        ("sto\u0308tte.txt".replace("o\u0308", "ø"), "social/støtte.txt"),
        (r"N:\Skabeloner\a\kvittering.txt", "a/kvittering.txt"),
        ("./b/kvittering", "b/kvittering.txt"),
    ],
)
def test_a_letter_is_found_by_path_by_name_or_without_ending(breve: Path, said: str, found: str) -> None:
    assert LetterNames(breve, find_letters(breve)).find(said).path == breve / found


def test_a_whole_path_into_the_folder_finds_the_letter(breve: Path) -> None:
    assert LetterNames(breve, find_letters(breve)).find(str(breve / "plads.txt")).path == breve / "plads.txt"


@pytest.mark.parametrize(
    ("said", "among", "near"),
    [
        ("kvittering.txt", ("a/kvittering.txt", "b/kvittering.txt"), ()),
        ("c/kvittering.txt", ("a/kvittering.txt", "b/kvittering.txt"), ()),
        ("plads.docx", (), ("plads.txt",)),
        ("lisens.txt", (), ("licens.txt",)),
        ("noget helt andet", (), ()),
        ("", (), ()),
    ],
)
def test_a_name_that_may_mean_several_or_none_is_not_guessed(
    breve: Path, said: str, among: tuple[str, ...], near: tuple[str, ...]
) -> None:
    match = LetterNames(breve, find_letters(breve)).find(said)
    assert (match.path, match.among, match.near) == (None, among, near)


def test_a_letter_saved_anew_from_old_word_is_found(tmp_path: Path) -> None:
    (tmp_path / "gammel.docx").touch()
    names = LetterNames(tmp_path, find_letters(tmp_path))
    assert names.find("gammel.doc").path == tmp_path / "gammel.docx"
    assert names.find("gammel.odt").path is None


# Taking a list


def test_a_list_becomes_decisions_with_the_letters_behind_them(take: Take, store: Store, breve: Path) -> None:
    report = take("fil;kle;facet;afdeling\nplads.txt;28.09.40;G01;pladsanvisningen\nlicens;05.09.02\n")
    assert (report.kind, report.read, report.taken, report.letters, report.left) == ("list", 2, 2, 2, 0)
    made = head(store, "breve/plads.txt")
    assert made.markup == Markup("28.09.40", "G01", (), "pladsanvisningen")
    imported = Choice(How.IMPORTED)
    assert made.choices == {Part.SUBJECT: imported, Part.FACET: imported, Part.TARGET: imported}
    assert (made.person, made.at, made.catalogue, made.supersedes) == ("Mette Prøvesen", NOON, "KLE 2026-02", ())
    assert made.content == fingerprint(read_letter(breve / "plads.txt"))
    kept = store.kept_letter("breve/plads.txt", made.content)
    assert kept is not None
    assert "plads i børnehaven" in kept.text
    assert len(kept.sketch) > 100
    assert set(head(store, "breve/licens.txt").choices) == {Part.SUBJECT}


def test_the_same_list_again_changes_nothing(take: Take, store: Store) -> None:
    take("fil;kle\nplads.txt;28.09.40\n")
    report = take("fil;kle\nplads.txt;28.09.40-G01\nplads;280940\n")
    assert (report.taken, report.duplicates) == (1, 1), "it says more than before"
    report = take("fil;kle\nplads.txt;28.09.40-G01\nplads;280940\n")
    assert (report.taken, report.already, report.duplicates, report.left) == (0, 1, 1, 0)
    assert len(store.history("breve/plads.txt")) == 2


def test_what_a_person_decided_stays_unless_the_list_is_to_count(take: Take, store: Store) -> None:
    mine = decision("breve/plads.txt", markup=Markup("05.09.00"), choices={Part.SUBJECT: Choice(How.TYPED)})
    alone = decision("breve/licens.txt", outcome=Outcome.LEFT_ALONE, markup=Markup(), choices={})
    store.add(mine, alone)
    list_ = "fil;kle\nplads.txt;28.09.40\nlicens.txt;05.09.02\n"
    report = take(list_)
    assert faults(report) == [(2, Fault.DIFFERING), (3, Fault.DIFFERING)]
    assert (report.problems[0].got, report.problems[0].nearest) == ("05.09.00 (Mette Prøvesen)", ("28.09.40",))
    assert store.heads("breve/plads.txt") == (mine,)
    assert take(list_, replace=True).taken == 2
    assert head(store, "breve/plads.txt").supersedes == (mine.id,)


def test_what_nobody_looked_at_gives_way_to_the_list(take: Take, store: Store) -> None:
    automatic = decision("breve/plads.txt", markup=Markup("05.09.00"), choices={Part.SUBJECT: Choice(How.AUTOMATIC, 1)})
    back = decision("breve/licens.txt", outcome=Outcome.WITHDRAWN, markup=Markup(), choices={})
    store.add(automatic, back)
    assert take("fil;kle\nplads.txt;28.09.40\nlicens.txt;05.09.02\n").taken == 2
    assert head(store, "breve/plads.txt").supersedes == (automatic.id,)
    assert head(store, "breve/licens.txt").supersedes == (back.id,)


def test_a_person_who_decided_the_same_has_said_it_already(take: Take, store: Store) -> None:
    store.add(decision("breve/plads.txt", markup=Markup("28.09.40", "G01", (Action("BETALING"),), "parkering")))
    report = take("fil;kle;handling\nplads.txt;28.09.40;betaling\n")
    assert (report.already, report.taken) == (1, 0)


def test_a_list_that_contradicts_itself_is_not_taken_on_that_letter(take: Take, store: Store) -> None:
    report = take("fil;kle\nplads.txt;28.09.40\nlicens.txt;05.09.02\nPLADS;05.09.00\n")
    assert faults(report) == [(2, Fault.CONTRADICTION)]
    assert report.problems[0].got == "2: 28.09.40; 4: 05.09.00"
    assert (report.taken, report.left) == (1, 2)
    assert store.heads("breve/plads.txt") == ()


def test_each_row_that_does_not_fit_is_told_by_line(take: Take) -> None:
    report = take("fil;kle\nlisens.txt;05.09.02\nplads.txt;28.09.99\n;28.09.40\nkvittering;28.09.40\n-;x\n")
    assert faults(report) == [
        (2, Fault.UNMATCHED),
        (3, Fault.UNKNOWN_NUMBER),
        (4, Fault.NO_LETTER),
        (5, Fault.AMBIGUOUS),
        (6, Fault.NO_LETTER),
    ]
    assert (report.read, report.left, report.taken) == (5, 5, 0)


def test_a_letter_that_cannot_be_read_costs_its_row_alone(take: Take, breve: Path) -> None:
    (breve / "tom.docx").write_bytes(b"PK\x03\x04 cut off")
    report = take("fil;kle\ntom.docx;28.09.40\nplads.txt;28.09.40\n")
    assert faults(report) == [(2, Fault.UNREADABLE)]
    assert report.problems[0].error is not None
    assert report.taken == 1


def test_a_trial_keeps_nothing(take: Take, store: Store) -> None:
    report = take("fil;kle\nplads.txt;28.09.40\nlisens.txt;05.09.02\n", dry_run=True)
    assert (report.taken, report.left) == (1, 1)
    assert list(store.decisions()) == []
    assert list(store.kept_letters()) == []


def test_text_is_kept_only_where_the_settings_keep_it_and_always_masked(take: Take, store: Store, breve: Path) -> None:
    (breve / "plads.txt").write_text(f"Kære borger\n\nVi skriver om {CPR}, som du har sendt os.\n", encoding="utf-8")
    take("fil;kle\nplads.txt;28.09.40\n")
    (kept,) = store.kept_letters()
    assert "Vi skriver om" in kept.text
    assert CPR not in kept.text
    take("fil;kle\nlicens.txt;05.09.02\n", keep_text=False)
    unkept = store.kept_letter("breve/licens.txt")
    assert unkept is not None
    assert unkept.text == ""


def test_an_excel_list_is_read_too(tmp_path: Path, store: Store, breve: Path, values: Values) -> None:
    book = Workbook()
    for row in (("Skabelon", "KLE-nummer"), ("plads", 280940), ("licens", datetime(2002, 9, 5))):  # noqa: DTZ001 - as Excel has it
        book.worksheets[0].append(row)
    book.save(tmp_path / "liste.xlsx")
    report = take_file(tmp_path / "liste.xlsx", store, breve, values)
    assert (report.taken, faults(report)) == (1, [(3, Fault.DATE)])


def test_a_folder_that_is_not_there_is_told_before_anything_is_kept(
    tmp_path: Path, store: Store, values: Values
) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("fil;kle\nplads.txt;28.09.40\n", encoding="utf-8")
    with pytest.raises(FolderMissingError):
        take_file(file, store, tmp_path / "mangler", values)


# Labelled texts


def labelled(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


TEXT = "Du kan få en plads i børnehaven fra den 1. august. Svar senest om en uge."


def test_labelled_texts_become_letters_of_their_own(take: Take, store: Store) -> None:
    actions = [{"code": "BEKRAEFT", "deadline": "2026-08-01"}]
    report = take(labelled({"id": "b1", "text": TEXT, "subject": "28.09.40", "facet": "G01", "actions": actions}))
    assert (report.kind, report.taken, report.letters) == ("texts", 1, 1)
    made = head(store, "import/b1")
    assert made.markup == Markup("28.09.40", "G01", (Action("BEKRAEFT", "", {"deadline": "2026-08-01"}),))
    kept = store.kept_letter("import/b1", made.content)
    assert kept is not None
    assert kept.text == TEXT
    assert kept.path == ""


def test_the_same_texts_again_change_nothing(take: Take) -> None:
    rows = labelled({"id": "b1", "text": TEXT, "subject": "28.09.40"}, {"text": TEXT + " Tak.", "subject": "none"})
    assert take(rows).taken == 2
    report = take(rows)
    assert (report.taken, report.already) == (0, 2)


def test_an_id_that_another_text_has_is_told(take: Take, store: Store) -> None:
    take(labelled({"id": "b1", "text": TEXT, "subject": "28.09.40"}))
    report = take(labelled({"id": "b1", "text": "En helt anden tekst om parkering.", "subject": "05.09.02"}))
    assert faults(report) == [(1, Fault.OTHER_TEXT)]
    assert head(store, "import/b1").markup.subject == "28.09.40"


def test_two_texts_whose_ids_are_personal_numbers_stay_apart(take: Take, store: Store) -> None:
    mine: dict[str, object] = {"id": CPR, "text": TEXT, "subject": "28.09.40"}
    yours: dict[str, object] = {"id": "020203-0000", "text": "Andet", "subject": "none"}
    assert take(labelled(mine, yours)).taken == 2
    names = [one.letter for one in store.decisions()]
    assert len(set(names)) == 2
    assert not any("0203" in name for name in names)


def test_lines_that_are_wrong_cost_themselves_alone(take: Take, store: Store, breve: Path) -> None:
    report = take(
        labelled(
            {"text": TEXT, "subject": "28.09.99"},
            {"text": TEXT},
            {"text": TEXT, "facet": "G01"},
            {"file": "plads", "subject": "28.09.40"},
            {"file": "lisens.txt", "subject": "05.09.02"},
        )
        + "{\n"
    )
    assert faults(report) == [
        (1, Fault.WRONG_LINE),
        (2, Fault.WRONG_LINE),
        (3, Fault.NO_NUMBER),
        (5, Fault.UNMATCHED),
        (6, Fault.WRONG_LINE),
    ]
    assert head(store, "breve/plads.txt").markup.subject == "28.09.40"
    assert (breve / "plads.txt").is_file()


def test_a_table_with_texts_and_no_files_is_labelled_texts(take: Take, store: Store) -> None:
    assert take(f'tekst;kle\n"{TEXT}";28.09.40\n').taken == 1
    (made,) = store.decisions()
    assert made.letter.startswith("import/")


def test_problems_are_told_without_personal_numbers(take: Take) -> None:
    (problem,) = take(f"fil;kle\nbrev {CPR}.txt;28.09.40\n").problems
    assert problem.letter == "brev ••••••-••••.txt"


def test_nothing_of_a_file_can_command_the_terminal(take: Take) -> None:
    (problem,) = take("fil;kle\n\x1b[2Jbrev;28.09.40\n").problems
    assert problem.letter == "\ufffd[2Jbrev"
