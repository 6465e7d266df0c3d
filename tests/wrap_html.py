"""A text as a web page, in three layouts that sites have used; no site is copied."""
from __future__ import annotations

from html import escape

from wrap import DEFAULT_CRUMBS, Parts, is_member

_NAV = ("首页", "工作计划", "工作总结", "述职报告", "心得体会", "演讲稿", "规章制度", "合同范本", "会员中心", "投稿")
_HOT = ("学期教学工作计划范文", "办公室年度工作计划", "销售部下半年工作计划", "护理部工作计划三篇", "安全生产月活动方案",
        "团支部工作计划书", "班主任新学期计划", "物业公司年度工作计划")


def divs(page: Parts) -> bytes:
    """A layout of divs: navigation, crumbs, share bar, related articles beside and below, footer."""
    nav = "".join(f'<li><a href="/c{i}/">{words}</a></li>' for i, words in enumerate(_NAV))
    hot = "".join(f'<li><a href="/hot/{i}.html" title="{words}">{words}</a></li>' for i, words in enumerate(_HOT))
    body = "\n".join(_paragraph(line) for line in page.lines)
    related = "".join(f'<li><a href="/r/{i}.html">{escape(words)}</a></li>' for i, words in enumerate(page.related[1:] or _HOT))
    head = page.related[0] if page.related else "相关推荐"
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(page.title)}_范文大全网</title>
<meta name="viewport" content="width=device-width"><script>var _hm = [];(function(){{var s="第一，脚本"}})();</script>
<style>.article p{{text-indent:2em}}</style></head>
<body><header class="site-header"><div class="logo"><a href="/">范文大全网</a></div>
<form class="search"><input name="q" placeholder="请输入关键词"><button>搜索</button></form><nav class="nav"><ul>{nav}</ul></nav></header>
<div class="wrap"><div class="crumbs">{_crumbs(page)}</div>
<article class="article"><h1>{escape(page.title)}</h1>
<div class="info">{escape(page.info or "时间:2021-03-05 10:20:30")}</div>
<div class="share">分享到：<a>微信</a><a>新浪微博</a><a>QQ空间</a></div>
<div class="content" id="content">
{body}
</div>
<div class="pager"><a href="/1.html">上一篇：{_HOT[0]}</a> <a href="/2.html">下一篇：{_HOT[1]}</a></div>
<div class="related"><h3>{escape(head)}</h3><ul>{related}</ul></div></article>
<aside class="side"><h3>热门文章</h3><ul>{hot}</ul></aside></div>
<footer class="footer"><p><a href="/about">关于我们</a> | <a href="/law">版权声明</a> | <a href="/link">友情链接</a></p>
<p>Copyright © 2010-2022 范文大全网 All Rights Reserved. 京ICP备00000000号-1</p></footer></body></html>""".encode()


def _paragraph(line: str) -> str:
    words = escape(line.strip(), quote=False)
    if is_member(line):
        return f"<h2>{words}</h2>"
    return f"<p>{'　　' if line[:1].isspace() else ''}{words}</p>"


def _crumbs(page: Parts) -> str:
    steps = (page.crumbs or DEFAULT_CRUMBS).replace(">>", ">").split(">")
    return " &gt; ".join(f'<a href="/{i}/">{step.strip()}</a>' for i, step in enumerate(steps[:-1])) + f" &gt; {steps[-1].strip()}"


def tables(page: Parts) -> bytes:
    """A layout of nested tables in GBK: paragraphs end in `<br>`, indents are `&nbsp;`, tags are in capitals."""
    nav = " | ".join(f'<A href="/c{i}/">{words}</A>' for i, words in enumerate(_NAV))
    hot = "".join(f'<TR><TD height=22>·<A href="/hot/{i}.htm">{words}</A></TD></TR>' for i, words in enumerate(_HOT))
    body = "<BR>\n<BR>\n".join(_broken(line) for line in page.lines)
    related = "<BR>".join(f'<A href="/r/{i}.htm">{escape(words)}</A>' for i, words in enumerate(page.related[1:]))
    end = f"<BR><BR><B>{escape(page.related[0])}</B><BR>{related}" if page.related else ""
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{escape(page.title)}</TITLE></HEAD>
<BODY bgColor=#ffffff leftMargin=0 topMargin=0>
<TABLE width=778 border=0 cellSpacing=0 cellPadding=0 align=center><TR><TD><IMG src="/logo.gif" width=160 height=60></TD>
<TD align=right>设为首页 | 加入收藏 | 联系我们</TD></TR><TR><TD colSpan=2 bgColor=#003399>{nav}</TD></TR></TABLE>
<TABLE width=778 border=0 cellSpacing=0 cellPadding=0 align=center><TR>
<TD width=180 vAlign=top><TABLE width="100%" border=0><TR><TD bgColor=#cccccc><B>热点文章</B></TD></TR>{hot}</TABLE></TD>
<TD vAlign=top><TABLE width="100%" border=0 cellPadding=4><TR><TD height=24>{_crumbs(page)}</TD></TR>
<TR><TD align=center><FONT size=4 color=#ff0000><B>{escape(page.title)}</B></FONT></TD></TR>
<TR><TD align=center><FONT color=#666666>{escape(page.info or "时间：2005-3-14 13:20:05 点击：120")}</FONT></TD></TR><TR><TD><HR SIZE=1></TD></TR>
<TR><TD class=content><FONT style="FONT-SIZE: 14px">
{body}
</FONT>{end}</TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR>
</TABLE></TD></TR></TABLE>
<TABLE width=778 border=0 align=center><TR><TD align=center>版权所有：资料网 Copyright 2003-2008<BR>
本站信息来源于网络，仅供参考</TD></TR></TABLE></BODY></HTML>""".encode("gb18030")


