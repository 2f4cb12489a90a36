"""What a clause says with many, one, none, and no data; how parts, comparisons and targets are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.told import GRASSROOTS, TO_OCTOBER, Values, sentence
from unionstream.summary.faults import NothingReported

ESTABLISHED = "新建基层工会{{ unions_established | word('家') }}"


def test_a_flow_is_told_with_its_period_and_a_stock_with_its_day() -> None:
    raw = ["{{ scope }}共有基层工会{{ unions_total }}"]
    assert sentence(ESTABLISHED, {"unions_established": 7}) == "全年新建基层工会7家。"
    assert sentence(raw, {"unions_total": 294}, period=TO_OCTOBER) == "截至10月底，全县共有基层工会294个。"
    said = sentence(ESTABLISHED, {"unions_established": 7}, period=TO_OCTOBER)
    assert said == "1—10月，新建基层工会7家。"


def test_a_clause_without_facts_is_left_out_and_the_rest_still_reads_as_a_sentence() -> None:
    raw = [
        "受理案件{{ rights_cases_accepted }}",
        "办结{{ rights_cases_closed }}",
        "涉及标的{{ rights_cases_amount }}",
    ]
    assert sentence(raw, {"rights_cases_accepted": 32, "rights_cases_amount": 28_600_000}) == (
        "全年受理案件32件，涉及标的28.6万元。"
    )
    assert sentence(raw, {"rights_cases_closed": 1}) == "全年办结1件。"
    with pytest.raises(NothingReported):
        sentence(raw, {})


def test_an_explicit_zero_is_said_and_no_data_is_not() -> None:
    raw = {"clauses": [{"say": "发生重特大事故{{ major_accidents }}", "zero": "未发生重特大事故"}]}
    assert sentence(raw, {"major_accidents": 0}) == "全年未发生重特大事故。"
    assert sentence(raw, {"major_accidents": 2}) == "全年发生重特大事故2起。"
    with pytest.raises(NothingReported):
        sentence(raw, {"major_accidents": None})


def test_parts_stand_behind_their_whole() -> None:
    raw = {
        "clauses": [
            {
                "say": ESTABLISHED,
                "among": [
                    "规模以上企业工会{{ unions_established_above_scale | word('家') }}",
                    "单建工会{{ unions_established_independent | word('家') }}",
                ],
            }
        ]
    }
    values = {
        "unions_established": 7,
        "unions_established_above_scale": 5,
        "unions_established_independent": 6,
    }
    assert sentence(raw, values) == "全年新建基层工会7家，其中规模以上企业工会5家、单建工会6家。"
    assert sentence(raw, values | {"unions_established_above_scale": 0}) == (
        "全年新建基层工会7家，其中单建工会6家。"
    )
    assert sentence(raw, {"unions_established": 7}) == "全年新建基层工会7家。"


def test_parts_that_overlap_are_never_listed_as_if_they_added_up() -> None:
    raw = {
        "clauses": [
            {
                "say": "完成农民工引导性培训{{ migrant_guidance_training_people }}",
                "among": [
                    "建档立卡户{{ migrant_training_registered_poor }}",
                    "女性{{ migrant_training_women }}",
                ],
                "how": "overlap",
            }
        ]
    }
    values = {
        "migrant_guidance_training_people": 1817,
        "migrant_training_registered_poor": 1070,
        "migrant_training_women": 1023,
    }
    assert sentence(raw, values) == "全年完成农民工引导性培训1817人，其中建档立卡户1070人，其中女性1023人。"


def test_a_breakdown_is_listed_by_size_cut_off_with_etc_and_all_of_one_kind_is_said_so() -> None:
    raw = {"clauses": [{"say": "受理案件{{ rights_cases_accepted }}", "by": "case_topic", "most": 2}]}
    key = ("rights_cases_accepted", "case_topic")
    whole = {"rights_cases_accepted": 27}
    three = {key: {"工资": 10, "工伤": 9, "其他": 8}}
    assert sentence(raw, whole, parts=three) == "全年受理案件27件，其中工资10件、工伤9件等。"
    assert (
        sentence(raw, whole, parts={key: {"工资": 17, "工伤": 10}})
        == "全年受理案件27件，其中工资17件、工伤10件。"
    )
    assert sentence(raw, whole, parts={key: {"工资": 27}}) == "全年受理案件27件，均为工资。"
    assert sentence(raw, whole) == "全年受理案件27件。"


@pytest.mark.parametrize(
    ("now", "before", "how", "said"),
    [
        (294, 276, "percent", "比上年增长6.5%"),
        (276, 294, "percent", "比上年下降6.1%"),
        (294, 294, "percent", "与上年持平"),
        (294, 276, "amount", "比上年增加18个"),
        (276, 294, "amount", "比上年减少18个"),
        (294, 276, "both", "比上年增加18个、增长6.5%"),
    ],
)
def test_a_comparison_is_told_in_the_words_of_the_field(now: int, before: int, how: str, said: str) -> None:
    raw = {
        "clauses": [{"say": "基层工会{{ unions_total }}", "compare": {"figure": "unions_total", "how": how}}]
    }
    text = sentence(raw, {"unions_total": now}, before={"unions_total": before})
    assert text == f"截至年底，基层工会{now}个，{said}。"


def test_nothing_is_compared_with_a_year_of_which_nothing_is_known() -> None:
    raw = {"clauses": [{"say": "基层工会{{ unions_total }}", "compare": "unions_total"}]}
    assert sentence(raw, {"unions_total": 294}) == "截至年底，基层工会294个。"


def test_a_rate_is_compared_in_points() -> None:
    raw = {"clauses": [{"say": "职工入会率{{ join_rate }}", "compare": "join_rate"}]}
    terms = {"members_total": 9, "workers_total": 10}
    said = sentence(raw, {"join_rate": "92.3", **terms}, before={"join_rate": "90.0", **terms})
    assert said.endswith("职工入会率92.3%，比上年提高2.3个百分点。")


@pytest.mark.parametrize(
    ("done", "task", "said"),
    [
        (91_280_000, 160_000_000, "完成全年任务（160万元）的57%，尚差68.72万元"),
        (160_000_000, 160_000_000, "全面完成全年任务（160万元）"),
        (200_000_000, 160_000_000, "超额完成全年任务（160万元）的25%"),
    ],
)
def test_a_target_is_told_as_missed_met_or_exceeded(done: int, task: int, said: str) -> None:
    raw = {
        "clauses": [{"say": "收缴工会经费{{ dues_received }}", "target": "dues_target_completion_percent"}]
    }
    percent = Decimal(done * 100) / Decimal(task)
    values: Values = {
        "dues_received": done,
        "dues_target_completion_percent": str(round(percent)),
        "dues_target": task,
    }
    assert sentence(raw, values).endswith(f"，{said}。")


def test_what_is_lacking_is_said_only_when_the_year_is_over() -> None:
    raw = {
        "clauses": [{"say": "收缴工会经费{{ dues_received }}", "target": "dues_target_completion_percent"}]
    }
    values: Values = {
        "dues_received": 91_280_000,
        "dues_target_completion_percent": "57",
        "dues_target": 160_000_000,
    }
    assert sentence(raw, values, period=TO_OCTOBER).endswith("，完成全年任务（160万元）的57%。")


def test_a_number_is_rounded_where_the_template_chooses_so() -> None:
    raw = {"clauses": [{"say": "参赛{{ ankang_participants }}", "round": "100:up"}]}
    assert sentence(raw, {"ankang_participants": 1_383}) == "全年参赛近1400人。"


def test_a_sentence_for_other_levels_is_not_told() -> None:
    raw = {"levels": ["county"], "clauses": [ESTABLISHED]}
    assert sentence(raw, {"unions_established": 7})
    with pytest.raises(NothingReported):
        sentence(raw, {"unions_established": 7}, level=GRASSROOTS)


def test_what_stands_in_an_if_is_printed_only_with_facts() -> None:
    raw = (
        "25人以上企业签订{{ wage_contracts_enterprise_25_plus }}"
        "{% if wage_contract_enterprises_100_plus %}"
        "（含100人以上企业{{ wage_contract_enterprises_100_plus }}）{% endif %}"
    )
    values = {"wage_contracts_enterprise_25_plus": 45}
    assert sentence(raw, values) == "全年25人以上企业签订45份。"
    both = values | {"wage_contract_enterprises_100_plus": 16}
    assert sentence(raw, both) == "全年25人以上企业签订45份（含100人以上企业16家）。"
