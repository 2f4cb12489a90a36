"""A row of a roster as the membership service takes it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial

from shared.codes import documents, identity
from shared.codes.documents import Document
from shared.codes.refusal import InvalidCode
from unionstream.imports import dates, headings, places
from unionstream.imports.cells import Cell, text
from unionstream.imports.fields import Fields, RowInvalid
from unionstream.imports.problems import CellInvalid

_OLD_CARD_DIGITS = 15


class MemberRows:
    """Reads the rows of one import; `doubts` counts by code what was accepted but looks odd."""

    def __init__(self, today: date, union: str | None, *, convert_old_cards: bool) -> None:
        """`union` stands in where a row names none; old files may hold 15-digit numbers (DOMAIN COD-02)."""
        self.doubts: Counter[str] = Counter()
        self._today = today
        self._union = union
        self._convert = convert_old_cards

    def fields(self, cells: Mapping[str, Cell]) -> Fields:
        """The fields to send; raises RowInvalid at the first cell that cannot be read."""
        row = Fields(cells)
        row.must("union", row.read("union", places.union) or self._union)
        kind = row.read("document_kind", partial(headings.value, "document_kind")) or documents.CITIZEN
        document = self._document(row, kind)
        row.put("document_kind", kind)
        row.put("document_number", document.number)
        row.must("name", row.take("name", text))
        row.must("sex", self._sex(row, document))
        row.put("worker_kind", _worker_kind(row))
        row.must("joined_on", row.take("joined_on", lambda cell: dates.day(cell).isoformat()))
        row.put("phone", row.read("phone", _phone))
        row.put("employer", row.read("employer", places.employer))
        return row

    def _document(self, row: Fields, kind: str) -> Document:
        found: list[Document] = []

        def read(words: str) -> str:
            found.append(self._checked(kind, words))
            return words

        if row.read("document_number", read) is None:
            raise RowInvalid("document_number", CellInvalid("value-missing", "", "fill in the cell"))
        return found[0]

    def _checked(self, kind: str, words: str) -> Document:
        try:
            if self._convert and kind == documents.CITIZEN and len(words) == _OLD_CARD_DIGITS:
                old = identity.convert(words, self._today)
                self.doubts["old-card-converted"] += 1
                return Document(kind, old.number, old.born, old.sex, converted=True)
            return documents.checked(kind, words, self._today)
        except InvalidCode as refusal:
            raise CellInvalid(refusal.code, refusal.shown, refusal.remedy) from refusal

    def _sex(self, row: Fields, document: Document) -> str | None:
        written = row.read("sex", partial(headings.value, "sex"))
        if written and document.sex and written != document.sex:
            self.doubts["sex-differs-from-number"] += 1
        return written or document.sex


def _worker_kind(row: Fields) -> str:
    kind = row.read("worker_kind", partial(headings.value, "worker_kind")) or "general"
    migrant = row.read("migrant", partial(headings.value, "migrant")) == "yes"
    return "migrant" if migrant and kind == "general" else kind


def _phone(words: str) -> str:
    bare = words.replace("-", "")
    if not bare.removeprefix("+").isdecimal() or not 5 <= len(bare) <= 16:
        raise CellInvalid("phone-unreadable", f"({len(words)} characters)", "give digits, or leave it empty")
    return bare
