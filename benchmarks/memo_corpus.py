"""Prints how the labelled letters become messages: ``python benchmarks/memo_corpus.py [FOLDER of letters]``.

Every filled letter of ``data/letters`` with its labelled markup is composed, written as MeMo 1.1 and 1.2 and, where
``../shared/memo`` has the schemas, validated against them. Templates are told apart: their fields are still open.
"""

import random
import sys
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.markup import Action, Markup
from markup_assistant.memo.compose import compose
from markup_assistant.memo.message import File
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.read import read_message
from markup_assistant.memo.write import write_message
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.organisation import load_organisation
from markup_assistant.suggest.targets import route

SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "memo" / "xsd"
NOW = datetime(2026, 2, 1, 8, tzinfo=UTC)
PERSON = Addressee("0102030000", "CPR", "Mette Eksempel")


def main() -> None:
    """Compose, write, validate and read back every letter, and print what came of it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_folder("data") / "letters"
    letters = [letter for letter in load_corpus(folder) if letter.subject]
    organisation = load_organisation(shipped_folder("data") / "organisation.yaml")
    office = Office("12345678", "Lindeby Kommune", load_catalogue(), organisation)
    schemas = _schemas()
    chance = random.Random(1)  # noqa: S311  # numbers that come out the same each time, no secrets
    counts: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    spent = dict.fromkeys(("compose", "write", "read"), 0.0)
    for labelled in letters:
        begun = time.process_time()
        content = labelled.letter.text.encode()
        file = File(encoding_format="text/plain", filename="brev.txt", language="da", content=content)
        made = compose(
            labelled.letter, (file,), markup_for(labelled, office), PERSON, office, lambda: _uuid(chance), NOW
        )
        spent["compose"] += time.process_time() - begun
        kind = "template" if labelled.template else "filled"
        for rule in {f"{found.severity.value} {found.rule}" for found in made.findings}:
            notes[f"{kind}: {rule}"] += 1
        if made.message is None:
            counts[f"{kind} refused"] += 1
            continue
        counts[f"{kind} composed"] += 1
        for version in ("1.1", "1.2"):
            begun = time.process_time()
            xml = write_message(made.message, version)
            spent["write"] += time.process_time() - begun
            begun = time.process_time()
            same = read_message(xml, "x.xml").message.message_body == made.message.message_body
            spent["read"] += time.process_time() - begun
            counts["not the same after reading"] += not same
            if version in schemas:
                counts[f"valid as {version}"] += schemas[version].validate(etree.fromstring(xml))
    for name, count in sorted(counts.items()):
        print(f"{count:>6}  {name}")
    print()
    for name, count in notes.most_common():
        print(f"{count:>6}  {name}")
    print()
    done = sum(count for name, count in counts.items() if name.endswith("composed"))
    print(
        f"compose {len(letters) / spent['compose']:.0f} a second, write {2 * done / spent['write']:.0f} a second,",
        end=" ",
    )
    print(f"read {2 * done / spent['read']:.0f} a second (CPU time)")


def markup_for(labelled: LabelledLetter, office: Office) -> Markup:
    """Return the labelled markup with the target that the organisation's rules lead to."""
    rule = route(office.organisation, labelled.subject, labelled.facet)
    return Markup(
        subject=labelled.subject,
        facet=labelled.facet,
        actions=tuple(
            Action(action.code, action.label, MappingProxyType(dict(action.details)))
            for action in sorted(labelled.actions, key=lambda action: action.code)
        ),
        target=rule.target if rule else office.organisation.default,
    )


def _schemas() -> dict[str, etree.XMLSchema]:
    files = {
        "1.1": SCHEMAS / "memo-1.1" / "MeMo_core.xsd",
        "1.2": SCHEMAS / "memo-1.2" / "Version1.2" / "MeMo_core.xsd",
    }
    return {version: etree.XMLSchema(etree.parse(file)) for version, file in files.items() if file.is_file()}


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


if __name__ == "__main__":
    main()
