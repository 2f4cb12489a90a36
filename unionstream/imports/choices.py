"""Words in cells as ids of a catalogue: its labels, and what people write instead of them."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from shared import catalogues
from shared.catalogues import Entry, catalogue_of
from shared.codes.documents import DOCUMENT_KINDS, DocumentKind
from shared.yamls import read_yaml
from unionstream.imports.plain import plain
from unionstream.imports.problems import CellInvalid
from unionstream.imports.sheets import Column


class _Labelled(Entry):
    """An entry of any catalogue, whatever else it says."""

    model_config = ConfigDict(extra="ignore")


def choice(column: Column, words: str) -> str:
    """The id behind words such as 女 or 税务代征; raises CellInvalid naming what is understood."""
    wanted = plain(words)
    found = _known(column.vocabulary).get(wanted) or _own(column, wanted)
    if found is None:
        code = f"{column.field.replace('_', '-')}-unknown"
        raise CellInvalid(code, words[:30], f"write one of {', '.join(allowed(column))}")
    return found


def allowed(column: Column) -> tuple[str, ...]:
    """What may be written: for each id its Chinese label, or the first word listed for it."""
    listed = {id_: (*words, id_)[0] for id_, words in {**_words(column.vocabulary), **column.words}.items()}
    return tuple((listed | {entry.id: entry.zh for entry in _entries(column.vocabulary)}).values())


def ids(column: Column) -> frozenset[str]:
    """Every id that a cell of this column can become."""
    return frozenset(
        (*(entry.id for entry in _entries(column.vocabulary)), *_words(column.vocabulary), *column.words)
    )


def _own(column: Column, wanted: str) -> str | None:
    known = column.words.items()
    return next((id_ for id_, words in known if wanted in map(plain, (id_, *words))), None)


@cache
def _known(of: str) -> dict[str, str]:
    listed = {plain(word): id_ for id_, words in _words(of).items() for word in (id_, *words)}
    labels = {plain(word): each.id for each in _entries(of) for word in (each.id, each.zh, each.en)}
    return listed | labels


def _entries(of: str) -> Iterable[DocumentKind | Entry]:
    if of == "document_kinds":
        return DOCUMENT_KINDS.values()
    return catalogue_of(of, _Labelled).values() if (catalogues.FOLDER / f"{of}.yaml").exists() else ()


def _words(of: str) -> Mapping[str, tuple[str, ...]]:
    return _listed().get(of, {})


@cache
def _listed() -> dict[str, dict[str, tuple[str, ...]]]:
    read = read_yaml(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return {of: {id_: tuple(words) for id_, words in ids.items()} for of, ids in read.items()}
