"""A summary as a Word document that a cadre can edit: real styles, from a template that may be replaced."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from unionstream.summary import charts
from unionstream.summary.faults import TemplateFault
from unionstream.summary.model import Block, Chart, Summary, Table
from unionstream.summary.packing import repacked
from unionstream.summary.rows import checkpoint, rows_of
from unionstream.summary.templates import WORD

PICTURE = Mm(150)
LINK = "0563C1"
LINK_SIZE = 16  # half points
LONGEST_TITLE, HALF = 18, 0.5  # characters of a line in the style of titles; Latin ones and digits are half
REMEDY = "Mend it in Word, or remove it from --templates to use the one that ships with the product."


def word(summary: Summary, template: bytes) -> bytes:
    """The document, the same bytes for the same model and template; raises TemplateFault and FontMissing."""
    try:
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateFault(WORD, "this is no Word document (.docx)", REMEDY) from error
    _render(document, _context(document, summary))
    file = BytesIO()
    document.save(file)
    return repacked(file.getvalue())


def _render(document: DocxTemplate, context: dict[str, Any]) -> None:
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        unknown = document.get_undeclared_template_variables(environment) - context.keys()
        if unknown:
            raise TemplateFault(
                WORD,
                f"there is no word {', '.join(sorted(unknown))}",
                f"A Word template may use {', '.join(sorted(context))}.",
            )
        document.render(context, environment, autoescape=True)
    except TemplateSyntaxError as error:
        raise TemplateFault(WORD, f"{error.message}{_near(error)}", REMEDY) from error
    except TemplateError as error:
        raise TemplateFault(WORD, str(error), REMEDY) from error


def _near(error: BaseException) -> str:
    """What stands around the fault, as docxtpl finds it."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    return f" near {' '.join(lines)[:120]!r}" if lines else ""


def _context(document: DocxTemplate, summary: Summary) -> dict[str, Any]:
    return {
        "title": titled(summary.title, summary.union.name),
        "subtitle": summary.subtitle,
        "unit": summary.union.name,
        "year": summary.year,
        "appendix": summary.appendix,
        "checkpoint": checkpoint(summary),
        "cut": summary.cut,
        "sections": [
            {
                "heading": section.heading,
                "parts": [
                    {"heading": part.heading, "blocks": [_block(document, block) for block in part.blocks]}
                    for part in section.parts
                ],
            }
            for section in summary.sections
        ],
        "figures": [_linked(document, row) for row in rows_of(summary)],
    }


def titled(title: str, unit: str) -> str:
    """A title that is too long for one line breaks behind the unit's name, not within a word."""
    rest = title.removeprefix(unit)
    wide = sum(HALF if character.isascii() else 1 for character in title)
    return f"{unit}\n{rest}" if unit and rest != title and wide > LONGEST_TITLE else title


def _block(document: DocxTemplate, block: Block) -> dict[str, Any]:
    if isinstance(block, Chart):
        picture = InlineImage(document, BytesIO(charts.picture(block)), width=PICTURE)
        return {"block": block.block, "caption": block.caption, "picture": picture}
    if isinstance(block, Table):
        rows = [[cell.text for cell in row] for row in block.rows]
        return {"block": block.block, "caption": block.caption, "columns": block.columns, "rows": rows}
    if block.block == "item":
        return {"block": block.block, "number": block.number, "text": block.text}
    return {"block": block.block, "text": block.text}


def _linked(document: DocxTemplate, row: tuple[str, ...]) -> tuple[Any, ...]:
    *texts, address = row
    link = RichText("查看", url_id=document.build_url_id(address), color=LINK, underline=True, size=LINK_SIZE)
    return (*texts, link)
