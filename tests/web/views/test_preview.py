"""Drafts as their readers would see them (ART-13)."""

import pytest
from django.test import RequestFactory

from broadsheet.web.views.preview import render_preview
from tests.factories import newsroom as make


@pytest.mark.row("ART-13")
def test_a_draft_is_drawn_as_its_page_and_kept_by_nobody(paper):
    draft = make.make_draft(paper.world, "Not yet public", lead_picture=paper.picture)
    response = render_preview(RequestFactory().get("/editor/"), draft, "")
    text = response.content.decode()
    assert "<h1>Not yet public</h1>" in text
    assert response["Cache-Control"] == "no-store, private"
    assert "data-views" not in text


@pytest.mark.row("ART-13")
def test_fronts_sections_and_standing_pages_are_drawn(paper):
    info = make.make_info_page(paper.fr, "apropos", title="À propos")
    request = RequestFactory().get("/editor/")
    assert 'class="page front"' in render_preview(request, paper.edition, "").content.decode()
    assert "<h1>World</h1>" in render_preview(request, paper.world, "").content.decode()
    text = render_preview(request, info, "").content.decode()
    assert "<h1>À propos</h1>" in text
    assert '<html lang="fr"' in text
