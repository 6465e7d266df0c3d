"""Time expressions in their place: roles, the year they fall in, and what they were reckoned from."""
from __future__ import annotations

from jihua.parse.dates import Placed, find_dates, resolve
from jihua.parse.model import Node, PlanText, Sentence, lines_of
from jihua.parse.view import matching_view


def plan_of(text: str, **known: object) -> PlanText:
    """A plan whose sentences end at 。 under one node; the first line is the title."""
    view, node = matching_view(text), Node(0, len(text))
    title = text.split("\n")[0]
    sentences, at = [], len(title) + 1
    for line in text[at:].split("\n"):
        for part in line.split("。"):
            if part:
                sentences.append(Sentence(at, at + len(part) + 1, node))
            at += len(part) + 1
    plan = PlanText(text=text, view=view, start=0, end=len(text), title=title, title_span=(0, len(title)),
                    lines=lines_of(text, 0, len(text)), nodes=(node,), sentences=tuple(sentences))
    for name, value in known.items():
        setattr(plan, name, value)
    return plan


def placed(text: str, **known: object) -> dict[str, Placed]:
    plan = plan_of(text, **known)
    dates = find_dates(plan.view, 0, len(text))
    return {text[hit.start:hit.end]: place for hit, place in zip(dates, resolve(plan, dates), strict=True)}


def test_words_are_placed_in_the_plans_year() -> None:
    got = placed("2022年工作计划\n今年6月底前要完成整治。明年要推广。9月10日要举办活动。重阳节要慰问老人。母亲节要办讲座。",
                 year=2022, period="2022")
    assert {words: place.resolved for words, place in got.items()} == {
        "2022年": "2022", "今年6月底前": "2022-06", "明年": "2023", "9月10日": "2022-09-10", "重阳节": "2022-10-04",
        "母亲节": "2022-05-08"}
    assert got["今年6月底前"] == Placed("deadline", "2022-06", "period")
    assert got["2022年"] == Placed("period", "2022", None)


def test_nothing_is_placed_in_a_masked_year() -> None:
    got = placed("20xx年工作计划\n今年要在重阳节慰问。6月30日前要报送。2019年建成。", year=None, period="20XX")
    assert [place.resolved for place in got.values()] == [None, None, None, None, "2019"]
    assert got["6月30日前"].role == "deadline"


def test_the_issue_date_anchors_this_year_where_the_period_is_longer() -> None:
    got = placed("五年规划\n今年要启动，6月底前要完成试点。9月底前要推开。", year=None, period="2021/2025", issued="2021-03-01")
    assert got["今年"] == Placed("mention", "2021", "issued")
    assert got["6月底前"] == Placed("deadline", "2021-06", "context")     # the year named before in the sentence
    assert got["9月底前"] == Placed("deadline", None, None)


def test_a_review_speaks_of_last_year() -> None:
    text = "2021年政府工作报告\n去年全面完成了任务，全年新建了学校3所。2019年投资下降了，比上年减少了一成。今年要新建学校5所，年底前要招生。"
    got = placed(text, year=2021, period="2021", kind="政府工作报告")
    assert got["去年"].resolved == "2020"
    assert got["全年"] == Placed("mention", "2020", "context")
    assert got["上年"] == Placed("mention", "2018", "context")
    assert got["年底前"] == Placed("deadline", "2021", "period")


def test_roles() -> None:
    got = placed("工作方案\n从2023年起要实行。每月5日要公布。到2025年要建成。用了20分钟。\n2023年1月8日",
                 year=2023, period="2023", issued="2023-01-08")
    assert {words: place.role for words, place in got.items()} == {
        "2023年起": "start", "每月5日": "recurrence", "2025年": "deadline", "20分钟": "mention", "2023年1月8日": "issued"}


def test_ranges_across_the_new_year() -> None:
    got = placed("2022年计划\n今冬明春要修水利。去年9月至今年6月要攻坚。11月至3月要防火。", year=2022, period="2022")
    assert [place.resolved for place in got.values()][1:] == ["2022-24/2023-21", "2021-09/2022-06", "2022-11/2023-03"]


def test_an_impossible_day_and_the_leap_day() -> None:
    got = placed("2023年计划\n2月30日要报送。2月29日要汇总。", year=2023, period="2023")
    assert [place.resolved for place in got.values()][1:] == [None, None]
    assert placed("2024年计划\n2月29日要汇总。", year=2024, period="2024")["2月29日"].resolved == "2024-02-29"


