"""A stored model as a file: Markdown, HTML, Word, or the model itself."""

from __future__ import annotations

from pathlib import Path

from unionstream.summary.faults import PartMissing, UnknownEnding
from unionstream.summary.model import Chart, Summary
from unionstream.summary.templates import PAGE, WORD, Book


def rendered(summary: Summary, path: Path, book: Book) -> bytes:
    """In the form that the ending of `path` names; raises UnknownEnding, TemplateFault, FontMissing."""
    match path.suffix.lower():
        case ".json":
            return summary.dumped()
        case ".md":
            from unionstream.summary.markdown import markdown  # noqa: PLC0415 - only what is printed is loaded

            return markdown(summary)
        case ".html":
            from unionstream.summary.html import html  # noqa: PLC0415

            return html(summary, book.raw[PAGE])
        case ".docx":
            return _word(summary, book)
    raise UnknownEnding(path)


def _word(summary: Summary, book: Book) -> bytes:
    try:
        from unionstream.summary.word import word  # noqa: PLC0415 - the library is an extra
    except ModuleNotFoundError as missing:
        raise PartMissing(str(missing.name)) from missing
    return word(summary, book.raw[WORD])


def without_charts(summary: Summary) -> Summary:
    """The same summary with its tables and sentences only."""
    return summary.model_copy(
        update={
            "sections": [
                section.model_copy(
                    update={
                        "parts": [
                            part.model_copy(
                                update={"blocks": [b for b in part.blocks if not isinstance(b, Chart)]}
                            )
                            for part in section.parts
                        ]
                    }
                )
                for section in summary.sections
            ]
        }
    )
