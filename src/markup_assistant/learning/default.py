"""Trains the default model from the data that the program ships with, for ``make model``."""

import sys
from pathlib import Path

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.learning.corpus import load_corpus
from markup_assistant.learning.digest import data_digest
from markup_assistant.learning.train import train
from markup_assistant.learning.write import write_bundle
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import load_laws


def train_default(folder: Path) -> dict[str, float]:
    """Train the default model into a folder and return its figures on held-out letters."""
    catalogue_folder = shipped_folder("kle_catalogue")
    letters_folder = shipped_folder("data") / "letters"
    catalogue = load_catalogue(catalogue_folder)
    letters = load_corpus(letters_folder)
    trained = train(catalogue, letters, load_laws(catalogue_folder), _show)
    manifest = {
        "name": f"default-{catalogue.name.removeprefix('KLE ')}",
        "edition": catalogue.name,
        "parent": None,
        "data": {
            "digest": data_digest(catalogue_folder, letters_folder),
            "letters": len(letters),
            "subjects_with_letters": len({letter.subject for letter in letters if letter.subject}),
        },
        "metrics": trained.metrics,
    }
    write_bundle(folder, trained.arrays, manifest)
    return trained.metrics


def _show(step: str, share: float) -> None:
    sys.stderr.write(f"{step} {share:.0%}\n")


def main() -> None:
    """Train into ``models/default`` and print the figures on held-out letters."""
    metrics = train_default(shipped_folder("models") / "default")
    sys.stdout.write(" ".join(f"{name}={value}" for name, value in metrics.items()) + "\n")
