"""Which sentences are tasks, and what their fields say."""
from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from jihua.parse.flow import parse
from jihua.schema import Cleaned, Task

CASES = tomllib.loads((Path(__file__).parent / "cases" / "tasks.toml").read_text(encoding="utf-8"))["case"]


def tasks(text: str) -> list[Task]:
    plans = parse(Cleaned(text=text.strip("\n"), media_type="text/plain", reader="text")).plans
    return [task for plan in plans for task in plan.tasks]


def one(sentence: str) -> Task:
    """The single task of a plan that consists of the sentence and a title."""
    found = tasks(f"梧桐镇2023年工作计划\n梧桐镇是全县的粮食主产区,水利是农业的命脉。\n一、主要措施\n{sentence}")
    assert len(found) == 1, [task.quote for task in found]
    return found[0]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    quotes = [task.quote for task in tasks(str(case["text"]))]
    begins = case["tasks"]
    assert isinstance(begins, list)
    assert len(quotes) == len(begins), quotes
    for quote, begin in zip(quotes, begins, strict=True):
        assert quote.startswith(begin), (quote, begin)


@pytest.mark.parametrize(("sentence", "action", "thing"), [
    ("进一步完善排水管网,提高排涝能力。", "完善", "排水管网"),
    ("要在年内建成两座泵站。", "建成", "两座泵站"),
    ("把管护经费列入预算。", "列入", "管护经费"),
    ("培育壮大特色产业。", "培育壮大", "特色产业"),
    ("构建和完善服务体系。", "构建和完善", "服务体系"),
    ("科学、规范地开展监测工作。", "开展", "监测工作"),
    ("在村口设立公示栏。", "设立", "公示栏"),
    ("对渠道整治和管护情况进行验收。", "进行", "验收"),
    ("围绕“精心管护、科学调度”布置巡查任务,检查水闸。", "布置", "巡查任务"),
    ("拒不拆除的,依法从重处罚。", "处罚", None),
    ("必须严格按图纸修建护岸。", "修建", "护岸"),
    ("在开发区建设泵站。", "建设", "泵站"),
    ("在统一调度下疏浚干渠。", "疏浚", "干渠"),
    ("严格执行放水制度。", "执行", "放水制度"),
    ("应将群众带离险段。", "带离", "群众"),
    ("全面推行在地巡查。", "推行", "在地巡查"),
    ("引导土地有序流转。", "引导", "土地有序流转"),
    ("加快干渠修建进度。", "加快", "干渠修建进度"),
    ("探索适应山区的管护方式。", "探索", "适应山区的管护方式"),
    ("控制建设项目用水。", "控制", "建设项目用水"),
    ("各站要于每月5日前将水情报送县水利局。", "报送", "水情"),
    ("建立巡查机制(县水利局、各乡镇)。", "建立", "巡查机制"),
    ("发布水情,必须使用统一格式。", "使用", "统一格式"),
    ("通过张贴标语、发放传单等形式普及节水知识。", "普及", "节水知识"),
    ("确定并公布放水时间。", "确定并公布", "放水时间"),
    ("上报汛情的同时通知下游各村。", "通知", "下游各村"),
    ("延长或缩短放水时间。", "延长或缩短", "放水时间"),
    ("把节水作为管护的重点。", "作为", "节水"),
    ("水闸不得擅自启闭,严禁超载。", "启闭", None),
    ("更好的开展巡查工作。", "开展", "巡查工作"),
])
def test_action_and_object(sentence: str, action: str, thing: str) -> None:
    task = one(sentence)
    assert (task.action, task.object) == (action, thing)


