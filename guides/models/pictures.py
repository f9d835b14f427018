from django.conf import settings
from django.db import models
from django.urls import reverse

from sendguide.lib.rich_text import PictureSizes


class Picture(models.Model):
    """An uploaded photo or drawing, kept only as WebP files that we encoded ourselves, in up to three widths.

    ``widths`` lists the widths in pixels, smallest first; the files are ``pictures/<name>-<width>.webp``.
    """

    name = models.CharField(max_length=40, unique=True, editable=False)
    alt = models.CharField(
        "description",
        max_length=250,
        blank=True,
        help_text="What is to be seen, for people who cannot see it. It is offered when the picture is put in a text.",
    )
    widths = models.JSONField(editable=False)
    height = models.PositiveIntegerField(editable=False, help_text="Height in pixels of the widest file.")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.alt or self.name

    @property
    def width(self) -> int:
        return self.widths[-1]

    def address(self, width: int | None = None) -> str:
        return reverse("picture", args=[f"{self.name}-{width or self.width}.webp"])

    @property
    def markdown(self) -> str:
        """What puts the picture in a text. In Markdown brackets and backslashes would end the description early."""
        description = " ".join(self.alt.translate(str.maketrans("[]\\", "()/")).split())
        return f"![{description}]({self.address()})"

    @property
    def files(self) -> list[str]:
        """Names in the storage, one a width."""
        return [f"pictures/{self.name}-{width}.webp" for width in self.widths]

    @property
    def srcset(self) -> str:
        return ", ".join(f"{self.address(width)} {width}w" for width in self.widths)


def picture_sizes(address: str) -> PictureSizes | None:
    """The uploaded picture at ``address`` (of any of its widths), as ``rich_text.render`` wants to know it."""
    name = address.rsplit("/", 1)[-1].rpartition("-")[0]
    picture = Picture.objects.filter(name=name).first() if name else None
    if picture is None or address not in {picture.address(width) for width in picture.widths}:
        return None
    return PictureSizes(src=picture.address(), srcset=picture.srcset, width=picture.width, height=picture.height)
