"""Sentences out of clauses: what has no facts is left out, and what is left reads as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionstream.summary import wording
from unionstream.summary.facts import Answer
from unionstream.summary.model import Run
from unionstream.summary.phrases import Phrase, parse
from unionstream.summary.recording import Reading
from unionstream.summary.scopes import scope
from unionstream.summary.templates import Clause, Compared, How, Sentence

WHOLE = "全年"
ALONE = " "
RATES = {"ratio", "target_completion", "growth", "increase"}


@dataclass
class Teller:
    """Tells the sentences of one part; the period is said again only when it changes."""

    reading: Reading
    said: str = ""

    def told(self, sentence: Sentence) -> list[Run]:
        """The sentence with its full stop, no runs when nothing is left of it.

        Where clauses about a day follow clauses about a period, or the other way round, a new one begins.
        """
        if not sentence.at(self.reading.facts.level):
            return []
        told = [(clause, self.clause(clause)) for clause in sentence.clauses]
        text, before = "", ""
        for clause, said in ((clause, said) for clause, said in told if said):
            lead = self._lead(clause) if sentence.lead else ""
            if before and lead not in ("", before):
                text, before = f"{text}。", ""
            text += f"{sentence.join if before else self._once(lead)}{said}"
            before = lead or before or ALONE
        return self.reading.runs(f"{text}。") if text else []

    def clause(self, clause: Clause) -> str:
        """The clause with what belongs to it, empty when a figure it needs has no facts."""
        reading = self.reading
        if not clause.at(reading.facts.level) or not all(map(reading.has_facts, clause.needs)):
            return ""
        phrase = parse(clause.say)
        if not all(map(reading.has_facts, phrase.needed)):
            return self._zero(clause, phrase.needed)
        if not phrase.needed and phrase.optional and not any(map(reading.has_facts, phrase.optional)):
            return ""
        text = phrase.render(self._values(clause, phrase.figures))
        tail = (
            self._target(clause, phrase.needed),
            self._compared(clause.compare),
            self._parts(clause, phrase),
        )
        return "，".join(filter(None, (text, *tail)))

    def _zero(self, clause: Clause, needed: tuple[str, ...]) -> str:
        if clause.zero is None or not needed or not self.reading.is_zero(needed[0]):
            return ""
        answer = self.reading.answer(needed[0])
        text = parse(clause.zero).render(self._words())
        if answer is None:
            return ""
        key = self.reading.key(self.reading.wanted(needed[0]), answer)
        return self.reading.marks(Run(text=text, key=key))

    def _values(self, clause: Clause, figures: tuple[str, ...]) -> dict[str, Any]:
        return self._words() | {name: self.reading.value(name, str(clause.round or "")) for name in figures}

    def _words(self) -> dict[str, str]:
        union, period = self.reading.facts.union, self.reading.period
        year = period.last.year
        return {
            "scope": scope(self.reading.facts.level, union["name"] or ""),
            "we": "我会",
            "unit": union["name"] or "",
            "year": f"{year}年",
            "last_year": f"{year - 1}年",
            "next_year": f"{year + 1}年",
            "days": wording.days(period.first, period.last),
            "as_of": wording.as_of(period.last),
        }

    def _lead(self, clause: Clause) -> str:
        """What a clause is read over: a period, or up to a day; a rate is read as what stands before it."""
        phrase, period = parse(clause.say), self.reading.period
        figures = phrase.needed or phrase.optional
        kinds = {self.reading.facts.catalogue[figure].kind for figure in figures}
        if not figures or (kinds <= RATES and self.said):
            return ""
        if all(map(self.reading.is_stock, figures)):
            return f"{wording.as_of(period.last)}，"
        days = wording.days(period.first, period.last)
        return days if days == WHOLE else f"{days}，"

    def _once(self, lead: str) -> str:
        if lead in ("", self.said):
            return ""
        self.said = lead
        return lead

    def _parts(self, clause: Clause, phrase: Phrase) -> str:
        if clause.by and phrase.needed:
            figure = phrase.needed[0]
            return self._broken_down(figure, clause, phrase.words.get(figure, ""))
        return among([self.clause(item) for item in clause.among], clause.how)

    def _broken_down(self, figure: str, clause: Clause, word: str) -> str:
        answer = self.reading.answer(figure, by=str(clause.by))
        broken = answer and answer["by"]
        if not answer or not broken:
            return ""
        parts = [part for part in broken["parts"] if part["amount"] > 0 and part["value"]]
        if broken["how"] == "partition" and len(parts) == 1 and parts[0]["amount"] == answer["value"]:
            return f"均为{parts[0]['label']}"
        if broken["unit"] != answer["unit"]:
            word = self.reading.book.word("", broken["unit"])
        told = [self._part(figure, (answer, part), word) for part in parts[: clause.most]]
        more = "等" if len(parts) > clause.most else ""
        return f"{among(told, broken['how'])}{more}"

    def _part(self, figure: str, of: tuple[Answer, Answer], word: str) -> str:
        answer, part = of
        text = self.reading.amount(figure, part["amount"], word)
        key = self.reading.key(self.reading.wanted(figure), answer, part, word=word)
        return f"{part['label']}{self.reading.marks(Run(text=text, key=key))}"

    def _compared(self, compared: Compared | None) -> str:
        if compared is None:
            return ""
        if compared.growth:
            return self._grown(str(compared.growth))
        figure, reading = str(compared.figure), self.reading
        now, before = reading.answer(figure), reading.answer(figure, reading.period.before)
        if now is None or before is None:
            return ""
        changed = _changed(self.reading, compared, (now, before))
        if not changed:
            return ""
        wanted = reading.wanted(figure, reading.period.before)
        key = reading.key(wanted, before, "上年同期")
        return self._against(Run(text=changed, key=key))

    def _grown(self, figure: str) -> str:
        answer = self.reading.answer(figure)
        if answer is None:
            return ""
        key = self.reading.key(self.reading.wanted(figure), answer)
        return self._against(Run(text=self.reading.printed(answer), key=key))

    def _against(self, changed: Run) -> str:
        said = wording.before_words(self.reading.period.first, self.reading.period.last)
        word = "与" if changed.text == "持平" else "比"
        return f"{word}{said}{self.reading.marks(changed)}"

    def _target(self, clause: Clause, needed: tuple[str, ...]) -> str:
        """The completion; where the target counts other things than the sentence does, it says how many."""
        if clause.target is None:
            return ""
        answer = self.reading.answer(str(clause.target))
        if answer is None or not answer.get("denominator") or not answer["denominator"]["value"]:
            return ""
        said = self.reading.answer(needed[0]) if needed else None
        text = _completion(self.reading, answer, said["value"] if said else None)
        key = self.reading.key(self.reading.wanted(str(clause.target)), answer)
        return self.reading.marks(Run(text=text, key=key))


def among(parts: list[str], how: How) -> str:
    """其中甲、乙; parts that overlap get a 其中 each (LAN-02)."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    return "，".join(f"其中{part}" for part in kept) if how == "overlap" else f"其中{wording.listed(kept)}"


