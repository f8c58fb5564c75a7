"""Pages in the path."""

from broadsheet.web.rules.paging import leaf


def test_the_first_page_is_the_list_itself():
    turned = leaf("/all-news/", 1, list(range(5)), 4)
    assert (turned.path, turned.newer, turned.older, list(turned.cards)) == (
        "/all-news/",
        "",
        "/all-news/2/",
        [0, 1, 2, 3],
    )


def test_the_last_page_leads_back_only():
    turned = leaf("/all-news/", 2, [4], 4)
    assert (turned.newer, turned.older) == ("/all-news/", "")
