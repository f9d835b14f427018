from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.actions import remove_files, write_files
from guides.addresses import pages_with_picture
from guides.admin.addresses import NoPatterns, page_list, page_name
from guides.forms.pictures import PictureForm
from guides.forms.sentences import KindSentences
from guides.models import Picture
from sendguide.lib.dates import date_and_time


class DescriptionForm(KindSentences, forms.ModelForm):
    class Meta:
        model = Picture
        fields = ("alt",)


@admin.register(Picture)
class PictureAdmin(NoPatterns):
    """Pictures cannot be replaced: a text keeps the picture that its author saw. Descriptions can be mended."""

    list_display = ("description", "thumbnail", "markdown", "uploaded", "uploaded_by")
    list_per_page = 30
    list_select_related = ("uploaded_by",)
    search_fields = ("alt__spelt", "name__spelt")
    search_help_text = "Searches descriptions."
    readonly_fields = ("thumbnail", "markdown", "used_on")
    delete_confirmation_template = "admin/guides/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/guides/delete_selected_confirmation.html"

    def get_form(self, request: HttpRequest, obj: Picture | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=DescriptionForm if obj else PictureForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        return ["thumbnail", "alt", "markdown", "used_on"] if obj else ["image", "alt"]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Without Django's transaction: encoding takes a second, in which nobody could book a call on SQLite."""
        return self._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            write_files(obj, form.encoded)
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Sequence[Any] | QuerySet, request: HttpRequest) -> tuple[Any, ...]:
        """A picture that a text shows is protected like a row that another row needs."""
        deletable, count, lacking, protected = super().get_deleted_objects(objs, request)
        return deletable, count, lacking, [*protected, *(page_name(p) for obj in objs for p in pages_with_picture(obj))]

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        super().delete_model(request, obj)
        remove_files(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for picture in gone:
            remove_files(picture)

    @admin.display(description="description", ordering="alt")
    def description(self, picture: Picture) -> str:
        return picture.alt or "No description yet"

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> SafeString:
        return format_html('<img src="{}" alt="" width="120" loading="lazy">', picture.address(picture.widths[0]))

    @admin.display(description="to put it in a text, copy this")
    def markdown(self, picture: Picture) -> SafeString:
        return format_html("<code>{}</code>", picture.markdown)

    @admin.display(description="uploaded at", ordering="uploaded_at")
    def uploaded(self, picture: Picture) -> str:
        return date_and_time(picture.uploaded_at)

    @admin.display(description="used on")
    def used_on(self, picture: Picture) -> SafeString | str:
        return page_list(pages_with_picture(picture)) or "No page"
