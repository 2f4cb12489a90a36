"""A summary as one self-contained HTML page; the page is a template that may be replaced."""

from __future__ import annotations

import base64

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from unionstream.summary import charts
from unionstream.summary.faults import TemplateFault
from unionstream.summary.located import REMEDY, Located
from unionstream.summary.model import Chart, Summary
from unionstream.summary.rows import COLUMNS, checkpoint, period, rows_of
from unionstream.summary.templates import PAGE


def html(summary: Summary, page: bytes) -> bytes:
    """UTF-8; raises TemplateFault with the line of `page` that is broken, FontMissing where it has charts."""
    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["picture"] = _address
    try:
        text = environment.from_string(page.decode("utf-8")).render(
            summary=summary,
            used={each.key: each for each in summary.figures},
            columns=COLUMNS,
            rows=list(rows_of(summary)),
            checkpoint=checkpoint(summary),
            period=period,
        )
    except TemplateSyntaxError as error:
        raise TemplateFault(Located("", PAGE, error.lineno), str(error.message), REMEDY) from error
    except TemplateError as error:
        raise TemplateFault(Located("", PAGE, _line(error)), str(error), REMEDY) from error
    return text.encode()


def _address(chart: Chart) -> str:
    return f"data:image/png;base64,{base64.b64encode(charts.picture(chart)).decode()}"


def _line(error: BaseException) -> int:
    """Of the template: Jinja names the frames of a template <template>."""
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line
