"""Static files as they are sent: named after what is in them, packed, and styles without comments and spare spaces."""

import rcssmin
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage


class SmallStaticFiles(CompressedManifestStaticFilesStorage):
    def _save(self, name: str, content: File) -> str:
        if name.endswith(".css"):
            content = ContentFile(rcssmin.cssmin(b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved
