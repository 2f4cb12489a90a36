"""Looking into an .xlsx package before anything parses it: bombs, macros, formulas without a value.

A spreadsheet library would load whatever the package unpacks to, and a single far-off cell makes it lay out
every cell before it, so both are measured here first, in a stream.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from unionstream.imports.grid import Limits
from unionstream.imports.problems import FileUnusable, RowProblem

_CHUNK = 1 << 20
_OVERLAP = 512
_MOST_PARTS = 2_000
_DANGEROUS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Spreadsheet programs write UTF-8. In any other encoding an entity would not look like one here.
_ENCODED = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"'](?!utf-?8[\"']|us-ascii[\"'])", re.IGNORECASE)
_MACROS = b"vbaproject"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]|\st=[\"']e[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d+)")
_FAR_COLUMN = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']((?:[A-Z]{3,}|[D-Z][A-Z])\d+)")
_REMEDY_SAVE = "open it in a spreadsheet program and save it again as .xlsx"


@dataclass(frozen=True)
class SheetPart:
    """A sheet's name and the part of the package that holds it."""

    name: str
    part: str
    visible: bool


def open_package(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The package, its list of parts checked; raises FileUnusable."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise FileUnusable("file-damaged", "the workbook cannot be opened", _REMEDY_SAVE) from error
    parts = package.infolist()
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _macros()
    if sum(part.file_size for part in parts) > limits.unpacked_bytes or len(parts) > _MOST_PARTS:
        most = limits.unpacked_bytes // (1024 * 1024)
        raise FileUnusable("unpacked-too-large", f"the workbook unpacks to over {most} MB", "split the file")
    if "xl/workbook.xml" not in names:
        raise FileUnusable("not-a-workbook", "this is no .xlsx workbook", _REMEDY_SAVE)
    types = b"".join(_chunks(package, "[Content_Types].xml"))
    if _MACROS in types.lower() or b"macroenabled" in types.lower():
        raise _macros()
    return package


def _macros() -> FileUnusable:
    return FileUnusable("macro-file", "the workbook holds macros", "save it as .xlsx without macros")


def sheets(package: zipfile.ZipFile) -> list[SheetPart]:
    """The worksheets in workbook order; raises FileUnusable."""
    workbook = _parsed(package, "xl/workbook.xml")
    if any(node.get("date1904") in {"1", "true"} for node in workbook.iter() if _local(node) == "workbookPr"):
        raise FileUnusable(
            "date-system-1904", "the workbook counts days from 1904", "switch to the 1900 system"
        )
    targets = {
        node.get("Id", ""): node.get("Target", "") for node in _parsed(package, "xl/_rels/workbook.xml.rels")
    }
    return [
        SheetPart(
            node.get("name", ""),
            _part(targets.get(_relation(node), "")),
            node.get("state") in {None, "visible"},
        )
        for node in workbook.iter()
        if _local(node) == "sheet"
    ]


def check_texts(package: zipfile.ZipFile) -> None:
    """Walks every text but the sheets: a part longer than it says, or with entities, raises FileUnusable."""
    for part in package.namelist():
        if part.endswith((".xml", ".rels", ".vml")) and not part.startswith("xl/worksheets/"):
            for window in _windows(package, part):
                _refuse_entities(window)


def check_sizes(package: zipfile.ZipFile, part: str, limits: Limits) -> bool:
    """Walks one sheet; True if it holds formulas or error values. Raises FileUnusable for far-off cells."""
    watched = False
    for window in _windows(package, part):
        _refuse_entities(window)
        far = _FAR_COLUMN.search(window)
        if far:
            raise FileUnusable(
                "too-many-columns", f"cells beyond column {limits.columns}", "delete them", far[1].decode()
            )
        last = max((int(row) for row in _ROW.findall(window)), default=0)
        if last > limits.rows + 1_000:
            raise FileUnusable(
                "too-many-rows",
                f"more than {limits.rows:,} rows",
                "split the file, delete empty rows below",
                str(last),
            )
        watched = watched or _FORMULA.search(window) is not None
    return watched


def faults(package: zipfile.ZipFile, part: str) -> dict[int, RowProblem]:
    """Rows with a formula that was never computed, or with an error value such as #N/A."""
    found: dict[int, RowProblem] = {}
    with package.open(part) as stream:
        for _, node in ET.iterparse(stream):  # noqa: S314 - entities were refused before  # nosec B314
            if _local(node) == "c":
                problem = _fault(node)
                if problem:
                    found.setdefault(int(re.sub(r"\D", "", node.get("r", "0"))), problem)
            elif _local(node) == "row":
                node.clear()
    return found


def _fault(cell: ET.Element) -> RowProblem | None:
    parts = {_local(child): child.text or "" for child in cell}
    if cell.get("t") == "e":
        return RowProblem("cell-with-error", "", parts.get("v", ""), "correct the formula", cell.get("r", ""))
    if "f" in parts and not parts.get("v"):
        return RowProblem(
            "formula-without-value",
            "",
            cell.get("r", ""),
            "open the file in a spreadsheet program and save it",
        )
    return None


def _windows(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    tail = b""
    for chunk in _chunks(package, part):
        yield tail + chunk
        tail = chunk[-_OVERLAP:]


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except (KeyError, zipfile.BadZipFile, RuntimeError, EOFError, OSError) as error:
        raise FileUnusable("file-damaged", "a part of the workbook cannot be read", _REMEDY_SAVE) from error


def _parsed(package: zipfile.ZipFile, part: str) -> ET.Element:
    text = b"".join(_chunks(package, part))
    _refuse_entities(text)
    try:
        return ET.fromstring(text)  # noqa: S314 - entities were refused two lines above  # nosec B314
    except ET.ParseError as error:
        raise FileUnusable("file-damaged", "the workbook's contents cannot be read", _REMEDY_SAVE) from error


def _refuse_entities(text: bytes) -> None:
    if b"\x00" in text or _ENCODED.match(text):
        raise FileUnusable("workbook-unsafe", "the workbook is not written in UTF-8", _REMEDY_SAVE)
    if _DANGEROUS.search(text):
        raise FileUnusable("workbook-unsafe", "the workbook declares XML entities", _REMEDY_SAVE)


def _relation(sheet: ET.Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]
