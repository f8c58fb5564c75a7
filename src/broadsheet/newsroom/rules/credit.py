"""How a picture's credit reads (ART-03)."""


def credit_line(agency: str, *, year: int | None = None, author: str = "", pool: bool = False) -> str:
    """Return `© Agency [year] / Author[/Pool]`, empty without an agency."""
    if not agency:
        return ""
    owner = f"© {agency} {year}" if year else f"© {agency}"
    maker = "/".join(part for part in (author, "Pool" if pool else "") if part)
    return f"{owner} / {maker}" if maker else owner
