"""What each step does, shown on small texts of our own."""
from __future__ import annotations

import pytest
from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean
from jihua.ingest.text.markdown import read_markdown
from jihua.schema import Cleaned


def plain(text: str) -> Cleaned:
    return clean(SourceText(text, "text/plain", "text"))


BODY = "一、总体要求\n\n  坚持问题导向，全面做好今年的各项工作，努力完成全年目标任务，为居民提供更好的服务。\n\n二、主要任务\n\n  每季度开展一次安全检查，发现隐患及时整改到位。"


@pytest.mark.parametrize(("head", "fields"), [
    ("某社区工作计划\n\n发布时间：2021-03-04 08:30 来源：本站 浏览次数：12 字体：大 中 小\n\n", {"published": "2021-03-04T08:30"}),
    ("某社区工作計劃\n\n發表時間:2006/5/9 7:05:06\n\n", {"published": "2006-05-09T07:05:06"}),
    ("您的位置:某某网>>社区/计划/>>正文\n\n某社区工作计划\n\n", {"site": "某某网", "breadcrumb": ["某某网", "社区/计划"]}),
    ("当前位置：\n首页\n>\n公开\n>\n计划\n某社区工作计划\n发表时间：\n2020-02-03 09:00:01\n来源：\n某某客户端\n阅读量：\n【字体：\n小\n中\n大\n】\n",
     {"published": "2020-02-03T09:00:01", "breadcrumb": ["首页", "公开", "计划"]}),
    ("下载\n打印\n【字号：\n加大\n还原\n】\n某社区工作计划\n来源：某报\n时间：2020-02-03\n", {"published": "2020-02-03"}),
    ("某社区工作计划\n\n时间:2019-01-02 03:04:05 社区计划 我要投稿\n\n", {"published": "2019-01-02T03:04:05", "category": "社区计划"}),
])
def test_the_head_is_read_and_removed(head: str, fields: dict[str, object]) -> None:
    cleaned = plain(head + BODY)
    title = next(line for line in head.split("\n") if line.startswith("某社区工作"))
    assert cleaned.text.split() == (title + "\n" + BODY).split()
    assert cleaned.page.title == title
    for name, value in fields.items():
        assert getattr(cleaned.page, name) == value


def test_what_a_document_library_prints_goes() -> None:
    text = ("防火计划.docx\n\n上传人:工**** 文档编号:550001 上传时间:2023-02-01 格式:DOCX 页数:4 大小:14.93KB\n返回 下载 相关 举报\n防火计划.docx_第1页\n"
            "防火计划.docx_第2页\n亲,该文档总共2页,全部预览完了\n资源描述\n\n《防火计划.docx》由会员分享,可在线阅读。\n\n一、严管火源,进山登记。\n二、建好队伍。")
    cleaned = plain(text)
    assert cleaned.text == "防火计划.docx\n\n一、严管火源,进山登记。\n二、建好队伍。"
    assert (cleaned.page.title, cleaned.page.published) == ("防火计划", "2023-02-01")


def test_a_title_over_two_lines() -> None:
    assert plain("某县人民政府办公室关于\n做好安全生产工作的通知\n\n" + BODY).page.title == "某县人民政府办公室关于做好安全生产工作的通知"
    assert plain("某县安全生产计划\n（2021年度）\n" + BODY).page.title == "某县安全生产计划"


@pytest.mark.parametrize("kept", [
    "某社区活动方案\n\n活动时间:2021年3月5日\n\n时间:3月5日下午\n\n地点:会议室\n\n", "某中学工作计划\n\n（2021年3月）\n\n", "来源于基层的计划\n\n打印机管理办法\n\n",
])
def test_a_plan_has_times_and_places_of_its_own(kept: str) -> None:
    assert plain(kept + BODY).text == kept + BODY


