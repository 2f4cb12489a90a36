"""What keeps a summary from being written: each with a stable code, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class SummaryFault(Exception):
    """Nothing was written. `exit_code` is that of the command line."""

    code = "summary-fault"
    exit_code = 1

    def __init__(self, message: str, remedy: str) -> None:
        """Both are whole sentences for a person."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Refused(SummaryFault):
    """A service refused the question; the code is the service's."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """From its problem document."""
        super().__init__(message, remedy)
        self.code = code


class Unreachable(SummaryFault):
    """A service does not answer."""

    code = "service-unreachable"


class NothingReported(SummaryFault):
    """The unit and all below it recorded nothing that a summary tells."""

    code = "nothing-reported"


class PeriodUnusable(SummaryFault):
    """The days asked for are no period of that year."""

    code = "period-unusable"
    exit_code = 2


class UnknownSection(SummaryFault):
    """No section of this id in the templates."""

    code = "unknown-section"
    exit_code = 2


class UnknownEnding(SummaryFault):
    """No way to print a file with this ending."""

    code = "unknown-ending"
    exit_code = 2

    def __init__(self, path: Path) -> None:
        """The file asked for."""
        super().__init__(
            f"A summary cannot be written as {path.name!r}.",
            "Name a file that ends in .docx, .html, .md or .json.",
        )


class PathUnusable(SummaryFault):
    """The file cannot be written there."""

    code = "path-unusable"
    exit_code = 2


class ModelUnusable(SummaryFault):
    """A stored model that this release cannot read."""

    code = "model-unusable"
    exit_code = 2


class FontMissing(SummaryFault):
    """No font with Chinese characters, so a chart would show empty boxes."""

    code = "font-missing"

    def __init__(self) -> None:
        """Takes nothing."""
        super().__init__(
            "No font with Chinese characters was found for the charts.",
            "Install one (Debian: apt-get install fonts-noto-cjk), name a font file in UNIONSTREAM_FONT, "
            "or leave the charts out with --no-charts.",
        )


class PartMissing(SummaryFault):
    """A library of the extra `summary` is not installed."""

    code = "library-missing"

    def __init__(self, name: str) -> None:
        """The module that is missing."""
        super().__init__(f"Printing summaries needs {name}.", "pip install 'unionstream[summary]'")


class TemplateFault(SummaryFault):
    """A file of the templates is broken, at a line."""

    code = "template-broken"

    def __init__(self, where: Any, message: str, remedy: str) -> None:
        """`where` is text read from a template, or the name of a file."""
        file = getattr(where, "file", str(where))
        line = getattr(where, "line", 0)
        super().__init__(f"{file}{f', line {line}' if line else ''}: {message}.", remedy)
        self.file = file
        self.line = line


class TemplateMissing(SummaryFault):
    """The folder of templates is not there, or lacks a file that it names."""

    code = "template-missing"
    exit_code = 2
