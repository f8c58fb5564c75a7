"""What is asked of robots (RFC 9309), and of those who mine text and data."""

TRAINING = (
    "GPTBot", "ClaudeBot", "anthropic-ai", "CCBot", "Google-Extended", "Applebot-Extended", "Meta-ExternalAgent",
    "FacebookBot", "Bytespider", "Amazonbot", "cohere-training-data-crawler", "Diffbot", "ImagesiftBot", "omgili",
)  # fmt: skip
CLOSED = (
    "/editor/", "/accounts/", "/*/accounts/", "/me/", "/*/me/", "/views/", "/s/new/", "/live/", "/embed/", "/channel/", "/*/channel/", "/health", "/metrics",
)  # fmt: skip


def robots_text(address: str, *, refuse_training: bool) -> str:
    """Return robots.txt; lines against crawlers for training only where the operator asks for them."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["Allow: /", ""]
    if refuse_training:
        lines += [*(f"User-agent: {name}" for name in TRAINING), "Disallow: /", ""]
    return "\n".join([*lines, f"Sitemap: {address}/sitemap.xml", ""])