def _broken(line: str) -> str:
    words = escape(line.strip(), quote=False)
    if is_member(line):
        return f"<STRONG>{words}</STRONG>"
    return "&nbsp;&nbsp;&nbsp;&nbsp;" * line[:1].isspace() + words


def portal(page: Parts) -> bytes:
    """A portal: an information table above the text, an editor's markup within, buttons and a long footer below."""
    facts = (("索 引 号", "000014349/2021-00035"), ("主题分类", "综合政务"), ("发文机关", "办公室"), ("成文日期", "2021年03月05日"),
             ("标　　题", page.title), ("发布日期", "2021年03月08日"))
    rows = "".join(f"<tr>{''.join(f'<td class=l>{n}：</td><td>{escape(v)}</td>' for n, v in facts[i:i + 2])}</tr>" for i in (0, 2, 4))
    body = "\n".join(_styled(line) for line in page.lines)
    related = "".join(f'<li><a href="/r/{i}.html">{escape(words)}</a></li>' for i, words in enumerate(page.related))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{escape(page.title)}-政务公开</title>
<meta name="ArticleTitle" content="{escape(page.title)}" /><meta name="SiteName" content="政务公开" /></head>
<body><div class="top"><a href="/">网站首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/jh/">计划规划</a></div>
<table class="xxgk" width="100%" border="1">{rows}</table>
<div class="xl"><h1 class="title">{escape(page.title)}</h1>
<div class="source"><span>{escape(page.info or "发布时间：2021-03-08 09:00")}</span><span>来源：办公室</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="TRS_Editor"><div class="Custom_UnionStyle">
{body}
</div></div>
<div class="fx"><span>分享到：</span></div><div class="btn"><a>【打印】</a><a>【关闭】</a></div><ul class="list">{related}</ul></div>
<div class="footer"><p>主办单位：办公室　承办单位：信息中心</p><p>网站标识码：0000000000　京公网安备00000000000000号　京ICP备00000000号</p>
<p>联系我们 | 网站地图 | 使用帮助</p></div></body></html>""".encode()


def _styled(line: str) -> str:
    words = escape(line.strip(), quote=False)
    if is_member(line):
        return f'<p align="center" style="text-align:center"><strong><span style="font-size:16pt">{words}</span></strong></p>'
    indent = 'style="text-indent:2em;line-height:28pt"' if line[:1].isspace() else 'style="line-height:28pt"'
    half = len(words) // 2 if "&" not in words else 0
    return f'<p {indent}><span style="font-family:仿宋">{words[:half]}</span><span lang="EN-US">{words[half:]}</span></p>'


def breaks(page: Parts) -> bytes:
    """One container with all of the text, its lines parted by `<br/>`; related titles in it, not linked."""
    body = "<br/>\n".join("　　" * line[:1].isspace() + escape(line.strip(), quote=False) for line in page.lines)
    related = "".join(f"<p>{escape(words)}</p>" for words in page.related)
    return f"""<html><head><meta charset="utf-8"><title>{escape(page.title)} - 文档网</title></head><body>
<div id="hd"><a href="/">首页</a><a href="/b/">工作总结</a></div><h1>{escape(page.title)}</h1>
<div class="con">{escape(page.info)}<br>{body}{related}</div><div class="ft">Copyright 2020 文档网 版权所有</div></body></html>""".encode()


def office(page: Parts) -> bytes:
    """A file saved as a web page by Word: every paragraph alike, in spans."""
    body = "\n".join(
        f"<p class=MsoNormal style='text-indent:24.0pt'><span lang=EN-US><o:p>&nbsp;</o:p></span>"
        f"<span style='font-family:宋体'>{escape(line.strip(), quote=False)}</span></p>" for line in page.lines)
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>{escape(page.title)}</title></head><body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal align=center style='text-align:center'><b>{escape(page.title)}</b></p>{body}</div></body></html>""".encode("gb18030")