def _changed(reading: Reading, compared: Compared, pair: tuple[Answer, Answer]) -> str:
    now, before = (answer["value"] for answer in pair)
    if reading.facts.catalogue[str(compared.figure)].style == "percent":
        return wording.points(Decimal(now), Decimal(before))
    now, before = int(now), int(before)
    if before <= 0:
        return ""
    rate = wording.change(now, before, compared.decimals)
    if now == before or compared.how == "percent":
        return rate
    amount = f"{'增加' if now > before else '减少'}{reading.amount(str(compared.figure), abs(now - before))}"
    return amount if compared.how == "amount" else f"{amount}、{rate}"


def _completion(reading: Reading, answer: Answer, said: int | str | None) -> str:
    """完成全年任务的57%, 超额完成全年任务的21%, 全面完成全年任务 (LAN-04, STA-07)."""
    done, task = int(answer["numerator"]["value"] or 0), int(answer["denominator"]["value"])
    denominator = answer["denominator"]["figure"]
    other = said is not None and int(said) != done
    before = f"按任务口径计{reading.amount(denominator, done)}，" if other else ""
    given = f"全年任务（{reading.amount(denominator, task)}）"
    if done == task:
        return f"{before}全面完成{given}"
    if done > task:
        return f"{before}超额完成{given}的{wording.percent(done - task, task, 0)}"
    lacking = f"，尚差{reading.amount(denominator, task - done)}" if _year_over(reading) else ""
    return f"{before}完成{given}的{reading.printed(answer)}{lacking}"


def _year_over(reading: Reading) -> bool:
    return (reading.period.last.month, reading.period.last.day) == (12, 31)
