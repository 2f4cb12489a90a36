"""Kinds of identity document (DOMAIN COD-03): a catalogue, each kind with its own light check.

Only citizen numbers have a check digit that is known for certain; every other kind is checked by shape alone.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from shared.codes import identity
from shared.codes.identity import Sex
from shared.codes.refusal import InvalidCode, masked, narrow


@dataclass(frozen=True)
class DocumentKind:
    """`id` stands in commands and files; `shape` matches the narrowed, upper-case number."""

    id: str
    zh: str
    en: str
    shape: re.Pattern[str]


@dataclass(frozen=True)
class Document:
    """A document number that passed; `born` and `sex` only where the number itself tells them."""

    kind: str
    number: str = field(repr=False)
    born: date | None = None
    sex: Sex | None = None
    converted: bool = False


CITIZEN = "citizen"

_CATALOGUE = (
    (CITIZEN, "居民身份证", "resident identity card", r"[0-9]{17}[0-9X]"),
    ("passport", "护照", "passport", r"[A-Z0-9]{5,17}"),
    (
        "hmt_residence",
        "港澳台居民居住证",
        "residence permit, Hong Kong, Macao, Taiwan",
        r"8[123]0000[0-9]{11}[0-9X]",
    ),
    (
        "hm_travel",
        "港澳居民来往内地通行证",
        "mainland travel permit, Hong Kong, Macao",
        r"[HM][0-9]{8}([0-9]{2})?",
    ),
    ("tw_travel", "台湾居民来往大陆通行证", "mainland travel permit, Taiwan", r"[0-9]{8}([0-9]{2})?"),
    (
        "foreign_residence",
        "外国人永久居留身份证",
        "permanent residence card",
        r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]",
    ),
    ("other", "其他证件", "other document", r"[A-Z0-9][A-Z0-9-]{3,29}"),
)

DOCUMENT_KINDS: dict[str, DocumentKind] = {
    row[0]: DocumentKind(row[0], row[1], row[2], re.compile(row[3])) for row in _CATALOGUE
}


def checked(kind: str, number: str, today: date) -> Document:
    """The document, its number narrowed and checked by the rules of its kind; raises InvalidCode, masked."""
    known = DOCUMENT_KINDS.get(kind)
    if known is None:
        raise InvalidCode("document-kind-unknown", kind[:30], f"use one of {', '.join(DOCUMENT_KINDS)}")
    if kind == CITIZEN:
        citizen = identity.checked(number, today)
        return Document(kind, citizen.number, citizen.born, citizen.sex)
    clean = narrow(number)
    if not known.shape.fullmatch(clean):
        raise InvalidCode("document-number-malformed", masked(clean), f"compare with the {known.en}")
    return Document(kind, clean)
