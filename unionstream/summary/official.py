"""Writes shipped/summary.docx: a Word template laid out as official documents are (GB/T 9704).

A province opens the file in Word and changes it there; this module only makes the one that ships.
Run it as `python -m unionstream.summary.official`.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from unionstream.summary.packing import repacked
from unionstream.summary.rows import COLUMNS

FANGSONG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
# Where a machine lacks the first font, Word takes the other one.
OTHERS = {FANGSONG: "FangSong", KAI: "KaiTi", TITLE: "STZhongsong"}
LATIN = "Times New Roman"
BODY, SECOND, FOURTH, SMALL = Pt(16), Pt(22), Pt(14), Pt(10.5)
TINY = Pt(8)
LINE = Pt(28)
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - python-docx writes it as UTC
HEAD, CELL, FINE, FIGURE = "表头", "表文", "附表", "图"
# Widths of the appendix, which lies across the page, in millimetres.
WIDTHS = (10, 46, 24, 66, 30, 50, 16, 12)


def template() -> bytes:
    """The file, the same bytes each time."""
    document = Document()
    _page(document)
    _styles(document)
    _body(document)
    _appendix(document)
    _footers(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "工会工作总结", ""
    properties.created = properties.modified = MADE
    file = BytesIO()
    document.save(file)
    return repacked(file.getvalue(), {"word/fontTable.xml": _font_table()})


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)


def _styles(document: Any) -> None:
    centred, left, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, "Normal", (FANGSONG, BODY), right, indent=True)
    _style(document, "Title", (TITLE, SECOND), centred)
    _style(document, "Subtitle", (KAI, BODY), centred)
    _style(document, "Heading 1", (HEI, BODY), left, indent=True)
    _style(document, "Heading 2", (KAI, BODY), left, indent=True)
    _style(document, "Caption", (HEI, FOURTH), centred)
    for name, font in (
        (HEAD, (HEI, SMALL)),
        (CELL, (FANGSONG, SMALL)),
        (FINE, (SONG, TINY)),
        (FIGURE, (FANGSONG, SMALL)),
    ):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        _style(document, name, font, centred)
        _single(document.styles[name])
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.space_before = Pt(8)
    document.styles[FIGURE].paragraph_format.keep_with_next = True
    for name in (HEAD, CELL, FINE):
        layout = document.styles[name].paragraph_format
        layout.space_before = layout.space_after = Pt(2)
    document.styles["Title"].paragraph_format.space_after = Pt(6)
    document.styles["Subtitle"].paragraph_format.space_after = Pt(16)


def _style(document: Any, name: str, font: tuple[str, Any], alignment: Any, *, indent: bool = False) -> None:
    style = document.styles[name]
    family, size = font
    style.font.name, style.font.size = LATIN, size
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), family)
    layout = style.paragraph_format
    layout.alignment = alignment
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    _indent(style, characters=2 if indent else 0)
    if name in ("Title", "Subtitle"):
        _unbordered(style)


def _indent(style: Any, characters: int) -> None:
    """In characters, so that it follows the size of the font."""
    properties = style.element.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(int(BODY.pt * 20 * characters)))


def _single(style: Any) -> None:
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _unbordered(style: Any) -> None:
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _body(document: Any) -> None:
    say = document.add_paragraph
    say("{{ title }}", style="Title")
    say("{{ subtitle }}", style="Subtitle")
    say("{%p for section in sections %}")
    say("{{ section.heading }}", style="Heading 1")
    say("{%p for part in section.parts %}")
    say("{%p if part.heading %}")
    say("{{ part.heading }}", style="Heading 2")
    say("{%p endif %}")
    say("{%p for block in part.blocks %}")
    say("{%p if block.block == 'paragraph' %}")
    say("{{ block.text }}")
    say("{%p elif block.block == 'item' %}")
    say("{{ block.number }}．{{ block.text }}")
    say("{%p elif block.block == 'table' %}")
    say("{{ block.caption }}", style="Caption")
    _table(document)
    say("", style=CELL)
    say("{%p else %}")
    say("{{ block.picture }}", style=FIGURE)
    # Above a table the caption stays with what follows; below a picture it has nothing to hold on to.
    say("{{ block.caption }}", style="Caption").paragraph_format.keep_with_next = False
    say("{%p endif %}")
    for _ in ("block", "part", "section"):
        say("{%p endfor %}")


def _table(document: Any) -> None:
    table = _framed(document, rows=4, columns=4)
    _row(
        table,
        0,
        ("{{ block.columns[0] }}", "{%tc for each in block.columns[1:] %}", "{{ each }}", "{%tc endfor %}"),
        HEAD,
    )
    _row(table, 1, ("{%tr for row in block.rows %}", "", "", ""), CELL)
    _row(table, 2, ("{{ row[0] }}", "{%tc for each in row[1:] %}", "{{ each }}", "{%tc endfor %}"), CELL)
    _row(table, 3, ("{%tr endfor %}", "", "", ""), CELL)
    table.cell(2, 0).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    table.cell(2, 2).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeated(table)


def _appendix(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(26), Mm(26)
    section.left_margin, section.right_margin = Mm(22), Mm(21)
    document.add_paragraph("{{ appendix }}", style="Heading 1")
    document.add_paragraph("{{ checkpoint }}", style=FINE).alignment = WD_ALIGN_PARAGRAPH.LEFT
    table = _framed(document, rows=4, columns=len(COLUMNS))
    table.autofit = False
    _row(table, 0, COLUMNS, HEAD)
    _row(table, 1, ("{%tr for row in figures %}", *[""] * (len(COLUMNS) - 1)), FINE)
    _row(table, 2, [f"{{{{ row[{n}] }}}}" for n in range(len(COLUMNS) - 1)] + ["{{r row[7] }}"], FINE)
    _row(table, 3, ("{%tr endfor %}", *[""] * (len(COLUMNS) - 1)), FINE)
    for column in (1, 3, 4, 5):
        table.cell(2, column).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Mm(width)
    for paragraph in (cell.paragraphs[0] for cell in table.rows[0].cells):
        paragraph.runs[0].font.size = TINY
    _repeated(table)


def _framed(document: Any, rows: int, columns: int) -> Any:
    table = document.add_table(rows=rows, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = True
    width = table._tbl.tblPr.find(qn("w:tblW"))  # noqa: SLF001 - python-docx has no width of a table
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    return table


def _row(table: Any, number: int, texts: Any, style: str) -> None:
    for cell, text in zip(table.rows[number].cells, texts, strict=True):
        cell.paragraphs[0].style = table.part.document.styles[style]
        cell.paragraphs[0].add_run(text)


def _repeated(table: Any) -> None:
    """The heading stands on every page, and no row is torn."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no such property
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _footers(document: Any) -> None:
    """— 1 —, and the unit's name above the text."""
    for number, section in enumerate(document.sections):
        for part in (section.header, section.footer):
            part.is_linked_to_previous = number > 0
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        paragraph.style = document.styles[CELL]
    header.add_run("{{ unit }}")
    footer.add_run("— ")
    run = footer.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields
    footer.add_run(" —")


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in OTHERS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()


def main() -> None:
    """Write the shipped file anew."""
    Path(str(files("unionstream.summary").joinpath("shipped/summary.docx"))).write_bytes(template())


if __name__ == "__main__":
    main()
