"""Views over the flat tables that most questions begin with, in SQL that DuckDB and SQLite both read."""
from __future__ import annotations

_STATED = """
SELECT q.document_id, q.plan_id, q.id, p.place, p.first_year, p.last_year, p.period_edtf AS period, p.title AS plan, p.kind,
       q.indicator_concept AS concept, q.indicator_text AS indicator, q.change, q.op, q.value, q.value_high, q.unit, q.per,
       q.due, q.modality, q.headline, q.quote, q.sentence, s.path, d.source_uri, p.place_plain, q.sentence_plain
FROM quantities q
JOIN plans p ON p.document_id = q.document_id AND p.plan_id = q.plan_id
JOIN documents d ON d.document_id = q.document_id
LEFT JOIN sections s ON s.document_id = q.document_id AND s.id = q.section_id
WHERE q.status = '{}'"""
_ORDERED = """
SELECT t.document_id, t.plan_id, t.id, p.place, p.first_year, p.last_year, p.period_edtf AS period, p.title AS plan, p.kind,
       t.action, t.object, t.actors, t.partners, t.audience, t.due, t.rrule, t.quote, s.path, d.source_uri, p.place_plain,
       t.quote_plain
FROM tasks t
JOIN plans p ON p.document_id = t.document_id AND p.plan_id = t.plan_id
JOIN documents d ON d.document_id = t.document_id
LEFT JOIN sections s ON s.document_id = t.document_id AND s.id = t.section_id"""

VIEWS = (
    ("targets", "What is to be reached: quantities of status `target`, with place, years and title of the plan, the path of "
                "the section and the sentence.", _STATED.format("target")),
    ("actuals", "What has been reached: the same for quantities of status `actual`.", _STATED.format("actual")),
    ("orders", "What is to be done: tasks, with place, years and title of the plan and the path of the section.", _ORDERED),
)
"""Name, what it says, SQL."""
