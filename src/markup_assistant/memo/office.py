"""Who sends and who receives: what a message says that stands neither in the letter nor in its markup."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.texts import Texts, default_texts


@dataclass(frozen=True, slots=True)
class Office:
    """The authority that sends, with what its letters have in common.

    Attributes:
        cvr: its CVR number, eight digits.
        name: its name as the recipient reads it.
        catalogue: the KLE edition by which letters are marked up.
        organisation: its units and systems.
        entry_points: an address for each action code whose letters give none: the municipality's page for paying.
        case_system: the system of a case where neither unit nor target names one.
        message_code: a name for the letter type, or empty.
        meeting_minutes: how long a meeting lasts whose end the letter does not give.
        may_reply: whether recipients can reply.
        post_type: what kind of post it is.
        version: the version of MeMo.
        texts: the language of what is written into a message (button labels without words of their own).
    """

    cvr: str
    name: str
    catalogue: Catalogue
    organisation: Organisation
    entry_points: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    case_system: str = ""
    message_code: str = ""
    meeting_minutes: int = 60
    may_reply: bool = True
    post_type: str = "MYNDIGHEDSPOST"
    version: str = "1.2"
    texts: Texts = field(default_factory=default_texts)


@dataclass(frozen=True, slots=True)
class Addressee:
    """A recipient: ``id`` is a CPR number of ten or a CVR number of eight digits, ``id_type`` says which.

    ``contact_point`` and ``contact_group`` are those of an authority or company with some; ``values`` are the fields
    of the letter for this recipient, by name in lower case.
    """

    id: str
    id_type: str
    name: str = ""
    contact_point: str = ""
    contact_group: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