def test_an_aggregation_page_loses_its_editor_and_keeps_its_headings() -> None:
    one, two, three = (f"工会工作计划 篇{k}\n\n{BODY}\n\n" for k in (1, 2, 3))
    page = ("工会工作计划\n\n工会工作计划范文(精选3篇)\n\n  光阴似箭，又要写计划了。计划怎么写才合适呢？以下是小编整理的计划，仅供参考。\n\n"
            + one + two + three + "【工会工作计划】相关文章:\n\n工会年度计划01-02\n\n工会活动计划03-04")
    cleaned = plain(page)
    assert cleaned.text == ("工会工作计划\n\n" + one + two + three).rstrip("\n")
    assert {e.rule for e in cleaned.edits} >= {"collection-title", "editor", "related-links"}


@pytest.mark.parametrize("tail", [
    "上一篇：某计划\n下一篇：没有了", "责任编辑：某某\n【打印本页】\n【关闭窗口】", "主办：某某办公室 电话：1\n某ICP备12345678号 网站标识码：1", "扫一扫在手机打开当前页",
    "收藏\n|\n分享到:\n分享到微信\n×\n相关文档：", "版权声明：本站内容来自网络，仅供学习。",
])
def test_the_foot_goes(tail: str) -> None:
    assert plain(f"某社区工作计划\n\n{BODY}\n\n{tail}").text == f"某社区工作计划\n\n{BODY}"


def test_a_signature_at_the_foot_stays() -> None:
    text = f"某社区工作计划\n\n{BODY}\n\n  附件：1. 任务分解表\n\n  某社区居委会\n\n  20xx年2月15日"
    assert plain(text).text == text


@pytest.mark.parametrize(("marker", "chars", "declared", "shown"), [
    ("……(某网http://example.com省略120字,正式會員可完整閱讀)……", 120, None, None),
    ("……(未完,全文共900字,當前僅顯示400字,請閱讀下面提示信息。收藏《某計劃》", None, 900, 400),
    ("点击查看全文", None, None, None), ("请登录后查看全文", None, None, None), ("剩余70%未读", None, None, None),
])
def test_gaps(marker: str, chars: int | None, declared: int | None, shown: int | None) -> None:
    cleaned = plain(f"某社区工作计划\n\n{BODY}\n{marker}\n其余部分继续推进，各单位要按照要求认真落实。")
    assert marker not in cleaned.text
    [gap] = cleaned.completeness.gaps
    assert (gap.chars, cleaned.completeness.declared_chars, cleaned.completeness.shown_chars) == (chars, declared, shown)
    assert not cleaned.completeness.complete and cleaned.text[gap.at:].startswith("其余部分")


@pytest.mark.parametrize(("broken", "whole"), [
    ("各小组要加强巡查。认真听取意见，进一步提升\n\n  街道整体形象。", "各小组要加强巡查。认真听取意见，进一步提升街道整体形象。"),
    ("全年完成绿化三千亩。新建改建农村公路二百公里，\n\n解决群众出行难问题，受益人口达到两万人。", "全年完成绿化三千亩。新建改建农村公路二百公里，解决群众出行难问题，受益人口达到两万人。"),
    ("要落实责任制度，稳定粮食生产面积。抓好蔬\n\n菜生产供应，确保市场稳定。", "要落实责任制度，稳定粮食生产面积。抓好蔬菜生产供应，确保市场稳定。"),
    ("各小组要加强巡查。认真听取群众的意见和建议，按时\n\n— 3 —\n\n报送有关情况，不得迟报漏报。", "各小组要加强巡查。认真听取群众的意见和建议，按时报送有关情况，不得迟报漏报。"),
])
def test_broken_paragraphs_are_rejoined(broken: str, whole: str) -> None:
    assert plain(broken).text == whole


