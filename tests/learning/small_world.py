"""A small world to train in: real KLE numbers, invented letters, a store of decisions; seconds rather than minutes."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.learning.corpus import read_corpus_file
from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.masking import mask_personal
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Choice, Decision, How, Markup, Outcome, Part
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.store import Store
from markup_assistant.store.values import KeptLetter
from markup_assistant.suggest.sketch import sketch, to_bytes

GROUPS = ("05.09", "27.60", "28.09", "32.18")
MORNING = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)

PARKING, CAR, DAY_CARE, EXTRA_COSTS = "05.09.02", "27.60.20", "28.09.40", "32.18.08"

LETTERS = {
    "parkering/licens.docx": """Holdekort til beboere
Du kan hente dit nye Holdekort til zone B. Det gamle Holdekort gælder til og med udgangen af måneden, og uden Holdekort
koster det en afgift at lade bilen stå i gaden.""",
    "parkering/gebyr.docx": """Du mangler at betale
Vi har givet dig en kontrolafgift, fordi Holdekortet ikke lå synligt i forruden. Betal afgiften med det vedlagte
girokort, eller klag til vagtkontoret ved havnen.""",
    "bil/tilsagn.docx": """Ja til hjælp til en bil
Du får et lån til at købe en særlig bil, fordi du går dårligt og skal med familien til behandling. Bilen skal have
automatgear og en lift til kørestolen.""",
    "bil/afslag.docx": """Nej til bilstøtte
Vi giver ikke lån til en bil, fordi du selv kan køre med tog og bus til dit arbejde. Du kan søge igen, når gigten bliver
værre, eller hvis du flytter på landet.""",
    "plads/tilbud.docx": """Pladsløftet
Vi har en vuggestue til jeres datter fra første august. Sig ja inden otte dage, ellers går pladsen til det næste barn på
ventelisten hos Spirerne ved skoven.""",
    "plads/flytning.docx": """Jeres barn skifter stue
Børnehaven flytter jeres søn til de store, fordi der er blevet en plads ledig hos Spirerne. Legetøj og regntøj tager I
med i en mærket pose.""",
    "merudgift/varsel.docx": """Vi regner dine udgifter efter
Din sygdom koster dig mere end andre, og derfor får du et fast beløb hver måned. Send os kvitteringerne fra apoteket og
fodterapeuten, så ser vi, om beløbet passer.""",
    "merudgift/bevilling.docx": """Godt nyt om dine udgifter
Du får dækket kørsel, diæt og slid på tøjet, fordi du har et handicap. Pengene kommer den første hverdag, og
du skal sige til, hvis noget ændrer sig.""",
}
"""Letters of a municipality whose words the corpus does not have, by their names in the store."""

SUBJECTS = {"parkering": PARKING, "bil": CAR, "plads": DAY_CARE, "merudgift": EXTRA_COSTS}


def make_catalogue(folder: Path, groups: Sequence[str] = GROUPS) -> None:
    """Write the part of the shipped edition that has these groups."""
    shipped = shipped_folder("kle_catalogue")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("edition.toml", "facets.csv", "laws.csv"):
        shutil.copy(shipped / name, folder / name)
    wanted: dict[str, Callable[[str], bool]] = {
        "main_groups.csv": lambda number: number in {group[:2] for group in groups},
        "groups.csv": lambda number: number in groups,
        "subjects.csv": lambda number: number[:5] in groups,
        "terms.csv": lambda number: number[:5] in groups,
    }
    for name, keep in wanted.items():
        header, *lines = (shipped / name).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if keep(line.split(";")[0])]
        (folder / name).write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")


def make_corpus(folder: Path, groups: Sequence[str] = GROUPS, left_alone: int = 3) -> None:
    """Copy the files of the shipped corpus whose letters are on these groups, and some to be left alone."""
    shipped = shipped_folder("data") / "letters"
    alone = 0
    for file in sorted(shipped.rglob("*.txt")):
        subjects = {letter.subject[:5] for letter in read_corpus_file(file)}
        if subjects == {""}:
            alone += 1
        if subjects <= set(groups) or (subjects == {""} and alone <= left_alone):
            target = folder / file.relative_to(shipped)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def world_settings(folder: Path) -> Settings:
    """Return settings whose catalogue, models and store lie in a folder."""
    return Settings(catalogue=str(folder / "kle"), models=str(folder / "modeller"), store=str(folder / "afgørelser.db"))


def decide(store: Store, name: str, text: str, subject: str, how: How = How.PICKED, **more: Any) -> Decision:
    """Decide a letter as the review does, and keep its text."""
    letter = read_bytes(text.encode(), ".txt")
    content = fingerprint(letter)
    moment = more.pop("at", MORNING + timedelta(minutes=sum(1 for _ in store.decisions())))
    if more.pop("keep_text", True):
        kept = mask_personal(letter).text
        store.keep_letter(KeptLetter(name, content, f"/drev/{name}", kept, moment, to_bytes(sketch(letter))))
    values: dict[str, Any] = {
        "id": str(uuid4()),
        "letter": name,
        "content": content,
        "outcome": Outcome.MARKED if subject else Outcome.LEFT_ALONE,
        "person": "Mette Prøvesen",
        "at": moment,
        "markup": Markup(subject, "G01") if subject else Markup(),
        "choices": MappingProxyType({part: Choice(how) for part in Part}) if subject else MappingProxyType({}),
        "supersedes": tuple(head.id for head in store.heads(name)),
    }
    decision = Decision(**(values | more))
    store.add(decision)
    return decision


def decide_all(store: Store) -> None:
    """Decide all letters of the municipality."""
    for name, text in LETTERS.items():
        decide(store, name, text, SUBJECTS[name.split("/")[0]])


def catalogue_of(folder: Path) -> Any:
    """Return the catalogue of the world."""
    return load_catalogue(folder / "kle")
