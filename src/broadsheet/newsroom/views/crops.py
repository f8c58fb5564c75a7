"""The crops of a picture, one for each ratio."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.pictures import update_picture
from broadsheet.newsroom.forms.pictures import CropsForm
from broadsheet.newsroom.queries.cards import picture_view
from broadsheet.newsroom.rules.crops import crop_for
from broadsheet.newsroom.views.found import editable_picture


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Show the picture with its crops; store those chosen."""
    picture = editable_picture(request, number)
    form = CropsForm(request.POST or None, picture=picture)
    if request.method == "POST" and form.is_valid():
        try:
            update_picture(picture=picture, crops=form.crops())
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The crops of “%(title)s” are stored.") % {"title": picture.title})
            return redirect("wagtailimages:edit", picture.pk)
    view = picture_view(picture)
    rows = [{**row, "shown": list(crop_for(view, row["ratio"]))} for row in form.rows()]
    context = {"picture": picture, "form": form, "rows": rows, "rendition": picture.get_rendition("max-1200x900")}
    return render(request, "desk/crops.html", context)
