from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.actions import write_files
from guides.forms.pictures import PictureForm
from guides.models import Picture


class DescriptionForm(forms.ModelForm):
    class Meta:
        model = Picture
        fields = ("alt",)


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures cannot be replaced: a text keeps the picture that its author saw. Descriptions can be mended."""

    list_display = ("thumbnail", "alt", "markdown", "uploaded_at", "uploaded_by")
    list_display_links = ("thumbnail", "alt")
    search_fields = ("alt", "name")
    readonly_fields = ("thumbnail", "markdown")

    def get_form(self, request: HttpRequest, obj: Picture | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=DescriptionForm if obj else PictureForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Picture | None = None) -> list[str]:
        return ["thumbnail", "alt", "markdown"] if obj else ["image", "alt"]

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            write_files(obj, form.encoded)
        super().save_model(request, obj, form, change)

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> SafeString:
        return format_html('<img src="{}" alt="" width="120">', picture.address(picture.widths[0]))

    @admin.display(description="to put it in a text")
    def markdown(self, picture: Picture) -> SafeString:
        return format_html("<code>![{}]({})</code>", picture.alt, picture.address())
