"""The published schemas themselves, where they are at hand: JIHUA_SCHEMAS names a folder that holds iati-activities-schema.xsd (IATI
2.03, with the two files that it includes) or PerformancePlanOrReport.xsd (StratML Part 2). They are not part of this repository."""
from __future__ import annotations

import os
from pathlib import Path

import pytest
from hostile_words import GOLDENS, document
from jihua.export.iati import iati
from jihua.export.stratml import stratml
from lxml import etree

FOLDER = Path(os.environ.get("JIHUA_SCHEMAS") or "nowhere")
PUBLISHED = [(path, form) for path, form in ((FOLDER / "iati-activities-schema.xsd", iati), (FOLDER / "PerformancePlanOrReport.xsd", stratml))
             if path.is_file()]


@pytest.mark.parametrize(("schema", "form"), PUBLISHED, ids=lambda one: getattr(one, "stem", "form"))
def test_every_fixture_is_valid_by_the_published_schema(schema: Path, form: type) -> None:
    published = etree.XMLSchema(file=str(schema))
    files = [data for path in GOLDENS for _, data in form(document(path)).parts]
    assert files
    for data in files:
        published.assertValid(etree.fromstring(data))
