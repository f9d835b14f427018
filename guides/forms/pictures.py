from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from guides.forms.sentences import KindSentences
from guides.models import Picture
from sendguide.lib.pictures import BadPicture, EncodedPicture, encode_picture


class PictureForm(KindSentences, forms.ModelForm):
    """A new picture. When the form is valid, ``encoded`` holds its files, ready to be written."""

    encoded: EncodedPicture

    image = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP. It is made smaller, and place and camera are removed from it.",
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "invalid": "No file arrived. Choose it once more.",
            "empty": "This file is empty. Choose another one.",
        },
    )

    class Meta:
        model = Picture
        fields = ("alt",)

    def clean_image(self) -> Any:
        upload = self.cleaned_data["image"]
        if upload.size > settings.PICTURE_MAX_BYTES:
            most = settings.PICTURE_MAX_BYTES // 1024 // 1024
            raise ValidationError(f"This file is larger than {most} MB. Make the picture smaller and try again.")
        try:
            self.encoded = encode_picture(upload, max_pixels=settings.PICTURE_MAX_PIXELS)
        except BadPicture as refused:
            raise ValidationError(str(refused)) from refused
        return upload