@pytest.mark.parametrize("text", [
    "（一）坚持稳中求进，加快培育新动能，推动高质量发展迈出新步伐\n\n深入实施创新战略，培育壮大新兴产业，全年新增企业百家。",
    "今年的工作取得了较好成绩。各项指标均已完成\n\n明年要继续努力，争取更大成绩。",
    "要加强与有关部门的沟通，及时反映、\n\n3、做好年终检查，提出整改意见。",
    "为切实做好今年的各项工作，现将有关事项通知如下，\n\n一、加强领导，落实责任。",
    "各小组要加强巡查。认真听取意见，全面提升\n\n（二）落实责任，强化考核。",
])
def test_what_is_no_broken_paragraph_stays(text: str) -> None:
    assert plain(text).text == text


def test_hard_line_ends_are_taken_out() -> None:
    words = "今年以来我们按照上级部署扎实推进各项重点工作取得了明显成效居民满意度不断提高社区环境持续改善服务水平稳步提升下一步将继续努力"
    paragraphs = [(words * 5)[:k] + "。" for k in (210, 255, 170)]
    wrapped = "\n".join("\n".join(("\u3000\u3000" + p)[i:i + 40] for i in range(0, len(p) + 2, 40)) for p in paragraphs)
    assert plain(wrapped).text.split() == paragraphs


@pytest.mark.parametrize(("text", "after"), [
    ("投资达到3。5亿元", "投资达到3.5亿元"), ("增长12。3%", "增长12.3%"), ("完成62. 6%", "完成62.6%"), ("一,、加强领导", "一、加强领导"),
    ("达到3。5、继续推进", "达到3。5、继续推进"), ("1. 5亿元以上的项目", "1. 5亿元以上的项目"), ("增长3。2021年", "增长3。2021年"),
    ("服务对象的'需求", "服务对象的需求"), ("称为'样板'工程", "称为'样板'工程"),
])
def test_punctuation_within_numbers(text: str, after: str) -> None:
    assert plain(text).text == after


def test_markdown_marks_go_and_hints_stay() -> None:
    data = ("---\ntitle: 某规划\n---\n\n# 第一章 总则\n\n**第一条** 为了发展[农业](http://a.cn)[^1]。\n\n- 甲\n- 乙\n\n> 引文\n\n"
            "| 任务 | 单位 |\n| --- | --- |\n| 修路 | 交通站 |\n\n[^1]: 注释。\n\n<!-- 编者 -->\n\n2022**年**月完成")
    cleaned = clean(read_markdown(data.encode()))
    assert cleaned.text == ("第一章 总则\n\n第一条 为了发展农业。\n\n甲\n乙\n\n引文\n\n任务\t单位\n修路\t交通站\n\n注释。\n\n2022**年**月完成")
    said = {(h.kind, cleaned.text[h.start:h.end]) for h in cleaned.hints}
    assert {("heading", "第一章 总则"), ("bold", "第一条"), ("list_item", "甲"), ("quote", "引文")} <= said
    [table] = cleaned.tables
    assert [[c.text for c in row] for row in table.rows][-1] == ["修路", "交通站"]
    assert all(cleaned.text[c.span[0]:c.span[1]] == c.text for row in table.rows for c in row)


def test_white_space() -> None:
    assert plain("\ufeff甲\r\n\r\n\r\n\r\n乙 \u3000\x00\n\u3000\u3000丙\u200b丁\n").text == "甲\n\n乙\n\u3000\u3000丙丁"
    assert plain("????甲。\n????乙。\n????丙。").text == "甲。\n乙。\n丙。"


def test_hard_line_ends_with_empty_lines_between_them_are_taken_out() -> None:
    words = "水庫清淤分三段進行先清上游再清下游最後整修堤岸每段驗收合格方可進入下一段不合格的由施工單位返工重做並承擔費用" * 6
    wrapped = "\n\n".join(words[i:i + 33] for i in range(0, len(words), 33)) + "。"
    assert plain(wrapped).text == words + "。"


def test_a_name_list_is_not_joined_to_the_clause_before_it() -> None:
    text = "公司成立电力设施保护和公共安全专项治理领导小组,\n\n组长:\n\n副组长:\n\n成员:各科室负责人。"
    assert plain(text).text == text