@pytest.mark.parametrize(("sentence", "actors", "partners"), [
    ("各村要清理渠道。", ["各村"], []),
    ("县委宣传部、县文化局要组织演出。", ["县委宣传部", "县文化局"], []),
    ("县(市)党委和政府要加强领导。", ["县(市)党委和政府"], []),
    ("县(市)、乡(镇)党委每年要报告工作。", ["县(市)、乡(镇)党委"], []),
    ("教育、民政等部门要密切配合,建立台账。", ["教育、民政等部门"], []),
    ("民政部门和残联要做好救助。", ["民政部门", "残联"], []),
    ("完善灌溉设施,由水利站牵头,农技站、财政所配合。", ["水利站"], ["农技站", "财政所"]),
    ("完善灌溉设施。(扶贫办、农业局等和各乡镇人民政府负责)", ["扶贫办", "农业局", "各乡镇人民政府"], []),
    ("完善灌溉设施(责任单位:县水务局;适用范围:山区各村)。", ["县水务局"], []),
    ("要向先进看齐,完善灌溉设施,对人民负责。", [], []),
    ("承办单位要定期检查进展情况。", ["承办单位"], []),
    ("样点由统计站每季度抽查。", ["统计站"], []),
    ("牵头单位负责制定调度方案,协同单位提供资料。", ["牵头单位"], []),
    ("宣传部要开设专栏。", ["宣传部"], []),
    ("领导小组负责审定方案。", ["领导小组"], []),
    ("完善灌溉设施,修建泵站。(县水利局、县财政局、各乡镇)", ["县水利局", "县财政局", "各乡镇"], []),
    ("1.疏浚干渠。责任单位:县水利局", ["县水利局"], []),
    ("加固渡槽,修建泵站。【县水利局牵头,县财政局配合】", ["县水利局"], ["县财政局"]),
    ("水利站负责对取得证书的护渠员进行考核。", ["水利站"], []),
    ("责任分工:细化管护职责,提升管护水平。", [], []),
    ("校长、值班教师须赶到现场。", ["校长", "值班教师"], []),
    ("每位护渠员每天检查水闸。", [], []),
    ("每名班长要写好日志。", ["每名班长"], []),
    ("指挥长组织有关单位会商。", ["指挥长"], []),
    ("各村思想上要重视节水。", ["各村"], []),
    ("任何单位不得挪用管护经费。", [], []),
    ("值班员对水位进行观测。", ["值班员"], []),
    ("水利、农业等有关部门必须坚决查处。", ["水利、农业等有关部门"], []),
    ("完善灌溉设施。(责任单位:县水务局、各乡镇人民政府;配合单位:县财政局)", ["县水务局", "各乡镇人民政府"], ["县财政局"]),
    ("完善灌溉设施(县水务局牵头,县财政局、县农业局配合)。", ["县水务局"], ["县财政局", "县农业局"]),
    ("完善灌溉设施。\n牵头单位:县水务局\n配合单位:县财政局、县农业局", ["县水务局"], ["县财政局", "县农业局"]),
    ("县水务局要会同有关部门制定方案。", ["县水务局"], ["有关部门"]),
    ("维修经费由镇财政所列入预算。", ["镇财政所"], []),
])
def test_who(sentence: str, actors: list[str], partners: list[str]) -> None:
    task = one(sentence)
    assert (task.actors, task.partners) == (actors, partners)


def test_when_and_how_often() -> None:
    assert one("2023年9月底前完成清淤,修建护岸。").due == "2023-09"
    assert one("完善灌溉设施。(责任单位:县水务局;完成时限:2024年5月)").due == "2024-05"
    task = one("每月5日开展卫生检查。")
    assert (task.due, task.rrule) == (None, "FREQ=MONTHLY;BYMONTHDAY=5")
    assert one("举办管护培训班。(2023年6月4日)").due == "2023-06-04"
    assert one("去年通车的桥要加固桥墩。").due is None


def test_for_whom() -> None:
    assert one("为老年人免费提供体检。").audience == "老年人"
    assert one("面向下岗职工开展技能培训。").audience == "下岗职工"
    assert one("开展技能培训。").audience is None
    assert one("以班级为单位开展技能培训。").audience is None


def test_tasks_link_to_their_dates_and_targets() -> None:
    plan = parse(Cleaned(text="梧桐镇2023年工作计划\n一、主要措施\n6月底前新建泵站3座,清淤渠道12公里。", media_type="text/plain",
                         reader="text")).plans[0]
    task = plan.tasks[0]
    assert [d.quote for d in plan.dates if d.id in task.date_ids] == ["6月底前"]
    assert sorted(int(q.value) for q in plan.targets if q.id in task.target_ids) == [3, 12000] or \
        sorted(int(q.value) for q in plan.targets if q.id in task.target_ids) == [3, 12]


@pytest.mark.parametrize("piece", [" ", "1", "要", "(", "责任单位:", "由", "、", "把", "在", "推进", "不得", "各村和", "是", ",", "“"])
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    text = "工作计划\n" + piece * (40_000 // len(piece))
    begin = time.perf_counter()
    tasks(text)
    assert time.perf_counter() - begin < 15