def test_last_year_told_twice_is_one_year() -> None:
    text = "2007年工作计划\n2006年产值比上年增长，产量比上年提高，利润比上年减少，第四季度多于上年同期。"
    plan = plan_of(text, year=2007, period="2007")
    dates = find_dates(plan.view, 0, len(text))
    got = [(text[hit.start:hit.end], place.resolved) for hit, place in zip(dates, resolve(plan, dates), strict=True)]
    assert [year for words, year in got if words.startswith("上年")] == ["2005"] * 4


def test_a_year_that_is_only_compared_with_or_spoken_of_is_no_deadline() -> None:
    got = placed("2022年工作计划\n产值要高于2020年。要落实关于2019年的决议。要于2021年办成。", year=2022, period="2022")
    assert {words: place.role for words, place in got.items()} == {
        "2022年": "period", "2020年": "mention", "2019年": "mention", "2021年": "deadline"}


def test_a_school_year_names_the_years_of_its_months() -> None:
    got = placed("2024—2025学年度第一学期教务计划\n9月2日要开课。中秋节要慰问老师。1月10日前要评卷。4月要另定。",
                 year=None, period="2024/2025")
    assert [place.resolved for place in got.values()][1:] == ["2024-09-02", "2024-09-17", "2025-01-10", None]
    assert got["1月10日前"] == Placed("deadline", "2025-01-10", "period")
    got = placed("2023学年第二学期教研计划\n3月要听课。清明节要扫墓。6月28日要考试。", year=2023, period="2023")
    assert [place.resolved for place in got.values()][1:] == ["2024-03", "2024-04-04", "2024-06-28"]
    got = placed("2024年秋季学期工作计划\n10月要开会。1月要考试。", year=2024, period="2024")
    assert [place.resolved for place in got.values()][1:] == ["2024-10", "2025-01"]
    got = placed("2024/25学年校务计划\n10月要开会。5月要运动。", year=None, period="2024/2025")
    assert [place.resolved for place in got.values()][1:] == ["2024-10", "2025-05"]
    got = placed("20xx-20xx学年计划\n10月要开会。", year=None, period="20XX")
    assert [place.resolved for place in got.values()][1:] == [None]


def test_a_plan_for_a_winter_goes_on_in_the_next_year() -> None:
    text = "2023年冬季防火方案\n12月底前要排查。春节要值守，3月上旬要总结。\n2023年10月8日"
    got = placed(text, year=2023, period="2023", issued="2023-10-08")
    assert [place.resolved for place in got.values()][1:4] == ["2023-12", "2024-02-10", "2024-03"]
    got = placed("2023年计划\n冬训从2023年11月1日至2024年3月31日，2月要考核。5月要补课。", year=2023, period="2023")
    assert got["2月"] == Placed("mention", "2024-02", "context")
    assert got["5月"] == Placed("mention", "2023-05", "period")


def test_days_in_a_row_share_their_month() -> None:
    got = placed("2024年计划\n9月5日要报到、6日要上课。", year=2024, period="2024")
    assert got["6日"] == Placed("mention", "2024-09-06", "period")


def test_what_lies_ahead_of_its_issue_lies_in_that_year() -> None:
    text = "整治实施方案\n今年5月底前要摸排。10月底前要验收。1月15日前要总结。国庆节要值守。\n2015年3月20日"
    got = placed(text, year=None, period=None, issued="2015-03-20", kind="实施方案")
    assert got["今年5月底前"] == Placed("deadline", "2015-05", "issued")
    assert got["10月底前"] == Placed("deadline", "2015-10", "issued")
    assert [got[words].resolved for words in ("1月15日前", "国庆节")] == [None, None]
    text = "关于加强管理的意见\n今年要试点。10月底前要上报。次年要推广。\n2015年3月20日"
    got = placed(text, year=None, period=None, issued="2015-03-20", kind="意见")
    assert [got[words].resolved for words in ("今年", "10月底前", "次年")] == ["2015", None, None]


def test_within_the_year_is_a_limit() -> None:
    got = placed("2024年计划\n年内要完成改造。", year=2024, period="2024")
    assert got["年内"] == Placed("deadline", "2024", "period")
