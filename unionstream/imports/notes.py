"""What stands above a column of a template: what goes in, an example, the words that may be used."""

from collections.abc import Mapping

from unionstream.imports import headings
from unionstream.imports.choices import allowed
from unionstream.imports.sheets import Column, Kind, Label, Sheet

# Numbers and codes of nobody: place 999999 is assigned to no one.
EXAMPLES: Mapping[Kind, str] = {
    "text": "示例",
    "code": "A-001",
    "date": "2024-03-05",
    "period": "2024-03",
    "year": "2024",
    "money": "1234.50",
    "integer": "12",
    "phone": "19900000000",
    "credit_code": "91999999MC0000012Y",
    "division": "330282121000",
    "union": "330282121000",
    "union_id": "330282121000",
    "employer_id": "91999999MC0000012Y",
    "id": "01890a5d-ac96-774b-bcce-b302099a8057",
    "document": "999999198503010011",
    "person": "999999198503010011",
}
_WHAT: Mapping[Kind, Label] = {
    "text": Label(zh="文字", en="text"),
    "code": Label(zh="编码, 按文本填写", en="a code, written as text"),
    "date": Label(zh="日期", en="a date"),
    "period": Label(zh="年、月或季度: 2024, 2024-03, 2024-Q1", en="a year, month or quarter"),
    "year": Label(zh="年份", en="a year"),
    "money": Label(zh="金额, 单位元; 标题可改为(万元)", en="yuan, unless the heading says (万元)"),
    "integer": Label(zh="整数", en="a whole number"),
    "yes_no": Label(zh="是或否", en="yes or no"),
    "choice": Label(zh="下列之一", en="one of the words below"),
    "sex": Label(zh="男或女; 居民身份证可不填", en="may be empty where the number tells it"),
    "phone": Label(zh="电话号码, 按文本填写", en="digits, written as text"),
    "credit_code": Label(zh="18位统一社会信用代码", en="unified social credit code"),
    "division": Label(zh="12位区划代码", en="division code of 12 digits"),
    "list": Label(zh="多项用、分开", en="several, divided by commas"),
    "union": Label(zh="工会的区划代码、信用代码或编号", en="division code, credit code or id of the union"),
    "union_id": Label(
        zh="工会的区划代码、信用代码或编号", en="division code, credit code or id of the union"
    ),
    "employer_id": Label(zh="18位统一社会信用代码", en="unified social credit code"),
    "id": Label(zh="系统中的编号", en="the id that the service shows"),
    "document": Label(zh="证件号码, 按文本填写", en="a document number, written as text"),
    "person": Label(zh="证件号码, 按文本填写; 只交会员服务", en="a document number; only membership sees it"),
}


def example(column: Column) -> str:
    """A cell that can be read."""
    if column.example:
        return column.example
    return allowed(column)[0] if column.by_word else EXAMPLES[column.each or column.kind]


def note(sheet: Sheet, column: Column) -> str:
    """The lines above the column."""
    what = column.note or _WHAT[column.kind]
    lines = [
        *_needed(sheet, column),
        f"{what.zh} {what.en}",
        f"例 e.g. {example(column)}",
    ]
    if column.by_word:
        lines.append(f"可填 words: {'、'.join(allowed(column))}")
    return "\n".join(lines)


def _needed(sheet: Sheet, column: Column) -> list[str]:
    if column.needed:
        return ["必填 required"]
    if column.required and column.option:
        return ["必填, 除非用 --to 指定 required unless --to is given"]
    known = sheet.by_field
    lists = [("只填一项 one of", group) for group in sheet.one_of if column.field in group]
    lists += [("至少填一项 at least one of", group) for group in sheet.any_of if column.field in group]
    told = [f"{how}: {'、'.join(headings.of(known[name])[0] for name in group)}" for how, group in lists]
    return told or ["选填 optional"]
