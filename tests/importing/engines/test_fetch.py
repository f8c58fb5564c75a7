"""What is imported from the web is fetched as everything else is, and refused in the words of imports."""

import pytest

from broadsheet.importing.engines.fetch import fetch
from broadsheet.importing.errors import FetchFailedError, FetchRefusedError
from broadsheet.kernel.fetching import Limits

pytestmark = pytest.mark.row("ART-16")


def test_an_address_that_may_not_be_asked_for_is_refused_as_an_import() -> None:
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "http://[::1]/"):
        with pytest.raises(FetchRefusedError, match=r"^Nothing was imported: .+ saved in a browser"):
            fetch(url)


def test_an_address_where_nobody_is_fails_as_an_import() -> None:
    with pytest.raises(FetchFailedError, match=r"^Nothing was imported: .*(failed|not answer)"):
        fetch("http://127.0.0.1:9/", allow_private=True, limits=Limits(total_seconds=2, read_seconds=1))
