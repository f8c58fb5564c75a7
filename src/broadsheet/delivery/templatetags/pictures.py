"""`{% picture view ratio="16:9" widths="400 800 1200" sizes="…" %}`: a picture in every format and size."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from broadsheet.delivery.queries import pictures
from broadsheet.delivery.rules.picture_address import FORMATS
from broadsheet.newsroom.queries.cards import PictureView

register = template.Library()
WIDTHS = "400 800 1200 1600"


@register.simple_tag
def picture(
    view: PictureView | None,
    *,
    ratio: str = "16:9",
    widths: str = WIDTHS,
    sizes: str = "100vw",
    loading: str = "lazy",
    alt: str | None = None,
    css: str = "",
) -> SafeString | str:
    """Return `<picture>` in three formats; `loading="eager"` fetches it first. Empty without a picture."""
    if view is None:
        return ""
    wanted = [int(width) for width in widths.split()]
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((FORMATS[ext], pictures.srcset(view, ratio, wanted, ext), sizes) for ext in ("avif", "webp")),
    )
    offered = pictures.sizes_at(view, ratio, wanted)
    width, height = offered[-1]
    middle = offered[(len(offered) - 1) // 2][0]
    image = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{} decoding="async">',
        pictures.picture_at(view, ratio=ratio, width=middle),
        pictures.srcset(view, ratio, wanted, "jpg"),
        sizes,
        width,
        height,
        view.alt if alt is None else alt,
        format_html(' fetchpriority="high"') if loading == "eager" else format_html(' loading="lazy"'),
        format_html(' class="{}"', css) if css else "",
    )
    return format_html("<picture>{}{}</picture>", sources, image)


@register.simple_tag
def picture_address(view: PictureView, *, ratio: str = "16:9", width: int = 1200, ext: str = "jpg") -> str:
    """Return the address of the picture at this ratio and width."""
    return pictures.picture_at(view, ratio=ratio, width=width, ext=ext)


@register.simple_tag
def share_picture(view: PictureView) -> dict[str, object]:
    """Return `url`, `width` and `height` of the picture for shares (`{% share_picture view as shared %}`)."""
    url, width, height = pictures.share_picture(view)
    return {"url": url, "width": width, "height": height}
