from markup_assistant.letters.read import read_bytes
from markup_assistant.suggest.weights import BODY_WEIGHT, BOILERPLATE_WEIGHT, HEADING_WEIGHT, block_weights

LETTER = """Solby Kommune
Torvet 1, 8888 Solby

AFGØRELSE OM STØTTE TIL BIL

Du har søgt om støtte til køb af bil. Vi har givet dig et lån på 180.000 kr.

Lånet er rentefrit.

Lånet skal afdrages over otte år.

Bilen må ikke sælges uden aftale med os.

Klagevejledning

Du kan klage over afgørelsen. Klagen skal sendes til kommunen.

Vi skal have din henvendelse inden fire uger.
"""


def weight_of(text: str) -> float:
    letter = read_bytes(LETTER.encode(), ".txt")
    at = letter.text.index(text)
    return next(weight for start, end, weight in block_weights(letter) if start <= at < end)


def test_the_heading_weighs_most() -> None:
    assert weight_of("AFGØRELSE OM STØTTE") == HEADING_WEIGHT


def test_the_opening_weighs_more_than_the_body() -> None:
    assert weight_of("Du har søgt") > weight_of("Bilen må ikke") == BODY_WEIGHT


def test_appeal_instructions_weigh_next_to_nothing_to_their_end() -> None:
    assert weight_of("Klagevejledning") == weight_of("Du kan klage") == BOILERPLATE_WEIGHT
    assert weight_of("Vi skal have din henvendelse") == BOILERPLATE_WEIGHT


def test_the_senders_address_weighs_less_than_the_body() -> None:
    assert weight_of("Torvet 1") < BODY_WEIGHT
