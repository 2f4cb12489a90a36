"""The figures of one section: read with their printed form, each kept for the appendix once it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from unionstream.summary import wording
from unionstream.summary.facts import Answer, Entry, Facts, Period, Wanted
from unionstream.summary.model import Run, Used
from unionstream.summary.phrases import CLOSE, OPEN, Printed
from unionstream.summary.templates import Book

BEGINNING_OF_BOOKS = "1900-01-01"
SAID_BY_ITSELF = ("percent", "rank")
TRAILING = re.compile(r"(?:\.0+|(?<=\.\d)0+)%")


@dataclass(frozen=True)
class Said:
    """How a figure is told in the appendix: exactly, counted by `word`, and of which part or unit."""

    exact: str
    word: str
    part: str
    population: str
    view: Mapping[str, str]


@dataclass
class Appendix:
    """What has been printed so far, in order."""

    used: dict[tuple[str, ...], Used] = field(default_factory=dict)

    def key(self, wanted: Wanted, answer: Answer, said: Said) -> str:
        """The key under which the figure stands, the same at every place that prints it."""
        of = (wanted.unit, wanted.figure, answer["from"], answer["to"], said.part)
        if of not in self.used:
            self.used[of] = _used(f"f{len(self.used) + 1}", wanted, answer, said)
        return self.used[of].key


@dataclass
class Reading:
    """One section's view of the facts."""

    book: Book
    facts: Facts
    period: Period
    appendix: Appendix
    marked: list[Run] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """The union's id."""
        return str(self.facts.union["id"])

    def wanted(self, figure: str, period: Period | None = None, by: str = "") -> Wanted:
        """The question of the section for a figure of its own unit."""
        return Wanted(self.unit, period or self.period, by, figure)

    def answer(self, figure: str, period: Period | None = None, by: str = "") -> Answer | None:
        """The answer, None where there is no data."""
        answer = self.facts.answer(self.wanted(figure, period, by))
        return None if answer is None or answer["value"] is None else answer

    def rounded(self, figure: str, rounding: str) -> Answer | None:
        """The answer with its round form, if the template chooses one."""
        return self.facts.answer(Wanted(self.unit, self.period, "", figure, rounding)) if rounding else None

    def has_facts(self, figure: str) -> bool:
        """Whether there is something to tell."""
        answer = self.answer(figure)
        return answer is not None and float(answer["value"]) != 0

    def is_zero(self, figure: str) -> bool:
        """Whether a unit said that there was none, or none was counted: not the same as no data."""
        answer = self.answer(figure)
        return answer is not None and float(answer["value"]) == 0

    def is_stock(self, figure: str) -> bool:
        """Whether it is read at a day; a rate is what its parts are."""
        answer = self.answer(figure) or {}
        first = (answer.get("numerator") or answer).get("from", "")
        return self.facts.catalogue[figure].kind in ("stock", "growth") or first == BEGINNING_OF_BOOKS

    def printed(self, answer: Answer, word: str = "") -> str:
        """A value with its measure word; the round form where the answer has one."""
        entry = self.facts.catalogue[answer["id"]]
        if entry.kind == "growth" or entry.style in SAID_BY_ITSELF:
            return TRAILING.sub("%", str(answer["display"]))
        word = word or self.book.word(entry.id, entry.counted)
        if entry.style == "number":
            return f"{_trimmed(str(answer['value']))}{'元' if entry.counted == 'fen' else word}"
        return _whole(answer.get("rounded") or answer, "" if entry.style == "money" else word)

    def amount(self, figure: str, amount: int, word: str = "") -> str:
        """A part of a figure, printed as the figure is; `word` is another measure word."""
        entry = self.facts.catalogue[figure]
        word = word or self.book.word(figure, entry.counted)
        return _whole({"value": amount}, "" if entry.style == "money" else word)

    def value(self, figure: str, rounding: str = "") -> Printed:
        """What stands for the figure in a sentence."""

        def mark(word: str) -> str:
            answer = self.answer(figure)
            if answer is None:
                return ""
            text = self.printed(self.rounded(figure, rounding) or answer, word)
            return self.marks(Run(text=text, key=self.key(self.wanted(figure), answer, word=word)))

        return Printed(mark, has_facts=self.has_facts(figure))

    def key(self, wanted: Wanted, answer: Answer, part: str | Answer = "", *, word: str = "") -> str:
        """The figure's key in the appendix; `part` is a part of its breakdown, or what tells it apart."""
        entry = self.facts.catalogue[wanted.figure]
        word = word or self.book.word(entry.id, entry.counted)
        shown = answer if isinstance(part, str) else answer | {"value": part["amount"]}
        label = part if isinstance(part, str) else part["label"]
        exact = self.printed(shown | {"rounded": None}, word)
        population = self.book.populations.get(entry.population, entry.population)
        view = {"line": self.facts.line, "basis": self.facts.basis}
        return self.appendix.key(wanted, shown, Said(exact, _counted(entry, word), label, population, view))

    def marks(self, run: Run) -> str:
        """A text that stands for a run until `runs` puts it back."""
        self.marked.append(run)
        return f"{OPEN}{len(self.marked) - 1}{CLOSE}"

    def runs(self, text: str) -> list[Run]:
        """The text with its figures put back."""
        made: list[Run] = []
        for stretch in text.split(OPEN):
            number, closed, rest = stretch.partition(CLOSE)
            if closed:
                made.append(self.marked[int(number)])
            made.append(Run(text=rest if closed else stretch))
        return [run for run in made if run.text]


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _whole(of: Answer, word: str) -> str:
    """Money where there is no word."""
    value, qualifier = int(of["value"]), str(of.get("qualifier", ""))
    return wording.count(value, word, qualifier) if word else wording.money(value, qualifier)


def _counted(entry: Entry, word: str) -> str:
    """What it counts, for people: the measure word, or 元 or %."""
    return {"money": "元", "percent": "%", "rank": "名次"}.get(entry.style, word)


def _used(key: str, wanted: Wanted, answer: Answer, said: Said) -> Used:
    asked = {
        "unit": wanted.unit,
        "figure": answer["id"],
        "from": wanted.period.first.isoformat(),
        "to": wanted.period.last.isoformat(),
        **said.view,
    }
    return Used(
        key=key,
        figure=answer["id"],
        label=answer["label"],
        kind=answer["kind"],
        counted=said.word,
        population=said.population,
        value=answer["value"],
        display=said.exact,
        state=answer["state"],
        first=answer["from"],
        last=answer["to"],
        part=said.part,
        link=f"/v1/trace?{urlencode(asked)}",
        unit=wanted.unit,
    )