def test_lost_line_ends_are_told_by_the_indents() -> None:
    parts = ["某县工作报告", "一、工作回顾", *(f"第{k}件事是修好了乡间的路，群众出行方便多了。" + "大家都说好，" * 8 + "都愿意出力。" for k in range(1, 6)),
             "二、工作安排", "今年要修好水渠。"]
    cleaned = plain("\u3000\u3000".join(parts[:5]) + "\t  \t\u3000\u3000" + "\u3000\u3000".join(parts[5:]))
    assert cleaned.text.split("\n") == parts
    short = "姓名：张某\u3000\u3000职务：主任\u3000\u3000电话：（空）\u3000\u3000住址：本村\u3000\u3000备注：无"
    assert plain(short).text == short


def test_a_star_too_many_goes_with_the_bold_marks() -> None:
    cleaned = clean(read_markdown("***某县工作报告**\n\n修好水渠，修好道路。".encode()))
    assert cleaned.text == "某县工作报告\n\n修好水渠，修好道路。"


def test_lost_line_ends_are_told_by_numbers_and_stops() -> None:
    body = "水渠要清,田埂要补,秧苗要保,一户也不落下。" * 6
    text = f"春耕方案 篇1 为抓好春耕,制定本方案。 一、总体要求 {body} 二、主要任务 (一)清水渠。{body} (二)补田埂。20xx 年底前完成。"
    assert plain(text).text == (f"春耕方案 篇1\n为抓好春耕,制定本方案。\n一、总体要求\n{body}\n二、主要任务\n(一)清水渠。{body}\n"
                                "(二)补田埂。20xx 年底前完成。")
    wrapped = "一、 " + "水渠要 清淤,田埂要 补好,秧苗要 保住;" * 20 + "到秋收"
    assert plain(wrapped).text == wrapped


@pytest.mark.parametrize(("text", "parted"), [
    ("保洁队工作计划 一、扫街。{}", "保洁队工作计划\n一、扫街。{}"),
    ("【关于保洁队的工作计划】随着镇子变大,{}", "【关于保洁队的工作计划】\n随着镇子变大,{}"),
    ("保洁队工作计划范文 篇120xx年我队{}", "保洁队工作计划范文 篇1\n20xx年我队{}"),
    ("保洁队工作计划 篇12为了扫净街道,{}", "保洁队工作计划 篇12\n为了扫净街道,{}"),
    ("保洁队三年方案 为了扫净街道,制定本方案。 一、目标 {}", "保洁队三年方案\n为了扫净街道,制定本方案。\n一、目标 {}"),
    ("保洁队的工作计划 要细,一、二班轮流扫街。{}", "保洁队的工作计划 要细,一、二班轮流扫街。{}"),
])
def test_a_title_is_parted_from_the_text_that_goes_on_behind_it(text: str, parted: str) -> None:
    rest = "清早扫一遍,午后巡一遍,垃圾日产日清。" * 8
    assert plain(text.format(rest)).text == parted.format(rest)


def test_bullets_go_where_lines_near_each_other_have_them() -> None:
    assert plain("目标\n- 减少积水\n- 修好路灯\n措施\n■ 清淤\n■ 换灯").text == "目标\n减少积水\n修好路灯\n措施\n清淤\n换灯"
    assert plain("职责\n-指挥全局\n-上报灾情\n-调拨物资").text == "职责\n指挥全局\n上报灾情\n调拨物资"
    for text in ("温度\n-5度以下停工\n-8度以下撤人", "要点\n- 只有一条", "——坚持创新\n——坚持绿色", "*镇防火计划\n*镇防汛计划", "-管水\n-管电"):
        assert plain(text).text == text


def test_an_empty_label_does_not_take_the_title() -> None:
    cleaned = plain("索引号:\n610728/2024-001\n主题词: 成文日期:\n青石县春季防火工作方案\n一、严管火源。\n二、建好队伍。")
    assert cleaned.text == "青石县春季防火工作方案\n一、严管火源。\n二、建好队伍。"
