"""Trains a municipality's own model from the corpus and its decisions, and puts it to use where it is not worse."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.errors import ModelError
from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.learning.decided import Decided, decided_letters
from markup_assistant.learning.digest import data_digest, with_letters
from markup_assistant.learning.held_out import load_held_out
from markup_assistant.learning.promotion import Candidate, Judged, Reason, judge
from markup_assistant.learning.registry import OWN_PREFIX, Registry
from markup_assistant.learning.train import train
from markup_assistant.learning.training_lock import training_lock
from markup_assistant.learning.write import clear_leftovers, write_bundle
from markup_assistant.models_in_use import write_in_use
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.store import Store
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.laws import load_laws

READ, WRITE, COMPARE = 0.04, 0.93, 0.95
"""Shares of the time after which the data are read, the model is trained, and it is written."""

Progress = Callable[[str, float], None]


def default_corpus() -> Path:
    """Return the folder of the letters that the program came with."""
    return shipped_folder("data") / "letters"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be trained, and when.

    Attributes:
        settings: catalogue, models and organisation.
        now: the time, by which the model is named.
        program: the version of the program.
        switch: whether the model is put to use where it is not worse.
        corpus: the folder of labelled letters to which the decisions are added.
    """

    settings: Settings
    now: datetime
    program: str
    switch: bool = True
    corpus: Path = field(default_factory=default_corpus)


@dataclass(frozen=True, slots=True)
class Training:
    """A model that was trained: what it learned from, how it fares, and whether it is used now.

    ``former`` is the name of the model that was in use, ``manifest`` that of the new one.
    """

    name: str
    folder: Path
    former: str
    manifest: Mapping[str, Any]
    decided: Decided
    judged: Judged


def train_own(order: Order, store: Store | None, progress: Progress) -> Training:
    """Train a model and judge it against the one in use; ``store`` is None where nothing was ever decided.

    ``progress`` is told each step and the share done (0 to 1). However it ends, one whole model is in use: the new one
    becomes visible when it is whole, and is used only by the very last step.

    Raises TrainingRunsError where another training is at work, CatalogueError, CorpusError, StoreError or OutputError.
    """
    registry = Registry(order.settings)
    with training_lock(registry.folder, order.now):
        clear_leftovers(registry.folder, OWN_PREFIX)
        return _train(order, store, registry, progress)


def _train(order: Order, store: Store | None, registry: Registry, progress: Progress) -> Training:
    progress("reading", 0.0)
    settings, before = order.settings, registry.in_use()
    catalogue = load_catalogue(settings.catalogue_folder)
    corpus = load_corpus(order.corpus)
    decided = decided_letters(store, catalogue) if store is not None else Decided()
    own = [letter.labelled for letter in decided.learning]
    trained = train(
        catalogue,
        [*corpus, *own],
        load_laws(settings.catalogue_folder),
        lambda step, share: progress("writing" if step == "done" else step, READ + (WRITE - READ) * share),
        decided.weights(),
    )
    name = _free_name(registry.folder, order.now)
    manifest = {
        "name": name,
        "edition": catalogue.name,
        "parent": _name_of(registry),
        "date": order.now.isoformat(timespec="seconds"),
        "program": order.program,
        "data": _data(order, corpus, decided),
        "metrics": trained.metrics,
    }
    folder = registry.folder / name
    write_bundle(folder, trained.arrays, manifest)
    progress("comparing", COMPARE)
    judged = _judged(order, registry, folder, corpus, decided, lambda share: progress("comparing", _after(share)))
    if judged.reason.is_used:
        if registry.in_use() == before:
            write_in_use(registry.folder, replace(before.changed_to(name), broken=False))
        else:
            judged = replace(judged, reason=Reason.CHANGED)
    progress("done", 1.0)
    return Training(name, folder, str(manifest["parent"]), manifest, decided, judged)


def _after(share: float) -> float:
    return COMPARE + (1 - COMPARE) * share


def _free_name(models: Path, now: datetime) -> str:
    name = day = f"{OWN_PREFIX}{now.date().isoformat()}"
    number = 1
    while (models / name).exists():
        number += 1
        name = f"{day}-{number}"
    return name


def _name_of(registry: Registry) -> str:
    """Return the name of the model in use, as it is written in suggestions; that of its folder where it has none."""
    folder = registry.used_folder()
    name = registry.used_name()
    return (registry.card(name).text("name") if name else "") or name or folder.name


def _data(order: Order, corpus: tuple[LabelledLetter, ...], decided: Decided) -> dict[str, Any]:
    own = [letter.labelled for letter in decided.learning]
    subjects = Counter(letter.subject for letter in (*corpus, *own) if letter.subject)
    digest = data_digest(order.settings.catalogue_folder, order.corpus)
    return {
        "digest": with_letters(digest, own, decided.weights()),
        "letters": len(corpus) + len(own),
        "subjects_with_letters": len(subjects),
        "own": len(own),
        "own_measuring": len(decided.measuring),
        "own_by_how": decided.by_how(),
    }


def _judged(
    order: Order,
    registry: Registry,
    folder: Path,
    corpus: tuple[LabelledLetter, ...],
    decided: Decided,
    told: Callable[[float], None],
) -> Judged:
    new = _candidate(order.settings, folder)
    try:
        present = _candidate(order.settings, registry.used_folder())
    except ModelError:
        judged = Judged(Reason.PRESENT_BROKEN)
    else:
        judged = judge(present, new, corpus, decided, told)
    if order.settings.model:
        return replace(judged, reason=Reason.SETTING)
    return judged if order.switch else replace(judged, reason=Reason.NOT_ASKED)


def _candidate(settings: Settings, folder: Path) -> Candidate:
    assistant = Assistant(replace(settings, model=str(folder)))
    return Candidate(assistant.model.name, assistant.catalogue.name, load_held_out(folder), assistant.suggest)
